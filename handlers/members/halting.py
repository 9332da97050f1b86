"""暂停, 恢复 and 重办: a request rests, goes on, or is done once more."""

from __future__ import annotations

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import resting, rights
from handlers.members.rights import Unwilling
from handlers.residents import rating
from handlers.rules import ears
from handlers.rules.lifecycle import Verb, can
from handlers.rules.masking import markdown_safe
from handlers.rules.wording import reason_of
from handlers.telling import audience
from handlers.texts import say
from storage.records import Request


def _asks_secretary(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> bool:
    """Whoever holds it may wish what the secretary decides: then she hears so, with the words that do it."""
    if rights.is_secretary(desk, member, request) or member not in (request.holder, *request.co_workers):
        return False
    told = tuple(code for code in ears.secretaries(desk.roster, request, desk.today) if code != member)
    if not told:
        return False
    words = f"{say(f'verb.{spoken.order}')} {request.number} {spoken.words}".strip()
    text = say("member.wished", number=request.number, name=desk.name(member), order=markdown_safe(words))
    for code in told:
        desk.tell_member(code, "wished", text, request=request)
    desk.note(request, "wished", member, words=words)
    desk.answer("member.wish_told", number=request.number, told=desk.names(told))
    return True


async def suspend(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """A secretary lets it rest, with a reason; the clocks stand still."""
    if can(request, Verb.SUSPEND) and spoken.words and _asks_secretary(desk, member, request, spoken):
        return
    rights.only_secretary(desk, member, request)
    reason = reason_of(spoken.words)
    if not reason:
        raise Unwilling(say("member.suspend_why", number=request.number))
    await resting.rest(desk, member, request, reason)


async def restore(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """A secretary brings back what rests, was withdrawn by mistake or sent away; what was done also who did it."""
    if can(request, Verb.REOPEN):
        await reopen(desk, member, request, reason_of(spoken.words))
        return
    if not can(request, Verb.RESTORE) and request.state.is_open and rights.is_in_charge(desk, member, request):
        raise Unwilling(say("member.goes_on", number=request.number, holder=desk.name(request.holder)))
    if can(request, Verb.RESTORE) and _asks_secretary(desk, member, request, spoken):
        return
    rights.only_secretary(desk, member, request)
    await resting.go_on(desk, member, request, spoken.words)
    desk.answer("member.restored", number=request.number, soon=await audience.told_when(desk, request))


async def reopen(desk: Desk, member: str, request: Request, words: str, *, told: str = "resident.restored") -> None:
    """重办: it was not solved after all, says a secretary or who is accountable; the resident will be asked again."""
    if member != request.first_responder:
        rights.only_in_charge(desk, member, request)
    done = request.resolved_at or request.created_at
    if not request.text or desk.now - done > desk.settings.desk.reopen_within:
        raise Unwilling(say("member.reopen_too_late", number=request.number))
    request = await rating.reopen(desk, request, words, actor=member, rating="")
    holder = desk.name(request.holder)
    async for one in audience.listeners(desk, request):
        if one.request.rating not in rating.SATISFIED:  # he asks no more of it
            text = say(told, number=one.request.number, holder=holder)
            desk.tell_resident(one.resident, "restored", text, request=one.request, last_heard=one.talk.last_at)
    desk.answer("member.reopened_by_you", number=request.number, holder=holder)
