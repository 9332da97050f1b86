"""Where a message is: names, doors, households, sounds, positions and the bound lane."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.places.finding import Gazetteer, HouseholdEntry, LaneEntry
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


# Two villages with namesakes, a street of two sides, estates that have a short name of their own, and one that has not.
TOWN = Gazetteer(
    [
        LaneEntry("e1", "后街", (), ("东关村", "东关")),
        LaneEntry("e2", "炮台街单号", (), ("东关村", "东关"), "炮台街 1-59 单"),
        LaneEntry("e3", "炮台街双号", (), ("东关村", "东关"), "炮台街 2-60 双"),
        LaneEntry("e4", "井儿胡同", (), ("东关村", "东关"), "井儿胡同"),
        LaneEntry("e5", "豆腐巷", (), ("东关村", "东关"), "豆腐巷 1-60"),
        LaneEntry("e6", "中心街", (), ("东关村", "东关"), "中心街 1-39"),
        LaneEntry("l1", "后街", (), ("柳树屯村", "柳树屯")),
        LaneEntry("l2", "南场", ("打谷场",), ("柳树屯村", "柳树屯"), "南场"),
        LaneEntry("l3", "磨坊巷", (), ("柳树屯村", "柳树屯"), "磨坊巷"),
        LaneEntry("l4", "河湾巷", ("石桥东头",), ("石桥村",), "河湾巷"),
        LaneEntry("l5", "桥头巷", ("桥北大坑",), ("桥北村",), "桥头巷"),
        LaneEntry("q1", "春晖里一片", (), ("清河社区", "清河"), "春晖里(春晖小区) 1-4号楼"),
        LaneEntry("q2", "春晖里二片", (), ("清河社区", "清河"), "春晖里(春晖小区) 5-8号楼"),
        LaneEntry("q3", "幸福小区南", (), ("清河社区", "清河"), "幸福小区 1-3号楼、4号楼1-2单元"),
        LaneEntry("q4", "幸福小区北", (), ("清河社区", "清河"), "幸福小区 4号楼3-4单元、5-6号楼"),
        LaneEntry("q5", "棉纺厂宿舍", (), ("清河社区", "清河"), "棉纺厂宿舍(棉纺厂家属院) 一排、二排"),
        LaneEntry("q6", "清河花园", (), ("清河社区", "清河"), "清河花园 1-10号楼"),
        LaneEntry("q7", "建设里", (), ("清河社区", "清河"), "建设里 1-9号楼"),
        LaneEntry("q8", "公园里", (), ("清河社区", "清河"), "公园里 1-10号楼"),
        LaneEntry("r1", "阳光小区", (), ("南关社区",), "阳光小区 1-9号楼"),
        LaneEntry("r2", "阳光花园", (), ("北关社区",), "阳光花园 1-9号楼"),
    ]
)


def in_town(text: str, known: str | None = None) -> str | tuple[str, ...]:
    place = TOWN.find(text, known_lane=known)
    return place.lane or place.candidates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("不是柳树屯,是东关的后街", "e1"),
        ("不是东关村的,是柳树屯那个后街", "l1"),
        ("后街灯坏了,东关的不是柳树屯的", "e1"),
        ("后街灯坏了,不是柳树屯的后街", "e1"),
        ("不是柳树屯的,后街没水", "e1"),
        ("不是柳树屯的磨坊巷,是豆腐巷", "e5"),
        ("不是柳树屯的车,老停在后街", ("e1", "l1")),
        ("柳树屯的车老停在后街", "l1"),
        ("后街 不是东关的 是柳树屯的", "l1"),
        ("后街没水,不是东关那个", "l1"),
        ("后街没水,东关的不是,是柳树屯的", "l1"),
        ("磨坊巷那边不是我们家,我家在豆腐巷3号", "e5"),
        ("磨坊巷不是我家,我家在豆腐巷,漏水", "e5"),
        ("磨坊巷的不是我,我是豆腐巷的", "e5"),
        ("南场不是我们这儿,我们是豆腐巷", "e5"),
        ("磨坊巷那边不是我家,是我妈家漏水", "l3"),
        ("磨坊巷的灯不是我家弄坏的,豆腐巷的也不是", ("e5", "l3")),
    ],
)
def test_a_village_that_is_denied_is_not_the_one(text: str, found: str | tuple[str, ...]) -> None:
    assert in_town(text) == found


def test_a_village_of_which_somebody_is_not_settles_nothing() -> None:
    assert in_town("这车不是清河社区的,天天停楼下", "q1") == "q1"
    assert in_town("不是柳树屯的车,老停在后街", "e2") == "e1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中心街5号,不对,是炮台街5号", "e2"),
        ("中心街5号 不对 是炮台街5号", "e2"),
        ("豆腐巷路灯,哦说错了,是井儿胡同的", "e4"),
        ("柳树屯后街停电,不对,是东关", "e1"),
        ("柳树屯后街,不对,东关后街停电", "e1"),
        ("东关后街,打错了,豆腐巷", "e5"),
        ("东关豆腐巷,不对,磨坊巷没水", "l3"),
        ("炮台街17号,打错了,18号", "e3"),
        ("炮台街十七号 写错了 是十八号积水", "e3"),
        ("炮台街17号,哦不,18号", "e3"),
        ("炮台街17号,不对不对,18号", "e3"),
        ("炮台街17号,不好意思打错了,18号", "e3"),
        ("炮台街不是17号,是18号", "e3"),
        ("春晖里3号楼,不对,是6号楼没水", "q2"),
        ("春晖里3号楼没水,说错了,6号楼", "q2"),
        ("幸福小区4号楼2单元,不对,3单元漏水", "q4"),
        ("幸福小区4-2-301,打错了,4-3-301", "q4"),
        ("幸福小区4号楼2单元301,不对,302", "q3"),
        ("我原来说是东关村的后街 其实是柳树屯那个", "l1"),
        ("我以为是磨坊巷的,其实是豆腐巷", "e5"),
        ("刚才写成磨坊巷了,应该是豆腐巷3号", "e5"),
        # what is not taken back, stays
        ("春晖里3号楼8点停电,不对,9点停电", "q1"),
        ("炮台街17号的水表不对,18号正常", "e2"),
        ("中心街5号对不对,炮台街5号呢", ("e2", "e6")),
        ("磨坊巷的灯坏了,其实是豆腐巷的人弄坏的", ("e5", "l3")),
        ("豆腐巷灯坏了,中心街5号,不对,炮台街5号没水", ("e2", "e5")),
    ],
)
def test_what_is_taken_back_is_not_the_place(text: str, found: str | tuple[str, ...]) -> None:
    assert in_town(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("去年在井儿胡同摔过,今天炮台街10号又摔了", "e3"),
        ("上次报的是磨坊巷,这次是豆腐巷路灯坏", "e5"),
        ("前天井儿胡同修过,现在豆腐巷又堵了", "e5"),
        ("以前住南场现在住磨坊巷3号,没水", "l3"),
        ("现在住磨坊巷3号,以前住南场,没水", "l3"),
        ("以前住南场,搬到磨坊巷3号了,没水", "l3"),
        ("井儿胡同以前堵过,现在豆腐巷堵了", "e5"),
        ("以前住柳树屯,现在住豆腐巷", "e5"),
        ("先前住南场后来住磨坊巷,现在是磨坊巷下水堵", "l3"),
        ("从前住南场,现住磨坊巷", "l3"),
        ("以前住南场后来住磨坊巷,下水堵", "l3"),
        ("上次俺柳树屯报过,现在后街又没水了", "l1"),
        ("去年井儿胡同也修了,豆腐巷和磨坊巷没修", ("e4", "e5", "l3")),
        ("昨天豆腐巷路灯坏了,今天井儿胡同路灯也坏了", ("e4", "e5")),
        ("昨天豆腐巷路灯坏了,今天井儿胡同路灯坏了", ("e4", "e5")),
        ("上次报的豆腐巷还没修,现在井儿胡同又坏了", ("e4", "e5")),
        ("去年井儿胡同的路灯坏了,到现在没修,豆腐巷也坏了", ("e4", "e5")),
        ("井儿胡同以前挺好,现在豆腐巷的人老来倒垃圾", ("e4", "e5")),
    ],
)
def test_the_place_of_what_is_over_is_not_the_one(text: str, found: str | tuple[str, ...]) -> None:
    assert in_town(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我家在磨坊巷8号,房东住豆腐巷,不给修水管", "l3"),
        ("我租的房子在磨坊巷,房东住豆腐巷,水管坏了他不管", "l3"),
        ("孩子在豆腐巷上学,我家在磨坊巷漏水了", "l3"),
        ("我家在磨坊巷,水管漏了,孩子在豆腐巷上学没人接", "l3"),
        ("我妈住豆腐巷,我家在磨坊巷漏水了", "l3"),
        ("我妈住豆腐巷 我住磨坊巷 我家没电", "l3"),
        ("我家在磨坊巷,挨着豆腐巷,停电了", "l3"),
        ("我家在磨坊巷,离豆腐巷不远,停电了", "l3"),
        ("我家在磨坊巷,靠近豆腐巷那头,停电了", "l3"),
        ("我住磨坊巷,跟豆腐巷隔一条街,停电了", "l3"),
        ("磨坊巷漏水,旁边就是豆腐巷", "l3"),
        ("上次豆腐巷的来修过,我家在磨坊巷又堵了", "l3"),
        ("闺女嫁到豆腐巷了,我在磨坊巷一个人", "l3"),
        ("我从豆腐巷嫁过来的,家在磨坊巷,漏水", "l3"),
        ("他在豆腐巷上班 家在磨坊巷 家里没暖气", "l3"),
        ("我在豆腐巷上班,磨坊巷井盖没了", "l3"),
        # the trouble is told of the other lane
        ("我住磨坊巷8号,豆腐巷路口灯坏了", "e5"),
        ("我是磨坊巷的,路过豆腐巷,看到路灯坏了", "e5"),
        ("我住磨坊巷,离豆腐巷不远,豆腐巷路灯坏了", "e5"),
        ("我是磨坊巷的,我妈住豆腐巷,摔倒了没人管", "e5"),
        ("我妈住豆腐巷,我住磨坊巷,我妈家漏水", "e5"),
        ("我家在柳树屯的磨坊巷,挨着东关的豆腐巷,停电了", "l3"),
        ("我家在磨坊巷,我妈住东关的后街", "l3"),
        # it cannot be told
        ("我家在磨坊巷,垃圾是从豆腐巷那边飘来的", ("e5", "l3")),
        ("我家在磨坊巷漏水,豆腐巷也堵了", ("e5", "l3")),
        ("我家在磨坊巷,前面豆腐巷施工,把我家水管挖断了", ("e5", "l3")),
        ("我家在磨坊巷,孩子在豆腐巷上学,路口井盖没了", ("e5", "l3")),
        ("昨天豆腐巷的井盖坏了,我家在磨坊巷也漏水", ("e5", "l3")),
        ("住磨坊巷的老李说豆腐巷灯坏了", ("e5", "l3")),
    ],
)
def test_of_the_home_and_another_lane_that_with_the_trouble(text: str, found: str | tuple[str, ...]) -> None:
    assert in_town(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公园里面椅子坏了", ()),
        ("公园里的健身器材坏了", ()),
        ("公园里有人打架", ()),
        ("公园里没水", "q8"),
        ("公园里面3号楼没水", "q8"),
        ("我住公园里的,没水", "q8"),
        ("春晖里的路灯坏了", ("q1", "q2")),
    ],
)
def test_inside_a_park_is_no_lane_that_is_called_so(text: str, found: str | tuple[str, ...]) -> None:
    assert in_town(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中心该8号没水", "e6"),
        ("炮台該17号积水", "e2"),
        ("豆腐港12号", "e5"),
        ("井儿胡洞没水", "e4"),
        ("井儿胡动3号没水", "e4"),
        ("柳树囤后街停电", "l1"),
        ("柳树村后街停电", "l1"),
        ("石桥村东头没水", "l4"),
        ("桥北村大坑积水", "l5"),
        ("服务中心该管管", ()),
        ("豆腐港好吃", ()),
    ],
)
def test_slips_and_other_words_for_what_kind_of_place_it_is(text: str, found: str | tuple[str, ...]) -> None:
    assert in_town(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("幸福小区第4号楼第3单元", "q4"),
        ("幸福小区第四号楼第二单元", "q3"),
        ("炮台街No.8停电", "e3"),
        ("炮台街 no. 17 停电", "e2"),
        ("炮台街第18号", "e3"),
    ],
)
def test_numbers_are_written_in_many_ways(text: str, found: str) -> None:
    assert in_town(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("幸福4号楼2单元漏水", "q3"),
        ("家住幸福5栋", "q4"),
        ("春晖3号楼没水", "q1"),
        ("春晖6-2-301没水", "q2"),
        ("棉纺厂院里没水", "q5"),
        ("棉纺厂二排没水", "q5"),
        ("棉纺宿舍二排没水", "q5"),
        ("棉纺家属院没水", "q5"),
        ("幸福院里老人没人管", ()),  # no yard is part of that name
        ("幸福4号没水", ()),
        ("工地在建设6号楼", ()),
        ("清河3号楼没水", ()),  # the village is called so as well
        ("阳光3号楼没水", ()),  # two estates are
    ],
)
def test_an_estate_by_its_short_name(text: str, found: str | tuple[str, ...]) -> None:
    assert in_town(text) == found


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        ("南场北路的灯坏了", None, ("l2",)),
        ("南场北路的灯坏了", "q1", ("l2",)),
        ("打谷场大街12号", None, ("l2",)),
        ("南场路灯坏了", None, "l2"),
        ("南场北路口堵了", None, "l2"),
        ("后街坊邻居吵架", None, ()),
        ("后街坊邻居吵架", "q1", "q1"),
    ],
)
def test_another_road_that_is_called_after_a_place_is_asked_about(
    text: str, known: str | None, found: str | tuple[str, ...]
) -> None:
    assert in_town(text, known) == found


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
