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
    ("我不住东胡同了,现在住西胡同", {"known_lane": "a1"}, "b2", "named"),
    ("从东胡同搬走了,西胡同没水", {"known_lane": "a1"}, "b2", "named"),
    ("中心街甲12号没水", {}, "a2", "named"),
    ("幸福里4号楼西头三单元没水", {}, "a2", "named"),
    ("中心街11号和13号都没水", {}, "a1", "named"),
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
        ("中心街十一号和十二号吵架", {}, ("a1", "a2")),
        ("中心街11号和12号吵架", {"known_lane": "a1"}, ("a1", "a2")),
        ("幸福里4号楼2单元和3单元都漏水", {"known_lane": "b1"}, ("a1", "a2")),
        ("中心街5号和石佛路14号都没水", {"known_lane": "a1"}, ("a1", "b1")),
    ],
)
def test_what_is_not_sure_is_asked(
    gazetteer: Gazetteer, text: str, known: dict[str, Any], candidates: tuple[str, ...]
) -> None:
    place = gazetteer.find(text, **known)
    assert place.lane is None
    assert place.candidates == candidates


VILLAGE = Gazetteer(
    [
        LaneEntry("w1", "柳荫胡同", ("村东头",), ("张各庄村", "张各庄"), "前街 1-49 单"),
        LaneEntry("w2", "粮店胡同", ("新村一排", "新村二排"), ("张各庄村", "张各庄"), "前街 2-50 双"),
        LaneEntry("n1", "丽景苑南区", (), ("南关社区",), "丽景苑 1-4号楼、5号楼1-2单元"),
        LaneEntry("n2", "丽景苑北区", ("新村三排",), ("南关社区",), "丽景苑 5号楼3-4单元、6号楼"),
    ]
)


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        ("柳荫3号没水", None, "w1"),
        ("家在柳荫3号", "w2", "w1"),
        ("粮店那条胡同没水", "w1", "w2"),
        ("粮店那条路有坑", "w1", "w1"),  # a road by the shop is no lane
        ("粮店3号门锁着", "w1", "w1"),  # a shop's third door
        ("张各庄村东头没水", "w2", "w1"),
        ("丽景3号楼没水", "n1", "n1"),
        ("新村没水", None, ("n2", "w2")),
        ("新村三排没水", None, "n2"),
        ("丽景苑南区5号楼4单元", "n1", ("n1", "n2")),
        ("丽景苑南区5号楼2单元", "n2", "n1"),
        ("丽景苑南区9号楼", "n2", "n1"),
    ],
)
def test_names_in_short_and_parts_that_contradict(text: str, known: str | None, found: str | tuple[str, ...]) -> None:
    place = VILLAGE.find(text, known_lane=known)
    assert (place.lane or place.candidates) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("解放路12号没水", "解放路12号"),
        ("解放路12号院里没水", "解放路12号"),
        ("人民路88号停水", "人民路88号"),
        ("建设路3号停水", "建设路3号"),
        ("我姑家在县城人民路 家里停电", "县城人民路"),
        ("和平小区3号楼停电", "和平小区3号"),
        ("阳光家园停电了", "阳光家园"),
        ("柳树胡同没水", "柳树胡同"),
        ("东关村没水", "东关村"),
        ("东关村那边我姑家停电了", "东关村"),
        ("王各庄停水了", "王各庄"),
        ("我是李庄的,没水", "李庄"),
        ("和平村解放路12号没水", "解放路12号"),
        ("不住东胡同了,没水", "不在东胡同"),
    ],
)
def test_a_place_that_no_roster_knows_is_not_the_bound_one(gazetteer: Gazetteer, text: str, said: str) -> None:
    place = gazetteer.find(text, known_lane="a1")
    assert (place.lane, place.candidates, place.text) == (None, (), said)
    assert place.is_open
    assert not place.lane_or("a1")


@pytest.mark.parametrize(
    "text",
    [
        "我们小区停电",
        "村里没水",
        "全村没水",
        "胡同口灯坏了",
        "路口井盖没了",
        "大街上有人打架",
        "小区门口堵车",
        "俺庄没水了",
        "隔壁村停电",
        "马路对面着火",
        "菜市场太脏",
        "永辉超市着火了",
        "高速路边上",
        "铁路边上",
        "电路烧了",
        "线路老化",
        "水路不通",
        "一路都是水",
        "半路摔了",
        "走路摔了",
        "修路12号开始",
        "回路坏了",
        "短路12号",
        "赶庄卖菜",
        "今天村里停水",
        "昨天小区停水",
        "洪水进村了",
        "舞龙队进小区",
        "养老公寓怎么申请",
        "夏令营报名",
        "裁缝铺着火",
        "庄稼淹了",
        "张庄姐摔了",
        "我在人民路上班,家里没水",
        "娃放学路12号",
        "东胡同没水",
        "东街坊吵架",
    ],
)
def test_common_words_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text, known_lane="a1").lane == "a1"


def test_a_name_of_the_roster_wins_over_one_that_it_does_not_know(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("西胡同没水,解放路12号也没水", known_lane="a1").lane == "b2"
    assert gazetteer.find("幸福花园3号楼没水", known_lane="a1").lane == "a1"  # his own 幸福里, a little differently
    assert gazetteer.find("解放路12号没水", location=(34.7501, 113.6001)).lane == "a1"


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
