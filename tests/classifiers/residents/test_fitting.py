"""A short answer, and the question that it fits."""

from __future__ import annotations

import time

import pytest

from classifiers.residents.fitting import asks_about, fits


@pytest.mark.parametrize(
    ("asked", "text", "does"),
    [
        ("请问您家住几号？", "我住21号", True),
        ("请问一般几点开始？", "十一点多吧", True),
        ("留个电话吧", "13700001111", True),
        ("家里有人吗", "有", True),
        ("请问您家住几号？", "十一点多吧", False),
        ("请问您家住几号？", "你们几号来？", False),
        ("家里有人吗", "健身器材也断了", False),
    ],
)
def test_an_answer_fits_the_kind_of_question(asked: str, text: str, does: bool) -> None:
    assert fits(asked, text) is does


@pytest.mark.parametrize(
    ("asked", "text", "does"),
    [
        ("老人有没有医院诊断证明", "啥叫诊断证明", True),
        ("老人有没有医院诊断证明", "诊断证明上哪儿开", True),
        ("请把户口本复印一份", "户口本要原件吗", True),
        ("身份证号发我一下", "身份证号怎么查", True),
        ("老人有没有医院诊断证明", "老年卡怎么办", False),
        ("请问您家住几号？", "啥叫诊断证明", False),
        ("老人有没有医院诊断证明", "没有诊断证明", False),
        ("", "啥叫诊断证明", False),
    ],
)
def test_a_question_back_asks_about_a_word_of_the_question(asked: str, text: str, does: bool) -> None:
    assert asks_about(asked, text) is does


@pytest.mark.parametrize("seed", ["啥", "那个", "上哪儿开", "证明是啥", "1,", "今天现在"])
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    asks_about(seed * 50, seed * 200)
    asks_about(seed * 50, (seed * 20)[:20])
    assert time.perf_counter() - began < 0.05
