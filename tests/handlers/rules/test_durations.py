"""How lengths of time are written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.durations import Duration, Measure, parse_duration


@pytest.mark.parametrize(
    ("text", "length", "measure"),
    [
        ("90s", timedelta(seconds=90), Measure.WALL),
        ("30m", timedelta(minutes=30), Measure.WALL),
        ("2h", timedelta(hours=2), Measure.WALL),
        (" 1.5 h ", timedelta(minutes=90), Measure.WALL),
        ("3d", timedelta(days=3), Measure.WALL),
        ("0s", timedelta(0), Measure.WALL),
        ("2wh", timedelta(hours=2), Measure.WORKING_TIME),
        ("5wd", timedelta(days=5), Measure.WORKING_DAYS),
    ],
)
def test_every_form_is_read(text: str, length: timedelta, measure: Measure) -> None:
    assert parse_duration(text) == Duration(length, measure)


@pytest.mark.parametrize("text", ["", "5", "h", "-1h", "1w", "1 day", "1h30m", "5WD", "1e3s", "５个小时", "nan", "1.s"])
def test_anything_else_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(ValueError, match="5wd"):
        parse_duration(text)


@given(st.integers(0, 10_000), st.sampled_from(["s", "m", "h", "d", "wh", "wd"]), st.integers(0, 9))
def test_a_multiple_keeps_its_measure(amount: int, unit: str, factor: int) -> None:
    once, many = parse_duration(f"{amount}{unit}"), parse_duration(f"{amount * factor}{unit}")
    assert once.times(factor) == many
