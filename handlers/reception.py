"""Where every message comes in: kept, brought to a desk, answered once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Final
from weakref import WeakValueDictionary

import structlog

from classifiers.reader.late import late
from classifiers.residents.continuations import Continuation, read_continuation
from classifiers.residents.wishes import SpokenWish, Wish, read_wish
from handlers.desk import Desk, House
from handlers.members import listening, member, two_roles
from handlers.residents import (
    about,
    answering,
    appointed,
    continuing,
    discretion,
    erasing,
    follow,
    inquiry,
    intake,
    judging,
    manners,
    media,
    moving,
    naming,
    parting,
    privacy,
    refusing,
    sense,
    shifting,
    shown_after,
)
from handlers.residents.visit import Visit
from handlers.rules.masking import openid_for_log
from handlers.telling import held, pictures
from storage.conversations import renewed
from storage.inbox import OUR_FAULT, Arrival
from storage.records import (
    Answer,
    Channel,
    Fate,
    Incoming,
    Member,
    MessageKind,
    Outcome,
    Question,
)
from storage.session import Session
from storage.store import Store, Unavailable

log = structlog.get_logger(__name__)

SHORT = 8  # signs of a command with nothing else in it
_KEPT_KINDS = frozenset({MessageKind.IMAGE, MessageKind.VOICE, MessageKind.VIDEO, MessageKind.FILE})
_ANOTHER = late(
    r"(?:不是?,?)?(?:这|那|我说的)?(?:个)?是?(?:另外?|别的|新的?)(?:的)?(?:一|个)*(?:件|回|码)?事(?:情|儿)?[,，:：。\s]+(?P<rest>.{4,})",
    re.DOTALL,
)
_LONGEST_MISTAKE = 40  # signs
_MISTAKEN = late(
    r"(?P<off>[^,，。]{2,12}?[,，。\s]*)(?:是)?(?:我)?[看弄搞说听想]错了[,，。\s]*(?:原来|应该|其实)?是(?P<rest>[^,，。\s]{2,20})[。!！]?"
)
# Words that a person in danger may say beside his danger: 死了算了, 不用了,我爸喘不上气了
_RATINGS = frozenset({Wish.RATE_GOOD, Wish.RATE_FAIR, Wish.RATE_BAD})
_LOOSE = _RATINGS | {Wish.CANCEL, Wish.URGE, Wish.STATUS, Wish.HUMAN, Wish.SUPPLEMENT, Wish.NO}


class Reception:
    """Takes messages of all channels. `now` is read once a message, when its desk opens."""

    def __init__(self, store: Store, house: House, now: Callable[[], datetime]) -> None:
        self._store = store
        self._house = house
        self._now = now
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def receive(self, message: Incoming) -> Answer:
        """Handle a message and return what answers it at once. A repeated delivery gets the first one's answer.

        A fault of ours is rolled back and logged; the message itself is kept, and the person is told honestly.
        """
        async with self._turn(message.sender):
            try:
                return await self._store.transact(lambda s: self._at_desk(s, message), key=f"speaker:{message.sender}")
            except Unavailable:  # not our fault and not the message's: let the platform deliver it again
                raise
            except Exception as error:
                log.exception("message_failed", who=openid_for_log(message.sender), kind=message.kind.value)
                failure = type(error).__name__
                return await self._store.transact(lambda s: self._keep_failed(s, message, failure))

    def _turn(self, speaker: str) -> asyncio.Lock:
        """One speaker's words in the order they came; the lock goes when nobody holds or awaits it."""
        return self._turns.setdefault(speaker, asyncio.Lock())

    async def _at_desk(self, session: Session, message: Incoming) -> Answer:
        now = self._now()
        arrival = await session.inbox.receive(message, now)
        if not arrival.is_new:
            return arrival.answer
        desk = Desk(session, now, self._house, await self._store.roster(session), message)
        handle = _resident if message.channel is Channel.OFFICIAL_ACCOUNT else _colleague
        outcome = await handle(desk, message)
        return await _settle(desk, arrival, outcome)

    async def _keep_failed(self, session: Session, message: Incoming, failure: str) -> Answer:
        """Nothing is lost even if we failed: the words stay, and the secretary's digest counts them."""
        now = self._now()
        arrival = await session.inbox.receive(message, now)
        if not arrival.is_new:
            return arrival.answer
        desk = Desk(session, now, self._house, await self._store.roster(session), message)
        if message.kind is not MessageKind.EVENT:
            desk.answer("resident.our_fault" if message.channel is Channel.OFFICIAL_ACCOUNT else "member.our_fault")
        return await _settle(desk, arrival, Outcome(Fate.REFUSED, reason=f"{OUR_FAULT}: {failure}"))


async def _settle(desk: Desk, arrival: Arrival, outcome: Outcome) -> Answer:
    answer = desk.hand_over_answers()
    await desk.session.inbox.settle(arrival, outcome, answer)
    return answer


# ── the official account ─────────────────────────────────────────────────────────────────────────


async def _resident(desk: Desk, message: Incoming) -> Outcome:
    colleague = desk.roster.by_openid.get(message.sender)
    if colleague and message.kind is MessageKind.TEXT and await two_roles.commands_of(desk, colleague, message):
        await _renew_only(desk, message)
        return await member.hear(desk, colleague, message)
    if colleague and await _is_work(desk, colleague, message):
        await _renew_only(desk, message)
        return await pictures.hear(desk, colleague, message)
    if await _is_about_nobody(desk, message):
        await desk.session.inbox.forget(message.sender)
        return Outcome(Fate.ANSWERED, reason="event of somebody forgotten")
    resident, talk, is_new = await desk.session.conversations.meet(message.sender, desk.now)
    visit = Visit(desk, replace(resident, lane=desk.home_of(resident)), talk)
    if is_new:
        await privacy.recognise(visit)
    if message.kind is not MessageKind.EVENT:
        visit.talk = renewed(visit.talk, message=not message.menu_id, now=desk.now)
        visit.resident = replace(visit.resident, follows=True)
        await held.bring(visit)
    outcome = await _hear(visit, message)
    await _leave(visit, was=resident)
    return outcome


async def _is_about_nobody(desk: Desk, message: Incoming) -> bool:
    """The platform reports how a message fared, of somebody who has been forgotten meanwhile."""
    if message.kind is not MessageKind.EVENT or message.event in follow.CONTACTS:
        return False
    return await desk.session.conversations.find(message.sender) is None


async def _is_work(desk: Desk, colleague: Member, message: Incoming) -> bool:
    """A picture from the own WeChat of a member who has no WeCom, while he works on something."""
    if colleague.wecom_id or message.kind not in _KEPT_KINDS or message.text.strip():
        return False
    return await pictures.meant(desk, colleague, message) is not None


async def _renew_only(desk: Desk, message: Incoming) -> None:
    """A member's words open the platform's window like anybody's."""
    _, talk, _ = await desk.session.conversations.meet(message.sender, desk.now)
    await desk.session.conversations.save(renewed(talk, message=not message.menu_id, now=desk.now))


async def _hear(visit: Visit, message: Incoming) -> Outcome:
    text = message.text.strip()
    if not text and (message.kind is not MessageKind.EVENT or message.event in follow.CONTACTS):
        erasing.close(visit)
    if message.kind is MessageKind.EVENT:
        return await follow.on_event(visit, message)
    if message.kind is MessageKind.LOCATION:
        return await media.hear_location(visit, message)
    if message.kind in _KEPT_KINDS and not text:
        return await media.hear_media(visit, message)
    if message.kind is MessageKind.UNKNOWN and not text:
        visit.desk.answer("resident.cannot_read")
        return Outcome(Fate.REFUSED, reason="kind of message unknown")
    if not text:
        visit.desk.answer("resident.say_it")
        return Outcome(Fate.CHAT, reason="empty")
    outcome = await _hear_text(visit, text)
    if message.kind in _KEPT_KINDS and outcome.request:
        pictures.keep(visit.desk, outcome.request, message)
    return outcome


async def _hear_text(visit: Visit, text: str) -> Outcome:
    """Whoever first knows what the words are, as the talk stands, takes them; what nobody knows is a trouble."""
    if parted := await parting.hear(visit, text):
        return parted
    text = _behind_another(visit, text)
    for hear in _HEARERS:
        if outcome := await hear(visit, text):
            return outcome
    text = await discretion.part(visit, text)
    for hear in (discretion.hear, continuing.hear):
        if outcome := await hear(visit, text):
            return outcome
    return await intake.hear_words(visit, text)


async def _obeyed(visit: Visit, text: str) -> Outcome | None:
    """What comes of a command; None when the words are none, or hold more than one."""
    wish = read_wish(text)
    if wish is None:
        return await naming.withdraw_thing(visit, text)
    if wish.wish in _LOOSE and await continuing.is_danger(visit, text):
        return None
    if wish.wish is Wish.CANCEL and len(text) > SHORT and await sense.is_secret(visit, text):
        return await intake.hear_apart(visit, text)  # 算了吧,上回他摸我手: it is not all well
    if of_secret := await _of_secret(visit, text, wish):
        return of_secret
    if wish.wish in _RATINGS and wish.note and (remarked := await _remarked(visit, text, wish)):
        return remarked
    is_choice = wish.wish in _RATINGS and _answers_choice(visit, text)
    return None if is_choice else await inquiry.obey(visit, wish)


async def _remarked(visit: Visit, text: str, wish: SpokenWish) -> Outcome | None:
    """A rating with words behind it that are for other ears, of another matter, or of another result."""
    if wish.wish is Wish.RATE_BAD and await manners.is_of_opponent(visit, wish):
        return None
    remark = await sense.of_remark(visit, wish.note)
    if remark.sensitivity == "confidential" or (remark.is_request and sense.SAYS_ANOTHER.match(wish.note)):
        of_manners, of_work = manners.parted(wish.note)
        await inquiry.obey(visit, replace(wish, note=of_work))
        return await intake.hear_apart(visit, of_manners or wish.note, remark)
    return await judging.hear(visit, text) if wish.number is None else None


async def _typed_for_voice(visit: Visit, text: str) -> Outcome | None:
    """The answer to what was heard of his voice."""
    return await listening.answer(visit, text) if visit.talk.question is Question.HEARD else None


async def _of_secret(visit: Visit, text: str, wish: SpokenWish) -> Outcome | None:
    """What a command says beside itself may be of a confidential matter."""
    if wish.wish in _RATINGS and not _answers_choice(visit, text):
        return await discretion.hear_rating(visit, wish)
    says_more = wish.wish in (Wish.SUPPLEMENT, Wish.URGE) and wish.number is None and wish.note
    return await discretion.hear(visit, wish.note) if says_more else None


async def _mistaken_for(visit: Visit, text: str) -> Outcome | None:
    """算了不用了 我看错了 是停电: the lamp is withdrawn, and the power cut is told."""
    match = _MISTAKEN.fullmatch(text)
    if match is None or len(text) > _LONGEST_MISTAKE or visit.is_first:
        return None
    wish = read_wish(match["off"])
    is_off = wish.wish is Wish.CANCEL if wish else read_continuation(match["off"]) is Continuation.WITHDRAWN
    if not is_off or not (meaning := await sense.of(visit, match["rest"])).is_request:
        return None
    await _hear_text(visit, match["off"])
    return await intake.hear_apart(visit, match["rest"], meaning)


# The order is the order of trial: what was asked and what corrects, then commands, then answers.
_HEARERS: Final[tuple[Callable[[Visit, str], Awaitable[Outcome | None]], ...]] = (
    erasing.hear,
    held.hear,
    _mistaken_for,
    about.hear,
    naming.part_over,
    naming.obey,
    shifting.hear,
    appointed.hear,
    shown_after.hear,
    answering.hear,
    refusing.hear,
    _obeyed,
    _typed_for_voice,
    naming.answer_which,
    moving.hear,
)


def _behind_another(visit: Visit, text: str) -> str:
    """这是另一件事,井盖响: what follows is a matter of its own."""
    match = _ANOTHER.match(text)
    if match is None:
        return text
    visit.stop_gathering()
    visit.nothing_asked()
    return match["rest"]


def _answers_choice(visit: Visit, text: str) -> bool:
    """A digit is a place when places were offered."""
    return visit.talk.question is Question.PLACE and text.isdecimal() and 1 <= int(text) <= len(visit.talk.choices)


async def _leave(visit: Visit, *, was: object) -> None:
    """Write down where the talk stands now."""
    if visit.resident.is_erased:
        return
    visit.mention_notice()
    if visit.resident != was:
        await visit.desk.session.conversations.save_resident(visit.resident)
    is_here = visit.now in (visit.talk.message_window.opened_at, visit.talk.click_window.opened_at)
    if is_here and visit.talk.has_held:
        await visit.desk.session.outbox.wake_held(visit.resident.openid, visit.now)
    if is_here:  # and not some event that the platform tells of itself
        visit.change(last_at=visit.now, has_held=False)
    await visit.desk.session.conversations.save(visit.talk)


# ── WeCom ────────────────────────────────────────────────────────────────────────────────────────


async def _colleague(desk: Desk, message: Incoming) -> Outcome:
    is_first = not await desk.session.conversations.knows_chat(message.conversation)
    await desk.session.conversations.saw_chat(message.conversation, is_group=message.is_group, now=desk.now)
    if is_first:
        await desk.session.outbox.revive_for(message.conversation, desk.now)
    colleague = desk.roster.by_wecom.get(message.sender)
    if message.kind is MessageKind.EVENT:
        return _event(desk, message, known=colleague is not None, is_first=is_first)
    if colleague is None:
        desk.answer("member.not_in_roster")
        return Outcome(Fate.REFUSED, reason="not in the roster")
    if not message.text.strip() and message.kind in _KEPT_KINDS:
        return await pictures.hear(desk, colleague, message)
    if not message.text.strip():
        desk.answer("member.only_words")
        return Outcome(Fate.REFUSED, reason="no words")
    outcome = await member.hear(desk, colleague, message)
    await _keep_result(desk, colleague, message, outcome)
    return outcome


async def _keep_result(desk: Desk, colleague: Member, message: Incoming, outcome: Outcome) -> None:
    """A picture that came with 办结 12 换了灯 belongs to what those words were about."""
    if not message.media_url or not outcome.request or outcome.fate is Fate.REFUSED:
        return
    request = await desk.session.requests.get(outcome.request)
    if request is not None:
        await pictures.take(desk, colleague.code, request, message)


def _event(desk: Desk, message: Incoming, *, known: bool, is_first: bool) -> Outcome:
    """Who opens the chat for the first time is shown what can be said; every day would wear people out."""
    if message.event == "enter_chat" and is_first:
        desk.answer("member.help" if known else "member.not_in_roster")
    return Outcome(Fate.ANSWERED, reason=f"event {message.event}")
