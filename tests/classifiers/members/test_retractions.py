"""What a member takes back of his last words."""

from __future__ import annotations

import pytest

from classifiers.members.retractions import Retraction, hour_meant, read_retraction, unsays


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("不对 发错了 是2好了 1还没弄", Retraction(2, "", 1, "还没弄")),
        ("错了 是2 下水道通了 1还没办", Retraction(2, "下水道通了", 1, "还没办")),
        ("哎呀说错号了 是1修好了 2还没去", Retraction(1, "修好了", 2, "还没去")),
        ("说错了 是2修好了", Retraction(2, "修好了")),
        ("不是1 是2", Retraction(2, "", 1)),
        ("打错了 是2不是1", Retraction(2, "", 1)),
        ("是2修好了，不是1", Retraction(2, "修好了", 1)),
        ("不对，是接2", Retraction(2)),
        ("不对，是2单元", None),
        ("说错了 是2楼", None),
        ("说错了 是五点", None),
        ("1还没弄", None),
    ],
)
def test_another_one_is_meant(text: str, meant: Retraction | None) -> None:
    assert read_retraction(text) == meant


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("撤回 没修好 发错了", "没修好"),
        ("发错了 还没修好", "还没修好"),
        ("没修好", ""),
        ("发错了", ""),
        ("撤回申请", ""),
    ],
)
def test_it_is_not_done_after_all(text: str, how: str) -> None:
    assert unsays(text) == how


@pytest.mark.parametrize(
    ("text", "hour"), [("说错了 是五点", "五点"), ("错了 应该是明天九点", "明天九点"), ("五点", "")]
)
def test_the_right_hour(text: str, hour: str) -> None:
    assert hour_meant(text) == hour
