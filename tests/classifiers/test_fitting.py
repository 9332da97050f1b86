"""A short answer, and the question that it fits."""

from __future__ import annotations

import pytest

from classifiers.fitting import fits


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
