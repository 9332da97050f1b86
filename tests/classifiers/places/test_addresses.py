"""The grammar of 范围."""

# ruff: noqa: E501  a table is read row by row

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.places.addresses import AddressError, Building, DoorRange, Segment, Side, parse_addresses


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        ("中心街 1-80", Segment("中心街", doors=(DoorRange(1, 80),))),
        ("炮台街 1-59 单", Segment("炮台街", doors=(DoorRange(1, 59, Side.ODD),))),
        ("炮台街2-60双", Segment("炮台街", doors=(DoorRange(2, 60, Side.EVEN),))),
        ("石佛路 12、14、18-22", Segment("石佛路", doors=(DoorRange(12, 12), DoorRange(14, 14), DoorRange(18, 22)))),
        ("二道街 1-9、21-39 单", Segment("二道街", doors=(DoorRange(1, 9, Side.ODD), DoorRange(21, 39, Side.ODD)))),
        ("一道街 1号至20号 双", Segment("一道街", doors=(DoorRange(1, 20, Side.EVEN),))),
        ("中心街 单号", Segment("中心街", doors=(DoorRange(1, 99999, Side.ODD),))),
        ("春晖里（春晖小区） 1－2号楼", Segment("春晖里", ("春晖小区",), buildings=(Building("1"), Building("2")))),
        ("幸福小区 3号楼、4号楼1-2单元", Segment("幸福小区", buildings=(Building("3"), Building("4", (1, 2))))),
        ("幸福小区 4号楼1、2单元", Segment("幸福小区", buildings=(Building("4", (1, 2)),))),
        ("棉纺厂宿舍(棉纺厂家属院) 一排、二排", Segment("棉纺厂宿舍", ("棉纺厂家属院",), buildings=(Building("1排"), Building("2排")))),
        ("示例广场 A座、C-D座", Segment("示例广场", buildings=(Building("A"), Building("C"), Building("D")))),
        ("石佛路12到14", Segment("石佛路", doors=(DoorRange(12, 14),))),
        ("石佛路 12 至 14", Segment("石佛路", doors=(DoorRange(12, 14),))),
        ("石佛路12号～14号 双", Segment("石佛路", doors=(DoorRange(12, 14, Side.EVEN),))),
        ("石佛路 12 — 14、18", Segment("石佛路", doors=(DoorRange(12, 14), DoorRange(18, 18)))),
        ("幸福小区 3号楼 到 4号楼", Segment("幸福小区", buildings=(Building("3"), Building("4")))),
        ("到家小区 3#", Segment("到家小区", buildings=(Building("3"),))),
        ("东关·西里 5", Segment("东关·西里", doors=(DoorRange(5, 5),))),
        ("老家属院", Segment("老家属院")),
        ("和平村三组", Segment("和平村三组")),
    ],
)  # fmt: skip
def test_a_segment_is_read(text: str, segment: Segment) -> None:
    assert parse_addresses(text) == (segment,)


def test_segments_stand_between_semicolons() -> None:
    assert [s.name for s in parse_addresses("中心街 1-39 单； 幸福小区 3号楼;; 老院")] == ["中心街", "幸福小区", "老院"]
    assert parse_addresses("") == ()


@pytest.mark.parametrize(
    "text",
    [
        "中心街 80-1",
        "12-14",
        "中心街 abc",
        "幸福小区 4-1号楼",
        "小区 1-9000号楼",
        "甲街 1-9; 乙街 ?",
        "乱七八糟@@",
        "###",
        "石佛路/中心街",
        "石佛路十二到十四",
        "沿河路(*) 1",
        "石佛路12到",
    ],
)
def test_what_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(AddressError, match="“"):
        parse_addresses(text)


def test_sides() -> None:
    odd = DoorRange(1, 39, Side.ODD)
    assert odd.holds(39)
    assert not odd.holds(38)
    assert not odd.holds(41)


@given(st.text("中心街1-39单双、;( )号楼元排A", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_addresses(text)
    except AddressError as error:
        assert "“" in str(error)  # noqa: PT017  either outcome is right; only the message is checked
