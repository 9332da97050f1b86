"""What members and secretaries order in set words: 并单, 拆单, 延期, 不予受理, 暂停, 恢复, 督办, 改类, 改地点.

Each order names its request. Who may give it stands beside it; a refusal is a sentence that says what is possible.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from classifiers.members.orders import Order, SpokenOrder
from handlers.desk import Desk
from handlers.members import (
    clearing,
    declining,
    extending,
    halting,
    mistakes,
    overseeing,
    relocating,
    retyping,
    rights,
    stepping_back,
    uniting,
    work,
)
from handlers.members.rights import Unwilling
from handlers.moves import dispatch
from handlers.rules import routing
from handlers.rules.lifecycle import IllegalMove, possible
from handlers.texts import say
from storage.records import Fate, Outcome, Request, State

Handler = Callable[[Desk, str, Request, SpokenOrder], Awaitable[None]]
_ANSWERS = frozenset({Order.GRANT, Order.DENY})  # to what somebody has asked


async def obey(
    desk: Desk, member: str, spoken: SpokenOrder, handler: Handler | None = None, *, in_group: bool
) -> Outcome:
    """Do what was ordered about the first request named; by `handler` if it is none of those below. In a group nothing
    is done about what is confidential."""
    number = spoken.numbers[0] if spoken.numbers else await _unsaid(desk, member, spoken.order)
    if not number and spoken.order is Order.CALM:
        desk.answer("member.order_which", number=number)
        return Outcome(Fate.ANSWERED, reason="no emergency, or several")
    if not number and spoken.order is Order.KEEP:
        desk.answer("member.nothing_offered")
        return Outcome(Fate.ANSWERED, reason="nothing is offered")
    if not number and spoken.order in _ANSWERS:
        desk.answer("member.nothing_to_grant")
        return Outcome(Fate.ANSWERED, reason="nobody has asked, or several have")
    if not number and spoken.order is Order.UNMERGE:
        desk.answer("member.part_which")
        return Outcome(Fate.ANSWERED, reason="nothing was merged just now")
    request = await desk.session.requests.get(number, to_change=True) if number else None
    if request is None or not rights.may_know(desk, member, request):
        desk.answer("member.no_such_request" if number else "member.order_which", number=number)
        return Outcome(Fate.REFUSED, reason="no such request of his")
    if in_group and request.sensitivity == "confidential":
        desk.answer("member.alone_please", number=number)
        return Outcome(Fate.REFUSED, number, "not in a group")
    if spoken.order is not Order.VOID and rights.has_only_logged(desk, member, request):
        desk.answer("member.only_logged", number=number)
        return Outcome(Fate.REFUSED, number, "only the secretary holds it")
    try:
        await (handler or HANDLERS[spoken.order])(desk, member, request, spoken)
    except Unwilling as refusal:
        desk.answer_words(str(refusal))
        return Outcome(Fate.REFUSED, number, refusal.then or "not possible")
    except IllegalMove as refusal:
        answer_what_is_possible(desk, number, refusal)
        return Outcome(Fate.REFUSED, number, "illegal move")
    return Outcome(Fate.COMMAND, number)


async def _unsaid(desk: Desk, member: str, order: Order) -> int:
    """The number that need not be said: he holds one request only, or one waits for his yes or no, or he has logged it
    just now."""
    requests = desk.session.requests
    if order is Order.VOID:
        sender = desk.message.sender if desk.message else ""
        last = await desk.session.inbox.last_about(sender, desk.now - mistakes.JUST_NOW)
        logged = await requests.get(last) if last else None
        return logged.number if logged and logged.logged_by == member else 0
    if order is Order.UNMERGE:  # 看错了 拆开, behind 1和2是一回事
        sender = desk.message.sender if desk.message else ""
        last = await desk.session.inbox.last_about(sender, desk.now - mistakes.JUST_NOW)
        merged = await requests.get(last) if last else None
        return merged.number if merged and merged.state is State.MERGED else 0
    if order in _ANSWERS:
        around = await _around(desk, member)
        found = [one for one in around if one.extension_until is not None]
        if order is Order.DENY and not found:
            found = [one for one in around if one.state is State.RETURNED]
    elif order is Order.STEP_BACK:
        found = await requests.open_helped_by(member)
    else:
        found = await requests.open_of_holder(member)
        if order is Order.EXTEND and len(found) > 1:  # 三天不行 is an answer to who looks over his shoulder
            found = [one for one in found if one.supervisor]
        if order is Order.IN_GROUP:
            found = [one for one in await _around(desk, member) if dispatch.may_be_sought_in_group(desk, one)]
        if order is Order.KEEP:
            found = [one for one in found if one.offered_to]
    return found[0].number if len(found) == 1 else 0


async def _around(desk: Desk, member: str) -> list[Request]:
    lanes = [lane.code for lane in routing.lanes_of(desk.roster, member, desk.today)]
    return await desk.session.requests.open_in(lanes)


def answer_what_is_possible(desk: Desk, number: int, refusal: IllegalMove) -> None:
    """An illegal move is answered with what can be done from where the request stands."""
    can = "、".join(say(f"verb.{verb}") for verb in possible(refusal.state) if verb in work.TYPED)
    state = say(f"ledger.{refusal.state}")
    if can:
        desk.answer("member.not_now", number=number, state=state, can=can)
    else:
        desk.answer("member.already_over", number=number, state=state)


HANDLERS: Mapping[Order, Handler] = {
    Order.ASSIGN: relocating.assign,
    Order.KEEP: relocating.keep,
    Order.IN_GROUP: overseeing.seek_in_group,
    Order.MERGE: uniting.merge,
    Order.UNMERGE: uniting.part,
    Order.EXTEND: extending.extend,
    Order.GRANT: extending.grant,
    Order.DENY: extending.deny,
    Order.VOID: mistakes.void,
    Order.NOT_DONE: mistakes.not_done,
    Order.TAKE_INSTEAD: mistakes.take_instead,
    Order.CALM: clearing.calm,
    Order.DECLINE: declining.decline,
    Order.SUSPEND: halting.suspend,
    Order.RESTORE: halting.restore,
    Order.URGENT: overseeing.hurry,
    Order.GIVE_BACK: stepping_back.order_back,
    Order.STEP_BACK: stepping_back.step_back,
    Order.SUPERVISE: overseeing.supervise,
    Order.RETYPE: retyping.retype,
    Order.RELOCATE: relocating.order_to,
    Order.TOLD: declining.told_in_person,
}
