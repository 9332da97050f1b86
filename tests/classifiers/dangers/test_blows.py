"""Who strikes whom, and how near a blow is."""

from __future__ import annotations

import pytest

from classifiers.dangers.blows import (
    came_nearly_to_blows,
    is_fresh_at_home,
    is_in_fear_of_kin,
    may_mean_him,
    strikes_now,
    tells_of_a_neighbour,
    threatens,
    was_struck,
)
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text", ["吵起来了,他要动手", "他骂我,还要打我", "他扬言要弄死我", "眼看要打起来了", "他堵着我门骂"]
)
def test_a_threat(text: str) -> None:
    assert threatens(text)
    assert not strikes_now(text)


@pytest.mark.parametrize("text", ["他推我,我摔地上了", "他拿菜刀了", "他动手打我了", "抄起铁锹了", "他把我推倒了"])
def test_a_blow(text: str) -> None:
    assert strikes_now(text)
    assert was_struck(text)


@pytest.mark.parametrize(
    "text",
    ["他昨天推了我", "差点动手", "楼下天天拿棍子捅天花板", "他打我家门口过", "他拿砖把路堵了", "警察来了,都拉开了"],
)
def test_no_blow_falls_now(text: str) -> None:
    assert not strikes_now(text)


@pytest.mark.parametrize(
    "text", ["我老公昨天打了我", "儿媳妇老掐老太太,不给饭吃", "我男人打我,我不敢回家", "我爸昨晚打我妈"]
)
def test_fresh_at_home(text: str) -> None:
    assert is_fresh_at_home(text)


@pytest.mark.parametrize("text", ["我老公打了我十几年", "去年我爸打了我妈", "邻居昨天打了我", "昨天我妈摔了一跤"])
def test_not_fresh_at_home(text: str) -> None:
    assert not is_fresh_at_home(text)


@pytest.mark.parametrize(
    ("text", "is_in_fear"),
    [("我爸爸喝酒了打我妈妈,我害怕", True), ("我爸总打我妈,我害怕", False), ("我老公昨天打我,我害怕", False)],
)
def test_fear_of_kin(text: str, is_in_fear: bool) -> None:
    assert is_in_fear_of_kin(text) is is_in_fear


@pytest.mark.parametrize(
    ("told", "is_neighbour"),
    [("楼下老李家在楼道放煤球", True), ("邻居堵我家门口", True), ("楼道灯不亮了", False), ("我儿子跟邻居吵架", False)],
)
def test_a_neighbour(told: str, is_neighbour: bool) -> None:
    assert tells_of_a_neighbour(told) is is_neighbour


@pytest.mark.parametrize(("text", "may"), [("他要打我", True), ("我儿子要打我", False), ("他扒我衣服,还打我", False)])
def test_whom_he_means(text: str, may: bool) -> None:
    assert may_mean_him(text) is may


def test_a_quarrel_that_calmed_down() -> None:
    assert came_nearly_to_blows("吵到要动手的份上了,后来都冷静了")
    assert not came_nearly_to_blows("他要动手了")
    assert not came_nearly_to_blows("他推了我,后来冷静了")


@pytest.mark.parametrize(
    ("text", "sensitivity"),
    [
        ("一个男的拎着斧子在楼道里挨家砸门", "open"),
        ("有个醉汉在胡同里拿刀追人", "open"),
        ("我老公拎着斧子砸我房门", "confidential"),
        ("我儿子拎着斧子在院里砸我门", "confidential"),
        ("电梯关门夹人，我上次胳膊被夹得青了一块，快来修", "open"),
        ("门卫把我胳膊打青了一块", "confidential"),
    ],
)
def test_whose_ears_a_strangers_violence_is_for(understander: Understander, text: str, sensitivity: str) -> None:
    assert understander.understand(text).sensitivity == sensitivity
