"""How a request stood at an earlier moment, told by its journal. Pure.

The journal is written in the same transaction as every move, so replaying it gives the state at any moment. Due times
are columns and not journaled: what was overdue is known by the reminders that were noted when a deadline passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from handlers.rules.lifecycle import MOVES, Verb
from storage.records import JournalEntry, Request, State

_VERBS = frozenset(verb.value for verb in Verb)
# What sets the time for the solution anew, or lets a clock that stood still go on.
_NEW_DEADLINE = frozenset({Verb.DISPATCH, Verb.REOPEN, Verb.REQUESTER_REPLIES, Verb.RESTORE, "grant"})


def as_of(request: Request, entries: Iterable[JournalEntry], moment: datetime) -> Request:
    """The request as it stood just before a moment: its state, its first answer, its holder's deadlines.

    `entries` is its whole journal in order. A deadline that was set anew later is not known any more: it counts as
    passed if a reminder said so before the moment, and as far away otherwise.
    """
    before, after = _parted(entries, moment)
    request = replace(request, state=_state(before), came_from=())
    if request.first_response_at is not None and request.first_response_at >= moment:
        request = replace(request, first_response_at=None)
    if request.state is not State.RESOLVED and not request.state.is_terminal:
        request = replace(request, closed_at=None)
    return _with_deadline(request, before, after, moment)


def _parted(entries: Iterable[JournalEntry], moment: datetime) -> tuple[list[JournalEntry], list[JournalEntry]]:
    before: list[JournalEntry] = []
    after: list[JournalEntry] = []
    for entry in entries:
        (before if entry.at < moment else after).append(entry)
    return before, after


def _state(entries: Iterable[JournalEntry]) -> State:
    """Where the moves have led to; from a state that remembers, back to where it was."""
    path = [State.GATHERING]
    for entry in entries:
        move = MOVES[Verb(entry.kind)] if entry.kind in _VERBS else None
        if move and path[-1] in move.sources:  # a neighbour's rating is noted too, and moves nothing
            path = [*path, move.target] if move.target else _back(path)
        elif entry.kind == "inherit":  # it took the place of a request that was dealt with already
            path = [*path, State(entry.data.get("state", State.DISPATCHED))]
    return path[-1]


def _back(path: list[State]) -> list[State]:
    return path[:-1] if len(path) > 1 else path


def _with_deadline(
    request: Request, before: list[JournalEntry], after: list[JournalEntry], moment: datetime
) -> Request:
    if not any(entry.kind in _NEW_DEADLINE for entry in after):
        return request
    since = 0
    for place, entry in enumerate(before):
        since = place if entry.kind in _NEW_DEADLINE else since
    passed = next((entry.at for entry in before[since:] if entry.kind == "overdue"), None)
    return replace(request, due_resolution=passed)
