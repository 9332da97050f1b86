"""Which messages tell of one matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.duplicates import HINT, JOIN, Account, likeness, same_matter

NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)
PAIRS = [
    line.split("|")
    for line in (Path(__file__).parent / "data" / "duplicates.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[4]}-{pair[5]}")
def test_one_matter_or_two(pair: list[str]) -> None:
    verdict, who, hours, types, told, now_told = pair
    first, second = types.split(">")
    old = Account(told, (first,), "a1", NOON, reporter="one", number=7)
    new = Account(
        now_told, (second,), "a1", NOON + timedelta(hours=float(hours)), reporter="one" if who == "own" else "two"
    )
    found = likeness(new, old)
    reached = "join" if found.score >= JOIN else "hint" if found.score >= HINT else "apart"
    assert reached == verdict, found


def test_the_likeliest_is_named_with_its_evidence() -> None:
    power = Account("停电了", ("repair",), "a1", NOON, reporter="one", number=3)
    lamp = Account("路灯坏了", ("public_facility",), "a1", NOON, reporter="two", number=4)
    found = same_matter(Account("没电了", ("repair",), "a1", NOON + timedelta(minutes=9), "three"), [lamp, power])
    assert found is not None
    assert (found.number, found.may_join) == (3, True)
    assert "都说停电" in found.evidence
    assert "一小时内" in found.evidence


def test_another_lane_is_another_matter() -> None:
    power = Account("停电了", ("repair",), "a1", NOON, number=3)
    assert same_matter(replace(power, lane="b1"), [power]) is None
    assert same_matter(power, []) is None


def test_of_equal_ones_the_oldest() -> None:
    power = Account("停电了", ("repair",), "a1", NOON, number=3)
    found = same_matter(replace(power, number=0), [replace(power, number=9), power])
    assert found is not None
    assert found.number == 3


def test_a_person_in_danger_is_joined_to_nobody_elses() -> None:
    fallen = Account("老人摔倒了起不来", ("elder_care",), "a1", NOON, "one", dangers=("medical",), number=3)
    other = Account("老人摔倒了起不来", ("elder_care",), "a1", NOON, "two", dangers=("medical",))
    found = same_matter(other, [fallen])
    assert found is None or not found.may_join


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_raises_and_scores_stay_between_0_and_1(one: str, other: str) -> None:
    found = likeness(Account(one, ("repair",), "a", NOON), Account(other, ("repair",), "a", NOON))
    assert 0 <= found.score <= 1
