"""改地点 and 派给: it is somewhere else, or somebody else's."""

from __future__ import annotations

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import rights
from handlers.members.rights import Unwilling
from handlers.moves import dispatch, passing
from handlers.residents.withdrawal import nobody_has_heard, tell_workers
from handlers.rules.masking import markdown_safe
from handlers.telling import audience, promised
from handlers.texts import say
from storage.records import Request


async def order_to(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """It is somewhere else: whoever answers for that place gets it."""
    if member not in (request.holder, *request.co_workers):
        rights.only_in_charge(desk, member, request)
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    place = reader.understand(spoken.words).place
    lane = _lane_named(desk, spoken.words) or place.lane
    if lane is None:
        raise Unwilling(say("member.relocate_unknown", number=request.number, place=markdown_safe(spoken.words)))
    if lane == request.lane:
        raise Unwilling(say("member.relocate_same", number=request.number, place=desk.lane_name(lane)))
    request = await relocate(desk, member, request, lane, spoken.words)
    desk.answer("member.relocated", number=request.number, place=desk.lane_name(lane), holder=desk.name(request.holder))


async def relocate(desk: Desk, actor: str, request: Request, lane: str, words: str) -> Request:
    """Send it to the people of the right lane, and tell those of the wrong one and the resident."""
    before, is_unheard_of = request, await nobody_has_heard(desk, request)
    request = await dispatch.redirect(desk, actor, request, lane, words)
    if before.holder != actor and not is_unheard_of:
        tell_it_moved(desk, before, request)
    if actor != "resident":
        await audience.tell_all(
            desk,
            request,
            "relocated",
            "resident.relocated",
            place=desk.lane_name(lane),
            holder=desk.name(request.holder),
            due=await promised.until(desk, request),
        )
    return request


def tell_it_moved(desk: Desk, before: Request, request: Request) -> None:
    """Those who had heard of it where it was need not go on, but who is called to it again."""
    if before.holder in ("", request.holder):
        return
    text = say("member.relocated_away", number=request.number, place=desk.lane_name(request.lane))
    again = dispatch.called(desk, request) if request.urgency == "emergency" else ()
    tell_workers(desk, before, "relocated", text, but=again)


async def assign(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """派给: a person, who is asked, or the people of another lane."""
    if _lane_named(desk, spoken.words):
        await order_to(desk, member, request, spoken)
    else:
        await passing.offer(desk, member, request, spoken.words.strip(), "")


async def keep(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    await passing.keep(desk, member, request)


def lane_meant(desk: Desk, text: str) -> str | None:
    """The one lane whose name stands in a text."""
    named = [lane.code for lane in desk.roster.lanes if len(lane.name) > 2 and lane.name in text]
    return named[0] if len(named) == 1 else None


def _lane_named(desk: Desk, words: str) -> str | None:
    named = [lane.code for lane in desk.roster.lanes if words.strip() in (lane.code, lane.name, *lane.aliases)]
    return named[0] if len(named) == 1 else None
