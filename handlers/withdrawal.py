"""撤销: a resident withdraws a request; whoever worked on it is told, and neighbours who follow it lose nothing."""

from __future__ import annotations

from handlers import audience, merging
from handlers.desk import Desk
from handlers.dispatch import called
from handlers.rules.lifecycle import Verb
from handlers.steps import step
from handlers.texts import say
from storage.records import Request, State


async def withdraw(desk: Desk, request: Request) -> Request:
    """End a request at its resident's wish. Who was to hear of it in the morning hears nothing of it."""
    if request.state is State.MERGED:
        await merging.follow(desk, await desk.session.requests.followers(request.number), request.merged_into)
        request = await step(desk, request, Verb.UNMERGE, "resident", merged_into=None)
    heir = await merging.inherit(desk, request)
    request = await step(desk, request, Verb.CANCEL, "resident", closed_at=desk.now)
    if heir:
        tell_workers(desk, heir, "inherited", say("member.inherited", number=request.number, heir=heir.number))
    elif request.holder and not await _is_unheard_of(desk, request):
        tell_workers(desk, request, "cancelled", say("member.cancelled", number=request.number))
    return request


async def _is_unheard_of(desk: Desk, request: Request) -> bool:
    """Has nobody who might do something about it been told yet?"""
    asked = await audience.requester(desk, request)
    openid = asked.resident.openid if asked else ""
    return not request.accepted_at and await desk.session.outbox.still_waits(request.number, but_for=openid)


def tell_workers(desk: Desk, request: Request, kind: str, text: str) -> None:
    """Tell those who know of the request where they heard of it: the group, or the holder alone; and all who were rung
    for an emergency."""
    is_alarm = request.urgency == "emergency"
    chat = desk.roster.chat_of(request.lane) if request.sensitivity == "open" else ""
    if chat:
        desk.tell_group(chat, kind, text, request=request, urgent=is_alarm)
    for code in called(desk, request) if is_alarm else () if chat else (request.holder,):
        desk.tell_member(code, kind, text, request=request, urgent=is_alarm)
