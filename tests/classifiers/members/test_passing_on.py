"""What the resident is to hear of 问他…, 让他…, 你跟他说一声."""

from __future__ import annotations

import time

import pytest

from classifiers.members.passing_on import PassedOn, for_him, without_errand


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("问他是有线的还是无线的", PassedOn("是有线的还是无线的")),
        ("问,窗户多大", PassedOn("窗户多大")),
        ("问一下居民几点在家", PassedOn("几点在家")),
        ("问她妈多大年纪 吃什么药", PassedOn("妈多大年纪 吃什么药", is_his=True)),
        ("你让他带身份证", PassedOn("带身份证", is_wish=True)),
        ("让他家里留人", PassedOn("家里留人", is_his=True, is_wish=True)),
        ("跟大娘说明天去", PassedOn("明天去")),
        ("告诉他明天去", PassedOn("明天去")),
        ("请问老人住几号院 有没有忌口", None),
        ("请问一下大爷多大年纪", None),
        ("请问他住几号院", PassedOn("住几号院")),
        ("我问他了", None),
        ("跟他说好了", None),
        ("跟大娘讲好了 明天去", None),
        ("告诉他了", None),
        ("问题不大", None),
        ("换好了", None),
        ("", None),
    ],
)
def test_what_is_passed_on(words: str, told: PassedOn | None) -> None:
    assert for_him(words) == told


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("那个灯我给换上了亮了你跟他说一声", "那个灯我给换上了亮了"),
        ("1我换好了,麻烦告诉居民一声", "1我换好了"),
        ("修好了你跟他说一声", "修好了你跟他说一声"),  # perhaps: when you have mended it
        ("修好了跟我说一声", "修好了跟我说一声"),
        ("你跟他说一声", "你跟他说一声"),
    ],
)
def test_whom_to_tell_is_no_news(text: str, rest: str) -> None:
    assert without_errand(text) == rest


def test_long_rows_are_read_at_once() -> None:
    for text in ("请你" * 300, "问" * 500, "跟他说" * 200, "我麻烦你们" * 100, "请,麻烦" * 150):
        start = time.perf_counter()
        for_him(text)
        without_errand(text)
        assert time.perf_counter() - start < 0.1
