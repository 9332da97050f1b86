"""How a request is shown to members."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.rules.masking import markdown_safe
from handlers.texts import say
from storage.records import (
    Request,
)


def line(desk: Desk, request: Request) -> str:
    """One request in a list; private ones without their words."""
    return say(
        "member.line",
        number=request.number,
        type=desk.type_name(request),
        place=desk.masked_place(request),
        state=say(f"ledger.{request.state}"),
        text=_words(desk, request),
    )


def _words(desk: Desk, request: Request) -> str:
    return desk.masked(request) if request.sensitivity == "open" else say(f"sensitivity.{request.sensitivity}")


def details(desk: Desk, request: Request, member: str, *, in_group: bool) -> str:
    """Everything a member may see of one request here."""
    full = not in_group and (request.sensitivity == "open" or member == request.holder)
    return say(
        "member.details",
        number=request.number,
        type=desk.type_name(request),
        urgency=say(f"urgency.{request.urgency}"),
        state=say(f"ledger.{request.state}"),
        place=markdown_safe(request.place_text) if full and request.place_text else desk.masked_place(request),
        text=markdown_safe(request.text) if full else _words(desk, request),
        holder=desk.name(request.holder) if request.holder else say("name.nobody"),
        first=desk.name(request.first_responder) if request.first_responder else say("name.nobody"),
        due=desk.clock_time(request.due_resolution or request.created_at),
    )
