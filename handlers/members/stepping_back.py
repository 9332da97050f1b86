"""退, and 不协办了: who holds it or works along leaves it."""

from __future__ import annotations

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import helping, rights
from handlers.members.rights import Unwilling
from handlers.moves import passing
from handlers.rules.wording import reason_of
from handlers.texts import say
from storage.records import Request, State


async def order_back(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """把5退了."""
    await give_back(desk, member, request, reason_of(spoken.words))


async def give_back(desk: Desk, member: str, request: Request, reason: str, to: str | None = None) -> None:
    """退, of what he holds or is asked for. Who works along leaves; who looks on from above is asked what is meant."""
    if member in request.co_workers:
        await helping.leave(desk, member, request, reason)
        return
    is_asked = request.state is State.RETURNED or member in (request.holder, request.offered_to)
    if not is_asked and request.holder and rights.is_secretary(desk, member, request):
        raise Unwilling(say("member.needless_why", number=request.number))
    await passing.give_back(desk, member, request, reason, to)


async def step_back(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    await helping.leave(desk, member, request, reason_of(spoken.words))
