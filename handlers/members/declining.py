"""不予受理 and 告知了: it is not ours, and what was said to the resident in person."""

from __future__ import annotations

from dataclasses import replace

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import rights
from handlers.members.rights import Unwilling
from handlers.moves.steps import step
from handlers.residents import privacy
from handlers.rules.lifecycle import Verb, can
from handlers.rules.wording import reason_of
from handlers.telling import audience
from handlers.texts import say
from storage.records import Request, TimerKind


async def told_in_person(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """What no message could bring, a person has said: nothing of it need wait for the resident's next contact."""
    rights.only_in_charge(desk, member, request)
    desk.note(request, "told_in_person", member)
    await desk.session.outbox.told_in_person(request.number)
    await desk.session.timers.cancel(request.number, [TimerKind.TELL])
    if request.first_response_at is None:
        request = await desk.session.requests.save(replace(request, first_response_at=desk.now))
        desk.note(request, "first_response", member)
    desk.answer("member.told_in_person", number=request.number)


async def decline(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """A secretary says that it is not ours, and names the right door."""
    rights.only_secretary(desk, member, request)
    reason = reason_of(spoken.words)
    if not reason:
        raise Unwilling(say("member.decline_where", number=request.number))
    if not can(request, Verb.DECLINE) and can(request, Verb.RETURN):  # his word ends it, whoever holds it
        request = await step(desk, request, Verb.RETURN, member, words=reason, data={"code": "not_ours"})
    request = await step(desk, request, Verb.DECLINE, member, words=reason, closed_at=desk.now)
    await audience.tell_all(desk, request, "declined", "resident.declined", type=desk.type_name(request), reason=reason)
    if request.holder not in ("", member):
        told = say("member.declined_for_you", number=request.number)
        desk.tell_member(request.holder, "declined", told, request=request)
    soon = await audience.told_when(desk, request)
    await privacy.forget_who_left(desk, request)
    desk.answer("member.declined", number=request.number, soon=soon)
