"""The three rates: what counts, what does not, and that silence is never satisfaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.rates import Share, rates
from storage.records import Judged, Rating, State

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
DISPATCHED = Judged("l1", "repair", State.DISPATCHED, "", NOW - HOUR, None, None)
MOMENTS = st.none() | st.integers(-48, 48).map(lambda hours: NOW + hours * HOUR)
JUDGED = st.builds(
    Judged,
    lane=st.just("l1"),
    type=st.just("repair"),
    state=st.sampled_from(State),
    rating=st.sampled_from(["", *Rating]),
    due_first_response=MOMENTS,
    first_response_at=MOMENTS,
    closed_at=MOMENTS,
)


def responded(*many: Judged) -> tuple[int, int]:
    share = rates(many, NOW).responded
    return share.part, share.whole


def test_answers() -> None:
    in_time = replace(DISPATCHED, first_response_at=NOW - 2 * HOUR)
    late = replace(DISPATCHED, first_response_at=NOW)
    early = replace(DISPATCHED, due_first_response=NOW + HOUR, first_response_at=NOW)
    assert responded(in_time, late, early, DISPATCHED) == (2, 4)


def test_what_is_not_due() -> None:
    not_yet = replace(DISPATCHED, due_first_response=NOW + HOUR)
    nowhere_yet = replace(DISPATCHED, state=State.GATHERING, due_first_response=None)
    withdrawn = replace(DISPATCHED, state=State.CANCELLED, closed_at=NOW - 2 * HOUR)
    merged = replace(DISPATCHED, state=State.MERGED, first_response_at=NOW)
    assert responded(not_yet, nowhere_yet, withdrawn, merged) == (0, 0)
    assert responded(replace(withdrawn, closed_at=NOW)) == (0, 1)  # withdrawn because nobody answered


def test_words_and_silence() -> None:
    said = [Rating.GOOD, Rating.GOOD, Rating.FAIR, Rating.BAD, Rating.UNRATED, ""]
    found = rates([replace(DISPATCHED, state=State.CLOSED, rating=word) for word in said], NOW)
    assert (found.solved, found.satisfied, found.unrated) == (Share(3, 4), Share(2, 4), 1)
    assert found.satisfied.rate == 0.5


def test_a_neighbour_rates_for_himself() -> None:
    found = rates([replace(DISPATCHED, state=State.MERGED, rating=Rating.BAD)], NOW)
    assert found.solved == Share(0, 1)


def test_of_nothing_there_is_no_rate() -> None:
    assert rates([], NOW).is_empty
    assert Share().rate is None


@given(st.lists(JUDGED, max_size=20))
def test_parts_are_never_more_than_the_whole(many: list[Judged]) -> None:
    found = rates(many, NOW)
    for share in (found.responded, found.solved, found.satisfied):
        assert 0 <= share.part <= share.whole <= len(many)
    assert found.satisfied.part <= found.solved.part
    assert found.satisfied.whole == found.solved.whole
    assert found.solved.whole + found.unrated <= len(many)


@given(st.lists(JUDGED, max_size=10), st.lists(JUDGED, max_size=10))
def test_rates_of_two_places_add_up(here: list[Judged], there: list[Judged]) -> None:
    one, other, both = rates(here, NOW), rates(there, NOW), rates([*here, *there], NOW)
    for name in ("responded", "solved", "satisfied"):
        shares = [getattr(found, name) for found in (one, other)]
        assert getattr(both, name) == Share(sum(s.part for s in shares), sum(s.whole for s in shares))


@given(st.lists(JUDGED, max_size=20))
def test_silence_satisfies_nobody(many: list[Judged]) -> None:
    silent = [replace(one, rating=Rating.UNRATED) for one in many]
    assert (rates(silent, NOW).satisfied, rates(silent, NOW).solved) == (Share(), Share())
