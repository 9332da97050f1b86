"""暂停: what rests with a secretary's word, why, and until when; on that day it goes on by itself."""

from __future__ import annotations

import re
from datetime import datetime

from classifiers.reader.late import late
from classifiers.times.promises import read_when
from handlers.desk import Desk
from handlers.members import rights
from handlers.moves.steps import step
from handlers.rules import clocks
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import markdown_safe, shorten
from handlers.telling import audience
from handlers.texts import say
from handlers.watching import custody
from storage.records import Request, State, Timer, TimerKind

_UNTIL = late(r"(?:先|就|一直|暂时|[\s,，])*(?:等?到|至)(?P<day>.+)", re.DOTALL)


async def rest(desk: Desk, member: str, request: Request, reason: str) -> Request:
    """The clocks stand still; whoever works on it hears so, and a day that is named ends it."""
    until = _until(desk, reason)
    data = {"until": until.isoformat()} if until else {}
    request = await step(desk, request, Verb.SUSPEND, member, words=reason, data=data)
    await desk.session.timers.cancel(request.number, [TimerKind.RESUME])  # of a pause before this one
    if until:
        desk.session.timers.set(Timer(request.number, TimerKind.RESUME, until))
    else:
        desk.session.timers.set(clocks.looked_at_again(request, desk.house.calendar, desk.now))
    told = say("member.suspended_for_you", number=request.number, name=desk.name(member), reason=markdown_safe(reason))
    for code in dict.fromkeys((request.holder, *request.co_workers)):
        if code not in ("", member):
            desk.tell_member(code, "suspended", told, request=request)
    await audience.tell_all(desk, request, "suspended", "resident.suspended", reason=reason)
    if until:
        desk.answer("member.suspended_until", number=request.number, until=desk.clock_time(until))
    else:
        desk.answer("member.suspended", number=request.number)
    return request


def _until(desk: Desk, reason: str) -> datetime | None:
    """到下周一 等材料; a day that is over, or no day at all, ends nothing."""
    said = _UNTIL.match(reason)
    when = read_when(said["day"], desk.now.astimezone(desk.settings.desk.zone)) if said else None
    is_first = when is not None and said is not None and said["day"].strip().startswith(when.text)
    return when.start if when and is_first and when.start and when.start > desk.now else None


async def go_on(desk: Desk, actor: str, request: Request, words: str = "") -> Request:
    """It is worked on again, by who held it or stands in for him."""
    request = await step(desk, request, Verb.RESTORE, actor, words=words, closed_at=None)
    request = await custody.in_good_hands(desk, request)
    await audience.tell_all(desk, request, "restored", "resident.restored", holder=desk.name(request.holder))
    if request.holder != actor:
        told = say("member.restored_for_you", number=request.number, type=desk.type_name(request))
        desk.tell_member(request.holder, "restored", told, request=request)
    return request


async def wants_to_go_on(desk: Desk, member: str, request: Request, words: str) -> bool:
    """钱到了,明天开工, of what rests: who let it rest hears it, and may let it go on. False when it does not rest,
    or he can do so himself."""
    if request.state is not State.SUSPENDED or rights.is_secretary(desk, member, request):
        return False
    entries = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.SUSPEND]
    by = entries[-1].actor if entries else ""
    if by not in desk.roster.member or by == member:
        return False
    said = markdown_safe(shorten(words, 300))
    told = say("member.wants_to_go_on", number=request.number, name=desk.name(member), text=said)
    desk.tell_member(by, "among", told, request=request)
    desk.note(request, "wants_to_go_on", member, words=words)
    desk.answer("member.rests_still", number=request.number, name=desk.name(by))
    return True


async def is_over(desk: Desk, request: Request) -> None:
    """The day has come."""
    if request.state is not State.SUSPENDED:
        return
    entries = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.SUSPEND]
    request = await go_on(desk, "desk", request)
    told = say("member.resumed", number=request.number, holder=desk.name(request.holder))
    if entries and entries[-1].actor not in ("", request.holder):
        desk.tell_member(entries[-1].actor, "restored", told, request=request)


async def reason_of(desk: Desk, request: Request) -> str:
    """Why it rests, in the secretary's words; "" when it does not."""
    if request.state is not State.SUSPENDED:
        return ""
    entries = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.SUSPEND]
    return entries[-1].words if entries else ""
