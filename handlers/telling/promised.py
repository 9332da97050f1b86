"""What the resident may count on, in one sentence, when other hands get what he asked for."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.moves import dispatch
from handlers.telling.agreed import agreed_on
from handlers.texts import say
from storage.records import Request


async def until(desk: Desk, request: Request) -> str:
    """The hour that was agreed on; else the first answer, while none was given; else the end. "" of an emergency, and
    when the end has passed."""
    if request.urgency == "emergency" or not request.holder:
        return ""
    if agreed := await agreed_on(desk, request):
        return say("resident.agreed_stays", when=agreed)
    if request.first_response_at is None:
        return say("resident.answer_until", due=desk.clock_time(dispatch.answer_due(desk, request)))
    end = request.due_resolution
    return say("resident.done_until", due=desk.clock_time(end)) if end and end > desk.now else ""
