"""A request's journal tells how it stood at any earlier moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.history import as_of
from handlers.rules.lifecycle import Verb, can, move
from storage.records import JournalEntry, Request, State

START = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
FRESH = Request(1, "u", State.GATHERING, 1, START, "repair", "灯坏了")


@given(st.lists(st.sampled_from(Verb), max_size=30), st.integers(0, 30))
def test_the_state_at_any_moment(verbs: list[Verb], hours: int) -> None:
    """Whatever legal way a request goes, its journal leads to the state it had."""
    request, entries, then = FRESH, [], FRESH
    for place, verb in enumerate(verbs):
        if place == hours:
            then = request
        if can(request, verb):
            request = move(request, verb)
            entries.append(JournalEntry(1, START + place * HOUR, verb, "desk"))
    if hours >= len(verbs):
        then = request
    assert as_of(request, entries, START + hours * HOUR).state is then.state


def _entries(*kinds: tuple[str, int]) -> list[JournalEntry]:
    return [JournalEntry(1, START + hours * HOUR, kind, "desk") for kind, hours in kinds]


WALK = (("open", 0), ("submit", 0), ("dispatch", 0), ("accept", 1), ("start", 2))


def test_what_happened_later_is_not_known_yet() -> None:
    entries = _entries(*WALK, ("resolve", 5), ("rate", 6))
    done = replace(FRESH, state=State.CLOSED, first_response_at=START + 2 * HOUR, closed_at=START + 6 * HOUR)
    then = as_of(done, entries, START + HOUR + timedelta(minutes=1))
    assert (then.state, then.first_response_at, then.closed_at) == (State.ACCEPTED, None, None)
    assert as_of(done, entries, START + 7 * HOUR) == done


def test_a_neighbours_rating_moves_nothing() -> None:
    entries = _entries(("open", 0), ("submit", 0), ("merge", 0), ("rate", 3))
    merged = replace(FRESH, state=State.MERGED, merged_into=7)
    assert as_of(merged, entries, START + 4 * HOUR).state is State.MERGED


def test_an_heir_stands_where_the_matter_stood() -> None:
    merged = _entries(("open", 0), ("submit", 0), ("merge", 0))
    inherits = JournalEntry(1, START + 3 * HOUR, "inherit", "desk", {"state": State.ACCEPTED.value})
    heir = replace(FRESH, state=State.IN_PROGRESS)
    entries = [*merged, inherits, *_entries(("start", 4))]
    assert as_of(heir, entries, START + 2 * HOUR).state is State.MERGED
    assert as_of(heir, entries, START + 3 * HOUR + timedelta(minutes=1)).state is State.ACCEPTED
    assert as_of(heir, entries, START + 5 * HOUR).state is State.IN_PROGRESS


def test_a_deadline_that_was_set_anew_counts_by_its_reminders() -> None:
    late = _entries(*WALK, ("overdue", 8), ("grant", 10))
    request = replace(FRESH, state=State.IN_PROGRESS, due_resolution=START + 90 * HOUR)
    assert as_of(request, late, START + 9 * HOUR).due_resolution == START + 8 * HOUR
    assert as_of(request, late, START + 7 * HOUR).due_resolution is None
    assert as_of(request, late, START + 11 * HOUR).due_resolution == START + 90 * HOUR


def test_an_heir_stands_where_the_ended_one_stood() -> None:
    merged = _entries(("open", 0), ("submit", 0), ("merge", 1))
    as_before = JournalEntry(1, START + 2 * HOUR, "inherit", "desk", {"ended": 7, "state": "accepted"})
    untold = JournalEntry(1, START + 2 * HOUR, "inherit", "desk", {"ended": 7})
    assert as_of(FRESH, [*merged, as_before], START + 3 * HOUR).state is State.ACCEPTED
    assert as_of(FRESH, [*merged, untold], START + 3 * HOUR).state is State.DISPATCHED
