"""Nobody came, or who comes cannot find the door; and what may be of somebody who is lost."""

from __future__ import annotations

import time

import pytest

from classifiers.residents.missed import Missed, read_seeking, says_nobody_came


@pytest.mark.parametrize(
    "text",
    [
        "等了一上午 连个人影都没见着",
        "等了半天没人来",
        "说来不来 人都找不到了",
        "三点多了没见人",
        "没见人来",
        "说好九点来的 这都十一点了 人影都没有",
        "到现在没见人来",
        "一直没人来",
        "师傅说下午来 到这会儿还没人来",
    ],
)
def test_the_helper_did_not_come(text: str) -> None:
    assert says_nobody_came(text) is Missed.PLAIN


def test_who_is_gone_may_be_a_patient() -> None:
    assert says_nobody_came("人都没影了") is Missed.GONE


@pytest.mark.parametrize(
    "text",
    [
        "我老伴人都没影了 找半天了",
        "我爸人不见了",
        "人找不到了",
        "十一点了 人不见了",
        "家里没人",
        "没人管我妈",
        "等了半天",
    ],
)
def test_somebody_else_may_be_meant(text: str) -> None:
    assert says_nobody_came(text) is None


@pytest.mark.parametrize(
    ("text", "person"),
    [("你们的人找不着我家门", ""), ("师傅说找不到我们单元", ""), ("小陈找不着我家 在胡同口转悠呢", "小陈")],
)
def test_who_comes_cannot_find_the_door(text: str, person: str) -> None:
    seeking = read_seeking(text)
    assert seeking is not None
    assert seeking.person == person


@pytest.mark.parametrize("text", ["他找不着家了", "我爸找不着家了", "小陈找不着家了", "师傅找不着我家 晕倒了"])
def test_who_cannot_find_home_may_be_lost(text: str) -> None:
    assert read_seeking(text) is None


@pytest.mark.parametrize("seed", ["等了一上午", "说好今天", "都已经快", "人影都没", "今天现在", "1,"])
def test_repeated_words_are_read_at_once(seed: str) -> None:
    says_nobody_came(seed)
    start = time.perf_counter()
    says_nobody_came((seed * 60)[:30])
    read_seeking((seed * 60)[:30])
    assert time.perf_counter() - start < 0.02
