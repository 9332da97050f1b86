"""Where a message is: names, doors, households, sounds, positions and the bound lane."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.places import Gazetteer, HouseholdEntry, LaneEntry
from tests.classifiers.conftest import HOUSEHOLDS, LANES

FOUND: list[tuple[str, dict[str, Any], str, str]] = [
    ("东胡同的路灯坏了", {}, "a1", "named"),
    ("東胡同的路燈壞了", {}, "a1", "named"),
    ("卫生室后头那条路上有坑", {}, "a1", "named"),
    ("和平村三道街路灯坏了", {"known_lane": "b2"}, "a2", "named"),
    ("前进村3道街路灯坏了", {}, "b1", "named"),
    ("三道街路灯坏了", {"known_lane": "b2"}, "b1", "named"),
    ("中心街十三号门口堵了", {}, "a1", "named"),
    ("中心街12号门口堵了", {"known_lane": "b1"}, "a2", "named"),
    ("石佛路20号", {}, "b1", "named"),
    ("幸福小区四号楼三单元漏水", {}, "a2", "named"),
    ("幸福里4-3-201漏水", {}, "a2", "named"),
    ("幸福里３号楼", {}, "a1", "named"),
    ("棉纺厂家属院二排", {}, "c1", "named"),
    ("兴福里4号楼1单元", {}, "a1", "named"),
    ("xingfuli 3号楼", {}, "a1", "named"),
    ("中心街88号", {}, "a2", "household"),
    ("幸福里九号楼一单元501", {}, "a1", "household"),
    ("单独村路灯坏了", {}, "c1", "named"),
    ("路灯坏了", {"known_lane": "a1"}, "a1", "bound"),
    ("这里漏水", {"location": (34.7501, 113.6001)}, "a1", "location"),
    ("三道街漏水", {"location": (34.7519, 113.6009)}, "a2", "location"),
]


@pytest.mark.parametrize(("text", "known", "lane", "how"), FOUND)
def test_a_place_is_found(gazetteer: Gazetteer, text: str, known: dict[str, Any], lane: str, how: str) -> None:
    place = gazetteer.find(text, **known)
    assert (place.lane, place.how, place.candidates) == (lane, how, ())


@pytest.mark.parametrize(
    ("text", "known", "candidates"),
    [
        ("三道街路灯坏了", {}, ("a2", "b1")),
        ("三道街路灯坏了", {"known_lane": "c1"}, ("a2", "b1")),
        ("中心街灯坏了", {}, ("a1", "a2")),
        ("中心街99号", {}, ("a1", "a2")),
        ("前进村路灯坏了", {}, ("b1", "b2")),
        ("前进村东胡同", {}, ("a1",)),
        ("幸福里4号楼", {}, ("a1", "a2")),
    ],
)
def test_what_is_not_sure_is_asked(
    gazetteer: Gazetteer, text: str, known: dict[str, Any], candidates: tuple[str, ...]
) -> None:
    place = gazetteer.find(text, **known)
    assert place.lane is None
    assert place.candidates == candidates


def test_nothing_said_nothing_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("路灯坏了").lane is None
    assert gazetteer.find("路灯坏了", known_lane="unknown").how == ""
    assert gazetteer.find("路灯坏了", location=(39.9, 116.4)).lane is None
    assert gazetteer.find("路灯坏了", location=(float("nan"), 500.0)).lane is None


def test_the_words_of_the_place_are_the_speakers(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("我家在幸福里四号楼三单元").text == "幸福里4号楼3单元"
    assert gazetteer.find("老三街的灯").text == "老三街"


def test_hours_and_amounts_are_no_doors(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("中心街5点停电").candidates == ("a1", "a2")
    assert gazetteer.find("中心街3个路灯坏了").candidates == ("a1", "a2")


@settings(max_examples=25, deadline=None)
@given(st.permutations(LANES), st.permutations(HOUSEHOLDS))
def test_the_order_of_the_roster_does_not_matter(lanes: list[LaneEntry], households: list[HouseholdEntry]) -> None:
    shuffled, plain = Gazetteer(lanes, households), Gazetteer(LANES, HOUSEHOLDS)
    for text, known, _, _ in FOUND:
        assert shuffled.find(text, **known) == plain.find(text, **known)
    assert shuffled.find("三道街") == plain.find("三道街")


def test_a_county_is_still_looked_up_at_once() -> None:
    lanes = [LaneEntry(f"L{i}", f"第{i}胡同", (), (f"村庄{i // 20}",), f"大{i}街 1-39 单") for i in range(1500)]
    county = Gazetteer(lanes, [HouseholdEntry(f"大{i // 5}街{i % 5 * 2 + 40}号", f"L{i // 5}") for i in range(5000)])
    assert county.find("村庄5第107胡同漏水").lane == "L107"
    assert county.find("大77街3号").lane == "L77"
    assert county.find("大77街42号").how == "household"
