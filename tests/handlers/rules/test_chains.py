"""Chains of merged requests lead to a root, or are found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.chains import broken
from storage.records import State

NUMBERS = st.integers(1, 8)


def test_long_chains_end_well() -> None:
    assert list(broken({3: 2, 2: 1, 4: 3}, {1: State.CLOSED, 2: State.MERGED, 3: State.MERGED})) == []


def test_ends_that_stand_for_nobody() -> None:
    states = {1: State.CANCELLED, 6: State.MERGED}
    assert list(broken({2: 1, 3: 2, 4: None, 5: 99, 7: 6}, states)) == [2, 3, 4, 5, 7]


def test_circles() -> None:
    assert list(broken({1: 2, 2: 3, 3: 1, 4: 1}, {})) == [1, 2, 3, 4]


@given(st.dictionaries(NUMBERS, st.none() | NUMBERS), st.dictionaries(NUMBERS, st.sampled_from(State)))
def test_as_walking_each_chain_alone_would_say(links: dict[int, int | None], states: dict[int, State]) -> None:
    def ends_well(number: int) -> bool:
        here: int | None = number
        for _ in range(len(links) + 1):
            if here is None:
                return False
            if here not in links:
                return states.get(here) not in (None, State.CANCELLED, State.MERGED)
            here = links[here]
        return False

    assert list(broken(links, states)) == [number for number in links if not ends_well(number)]
