"""How often an emergency calls again while nobody comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.rules.durations import Duration, Measure
from handlers.watching.alarms import RINGS, SLOWEST, next_ring

EVERY = Duration(timedelta(minutes=3), Measure.WALL)


@pytest.mark.parametrize(
    ("rung", "minutes"),
    [(0, 3), (RINGS - 1, 3), (RINGS, 6), (RINGS + 1, 12), (RINGS + 2, 24), (RINGS + 3, 30), (500, 30), (5000, 30)],
)
def test_it_slows_down_and_never_falls_silent(rung: int, minutes: int) -> None:
    found = next_ring(EVERY, rung)
    assert found
    assert found.length == timedelta(minutes=minutes)


def test_who_wants_no_calls_gets_none() -> None:
    assert next_ring(None, 3) is None


def test_what_is_slow_already_stays_as_it_is() -> None:
    slow = Duration(SLOWEST * 2, Measure.WALL)
    assert next_ring(slow, 400) == slow
