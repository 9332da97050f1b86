"""A confidential matter goes to a secretary, and never to him of whom it complains."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.rules.ears import answerable, kept_from, may_hold, secretaries
from storage.records import Duty, Lane, Member, Request, Role, Roster, State, Unit

TODAY = date(2026, 11, 23)
ROSTER = Roster(
    units=(Unit("town", "示例镇", "town", ""), Unit("v1", "示例村", "村", "town")),
    lanes=(Lane("a", "甲巷", "v1"),),
    members=(
        Member("m1", "陈示例", wecom_id="u1"),
        Member("s1", "马假设", wecom_id="u2"),
        Member("s2", "汪比方", wecom_id="u3"),
        Member("n1", "白样本", wecom_id="u4"),
    ),
    duties=(
        Duty("m1", "a", Role.RESPONSIBLE),
        Duty("s1", "v1", Role.SECRETARY),
        Duty("s2", "town", Role.SECRETARY),
    ),
)
VILLAGE_ALONE = replace(ROSTER, duties=ROSTER.duties[:2])


def told(text: str, sensitivity: str = "confidential") -> Request:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return Request(1, "x", State.RECEIVED, 1, now, "suggestion", text, sensitivity=sensitivity, lane="a", unit="v1")


@pytest.mark.parametrize(
    ("text", "kept", "holder"),
    [
        ("我要投诉陈示例,不办事", {"m1"}, "s1"),
        ("我要投诉马假设,吃拿卡要", {"s1"}, "s2"),
        ("村支书贪钱,我要举报", {"s1"}, "s2"),
        ("我老公打我", set(), "s1"),
    ],
)
def test_whom_it_is_kept_from(text: str, kept: set[str], holder: str) -> None:
    assert kept_from(ROSTER, told(text), TODAY) == kept
    assert answerable(ROSTER, told(text), TODAY)[0] == holder
    assert secretaries(ROSTER, told(text), TODAY)[0] == holder


def test_what_is_not_confidential_is_kept_from_nobody() -> None:
    open_one = told("马假设不管事,路灯坏了", "open")
    assert kept_from(ROSTER, open_one, TODAY) == frozenset()
    assert answerable(ROSTER, open_one, TODAY) == ("m1",)


def test_without_another_secretary_it_is_for_those_the_operator_names() -> None:
    complaint = told("我要投诉马假设,吃拿卡要")
    assert answerable(VILLAGE_ALONE, complaint, TODAY, ["s1", "n1", "gone"]) == ("n1",)
    assert answerable(VILLAGE_ALONE, complaint, TODAY) == ()


@pytest.mark.parametrize(("member", "may"), [("m1", False), ("s1", True), ("s2", True), ("n1", False)])
def test_who_may_hold_it(member: str, may: bool) -> None:
    assert may_hold(ROSTER, told("我老公打我"), member, TODAY) is may


def test_who_is_named_for_it_may_and_who_is_accused_may_not() -> None:
    assert may_hold(ROSTER, told("我老公打我"), "n1", TODAY, ["n1"])
    assert not may_hold(ROSTER, told("我要投诉马假设,吃拿卡要"), "s1", TODAY, ["s1"])
    assert may_hold(ROSTER, told("路灯坏了", "open"), "n1", TODAY)
