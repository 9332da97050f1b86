"""The whole table of moves, and that the drawing above it tells the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.rules import lifecycle
from handlers.rules.lifecycle import MOVES, IllegalMove, Verb, can, move, possible
from handlers.texts import say
from storage.records import OPEN_STATES, Request, State

REQUEST = Request(1, "u", State.GATHERING, 1, datetime(2026, 11, 22, tzinfo=UTC), "repair", "灯坏了")
IN_HAND = "accepted in_progress waiting_requester waiting_agency scheduled"
OPEN = f"received dispatched {IN_HAND} returned suspended"
BACK = "accepted"  # where the request of the test was before
REMEMBERS = ("merged", "cancelled", "declined", "suspended")
EXPECTED = {  # desk.md, "Moves"
    "submit": ("gathering", "received"),
    "dispatch": ("received dispatched returned", "dispatched"),
    "accept": ("received dispatched returned", "accepted"),
    "start": (IN_HAND, "in_progress"),
    "ask_requester": (IN_HAND, "waiting_requester"),
    "requester_replies": ("waiting_requester", "in_progress"),
    "refer": (IN_HAND, "waiting_agency"),
    "schedule": (IN_HAND, "scheduled"),
    "return": ("dispatched accepted in_progress", "returned"),
    "resolve": (OPEN, "resolved"),
    "rate": ("resolved", "closed"),
    "reopen": ("resolved closed", "in_progress"),
    "unsay": ("in_progress", "resolved"),
    "decline": ("received returned", "declined"),
    "cancel": (f"gathering {OPEN}", "cancelled"),
    "suspend": (OPEN.replace(" suspended", ""), "suspended"),
    "redirect": (OPEN.replace(" suspended", ""), "received"),
    "merge": (f"gathering {OPEN}", "merged"),
    "unmerge": ("merged", BACK),
    "restore": ("cancelled declined suspended", BACK),
}


def test_every_verb_has_its_row() -> None:
    assert set(MOVES) == set(Verb) == {Verb(name) for name in EXPECTED}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_every_move_from_every_state(verb: Verb, state: State) -> None:
    sources, target = EXPECTED[verb.value]
    before = (State(BACK),) if state in REMEMBERS else ()
    request = replace(REQUEST, state=state, came_from=before)
    assert can(request, verb) is (state.value in sources.split())
    assert (verb in possible(state)) is (state.value in sources.split())
    if can(request, verb):
        after = (*before, state) if target in REMEMBERS else ()
        assert move(request, verb, holder="m1") == replace(request, state=State(target), came_from=after, holder="m1")
    else:
        with pytest.raises(IllegalMove, match=f"{verb} is not possible from {state}"):
            move(request, verb)


def test_terminal_states_are_left_only_by_reopening_unmerging_and_restoring() -> None:
    for state in State:
        if state.is_terminal:
            assert set(possible(state)) <= {Verb.REOPEN, Verb.UNMERGE, Verb.RESTORE}


@pytest.mark.parametrize("state", OPEN_STATES)
def test_who_goes_back_stands_exactly_where_he_stood(state: State) -> None:
    request = replace(REQUEST, state=state)
    assert move(move(request, Verb.MERGE), Verb.UNMERGE) == request
    assert move(move(request, Verb.CANCEL), Verb.RESTORE) == request
    if can(request, Verb.SUSPEND):
        suspended = move(request, Verb.SUSPEND)
        assert move(move(suspended, Verb.MERGE), Verb.UNMERGE) == suspended
        assert move(suspended, Verb.RESTORE) == request


def test_a_state_is_open_terminal_or_resolved() -> None:
    for state in State:
        assert state.is_open + state.is_terminal + (state is State.RESOLVED) == 1
    assert set(OPEN_STATES) == {state for state in State if state.is_open}


def test_every_open_state_leads_to_an_end() -> None:
    for state in OPEN_STATES:
        assert Verb.CANCEL in possible(state)


def _drawn() -> set[tuple[str, str, str]]:
    """(source, verb, target) of all arrows of the docstring that stand on one line."""
    every = "/".join(OPEN_STATES)
    drawing = (lifecycle.__doc__ or "").split("State, in the words")[0]
    drawing = drawing.replace("any open state but gathering", every.replace("gathering/", ""))
    drawing = drawing.replace("any open state", every)
    chained = r"(?=(?:(?<=\s)|(?<=^))((?:[a-z_/]+, )*[a-z_/]+) ─([a-z_]+)→ ([a-z_]+))"
    return {
        (source, verb, target)
        for sources, verb, target in re.findall(chained, drawing)
        for source in re.split(r", |/", sources)
    }


def test_the_drawing_shows_no_move_that_is_not_in_the_table() -> None:
    arrows = _drawn()
    assert len(arrows) > 25
    for source, verb, target in arrows:
        assert State(source) in MOVES[Verb(verb)].sources, (source, verb)
        assert MOVES[Verb(verb)].target == State(target), (verb, target)


def test_the_drawing_names_every_verb_and_state_with_its_words() -> None:
    text = lifecycle.__doc__ or ""
    for verb in Verb:
        assert re.search(rf"\b{verb}\b", text), verb
    for state in State:
        assert f"{state} {say(f'ledger.{state}')}" in text, state
