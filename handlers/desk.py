"""A desk: one transaction, one moment, and a mouth. Nothing is sent from here: `tell` puts it into the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from classifiers.times.spans import When
from handlers.rules import routing
from handlers.rules.hours import Calendar, quiet_until
from handlers.rules.masking import for_group, markdown_safe, names_in, place_for_group, shorten, without_markdown
from handlers.settings import DeskSettings
from handlers.telling.lines import Lines
from handlers.texts import say
from handlers.understanding import Understanding
from storage.records import (
    Answer,
    Channel,
    Incoming,
    JournalEntry,
    OutboxState,
    Outgoing,
    Request,
    Resident,
    Roster,
    State,
)
from storage.reports import Worry
from storage.session import Session

REPLY_WITHIN = timedelta(hours=23)  # the robot's reply window is 24 hours (fact sheet D7)
AWAKE_FOR = timedelta(hours=1)  # who wrote so recently may be answered in the quiet hours
ANSWER_BYTES = 1800  # a passive reply holds 2048 bytes, links included (A6)
TO_THE_MINUTE = 6  # hours of waiting from which on nobody counts minutes
EXCERPT = 120  # characters of a resident's words in a notice

Option = tuple[str, str]
_NEWS: Final = {  # what a template says has happened, whatever state the request is in
    "accepted": "template_state.accepted",
    "progress": "template_state.in_progress",
    "asked": "template_state.waiting_requester",
    "referred": "template_state.waiting_agency",
    "scheduled": "template_state.scheduled",
    "suspended": "template_state.suspended",
    "resolved": "template_state.resolved",
    "declined": "template_state.declined",
    "cancelled": "template_state.cancelled",
    "takes_longer": "template_news.takes_longer",
    "nobody_yet": "template_news.nobody_yet",
    "new_holder": "template_news.new_holder",
    "reopened": "template_news.reopened",
    "restored": "template_news.reopened",  # behind a pause: back to 有人接了 would be no news
    "extended": "template_news.extended",
}
_END_OF_A_DAY = time(18)  # 周五前, 明天前


@dataclass(frozen=True)
class House:
    """What all desks share: the rules of the place, the reader of messages, and what is known of the channels."""

    settings: DeskSettings
    calendar: Calendar
    understanding: Understanding
    lines: Lines = field(default_factory=Lines)

    @classmethod
    def furnish(cls, settings: DeskSettings) -> House:
        work = settings.working_time
        calendar = Calendar(settings.desk.zone, work.windows, work.holidays, work.workdays, work.country)
        return cls(settings, calendar, Understanding(settings))


@dataclass
class Desk:
    """What a handler works at. `now` is the only time it knows; raising undoes everything, returning keeps it."""

    session: Session
    now: datetime
    house: House
    roster: Roster
    message: Incoming | None = None
    answers: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)

    @property
    def settings(self) -> DeskSettings:
        return self.house.settings

    @property
    def today(self) -> Any:
        return self.house.calendar.day_of(self.now)

    def home_of(self, resident: Resident) -> str:
        """The lane he is bound to; "" when the roster has it no longer: then he is asked like anybody."""
        return resident.lane if resident.lane in self.roster.lane else ""

    # ── words to whoever is speaking ─────────────────────────────────────────────────────────────

    def answer(self, name: str, /, *options: Option, **values: object) -> None:
        """Say this sentence to the person whose message is on the desk."""
        self.answer_words(say(name, **values), *options)

    def answer_words(self, text: str, *options: Option) -> None:
        if text not in self.answers:  # of two requests of one holder, 这话告诉他了 is said once
            self.answers.append(text)
        self.options.extend(option for option in options if option not in self.options)

    def hand_over_answers(self) -> Answer:
        """What goes home at once; what is too long for one reply, and every answer in WeCom, leaves by the outbox."""
        if self.message is None or not self.answers:
            return Answer()
        if self.message.channel is not Channel.OFFICIAL_ACCOUNT:
            self._put(self._reply(self.message, "\n\n".join(self.answers)))
            return Answer()
        said: list[str] = []
        for text in map(without_markdown, self.answers):
            if said and len("\n\n".join([*said, text]).encode()) > ANSWER_BYTES:
                self._put(self._to_openid(self.message.sender, "answer", text))
            else:
                said.append(text)
        return Answer("\n\n".join(said), tuple(self.options))

    def _reply(self, message: Incoming, text: str) -> Outgoing:
        return self._outgoing(
            Channel.WECOM_BOT,
            message.conversation,
            "reply",
            text,
            is_group=message.is_group,
            reply_token=message.reply_token,
            reply_until=self.now + REPLY_WITHIN,
            urgent=True,
        )

    # ── words to others ──────────────────────────────────────────────────────────────────────────

    def tell_resident(
        self,
        resident: Resident,
        kind: str,
        text: str,
        *,
        request: Request,
        options: tuple[Option, ...] = (),
        last_heard: datetime | None = None,
        urgent: bool = False,
        only_if: Mapping[str, Any] | None = None,
        file: int | None = None,
        at: str = "",
        news: str = "",
    ) -> None:
        """Say something to a resident who is not speaking just now. `at`: the hour it is about, where there is one;
        `news`: what a template says has happened, where the kind does not tell."""
        if not resident.follows or resident.is_erased:
            return
        due_at = self.now if urgent or self.speaks_now(request, last_heard) else self.after_quiet()
        self._put(
            self._to_openid(
                resident.openid,
                kind,
                text,
                request=request.number,
                options=options,
                due_at=due_at,
                urgent=urgent,
                only_if=only_if or {},
                template=self._template(request, news or kind, at),
                file=file,
            )
        )

    def speaks_now(self, request: Request, last_heard: datetime | None) -> bool:
        """Does a resident hear of it at once? Of an emergency, in the daytime, and when he has just written."""
        has_written = last_heard is not None and self.now - last_heard < AWAKE_FOR
        return has_written or _is_emergency(request) or self.after_quiet() == self.now

    def tell_member(
        self,
        code: str,
        kind: str,
        text: str,
        *,
        request: Request | None = None,
        urgent: bool = False,
        at_once: bool = False,
        only_if: Mapping[str, Any] | None = None,
        file: int | None = None,
    ) -> bool:
        """Say something to a member alone; false when there is no way to reach him."""
        member = self.roster.member.get(code)
        if member is None or not routing.is_reachable(member):
            return False
        about = self._about(request, urgent=urgent, at_once=at_once, only_if=only_if) | {"file": file}
        if member.wecom_id:
            self._put(self._outgoing(Channel.WECOM_BOT, member.wecom_id, kind, text, **about))
        else:
            self._put(self._to_openid(member.openid, kind, without_markdown(text), **about))
        return True

    def can_hear_by(self, channel: Channel, code: str) -> bool:
        """Has this member a way in by this channel?"""
        member = self.roster.member.get(code)
        return member is not None and bool(member.wecom_id if channel is Channel.WECOM_BOT else member.openid)

    def tell_member_by(self, channel: Channel, code: str, kind: str, text: str) -> None:
        """Say something to a member who can hear by this channel, and by no other."""
        member = self.roster.member[code]
        due_at = self.after_quiet()
        if channel is Channel.WECOM_BOT:
            self._put(self._outgoing(channel, member.wecom_id, kind, text, due_at=due_at))
        else:
            self._put(self._to_openid(member.openid, kind, without_markdown(text), due_at=due_at))

    def tell_group(
        self,
        chat_id: str,
        kind: str,
        text: str,
        *,
        request: Request | None = None,
        urgent: bool = False,
        at_once: bool = False,
        only_if: Mapping[str, Any] | None = None,
    ) -> None:
        about = self._about(request, urgent=urgent, at_once=at_once, only_if=only_if)
        self._put(self._outgoing(Channel.WECOM_BOT, chat_id, kind, text, is_group=True, **about))

    def tell_openid(self, openid: str, message: Outgoing) -> None:
        """Say to a member's own WeChat what WeCom did not take."""
        text = without_markdown(message.text)
        copy = replace(
            message, id=0, channel=Channel.OFFICIAL_ACCOUNT, to=openid, text=text, reply_token="", attempts=0
        )
        self._put(replace(copy, state=OutboxState.WAITING, created_at=self.now, due_at=self.now, lease_until=None))

    def _about(
        self, request: Request | None, *, urgent: bool, at_once: bool, only_if: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        return {
            "request": request.number if request else None,
            "urgent": urgent,
            "due_at": self.now if urgent or at_once or _is_emergency(request) else self.after_quiet(),
            "only_if": only_if or {},
        }

    def _outgoing(self, channel: Channel, to: str, kind: str, text: str, **more: Any) -> Outgoing:
        more.setdefault("is_group", False)
        more.setdefault("due_at", self.now)
        return Outgoing(
            id=0, channel=channel, to=to, kind=kind, text=text, state=OutboxState.WAITING, created_at=self.now, **more
        )

    def _to_openid(self, openid: str, kind: str, text: str, **more: Any) -> Outgoing:
        return self._outgoing(Channel.OFFICIAL_ACCOUNT, openid, kind, text, **more)

    def _put(self, message: Outgoing) -> None:
        self.session.outbox.add(message)

    def _template(self, request: Request, news: str, at: str) -> dict[str, str]:
        """What has happened and when; the hour of an appointment, or the new date, only where that is the news."""
        named = _NEWS.get(news) or f"template_state.{request.state}"
        if request.state is State.MERGED and news != "merged":
            named = _NEWS.get(news, "template_news.other")
        is_appointment = named == _NEWS["scheduled"]
        has_date = is_appointment or named == _NEWS["extended"]
        if is_appointment and not at:
            named = _NEWS["progress"]
        return {
            "number": str(request.number),
            "state": say(named),
            "text": self.type_name(request),
            "time": at if at and has_date else self.clock_time(self.now, full=True),
        }

    def after_quiet(self) -> datetime:
        """Now, or the end of the quiet hours."""
        quiet = self.settings.quiet_hours
        return quiet_until(self.now, self.settings.desk.zone, quiet.start, quiet.end) or self.now

    # ── the journal ──────────────────────────────────────────────────────────────────────────────

    def note(self, request: Request, kind: str, actor: str, /, *, words: str = "", **data: Any) -> None:
        self.session.journal.add(JournalEntry(request.number, self.now, kind, actor, data, words))

    def worry(self, kind: str, request: Request, person: str = "") -> None:
        """Keep something for the secretary's digest."""
        self.session.reports.worry(Worry(self.now, kind, request.number, person, request.unit))

    # ── how things are called ────────────────────────────────────────────────────────────────────

    def name(self, code: str) -> str:
        member = self.roster.member.get(code)
        return member.name if member else say("name.former_member")

    def names(self, codes: tuple[str, ...]) -> str:
        return "、".join(self.name(code) for code in codes)

    def lane_name(self, code: str) -> str:
        lane = self.roster.lane.get(code)
        return lane.name if lane else say("name.unknown_place")

    def type_name(self, request: Request) -> str:
        return self.settings.type_name(request.type)

    def clock_time(self, moment: datetime, *, full: bool = False, kept: bool = False) -> str:
        """A moment as people say it: 今天16:00, 明天09:30, 11月25日18:00. `kept`: in words that may wait for the
        morning, when 明天 would mean another day."""
        local = moment.astimezone(self.settings.desk.zone)
        days = (local.date() - self.today).days
        if kept and self.after_quiet() > self.now:
            return f"{local.month}月{local.day}日{local:%H:%M}"
        if full:
            return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
        day = {0: "今天", 1: "明天", 2: "后天"}.get(days, f"{local.month}月{local.day}日")
        return f"{day}{local:%H:%M}"

    def time_since(self, moment: datetime) -> str:
        """How long ago, in minutes, hours and minutes, or whole hours or days."""
        minutes = int((self.now - moment).total_seconds() // 60)
        if minutes < 1:
            return say("time.moments")
        if minutes < 60:
            return say("time.minutes", n=minutes)
        hours, over = divmod(minutes, 60)
        if over and hours < TO_THE_MINUTE:
            return say("time.hours_minutes", n=hours, m=over)
        return say("time.hours", n=hours) if hours < 48 else say("time.days", n=hours // 24)

    def with_date(self, words: str, when: When | None) -> str:
        """Words about a time with the day they mean: 周三上午（11月25日 周三）, 三天内（最晚11月28日 周六）."""
        if when is None or when.start is None or when.kept_by is None:
            return markdown_safe(words)
        zone = self.settings.desk.zone
        start, last = when.start.astimezone(zone), when.kept_by.astimezone(zone)
        is_moment = when.end is None
        is_until_an_hour = when.text.endswith("前") and last.time() != _END_OF_A_DAY  # 下午三点前
        name = (
            "appointment.moment"
            if is_moment
            else "appointment.latest_hour"
            if is_until_an_hour
            else "appointment.day"
            if start.date() == last.date()
            else "appointment.latest"
        )
        shown = last if name.startswith("appointment.latest") else start
        weekday = say("appointment.weekdays").split()[shown.weekday()]
        is_day_said = f"{shown.month}月{shown.day}日" in words
        is_hour_said = not is_moment or f"{shown:%H:%M}" in words
        if is_day_said and is_hour_said:  # 改到11月28日10:00 wants no more than its weekday
            return markdown_safe(say("appointment.known", words=words, weekday=weekday))
        day = say("appointment.date", month=shown.month, day=shown.day, weekday=weekday)
        return markdown_safe(say(name, words=words, day=day, clock=f"{shown:%H:%M}"))

    def masked(self, request: Request, words: str | None = None) -> str:
        """A request's words, or `words` that were said of it later, as the lane's group may read them."""
        own = [one.name for one in self.roster.members]
        text = for_group(request.text if words is None else words, names_in(request.text), own)
        return markdown_safe(shorten(text, EXCERPT))

    def masked_place(self, request: Request) -> str:
        lane = self.roster.lane.get(request.lane)
        return markdown_safe(place_for_group(lane.name if lane else "", request.place_text)) or say(
            "name.unknown_place"
        )


def _is_emergency(request: Request | None) -> bool:
    """Quiet hours hold back what is no emergency, and nothing else."""
    return request is not None and request.urgency == "emergency" and request.state.is_open
