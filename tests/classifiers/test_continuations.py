"""Words about a matter the desk knows: does a danger seem to have passed?"""

from __future__ import annotations

import pytest

from classifiers.continuations import may_spoil_praise, sounds_over


@pytest.mark.parametrize(
    "text", ["找着了,在菜市场", "虚惊一场,在柴房睡着了", "送医院了,谢谢姑娘", "火灭了", "人醒了", "没大事了"]
)
def test_over(text: str) -> None:
    assert sounds_over(text)


@pytest.mark.parametrize("text", ["没醒", "还没找到", "找到了吗", "救上来了,没气了", "送医院了,还没醒", "火又着了", ""])
def test_not_over(text: str) -> None:
    assert not sounds_over(text)


@pytest.mark.parametrize(("text", "may"), [("没来过,我一天都在家", True), ("白折腾一趟", True), ("亮堂堂的", False)])
def test_words_that_turn_praise_around(text: str, may: bool) -> None:
    assert may_spoil_praise(text) is may
