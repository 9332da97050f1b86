"""The nouns of the desk: frozen records and their words. Nothing here knows of a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[_T]) -> type[_T]:
    """A dataclass that nobody changes: mypy sees to it, and `replace` makes another.

    `frozen=True` would see to it while running as well, at six times the price of making one; a message makes thirty.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)


# ── what comes in ────────────────────────────────────────────────────────────────────────────────


class Channel(StrEnum):
    """The doors. The value is what the ledger carries."""

    OFFICIAL_ACCOUNT = "official_account"  # 公众号: residents, and members without WeCom
    WECOM_BOT = "wecom_bot"  # 智能机器人, long connection: groups and one to one
    WECOM_WEBHOOK = "wecom_webhook"  # 群机器人: a one-way spare


class MessageKind(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"
    LINK = "link"
    FILE = "file"
    EVENT = "event"
    UNKNOWN = "unknown"


@record
class Incoming:
    """One message or event as a channel understood it.

    `dedupe_key` is equal for all deliveries of one message (fact sheet A5) and differs for all others.
    `conversation` is where an answer goes: the open id, the WeCom userid, or the group's chatid.
    """

    channel: Channel
    dedupe_key: str
    sender: str  # open id or WeCom userid
    conversation: str
    kind: MessageKind
    sent_at: datetime
    text: str = ""  # what was written, or what a voice was recognised as; the @mention is removed
    is_group: bool = False
    media_id: str = ""  # official account: media id, valid three days
    media_url: str = ""  # WeCom: URL, valid five minutes
    media_key: str = ""  # WeCom: AES key of that URL's content
    media_format: str = ""
    latitude: float | None = None  # GCJ-02
    longitude: float | None = None
    label: str = ""  # the address text of a location; the title of a link
    event: str = ""  # platform's name of the event, lower case
    event_key: str = ""  # scene of a QR code (without qrscene_), key of a menu or card
    menu_id: str = ""  # bizmsgmenuid of a tapped answer; anybody can type the same text
    quoted: str = ""  # text of the message that was quoted
    reply_token: str = ""  # WeCom req_id; good only on the connection it came by
    details: Mapping[str, Any] = field(default_factory=dict)  # further fields of the event


class Fate(StrEnum):
    """Every inbound message has exactly one (desk.md)."""

    OPENED = "opened"
    JOINED = "joined"
    COMMAND = "command"
    RATING = "rating"
    ANSWERED = "answered"
    CHAT = "chat"
    REFUSED = "refused"


@record
class Outcome:
    """What became of a message: its fate, the request it opened or joined, and why it was refused."""

    fate: Fate
    request: int | None = None
    reason: str = ""


@record
class Answer:
    """What goes home in the webhook's own response. `options` are tappable: (label, what the tap says)."""

    text: str = ""
    options: tuple[tuple[str, str], ...] = ()


NO_ANSWER = Answer()


# ── what goes out ────────────────────────────────────────────────────────────────────────────────


class OutboxState(StrEnum):
    WAITING = "waiting"  # to be sent at due_at
    SENT = "sent"
    HELD = "held"  # no window is open: at the resident's next contact
    DROPPED = "dropped"  # no longer true when its time came
    UNCERTAIN = "uncertain"  # timed out; may have arrived; not repeated blindly
    DEAD = "dead"  # given up; can be run again


@record
class Outgoing:
    """One message on its way out.

    `to` is the open id, userid or chatid; `text` is plain for residents and markdown for WeCom.
    `options` are tappable answers (label, text sent by the tap).
    """

    id: int
    channel: Channel
    to: str
    is_group: bool
    kind: str
    text: str
    state: OutboxState
    created_at: datetime
    due_at: datetime
    request: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    template: Mapping[str, str] = field(default_factory=dict)  # fields for a template message
    reply_token: str = ""
    reply_until: datetime | None = None
    only_if: Mapping[str, Any] = field(default_factory=dict)  # what must still be true at send time
    attempts: int = 0
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    error: str = ""
    urgent: bool = False  # passes quiet hours and goes first
    file: int | None = None  # a picture or voice that goes as itself; `text` says what it is


# ── places and people ────────────────────────────────────────────────────────────────────────────


class Role(StrEnum):
    """What a member is to a lane or unit (roster sheet 职责)."""

    RESPONSIBLE = "responsible"  # 责任
    SUBSTITUTE = "substitute"  # 替补
    TEAM = "team"  # 组员
    LEADER = "leader"  # 组长
    CADRE = "cadre"  # 包村
    SECRETARY = "secretary"  # 书记
    DUTY = "duty"  # 值班


class Rung(StrEnum):
    """Who is told on a step of the ladder (config `[[ladder]] tell`)."""

    MEMBER = "member"
    SUBSTITUTE = "substitute"
    TEAM = "team"
    LEADER = "leader"
    CADRE = "cadre"
    SECRETARY = "secretary"


@record
class Unit:
    """A place above the lanes: village, community, street, county."""

    code: str
    name: str
    kind: str = ""
    parent: str = ""
    chat_id: str = ""
    aliases: tuple[str, ...] = ()


@record
class Lane:
    """胡同: the smallest place somebody answers for. `addresses` is the text of the roster's 范围."""

    code: str
    name: str
    unit: str
    aliases: tuple[str, ...] = ()
    addresses: str = ""
    latitude: float | None = None
    longitude: float | None = None
    chat_id: str = ""


@record
class Member:
    """Somebody who answers for places. `openid` is his own WeChat once he has bound it."""

    code: str
    name: str
    phone: str = ""
    wecom_id: str = ""
    openid: str = ""
    left_at: datetime | None = None


@record
class Duty:
    """A member's role for a lane or unit, from the first to the last day, both included."""

    member: str
    area: str
    role: Role
    starts: date | None = None
    ends: date | None = None


@record
class Leave:
    """A member is away from the first to the last day, both included."""

    member: str
    starts: date
    ends: date
    substitute: str = ""


@record
class Household:
    address: str
    lane: str
    name: str = ""
    phone: str = ""
    tags: tuple[str, ...] = ()


def _grouped(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, tuple[_T, ...]]:
    """By the first of each pair, in the order they come."""
    found: dict[str, list[_T]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return {key: tuple(many) for key, many in found.items()}


@dataclass(frozen=True)
class Roster:
    """All places and people at one moment. `version` grows with every change."""

    version: int = 0
    units: tuple[Unit, ...] = ()
    lanes: tuple[Lane, ...] = ()
    members: tuple[Member, ...] = ()
    duties: tuple[Duty, ...] = ()
    leaves: tuple[Leave, ...] = ()

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def lane(self) -> Mapping[str, Lane]:
        return {lane.code: lane for lane in self.lanes}

    @cached_property
    def member(self) -> Mapping[str, Member]:
        return {member.code: member for member in self.members}

    @cached_property
    def by_wecom(self) -> Mapping[str, Member]:
        """Who speaks in WeCom; somebody who left is a stranger."""
        return {one.wecom_id: one for one in self.members if one.wecom_id and one.left_at is None}

    @cached_property
    def by_openid(self) -> Mapping[str, Member]:
        return {one.openid: one for one in self.members if one.openid and one.left_at is None}

    @cached_property
    def duties_of_area(self) -> Mapping[str, tuple[Duty, ...]]:
        return _grouped((duty.area, duty) for duty in self.duties)

    @cached_property
    def duties_of(self) -> Mapping[str, tuple[Duty, ...]]:
        """By member."""
        return _grouped((duty.member, duty) for duty in self.duties)

    @cached_property
    def leaves_of(self) -> Mapping[str, tuple[Leave, ...]]:
        """By who is away."""
        return _grouped((leave.member, leave) for leave in self.leaves)

    @cached_property
    def leaves_filled_by(self) -> Mapping[str, tuple[Leave, ...]]:
        """By substitute."""
        return _grouped((leave.substitute, leave) for leave in self.leaves)

    def units_above(self, area: str) -> tuple[Unit, ...]:
        """The units that hold this lane or unit, nearest first, the unit itself included; circles are cut."""
        if area not in self._above:
            code = self.lane[area].unit if area in self.lane else area
            above: list[Unit] = []
            while code in self.unit and self.unit[code] not in above:
                above.append(self.unit[code])
                code = self.unit[code].parent
            self._above[area] = tuple(above)
        return self._above[area]

    @cached_property
    def _above(self) -> dict[str, tuple[Unit, ...]]:
        """What `units_above` has found; asked for several times by every message."""
        return {}

    def areas_in(self, area: str) -> tuple[str, ...]:
        """A lane or unit and all lanes and units in it."""
        return (area,) if area in self.lane else self._inside.get(area, ())

    def lanes_in(self, area: str) -> tuple[Lane, ...]:
        """All lanes of a unit and of the units in it; of a lane, itself."""
        return tuple(self.lane[code] for code in self.areas_in(area) if code in self.lane)

    @cached_property
    def _inside(self) -> Mapping[str, tuple[str, ...]]:
        """By unit; a county has thousands of lanes, and a question about one unit must not ask all of them."""
        return _grouped((unit.code, area) for area in (*self.unit, *self.lane) for unit in self.units_above(area))

    @cached_property
    def lanes_by_chat(self) -> Mapping[str, tuple[Lane, ...]]:
        return _grouped((self.chat_of(lane.code), lane) for lane in self.lanes)

    def chat_of(self, lane: str) -> str:
        """The chat of a lane, or of the nearest unit that has one; "" when there is none."""
        own = self.lane[lane].chat_id if lane in self.lane else ""
        return own or next((unit.chat_id for unit in self.units_above(lane) if unit.chat_id), "")


# ── residents and their talk ─────────────────────────────────────────────────────────────────────


_ERASED = "erased:"  # and the number: the open id of whom nobody knows any more
_LEFT = f"{_ERASED}left:"  # and a mark: of whom nobody knows, who would be known again if he came back


@record
class Resident:
    """Somebody who asked for help: as little as is needed to answer."""

    id: int
    openid: str
    lane: str = ""  # bound by QR code, or by telling it once
    follows: bool = True
    notice: str = ""  # version of the privacy notice he was told
    created_at: datetime | None = None

    @property
    def is_erased(self) -> bool:
        return self.openid.startswith(_ERASED)

    def erased(self) -> Resident:
        """Nobody any more: the number stays for the counts."""
        return replace(self, openid=f"{_ERASED}{self.id}", lane="", notice="", follows=False)

    def left(self, mark: str) -> Resident:
        """Nobody any more, while something of his is still being done."""
        return replace(self.erased(), openid=f"{_LEFT}{mark}")


class Question(StrEnum):
    """The one thing the desk has asked a resident and waits for."""

    NONE = ""
    MATTER = "matter"  # what is it?
    PLACE = "place"  # where is it?
    ERASE = "erase"  # really delete everything?
    HEARD = "heard"  # is this what was said in the voice?


@record
class Window:
    """What the platform still lets us send a resident: `used` of an allowance opened `opened_at` (fact sheet C3)."""

    opened_at: datetime | None = None
    used: int = 0


@record
class Conversation:
    """Where the talk with one resident stands."""

    openid: str
    gathering: int | None = None  # the request that further words within the window belong to
    gathering_until: datetime | None = None
    draft: str = ""  # half-sentences that were no request yet
    question: Question = Question.NONE
    question_request: int | None = None
    choices: tuple[str, ...] = ()  # lane codes or numbers offered as answers
    message_window: Window = Window()
    click_window: Window = Window()
    last_at: datetime | None = None
    has_held: bool = False  # something could not be delivered and waits for his next word


# ── requests ─────────────────────────────────────────────────────────────────────────────────────


class State(StrEnum):
    """Where a request stands; the moves between them are in handlers/rules/lifecycle.py."""

    GATHERING = "gathering"  # 待补充
    RECEIVED = "received"  # 已受理
    DISPATCHED = "dispatched"  # 已派单
    ACCEPTED = "accepted"  # 已接单
    IN_PROGRESS = "in_progress"  # 办理中
    WAITING_REQUESTER = "waiting_requester"  # 待居民补充
    WAITING_AGENCY = "waiting_agency"  # 吹哨待报到
    SCHEDULED = "scheduled"  # 已排期
    RETURNED = "returned"  # 退单待裁定
    SUSPENDED = "suspended"  # 暂停
    RESOLVED = "resolved"  # 已办结待回访
    CLOSED = "closed"  # 已归档
    MERGED = "merged"  # 并单
    DECLINED = "declined"  # 不予受理
    CANCELLED = "cancelled"  # 已撤销

    @property
    def is_terminal(self) -> bool:
        return self in _TERMINAL

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something for it."""
        return self not in _TERMINAL and self is not State.RESOLVED


_TERMINAL = frozenset({State.CLOSED, State.MERGED, State.DECLINED, State.CANCELLED})
OPEN_STATES = tuple(state for state in State if state.is_open)


class Rating(StrEnum):
    GOOD = "good"  # 满意
    FAIR = "fair"  # 一般
    BAD = "bad"  # 没解决
    UNRATED = "unrated"  # silence; never counted as satisfied


@record
class LadderStep:
    """One step of a request's own ladder, frozen at dispatch: whom silence reaches, and when."""

    level: int
    rung: Rung
    due_at: datetime
    members: tuple[str, ...]


@record
class Request:
    """One matter of one resident. `number` is what people type, `id` what programs use."""

    number: int
    id: str
    state: State
    reporter: int
    created_at: datetime
    type: str
    text: str
    types_all: tuple[str, ...] = ()
    urgency: str = "normal"
    emergency_kind: str = ""
    sensitivity: str = "open"
    place_text: str = ""
    lane: str = ""
    unit: str = ""
    on_behalf_of: str = ""
    logged_by: str = ""  # the member who wrote down what a resident told him
    holder: str = ""
    first_responder: str = ""
    co_workers: tuple[str, ...] = ()
    supervisor: str = ""
    offered_to: str = ""
    escalation_level: int = 0
    ladder: tuple[LadderStep, ...] = ()
    version: int = 1
    dispatched_at: datetime | None = None
    accepted_at: datetime | None = None
    first_response_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    due_first_response: datetime | None = None
    due_resolution: datetime | None = None
    due_next_update: datetime | None = None  # until when the resident shall hear something again
    clock_from: datetime | None = None  # the resolution clock counts from here; None once its end was promised
    paused_at: datetime | None = None  # the clocks stand still since then
    extension_until: datetime | None = None  # the holder has asked for so much time; the secretary has not answered
    came_from: tuple[State, ...] = ()  # where one that is merged, declined, cancelled or suspended goes back to
    reopen_count: int = 0
    return_count: int = 0
    rating: str = ""
    result: str = ""
    merged_into: int | None = None


@record
class Cutoffs:
    """What ended before `usual` is kept no longer; of some types before a moment of their own."""

    usual: datetime
    own: Mapping[str, datetime] = field(default_factory=dict)


@record
class Judged:
    """What rates are counted from, of one request; much lighter than the whole of it."""

    lane: str
    type: str
    state: State
    rating: str
    due_first_response: datetime | None
    first_response_at: datetime | None
    closed_at: datetime | None


@record
class Told:
    """What of an open request shows whether another one tells of the same matter."""

    number: int
    reporter: int
    created_at: datetime
    text: str
    types_all: tuple[str, ...]
    lane: str
    place_text: str = ""
    emergency_kind: str = ""


@record
class JournalEntry:
    """What happened to a request. `words` is what somebody said: erased with the request's content; the rest stays."""

    request: int
    at: datetime
    kind: str
    actor: str  # member code, "resident", "desk"
    data: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    id: int = 0


class TimerKind(StrEnum):
    GATHERING = "gathering"  # submit what is still incomplete
    CHASE = "chase"  # a step of the ladder
    REPEAT = "repeat"  # an emergency nobody has accepted: tell all again
    HAND_OVER = "hand_over"  # an offer nobody took
    RESOLUTION = "resolution"  # the promised time has come
    UPDATE = "update"  # the resident has heard nothing for long
    RATING = "rating"  # the resident said nothing about the result
    WINDOW = "window"  # the gathering window of a draft has closed
    RESUME = "resume"  # what rests goes on, on the day a secretary named; without one it is looked at again
    LISTEN = "listen"  # a voice nobody has listened to
    TELL = "tell"  # words that wait for the resident's next contact: somebody should tell him in person


@record
class Timer:
    """Something that is to be looked at when its time has come. Timers hold no state: the request does."""

    request: int
    kind: TimerKind
    due_at: datetime
    step: int = 0
    id: int = 0


@record
class StoredFile:
    """A picture or voice of a request; `digest` is empty until it was fetched from the platform, `sender` is
    "resident" or a member's code."""

    id: int
    request: int
    kind: MessageKind
    channel: Channel
    media_id: str
    created_at: datetime
    media_url: str = ""
    media_key: str = ""
    digest: str = ""
    content_type: str = ""
    words: str = ""  # what was heard in a voice, by a program or by the member who listened
    sender: str = "resident"
    size: int = 0
    attempts: int = 0
    due_at: datetime | None = None
    error: str = ""
