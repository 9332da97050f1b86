"""A resident says that he has moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.residents.moving import Move, read_move


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("我搬到水井胡同了", "水井胡同"),
        ("我现在住水井胡同", "水井胡同"),
        ("我搬家了，搬到水井胡同了", "水井胡同"),
        ("我们家搬到水井胡同10号了", "水井胡同10号"),
        ("现在住在水井胡同10号院", "水井胡同10号院"),
        ("我搬家了 现在住水井胡同", "水井胡同"),
        ("我从槐荫胡同搬到水井胡同了 你们给我改一下地址", "水井胡同"),
    ],
)
def test_where_to(text: str, to: str) -> None:
    assert read_move(text) == Move(to, leaves=False)


def test_from_and_to() -> None:
    assert read_move("我不住槐荫胡同了,现在住水井胡同") == Move("水井胡同", leaves=True)
    assert read_move("我搬到北京了") == Move("北京", leaves=True)


@pytest.mark.parametrize(
    "text", ["我搬走了以后不住这了", "我搬家了", "我搬走了", "不住这儿了", "我不在槐荫胡同住了", "我已经不住这里了"]
)
def test_gone(text: str) -> None:
    assert read_move(text) == Move()


@pytest.mark.parametrize("text", ["你们给我改一下地址", "帮我改下住址", "我要换地址"])
def test_the_address_shall_be_changed(text: str) -> None:
    assert read_move(text) == Move(leaves=False)


@pytest.mark.parametrize(
    "text",
    [
        "帮我换一下",
        "地址错了 师傅没找到",
        "搬走了",
        "邻居搬走了",
        "垃圾搬走了",
        "我不想活了",
        "楼上搬来新邻居",
        "我现在住院了",
        "我住水井胡同",
        "帮我搬家",
        "",
    ],
)
def test_nobody_moves(text: str) -> None:
    assert read_move(text) is None


@given(st.text(alphabet="我搬到走家了现在不住这儿水井胡同,。以后 ", max_size=40))
def test_never_raises(text: str) -> None:
    read_move(text)
