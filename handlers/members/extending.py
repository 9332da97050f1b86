"""More time: asked for by who works on it, granted or not by the secretary."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from classifiers.members.orders import SpokenOrder
from classifiers.reader.late import late
from classifiers.times.promises import read_when
from handlers.desk import Desk
from handlers.members import asked, rights, work
from handlers.moves import dispatch
from handlers.moves.steps import promise
from handlers.rules import ears, routing
from handlers.rules.lifecycle import IllegalMove, Verb
from handlers.rules.masking import markdown_safe
from handlers.rules.wording import for_people, reason_of
from handlers.telling import audience
from handlers.texts import say
from storage.records import (
    JournalEntry,
    Request,
    State,
)

_AT_MOST = late(r"(?:最多|最晚|最迟|顶多)(?:只能)?(?:延期?|缓|宽限)?[到至]?(?P<day>[^\s,，。]+)")
_EDGES = " ,。"
_IS_REASON = late(r"[\u4e00-\u9fff]{2}(?<![期长后到至])$")
_GOES_ON = late(r"[才就都也能会要]*(?:[到来]|有|修|弄|换|装|送|发|开|回)")


async def ask_for_more_time(
    desk: Desk, member: str, request: Request, until: datetime, reason: str, *, is_appointment: bool = False
) -> None:
    """The secretaries are asked; until one of them agrees nothing changes. Of an appointment `reason` is its time."""
    request = await desk.session.requests.save(replace(request, extension_until=until))
    desk.note(request, "extend", member, words=reason, until=until.isoformat(), is_appointment=is_appointment)
    told = ears.secretaries(desk.roster, request, desk.today)
    text = say(
        "member.extension_wanted",
        number=request.number,
        type=desk.type_name(request),
        name=desk.name(member),
        until=desk.clock_time(until),
        reason=markdown_safe(reason),
    )
    for code in told:
        desk.tell_member(code, "extension", text, request=request)
    desk.answer("member.extension_asked", number=request.number, told=desk.names(told) or say("name.nobody"))


async def wishes_for_time(desk: Desk, member: str) -> list[Request]:
    """What he has been asked to grant more time for."""
    lanes = [lane.code for lane in routing.lanes_of(desk.roster, member, desk.today)]
    found = await desk.session.requests.open_in([*lanes, ""])
    return [one for one in found if one.extension_until is not None and rights.is_secretary(desk, member, one)]


async def extend(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """The holder asks before the time is over, with a reason; a secretary grants it, or gives it himself."""
    rights.only_in_charge(desk, member, request)
    until, reason = _until(desk, request, spoken)
    if rights.is_secretary(desk, member, request):
        await _grant_until(desk, member, request, until, reason)
        return
    if not request.state.is_open:
        raise IllegalMove(Verb.SCHEDULE, request.state)
    if request.due_resolution and request.due_resolution <= desk.now:
        raise rights.Unwilling(say("member.extend_too_late", number=request.number))
    await ask_for_more_time(desk, member, request, until, reason)


def _until(desk: Desk, request: Request, spoken: SpokenOrder) -> tuple[datetime, str]:
    """The new time and the reason. 再宽限两天, of what is due in a week, is two days more than that."""
    when = read_when(spoken.words, desk.now.astimezone(desk.settings.desk.zone))
    if when is None or when.start is None:
        then = asked.reason(asked.Wanted.UNTIL, f"延期 {request.number} {asked.GAP} {spoken.words}".strip())
        raise rights.Unwilling(say("member.extend_how_long", number=request.number), then=then)
    reason = _reason_beside(when.text, spoken.words)
    if not reason:
        then = asked.reason(asked.Wanted.REASON, f"延期 {request.number} {spoken.words} {asked.GAP}")
        raise rights.Unwilling(say("member.extend_why", number=request.number), then=then)
    until, due = when.kept_by or when.start, request.due_resolution
    if due is None or not when.text.endswith("后") or not desk.now < until <= due:
        return until, reason
    days = (when.start.date() - desk.now.astimezone(when.start.tzinfo).date()).days
    return due + (timedelta(days=days) if days else when.start - desk.now), reason


def _reason_beside(time: str, words: str) -> str:
    """到周五 沥青没到 asks until Friday because of 沥青没到; 厂家配件要下周二才到 is the reason, its time included."""
    before, _, after = words.partition(time)
    if _IS_REASON.search(before) and _GOES_ON.match(after):
        return for_people(words.strip(_EDGES))
    return for_people(f"{before.strip(_EDGES).rstrip('到至')} {after.lstrip(_EDGES + '到至为因')}".strip(_EDGES))


async def grant(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    rights.only_secretary(desk, member, request)
    if request.extension_until is None:
        raise rights.Unwilling(say("member.no_extension", number=request.number))
    wished = await _wish_for_time(desk, request)
    if wished and wished.data.get("is_appointment"):
        await _grant_appointment(desk, member, request, request.extension_until, wished)
        return
    until = _less_time(desk, request, spoken.words) or request.extension_until  # 可以,1就周四吧
    await _grant_until(desk, member, request, until, wished.words if wished else "")


async def _wish_for_time(desk: Desk, request: Request) -> JournalEntry | None:
    """How its holder has asked for more time."""
    entries = [entry for entry in await desk.session.journal.of(request.number) if entry.kind == "extend"]
    return entries[-1] if entries else None


async def _grant_appointment(desk: Desk, member: str, request: Request, until: datetime, asked: JournalEntry) -> None:
    """约好 5 12月20号上午, and the secretary agrees: now the resident hears it as any other appointment."""
    zone = desk.settings.desk.zone
    when = read_when(asked.words, asked.at.astimezone(zone))
    told = desk.with_date(asked.words, when)
    again = read_when(asked.words, desk.now.astimezone(zone))
    words = asked.words if again and again.kept_by == until else desk.clock_time(until)  # 三周后 was said days ago
    request, is_told = await work.tell_of_appointment(desk, request.holder, request, words, until, told)
    desk.note(request, "grant", member, words=asked.words, until=until.isoformat())
    await _tell_it_is_granted(desk, member, request, until)
    await work.answer_told(desk, request, "member.scheduled", is_told=is_told, when=told)


async def _grant_until(desk: Desk, member: str, request: Request, until: datetime, reason: str) -> None:
    request = await promise(desk, request, until)
    desk.note(request, "grant", member, words=reason, until=until.isoformat())
    await audience.tell_all(desk, request, "extended", "resident.extended", until=desk.clock_time(until), reason=reason)
    await _tell_it_is_granted(desk, member, request, until)
    soon = await audience.told_when(desk, request)
    desk.answer("member.extended", number=request.number, until=desk.clock_time(until), soon=soon)


async def _tell_it_is_granted(desk: Desk, member: str, request: Request, until: datetime) -> None:
    """Whoever works on it, unless he has granted it himself."""
    if member != request.holder:
        soon = await audience.told_when(desk, request)
        granted = say("member.extension_granted", number=request.number, until=desk.clock_time(until), soon=soon)
        desk.tell_member(request.holder, "extension", granted, request=request)


async def deny(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    rights.only_secretary(desk, member, request)
    if request.extension_until is None and request.state is State.RETURNED:
        await _deny_return(desk, member, request, spoken)
        return
    if request.extension_until is None:
        raise rights.Unwilling(say("member.no_extension", number=request.number))
    if until := _at_most(desk, request, spoken.words):
        wished = await _wish_for_time(desk, request)
        await _grant_until(desk, member, request, until, wished.words if wished else "")
        return
    request = await desk.session.requests.save(replace(request, extension_until=None))
    desk.note(request, "deny", member, words=spoken.words)
    words = markdown_safe(reason_of(spoken.words)) or say("member.no_words")
    text = say("member.extension_denied", number=request.number, words=words)
    desk.tell_member(request.holder, "extension", text, request=request)
    desk.answer("member.denied", number=request.number, holder=desk.name(request.holder))


def _at_most(desk: Desk, request: Request, words: str) -> datetime | None:
    """不同意 太久了 最多下周二: some of the time that was asked for."""
    said = _AT_MOST.search(words)
    return _less_time(desk, request, said["day"]) if said else None


def _less_time(desk: Desk, request: Request, words: str) -> datetime | None:
    """Less than was asked for, and yet more than there was; None when the words say no such time."""
    when = read_when(words, desk.now.astimezone(desk.settings.desk.zone))
    until = (when.kept_by or when.start) if when else None
    is_less = until is not None and request.extension_until is not None and until < request.extension_until
    is_more = until is not None and until > max(desk.now, request.due_resolution or desk.now)
    return until if is_less and is_more else None


async def _deny_return(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """驳回 5 请联系城管一起办, of what was given back: it stays with who holds it."""
    words = markdown_safe(reason_of(spoken.words)) or say("member.no_words")
    told = say("member.return_denied", number=request.number, name=desk.name(member), words=words)
    desk.tell_member(request.holder, "returned", told, request=request)
    request = await dispatch.assign(desk, member, request, request.holder, reason_of(spoken.words), is_told=True)
    desk.answer("member.ruled", number=request.number, name=desk.name(request.holder))
