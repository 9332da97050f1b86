"""One spelling for all, and words."""

# ruff: noqa: E501  a table is read row by row

from __future__ import annotations

import pytest

from classifiers.reader.segment import Segmenter, normalise, read_number, with_plain_numbers


def test_spellings_become_one() -> None:
    assert normalise("　廚房\u200b水管１２號，漏了！ ") == "厨房水管12号,漏了!"
    assert normalise("\ud800") == "?"


@pytest.mark.parametrize(
    ("signs", "number"),
    [("342", 342), ("三四二", 342), ("三百四十二", 342), ("十二", 12), ("三百五", 350), ("一百零五", 105), ("两千", 2000), ("甲", None), ("", None), ("1" * 30, None)],
)  # fmt: skip
def test_numbers(signs: str, number: int | None) -> None:
    assert read_number(signs) == number


def test_numerals_in_places() -> None:
    assert with_plain_numbers("三号楼二单元")[0] == "3号楼2单元"
    plain, origins = with_plain_numbers("住二十号院")
    assert (plain, origins) == ("住20号院", (0, 1, 1, 3, 4, 5))


def test_own_words_beside_the_dictionary() -> None:
    segmenter = Segmenter()
    segmenter.prepare(["棉纺厂家属院"])
    assert segmenter.cut("棉纺厂家属院的路灯")[0] == ("棉纺厂家属院", 0, 6)
    assert Segmenter().cut("棉纺厂家属院的路灯")[0] != ("棉纺厂家属院", 0, 6)
