"""不是急事: who has looked tells that there is no danger, and nobody need run."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import rights, work
from handlers.members.rights import Unwilling
from handlers.moves import dispatch
from handlers.rules.lifecycle import IllegalMove, Verb
from handlers.rules.wording import reason_of
from handlers.telling import audience
from handlers.texts import say
from storage.records import Request


async def calm(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """不是急事: whoever answers for it has looked, and nobody need run; from now on it goes on like any other."""
    rights.only_in_charge(desk, member, request)
    if request.urgency != "emergency":
        raise Unwilling(say("member.calm_already", number=request.number))
    if not request.state.is_open:
        raise IllegalMove(Verb.START, request.state)
    rung = await dispatch.rung(desk, request)
    request = await dispatch.calm_down(desk, request)
    desk.note(request, "calm", member, words=spoken.words)
    await _tell_calmed(desk, member, request, rung)


async def all_clear(desk: Desk, member: str, request: Request, words: str) -> None:
    """我看了 是做饭的油烟: who has been there takes it, and nobody else need run."""
    rung = await dispatch.rung(desk, request)
    request = await dispatch.calm_down(desk, request)
    desk.note(request, "calm", member, words=words)
    if request.accepted_at is None:
        request = await work.accept(desk, member, request, quietly=True)
    said = reason_of(words)
    await audience.tell_all(
        desk, request, "progress", "resident.progress", name=desk.name(member), words=said, urgent=True
    )
    await _tell_calmed(desk, member, request, rung)


async def _tell_calmed(desk: Desk, member: str, request: Request, rung: Sequence[str]) -> None:
    told = say("member.calmed", number=request.number, name=desk.name(member), holder=desk.name(request.holder))
    for code in rung:
        if code != member:
            desk.tell_member(code, "calm", told, request=request, urgent=True)
    chat = desk.roster.chat_of(request.lane)
    if chat and request.sensitivity == "open":
        desk.tell_group(chat, "calm", told, request=request, urgent=True)
    await dispatch.tell_group_it_is_over(desk, request)
    await audience.tell_all(desk, request, "calm", "resident.calmed", holder=desk.name(request.holder), urgent=True)
    desk.answer("member.calmed", number=request.number, name=desk.name(member), holder=desk.name(request.holder))
