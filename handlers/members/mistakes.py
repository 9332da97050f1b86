"""Said or taken by mistake: 作废 what he logged, 还没修 what he called done, 接错了 what he took."""

from __future__ import annotations

from datetime import timedelta

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import work
from handlers.members.halting import reopen
from handlers.members.rights import Unwilling
from handlers.members.stepping_back import give_back
from handlers.residents.withdrawal import withdraw
from handlers.rules.lifecycle import IllegalMove, Verb, can
from handlers.rules.wording import for_people
from handlers.texts import say
from storage.records import Request

JUST_NOW = timedelta(hours=1)


async def void(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """作废: what he logged himself, as long as nobody else has done anything about it. What a resident has told, only
    the resident withdraws."""
    number = request.number
    if not request.logged_by:
        raise Unwilling(say("member.void_resident", number=number))
    if request.logged_by != member:
        raise Unwilling(say("member.void_logged", number=number, name=desk.name(request.logged_by)))
    if not can(request, Verb.CANCEL):
        raise IllegalMove(Verb.CANCEL, request.state)
    entries = await desk.session.journal.of(number)
    touched = next((one.actor for one in entries if one.actor not in ("desk", member)), "")
    if touched or await desk.session.requests.all_followers(number):
        name = desk.name(touched if touched in desk.roster.member else request.holder)
        raise Unwilling(say("member.void_touched", number=number, name=name))
    await withdraw(desk, request, member, say("member.voided", number=number, name=desk.name(member)))
    desk.answer("member.void", number=number)


async def not_done(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """还没修，刚才发错了: it goes on as if he had not said that it is done."""
    if not can(request, Verb.REOPEN):
        raise Unwilling(say("member.undo"))
    await reopen(desk, member, request, for_people(spoken.words), told="resident.not_done_yet")


async def take_instead(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """接错了，我是要接1: he takes this one. What he took before stays with him until he gives it back with a reason:
    somebody must be accountable for it. 2接错了 我是要接1 names it: so it is given back, and he answers for it until
    another one has it."""
    sender = desk.message.sender if desk.message else ""
    named = spoken.numbers[1] if len(spoken.numbers) > 1 else 0
    last = named or await desk.session.inbox.last_about(sender, desk.now - JUST_NOW)
    before = await desk.session.requests.get(last, to_change=True) if last else None
    await work.accept(desk, member, request)
    if before is not None and named and before.number != request.number and member == before.holder:
        await give_back(desk, member, before, say("member.took_by_mistake"))
        return
    if before is not None and before.number != request.number and before.holder == member and before.state.is_open:
        desk.answer("member.took_wrongly", number=before.number)
