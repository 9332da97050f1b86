"""What somebody who ran to an emergency says from there."""

from __future__ import annotations

import time

import pytest

from classifiers.members.scene import says_he_is_there, tells_what_he_found


@pytest.mark.parametrize(
    "text",
    [
        "火灭了 人都出来了",
        "到了，人醒了，没事",
        "到了，门开了，人没事",
        "门撬开了 人在屋里坐着呢",
        "救护车拉走了",
        "阀门关了 味散了",
        "找着了,在小卖部",
        "孩子自己回家了",
        "人找到了 在公园",
        "现场没事了 大家放心",
    ],
)
def test_news_of_what_he_found(text: str) -> None:
    assert tells_what_he_found(text)


@pytest.mark.parametrize(
    "text",
    [
        "120到了没",
        "人没事吧",
        "没事就好",
        "火灭了没有",
        "谁去了",
        "用不用我也过去",
        "辛苦了",
        "注意安全",
        "还没找着",
        "没找到了",
    ],
)
def test_who_asks_tells_nothing(text: str) -> None:
    assert not tells_what_he_found(text)
    assert not says_he_is_there(text)


@pytest.mark.parametrize(("text", "there"), [("我也到了", True), ("到现场了", True), ("我也去看看", False)])
def test_he_is_there(text: str, there: bool) -> None:
    assert says_he_is_there(text) is there


@pytest.mark.parametrize(
    "seed", ["到了没" * 100, "人没事" * 100, "门" * 400, "1," * 200, "放心" * 150, "孩子自己" * 100, "今天现在" * 60]
)
def test_long_seeds_are_read_at_once(seed: str) -> None:
    tells_what_he_found("")
    started = time.perf_counter()
    tells_what_he_found(seed)
    assert time.perf_counter() - started < 0.1
