"""Words about the hour of a visit, and those that only hold one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.residents.courtesy import is_kind_word
from classifiers.residents.shifting import Shift, read_shift


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("改明天吧", Shift.PLAIN),
        ("换个时间吧", Shift.PLAIN),
        ("晚点行吗", Shift.PLAIN),
        ("能不能早点", Shift.PLAIN),
        ("推迟一天", Shift.PLAIN),
        ("改到周五", Shift.PLAIN),
        ("不好意思 三点不行了", Shift.IF_AGREED),
        ("两点不行 我要接孙子", Shift.IF_AGREED),
        ("两点我不在家 三点行不", Shift.IF_AGREED),
        ("四点以后吧", Shift.IF_AGREED),
        ("下午我要去医院 明天行吗", Shift.IF_AGREED),
        ("下午没人在家", Shift.IF_AGREED),
    ],
)
def test_another_hour(text: str, shift: Shift) -> None:
    assert read_shift(text) is shift


@pytest.mark.parametrize(
    "text",
    [
        "明天几点",
        "几点来",
        "快点来",
        "早点来修",
        "晚上吵得睡不着",
        "上午没水",
        "明天停水吗",
        "今天别来了",
        "水龙头坏了 三点开始漏",
        "",
    ],
)
def test_no_word_of_the_hour(text: str) -> None:
    assert read_shift(text) is None


@pytest.mark.parametrize(
    ("text", "is_kind"),
    [
        ("谢谢小陈 辛苦啦", True),
        ("好 谢谢小邹", True),
        ("小陈辛苦了", True),
        ("好的 等你", True),
        ("小陈呢", False),
        ("我等着呢", False),
        ("谢谢 水还漏", False),
        ("谢谢小陈 满意", False),
    ],
)
def test_a_kind_word(text: str, is_kind: bool) -> None:
    assert is_kind_word(text) is is_kind


@given(st.text(max_size=80) | st.text("明天下午三点不行我家 吧", max_size=60))
def test_no_text_raises(text: str) -> None:
    read_shift(text)
    is_kind_word(text)


@pytest.mark.parametrize("words", ["下下周三不行", "本周五没空", "后儿没空", "月底不行", "十二点整不行"])
def test_every_word_for_a_day_or_an_hour_shifts(words: str) -> None:
    assert read_shift(words) is Shift.IF_AGREED


@pytest.mark.parametrize("words", ["半夜了", "早晨", "二月二,剃头"])
def test_what_is_no_hour_of_a_visit_shifts_nothing(words: str) -> None:
    assert read_shift(words) is None
