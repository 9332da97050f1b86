"""协办: who works along with the holder. He is added by the holder's word or comes by his own, and may leave again."""

from __future__ import annotations

from dataclasses import replace

from handlers.desk import Desk
from handlers.members import rights
from handlers.moves import dispatch
from handlers.rules.masking import markdown_safe
from handlers.rules.wording import reason_of
from handlers.texts import say
from storage.records import Request


async def add(desk: Desk, member: str, request: Request, code: str) -> None:
    """请邹仿真协办: from now on he works along, and hears of it at once. Who holds it goes on holding it, and the
    resident hears of no change, for there is none for him."""
    request = await desk.session.requests.save(replace(request, co_workers=(*request.co_workers, code)))
    desk.note(request, "join", code, by=member)
    text = say(
        "member.help_given",
        number=request.number,
        name=desk.name(member),
        holder=desk.name(request.holder),
        card=dispatch.member_card(desk, request, code),
    )
    desk.tell_member(code, "help_asked", text, request=request, at_once=True)
    if request.holder != member:
        told = say("member.help_comes", number=request.number, by=desk.name(member), name=desk.name(code))
        desk.tell_member(request.holder, "help_asked", told, request=request)
    desk.answer("member.helps_now", number=request.number, name=desk.name(code), holder=desk.name(request.holder))


async def leave(desk: Desk, member: str, request: Request, words: str) -> None:
    """1我不协办了: he works along no longer; who holds it hears so. Raises Unwilling when he never did."""
    if member == request.holder:
        raise rights.Unwilling(say("member.return_why", number=request.number))
    if member not in request.co_workers:
        raise rights.Unwilling(say("member.helps_not", number=request.number, holder=desk.name(request.holder)))
    left = tuple(code for code in request.co_workers if code != member)
    request = await desk.session.requests.save(replace(request, co_workers=left))
    desk.note(request, "leave", member, words=words)
    said = markdown_safe(reason_of(words)) or say("name.no_reason")
    told = say("member.helps_no_more", number=request.number, name=desk.name(member), reason=said)
    desk.tell_member(request.holder, "help_asked", told, request=request)
    desk.answer("member.left_helping", number=request.number, holder=desk.name(request.holder))
