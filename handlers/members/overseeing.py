"""按急件办, 督办 and 群里说: a secretary hurries it, looks over a shoulder, lets the group look."""

from __future__ import annotations

from dataclasses import replace

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import rights
from handlers.members.rights import Unwilling
from handlers.moves import dispatch
from handlers.residents import pressing
from handlers.rules.lifecycle import IllegalMove, Verb
from handlers.rules.masking import markdown_safe
from handlers.rules.wording import reason_of
from handlers.texts import say
from storage.records import Request, State


async def seek_in_group(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """群里说: with a secretary's word the lane's group hears who is sought, once."""
    rights.only_secretary(desk, member, request)
    if not dispatch.may_be_sought_in_group(desk, request):
        raise Unwilling(say("member.not_for_group", number=request.number))
    if await dispatch.is_sought_in_group(desk, request):
        raise Unwilling(say("member.sought_already", number=request.number))
    dispatch.seek_in_group(desk, member, request)
    desk.answer("member.told_group", number=request.number)


async def hurry(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """按急件办: it is to be done today, and who holds it hears so. An emergency is one already."""
    rights.only_in_charge(desk, member, request)
    if request.state.is_open and request.urgency != "normal":
        raise Unwilling(say("member.urgent_already", number=request.number, urgency=say(f"urgency.{request.urgency}")))
    if not pressing.may_hurry(request):
        raise IllegalMove(Verb.START, request.state)
    is_on_card = request.accepted_at is None and request.state is State.DISPATCHED
    request = await pressing.quicken(desk, request)
    desk.note(request, "urgent", member, words=spoken.words)
    if request.holder != member and not is_on_card:
        words = markdown_safe(reason_of(spoken.words)) or say("member.no_words")
        told = say("member.made_urgent", number=request.number, name=desk.name(member), words=words)
        desk.tell_member(request.holder, "urgent", told, request=request, at_once=True)
    desk.answer("member.urgent", number=request.number, due=desk.clock_time(request.due_resolution or desk.now))


async def supervise(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """督办: a secretary looks over the holder's shoulder from now on."""
    rights.only_secretary(desk, member, request)
    if not request.state.is_open or not request.holder:
        raise IllegalMove(Verb.START, request.state)
    request = await desk.session.requests.save(replace(request, supervisor=member))
    desk.note(request, "supervise", member, words=spoken.words)
    words = markdown_safe(reason_of(spoken.words)) or say("member.no_words")
    text = say(
        "member.supervised", number=request.number, type=desk.type_name(request), name=desk.name(member), words=words
    )
    for code in dict.fromkeys((request.holder, *request.co_workers)):
        if code != member:
            desk.tell_member(code, "supervise", text, request=request, at_once=True)
    desk.answer("member.supervising", number=request.number, holder=desk.name(request.holder))
