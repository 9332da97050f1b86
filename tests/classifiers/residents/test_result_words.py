"""Words behind a result that judge nothing."""

from __future__ import annotations

import pytest

from classifiers.residents.result_words import asks_back, asks_how_it_stands, declines_to_judge


@pytest.mark.parametrize(
    ("text", "declines"),
    [
        ("不评", True),
        ("不评了吧", True),
        ("别老问我 烦不烦", True),
        ("懒得点", True),
        ("谢谢 不评了", True),
        ("别问了 还是漏", False),
        ("没修好 不评", False),
        ("不修了", False),
        ("我不会评", False),
        ("烦不烦", False),
    ],
)
def test_who_will_not_judge_is_understood(text: str, declines: bool) -> None:
    assert declines_to_judge(text) is declines


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("他们没提我吧", True),
        ("没说是我告的吧", True),
        ("保修多久", True),
        ("花钱不", True),
        ("要不要钱", True),
        ("钱我微信转给谁", True),
        ("能帮我买药不", False),
        ("没修好吧", False),
        ("这也叫修好了吗", False),
        ("修得不好吧", False),
        ("你们修了吗 还漏", False),
        ("亮了吧", False),
        ("一点用没有", False),
    ],
)
def test_a_question_behind_a_result_is_no_verdict(text: str, asks: bool) -> None:
    assert asks_back(text) is asks


@pytest.mark.parametrize(("text", "asks"), [("修好了吗", True), ("我那坑填了没", True), ("这也叫修好了吗", False)])
def test_how_it_stands_is_asked_of_what_is_done(text: str, asks: bool) -> None:
    assert asks_how_it_stands(text) is asks
