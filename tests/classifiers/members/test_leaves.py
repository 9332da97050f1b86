"""When a member is away."""

from __future__ import annotations

from datetime import date, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from classifiers.members.leaves import Away, read_away

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


@pytest.mark.parametrize(
    ("said", "first", "last", "hours"),
    [
        ("周三到周五 邹仿真替", (11, 25), (11, 27), ""),
        ("周四、周五", (11, 26), (11, 27), ""),
        ("明后两天", (11, 24), (11, 25), ""),
        ("今天起 到周四", (11, 23), (11, 26), ""),
        ("周五到周三", (11, 27), (12, 2), ""),
        ("明天到北京出差三天", (11, 24), (11, 26), ""),
        ("下周", (11, 30), (12, 6), ""),
        ("十五天", (11, 23), (12, 7), ""),
        ("两个星期", (11, 23), (12, 6), ""),
        ("到周五,邹仿真帮我顶", (11, 23), (11, 27), ""),
        ("到后天", (11, 23), (11, 25), ""),
        ("到月底", (11, 23), (11, 30), ""),
        ("明天起 ,周五回来", (11, 24), (11, 26), ""),
        ("这几天 下周一上班", (11, 23), (11, 29), ""),
        ("周三 周四就回来", (11, 25), (11, 25), ""),
        ("改到周五", (11, 27), (11, 27), ""),
        ("到下午三点", (11, 23), (11, 23), "下午三点"),
        ("下午 晚上回来", (11, 23), (11, 23), "下午"),
        ("今天 全天", (11, 23), (11, 23), ""),
        ("今天下午", (11, 23), (11, 23), "下午"),
        ("明天半天", (11, 24), (11, 24), "半天"),
        ("下午家里有点事 两点到五点", (11, 23), (11, 23), "下午两点到五点"),
        ("两个小时", (11, 23), (11, 23), "两个小时"),
    ],
)
def test_days(said: str, first: tuple[int, int], last: tuple[int, int], hours: str) -> None:
    assert read_away(said, NOW) == Away(date(2026, *first), date(2026, *last), hours)


@pytest.mark.parametrize("said", ["", "邹仿真替", "12月1日到11月28日", "2月30日", "昨天到前天", "这几天"])
def test_no_days(said: str) -> None:
    assert read_away(said, NOW) is None


@pytest.mark.parametrize("seed", ["1,", "今天现在", "两点到五点", "周三到", "三天", "到周五", "周五回来"])
def test_long_words_take_no_time(seed: str) -> None:
    began = perf_counter()
    read_away(seed * 200, NOW)
    assert perf_counter() - began < 0.5
