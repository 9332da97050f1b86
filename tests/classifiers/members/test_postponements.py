"""By how much, or to which hour, somebody shifts what he has promised."""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter

import pytest

from classifiers.members.postponements import Postponement, read_postponement

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("堵车 晚半小时", Postponement(HOUR / 2, why="堵车")),
        ("不好意思 再晚一个小时", Postponement(HOUR, why="不好意思")),
        ("要晚到二十分钟", Postponement(timedelta(minutes=20))),
        ("可能晚1个半小时", Postponement(1.5 * HOUR)),
        ("还得一个小时", Postponement(HOUR, from_now=True)),
        ("再等两个小时吧", Postponement(2 * HOUR, from_now=True)),
        ("那四点", Postponement(at="四点")),
        ("好的 两点", Postponement(at="两点")),
        ("路上堵车 五点到", Postponement(at="五点", why="路上堵车")),
        ("改到明天上午十点半", Postponement(at="明天上午十点半")),
    ],
)
def test_a_shift(text: str, shift: Postponement) -> None:
    assert read_postponement(text) == shift


@pytest.mark.parametrize(
    "text",
    ["修好了 四点走的", "我四点下班", "物业说四点来水", "还得等配件", "一个小时修好了", "晚上去", "堵车", "好的"],
)
def test_no_shift(text: str) -> None:
    assert read_postponement(text) is None


@pytest.mark.parametrize("seed", ["1,", "今天现在", "今天明天", "好的 ", "还得", "到来去", "十"])
def test_it_is_read_in_no_time(seed: str) -> None:
    start = perf_counter()
    read_postponement((seed * 60)[:40])
    read_postponement(seed * 200)
    assert perf_counter() - start < 0.02


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("大后天三点", Postponement(at="大后天三点")),
        ("还得俩小时", Postponement(2 * HOUR, from_now=True)),
        ("晚三刻钟", Postponement(timedelta(minutes=45))),
        ("晚十五分钟", Postponement(timedelta(minutes=15))),
    ],
)
def test_every_word_for_a_length_postpones(words: str, expected: Postponement) -> None:
    assert read_postponement(words) == expected
