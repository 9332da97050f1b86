"""Which words belong to which number, and which numbers are a request's."""

# ruff: noqa: E501  a table is read row by row

from __future__ import annotations

import time

import pytest

from classifiers.members.references import Piece, number_first, pieces_of, without_number

HELD = (1, 2, 3, 7, 12, 15, 342, 343, 344)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("342退 343接", [((342,), "退"), ((343,), "接")]),
        ("342接343退", [((342,), "接"), ((343,), "退")]),
        ("342号接 343号转老李", [((342,), "接"), ((343,), "转老李")]),
        ("12完成 15转给老周 7去不了", [((12,), "完成"), ((15,), "转给老周"), ((7,), "去不了")]),
        ("1接 2退 3接", [((1,), "接"), ((2,), "退"), ((3,), "接")]),
        ("收到 342接 343退", [((342,), "收到,接"), ((343,), "退")]),
        ("342弄好了 办结 343接", [((342,), "弄好了 办结"), ((343,), "接")]),
        ("办结 342 接 343", [((342,), "办结"), ((343,), "接")]),
        ("接342 退343 转344给老李", [((342,), "接"), ((343,), "退"), ((344,), "转给老李")]),
        ("先接342 再退343", [((342,), "接"), ((343,), "退")]),
        ("接 342 办结 343 换了灯泡", [((342,), "接"), ((343,), "办结,换了灯泡")]),
        ("342好了 接343", [((342,), "好了"), ((343,), "接")]),
        ("342 and 343 done, 344 to 王姐", [((342, 343), "done"), ((344,), "to 王姐")]),
        ("342接 把343退了", [((342,), "接"), ((343,), "退了")]),
    ],
)  # fmt: skip
def test_each_number_has_its_own_verb(text: str, expected: list[tuple[tuple[int, ...], str]]) -> None:
    assert pieces_of(text, HELD) == [Piece(*one) for one in expected]


@pytest.mark.parametrize(
    ("text", "held", "numbers"),
    [
        ("5号填平了", (1,), (5,)), ("12号办好了", (1,), (12,)), ("35号修好了", (1,), (35,)), ("接5号", (1,), (5,)),
        ("5号去", (1,), ()), ("约好5号", (1,), ()), ("5号院的灯好了", (1,), ()), ("5号灯修好了", (1,), ()), ("9号换了新表 好了", (1,), ()), ("5号下午修好", (1,), ()),
        ("七号我去", (7, 12), (7,)), ("接一号", (1, 2), (1,)), ("转一号给老李", (1, 2), (1,)), ("约好七号", (7, 12), ()),
        ("七号下午我去", (7, 12), ()), ("七号楼我去", (7, 12), ()), ("三号王奶奶家灯换好了", (1, 3), ()),
        ("身份证后四位0342", (342,), ()), ("身份证后三位342", (342,), ()), ("0342", (342,), ()), ("342", (342,), (342,)),
        ("15 15号去", (1, 15), (15,)), ("我15号去", (1, 15), ()),
    ],
)  # fmt: skip
def test_a_number_is_a_request_a_day_or_a_house(text: str, held: tuple[int, ...], numbers: tuple[int, ...]) -> None:
    assert [number for piece in pieces_of(text, held) for number in piece.requests] == list(numbers)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("1 下午1点去", "下午1点去"), ("1号 1点去", "1点去"), ("#1:到了", "到了"), ("no.1 到了", "到了"), ("1 1点去", "1点去"),
        ("1点去", "1点去"), ("1号下午去", "1号下午去"), ("2 到了", "2 到了"), ("下午1点去", "下午1点去"), ("12 到了", "12 到了"),
    ],
)  # fmt: skip
def test_only_the_number_at_the_head_goes(text: str, rest: str) -> None:
    assert without_number(text, 1) == rest


def test_long_rows_are_read_at_once() -> None:
    for text in ("1," * 200, "342接" * 150, "5号修" * 150, "我15号" * 150, "接 " * 300, "1 号" * 200):
        start = time.perf_counter()
        pieces_of(text, HELD)
        without_number(text)
        assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("1 火灭了", 1, "火灭了"),
        ("#342号，门开了", 342, "门开了"),
        ("1点到现场 门开了", None, "1点到现场 门开了"),
        ("火灭了", None, "火灭了"),
    ],
)
def test_the_number_at_the_head(text: str, number: int | None, words: str) -> None:
    assert number_first(text) == (number, words)
