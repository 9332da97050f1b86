"""Which messages tell of one matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.requests.duplicates import HINT, JOIN, likeness, same_matter
from storage.records import Told

NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)
POWER, LAMP = Told(3, 1, NOON, "停电了", ("repair",), "a1"), Told(4, 2, NOON, "路灯坏了", ("public_facility",), "a1")
PAIRS = [
    line.split("|")
    for line in (Path(__file__).parents[1] / "data" / "duplicates.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[4]}-{pair[5]}")
def test_one_matter_or_two(pair: list[str]) -> None:
    verdict, who, hours, types, told, now_told = pair
    first, second = types.split(">")
    old = Told(7, 1, NOON, told, (first,), "a1")
    new = Told(0, 1 if who == "own" else 2, NOON + timedelta(hours=float(hours)), now_told, (second,), "a1")
    found = likeness(new, old)
    reached = "join" if found.score >= JOIN else "hint" if found.score >= HINT else "apart"
    assert reached == verdict, found


def test_the_likeliest_is_named_with_its_evidence() -> None:
    found = same_matter(Told(0, 3, NOON + timedelta(minutes=9), "没电了", ("repair",), "a1"), [LAMP, POWER])
    assert found is not None
    assert (found.number, found.may_join) == (3, True)
    assert "都说停电" in found.evidence
    assert "一小时内" in found.evidence


def test_another_lane_is_another_matter() -> None:
    assert same_matter(replace(POWER, lane="b1"), [POWER]) is None
    assert same_matter(POWER, []) is None


def test_of_equal_ones_the_oldest() -> None:
    found = same_matter(replace(POWER, number=0), [replace(POWER, number=9), POWER])
    assert found is not None
    assert found.number == 3


def test_a_person_in_danger_is_joined_to_nobody_elses() -> None:
    fallen = Told(3, 1, NOON, "老人摔倒了起不来", ("elder_care",), "a1", emergency_kind="medical")
    found = same_matter(replace(fallen, number=0, reporter=2), [fallen])
    assert found is None or not found.may_join


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_raises_and_scores_stay_between_0_and_1(one: str, other: str) -> None:
    found = likeness(replace(POWER, text=one), replace(LAMP, text=other))
    assert 0 <= found.score <= 1
