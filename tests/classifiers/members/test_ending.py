"""How far an emergency is, by the words of who is there."""

from __future__ import annotations

import pytest

from classifiers.members.ending import says_it_eased, says_it_is_over


@pytest.mark.parametrize(
    ("text", "is_over", "has_eased"),
    [
        ("1处理完了 是三楼灶管老化 换新的了", True, False),
        ("关了阀 没事了 是软管松了", True, True),
        ("1解除", True, False),
        ("人救出来了", False, True),
        ("人稳住了 家属到了", False, True),
        ("救护车拉走了 家属跟着", False, True),
        ("到了,人清醒的", False, False),
        ("估计没事了", False, False),
        ("火灭了 人还没出来", False, False),
        ("处理完了吗", False, False),
        ("在处理了", False, False),
        ("没找到", False, False),
        ("我去处理", False, False),
    ],
)
def test_how_far_it_is(text: str, is_over: bool, has_eased: bool) -> None:
    assert (says_it_is_over(text), says_it_eased(text)) == (is_over, has_eased)
