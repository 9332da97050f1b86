"""Our ledger against a naive picture of the platform's windows: we never ask for what it would refuse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.delivery_budget import MARGIN, Way, choose, exhausted, is_open, spend
from storage.records import Window

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CLOSED = Window()


def opened(seconds_ago: float = 0, used: int = 0) -> Window:
    return Window(NOW - timedelta(seconds=seconds_ago), used)


def test_nothing_is_open_before_the_first_word() -> None:
    assert choose(CLOSED, CLOSED, "resolved", NOW) is Way.NONE


@pytest.mark.parametrize(
    ("used", "kind", "way"),
    [
        (0, "accepted", Way.MESSAGE),
        (3, "accepted", Way.MESSAGE),
        (4, "accepted", Way.NONE),
        (4, "resolved", Way.MESSAGE),
        (4, "emergency", Way.MESSAGE),
        (5, "resolved", Way.NONE),
        (5, "emergency", Way.NONE),
    ],
)
def test_the_last_of_five_is_kept_for_what_counts(used: int, kind: str, way: Way) -> None:
    assert choose(opened(used=used), CLOSED, kind, NOW) is way


@pytest.mark.parametrize(("used", "way"), [(0, Way.CLICK), (2, Way.CLICK), (3, Way.NONE)])
def test_a_click_gives_three(used: int, way: Way) -> None:
    assert choose(CLOSED, opened(used=used), "accepted", NOW) is way


def test_the_window_that_closes_sooner_is_used_first() -> None:
    assert choose(opened(), opened(), "accepted", NOW) is Way.CLICK
    assert choose(opened(), opened(used=3), "accepted", NOW) is Way.MESSAGE


@pytest.mark.parametrize("length", [timedelta(hours=48), timedelta(minutes=1)])
def test_a_window_closes_a_little_early(length: timedelta) -> None:
    def way(age: timedelta) -> Way:
        window = Window(NOW - age, 0)
        return choose(window, CLOSED, "x", NOW) if length.days else choose(CLOSED, window, "x", NOW)

    assert way(length - MARGIN) is not Way.NONE
    assert way(length - MARGIN + timedelta(milliseconds=1)) is Way.NONE


def test_what_was_refused_is_not_asked_again() -> None:
    message, click = exhausted(opened(), opened())
    assert choose(message, click, "resolved", NOW) is Way.NONE


def test_spending_takes_one_from_one_window() -> None:
    assert spend(opened(), opened(), Way.CLICK) == (opened(), opened(used=1))
    assert spend(opened(), opened(), Way.MESSAGE) == (opened(used=1), opened())
    assert spend(opened(), opened(), Way.NONE) == (opened(), opened())


class Platform:
    """Two purses with a last moment each; takes from the one that closes first (fact sheet C3)."""

    def __init__(self) -> None:
        self.purses = {"message": (0, NOW), "click": (0, NOW)}

    def hear(self, trigger: str, now: datetime) -> None:
        length = timedelta(hours=48) if trigger == "message" else timedelta(minutes=1)
        self.purses[trigger] = (5 if trigger == "message" else 3, now + length)

    def send(self, now: datetime) -> bool:
        usable = [(until, name) for name, (left, until) in self.purses.items() if left and now < until]
        if not usable:
            return False
        until, name = min(usable)
        self.purses[name] = (self.purses[name][0] - 1, until)
        return True


steps = st.tuples(
    st.sampled_from(["message", "click", "accepted", "accepted", "resolved", "emergency"]),
    st.sampled_from([0, 1, 20, 54, 55, 56, 60, 61, 3600, 86_400, 172_795, 172_800]),
)


@given(st.lists(steps, max_size=40))
def test_the_platform_never_refuses_what_our_ledger_allows(walk: list[tuple[str, int]]) -> None:
    platform, message, click, now = Platform(), CLOSED, CLOSED, NOW
    for what, seconds in walk:
        now += timedelta(seconds=seconds)
        if what in ("message", "click"):
            platform.hear(what, now)
            message, click = (Window(now), click) if what == "message" else (message, Window(now))
            continue
        way = choose(message, click, what, now)
        assert way is Way.NONE or platform.send(now)
        message, click = spend(message, click, way)


@given(st.lists(steps, max_size=40))
def test_the_news_that_it_is_done_always_finds_a_place(walk: list[tuple[str, int]]) -> None:
    """Within 48 hours of a word, however much was said in between that is not urgent."""
    message, click, now = Window(NOW), CLOSED, NOW
    for what, seconds in walk:
        now = min(now + timedelta(seconds=seconds), NOW + timedelta(hours=47))
        if what == "accepted":
            message, click = spend(message, click, choose(message, click, what, now))
    assert choose(message, click, "resolved", now) is not Way.NONE


def test_a_window_is_open_while_the_most_important_goes() -> None:
    assert is_open(opened(used=4), CLOSED, NOW)
    assert not is_open(opened(used=5), CLOSED, NOW)
    assert not is_open(CLOSED, CLOSED, NOW)
