"""What a member takes back within one line does not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.corrections import as_corrected


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


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(as_corrected(text), str)
