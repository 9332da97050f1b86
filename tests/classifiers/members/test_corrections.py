"""What a member takes back within one line does not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.members.corrections import as_corrected, without_wrong_time


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("342好了 哦不是 是350好了", "350好了"),
        ("350好了 说错了是361", "361好了"),
        ("342转李姐...不对,转刘姐", "342转刘姐"),
        ("342转韩范例,哦不,转陶比方", "342转陶比方"),
        ("342别转李姐,转老韩", "342转老韩"),
        ("刚才发错了,342没好,350好了", "342没好,350好了"),
        ("不转李姐了,342我自己去", "342我自己去"),
        ("对不起各位,350我真去不了", "350我真去不了"),
        ("写错了 是2", "写错了 是2"),
        ("路灯不是342报的", "路灯不是342报的"),
        ("是不是342好了", "是不是342好了"),
        ("不是周三是周四", "不是周三是周四"),
    ],
)
def test_the_last_word_counts(said: str, meant: str) -> None:
    assert as_corrected(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("342不是周三是周四", "342,周四"),
        ("不是三点,是四点到", ",四点到"),
        ("342不是水管是暖气", "342不是水管是暖气"),
        ("342不是今天就是明天", "342不是今天就是明天"),
        ("不是周三是周四吗", "不是周三是周四吗"),
    ],
)
def test_a_time_that_was_wrong_is_left_out(said: str, meant: str) -> None:
    assert without_wrong_time(said) == meant


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(without_wrong_time(as_corrected(text)), str)
