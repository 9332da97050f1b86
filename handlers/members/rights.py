"""Who may do what to a request, and how a member is told that something is not possible."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.rules import ears, routing
from handlers.texts import say
from storage.records import (
    Request,
)


class Unwilling(Exception):
    """A member asked for something that is not possible; the text is the sentence he gets. `then`: what he is asked in
    it, as `asked.reason` says it."""

    def __init__(self, text: str, *, then: str = "") -> None:
        super().__init__(text)
        self.then = then


def may_know(desk: Desk, member: str, request: Request) -> bool:
    """May he hear of this request at all?"""
    if member in ears.kept_from(desk.roster, request, desk.today):
        return False
    if member in (request.holder, request.offered_to, request.supervisor, request.logged_by, *request.co_workers):
        return True
    if request.sensitivity == "confidential":  # its ladder may be of the time when it was open to more
        return ears.may_hold(desk.roster, request, member, desk.today, desk.settings.privacy.confidential_to)
    if request.sensitivity == "private":
        is_called = any(member in step.members for step in request.ladder)
        if is_burning(request) and routing.is_away(desk.roster, member, desk.today):  # 我就在附近 我去
            is_called = routing.may_act(desk.roster, member, request.lane, request.unit, desk.today)
        return is_called or member in ears.answerable(desk.roster, request, desk.today)
    return routing.may_act(desk.roster, member, request.lane, request.unit, desk.today)


def has_only_logged(desk: Desk, member: str, request: Request) -> bool:
    """He wrote down what is confidential: he may know how it stands and take it back, and nothing else is his. To an
    emergency he may run: he is near, and knows of it."""
    if request.sensitivity != "confidential" or request.logged_by != member or request.urgency == "emergency":
        return False
    if member in (request.holder, request.offered_to, request.supervisor, *request.co_workers):
        return False
    return not ears.may_hold(desk.roster, request, member, desk.today, desk.settings.privacy.confidential_to)


def is_in_charge(desk: Desk, member: str, request: Request) -> bool:
    """Holds it, works on it, or has the last word about the place."""
    return member in (request.holder, *request.co_workers) or is_secretary(desk, member, request)


def is_secretary(desk: Desk, member: str, request: Request) -> bool:
    """Has he the last word about the place? Not about a complaint of himself."""
    if member in ears.kept_from(desk.roster, request, desk.today):
        return False
    return routing.is_secretary(desk.roster, member, request.lane, request.unit, desk.today)


def is_burning(request: Request) -> bool:
    """An emergency that nobody has taken."""
    return request.urgency == "emergency" and request.accepted_at is None


def only_secretary(desk: Desk, member: str, request: Request) -> None:
    if not is_secretary(desk, member, request):
        raise Unwilling(say("member.only_secretary", number=request.number))


def only_in_charge(desk: Desk, member: str, request: Request) -> None:
    if not is_in_charge(desk, member, request):
        holder = desk.name(request.holder) if request.holder else say("name.nobody")
        raise Unwilling(say("member.not_in_charge", number=request.number, name=holder))
