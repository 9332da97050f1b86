"""Whose ears a request is for: a confidential one is for a secretary, and never for him of whom it complains."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from handlers.rules import routing
from handlers.rules.complaints import accused_in, accuses_secretary
from storage.records import Request, Roster


def kept_from(roster: Roster, request: Request, today: date) -> frozenset[str]:
    """Codes of those of whom a confidential request complains: by name, or the nearest secretary by his office."""
    if request.sensitivity != "confidential":
        return frozenset()
    around = routing.people_around(roster, [request.lane]) if request.lane else ()
    is_complaint = request.type == "suggestion"
    named = accused_in(request.text, roster.members, around, is_complaint=is_complaint)
    by_office = accuses_secretary(request.text, is_complaint=is_complaint)
    return named.union(routing.secretaries(roster, request.lane, request.unit, today) if by_office else ())


def secretaries(roster: Roster, request: Request, today: date) -> tuple[str, ...]:
    """The nearest secretary who may hear of it; without any, the duty desk."""
    kept = kept_from(roster, request, today)
    return routing.secretaries(roster, request.lane, request.unit, today, but=kept)


def answerable(roster: Roster, request: Request, today: date, named: Collection[str] = ()) -> tuple[str, ...]:
    """Who is to hold it; `named` are the operator's own for confidential matters, when no secretary is left."""
    if request.sensitivity != "confidential":
        return routing.answerable(roster, request.lane, request.unit, today)
    kept = kept_from(roster, request, today)
    found = routing.secretaries(roster, request.lane, request.unit, today, but=kept)
    return found or tuple(code for code in named if code not in kept and routing.stand_in(roster, code, today) == code)


def may_hold(roster: Roster, request: Request, member: str, today: date, named: Collection[str] = ()) -> bool:
    """A confidential matter may only lie with a secretary of the place, its duty desk, or who is named for it."""
    if request.sensitivity != "confidential":
        return True
    if member in kept_from(roster, request, today):
        return False
    is_named = member in named or member in answerable(roster, request, today, named)
    return is_named or routing.is_secretary(roster, member, request.lane, request.unit, today)
