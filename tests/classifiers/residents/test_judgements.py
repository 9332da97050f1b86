"""One clause about one result: is it plain what it says?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.residents.judgements import clauses_of, judge, refuses
from classifiers.residents.wishes import Wish


@pytest.mark.parametrize(
    ("clause", "wish"),
    [
        ("水龙头满意", Wish.RATE_GOOD),
        ("水龙头不满意", Wish.RATE_BAD),
        ("路灯还是不亮", Wish.RATE_BAD),
        ("路灯又灭了", Wish.RATE_BAD),
        ("路灯没解决", Wish.RATE_BAD),
        ("打麻将的昨晚没吵", Wish.RATE_GOOD),
        ("灯亮了", Wish.RATE_GOOD),
        ("水龙头一般", Wish.RATE_FAIR),
        ("路灯3", Wish.RATE_BAD),
    ],
)
def test_a_plain_verdict(clause: str, wish: Wish) -> None:
    assert judge(clause) is wish


@pytest.mark.parametrize("clause", ["没给解决", "水龙头不能用", "灯好了没", "等到周一", "另外我家门锁坏了", ""])
def test_not_plain(clause: str) -> None:
    assert judge(clause) is None


def test_clauses() -> None:
    assert clauses_of("水龙头满意，路灯还是不亮。 ") == ("水龙头满意", "路灯还是不亮")


@given(st.text(max_size=60) | st.text("满意没解决123还是不亮了,。", max_size=40))
def test_no_text_raises(text: str) -> None:
    judge(text)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("我不同意", True),
        ("凭什么不管", True),
        ("为什么不受理啊?", True),
        ("我不同意他养狗", False),
        ("不", False),
        ("", False),
    ],
)
def test_what_was_decided_is_refused(text: str, is_so: bool) -> None:
    assert refuses(text) is is_so


@pytest.mark.parametrize("seed", ["那", "凭什么", "为什么就不管", "我不同意"])
def test_refusals_are_read_quickly(seed: str) -> None:
    assert not refuses(seed * 200)
