"""What stands still is looked at again: nobody forgets a pause without a day, or a question that nobody answers."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.members import resting
from handlers.rules import clocks, ears
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import markdown_safe, shorten
from handlers.telling import audience
from handlers.texts import say
from storage.records import Request, State, Timer


async def wake(desk: Desk, timer: Timer, request: Request) -> None:
    """The day named for its end has come; or, of what has no such day, some working days have gone by."""
    if not timer.step:
        await resting.is_over(desk, request)
        return
    if request.state not in clocks.STANDING_STILL:
        return
    if request.state is State.SUSPENDED:
        await _still_rests(desk, request)
    elif timer.step > 1 or not await _asked_once_more(desk, request):
        _tell_holder(desk, request)
    desk.session.timers.set(clocks.looked_at_again(request, desk.house.calendar, desk.now))


async def _asked_once_more(desk: Desk, request: Request) -> bool:
    """The resident reads the question a second time, and not again. False when he cannot be reached."""
    listener = await audience.requester(desk, request)
    if listener is None:
        return False
    text = say(
        "resident.asked_again",
        number=request.number,
        holder=desk.name(request.holder),
        words=await _words_of(desk, request, Verb.ASK_REQUESTER),
    )
    only_if = {"states": [State.WAITING_REQUESTER.value]}
    last = listener.talk.last_at
    desk.tell_resident(
        listener.resident,
        "asked_again",
        text,
        request=request,
        last_heard=last,
        only_if=only_if,
        news="asked",
    )
    return True


def _tell_holder(desk: Desk, request: Request) -> None:
    text = say("member.requester_silent", number=request.number, type=desk.type_name(request))
    only_if = {"states": [State.WAITING_REQUESTER.value]}
    desk.tell_member(request.holder, "reminder", text, request=request, only_if=only_if)


async def _still_rests(desk: Desk, request: Request) -> None:
    """Whoever let it rest decides whether it goes on; if he is gone, the secretaries of today."""
    entries = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.SUSPEND]
    by = entries[-1].actor if entries else ""
    reason = markdown_safe(shorten(entries[-1].words, 100)) if entries else ""
    people = (by,) if by in desk.roster.member else ears.secretaries(desk.roster, request, desk.today)
    waited = desk.time_since(request.paused_at or desk.now)
    text = say("member.rests_long", number=request.number, type=desk.type_name(request), waited=waited, reason=reason)
    for code in people:
        desk.tell_member(code, "reminder", text, request=request, only_if={"states": [State.SUSPENDED.value]})


async def _words_of(desk: Desk, request: Request, verb: Verb) -> str:
    entries = [one for one in await desk.session.journal.of(request.number) if one.kind == verb]
    return entries[-1].words if entries else ""
