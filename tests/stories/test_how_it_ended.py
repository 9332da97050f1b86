"""How an emergency ended is told by whoever was called to it: the ringing stops, and all who were called hear it."""

from __future__ import annotations

import pytest

from tests.stories.town import Neighbour, Town

_CHILD, _FATHER = "我家孩子五岁走丢了,刚在胡同口玩", "我爸晕倒了叫不醒"


async def _told(town: Town, words: str) -> Neighbour:
    resident = town.resident("小张")
    await resident.scans("xy-01")
    await resident.says(words)
    town.skip_everybody()
    return resident


async def test_who_has_found_the_child_has_taken_it_and_nothing_rings_on(town: Town) -> None:
    parent = await _told(town, _CHILD)
    await town.member("陈示例").says("找着了,在小卖部", in_=town.group("槐荫胡同群"))
    parent.hears("陈示例说：找着了", not_=["赶过去"])
    for name in ("邹仿真", "潘编写", "马假设"):
        town.member(name).hears("陈示例说，找着了", not_=["已经去了"])
    town.group("槐荫胡同群").hears("转告居民", "办结 1")
    town.skip_everybody()
    await town.later(minutes=30)
    for name in ("邹仿真", "陈示例"):
        town.member(name).hears_nothing()
    assert (await town.request(1)).state == "in_progress"


@pytest.mark.wordings
@pytest.mark.parametrize(
    ("told", "said"),
    [
        (_CHILD, "找着了,在派出所呢"),
        (_CHILD, "人找到了,在我家门口坐着呢"),
        (_CHILD, "1孩子找着啦"),
        (_CHILD, "孩子自己回来了"),
        (_FATHER, "已经送医院了,我跟车去的"),
        (_FATHER, "我到了,120也来了,人醒了"),
        (_FATHER, "接1 我到了,人醒过来了"),
        ("5号楼着火了,冒黑烟", "火扑灭了,人都出来了"),
    ],
)
async def test_the_others_hear_the_end_and_the_family_no_less(town: Town, told: str, said: str) -> None:
    resident = await _told(town, told)
    await town.member("潘编写").says(said)
    heard = resident.hears("潘编写说")
    assert "赶过去" not in heard.text
    town.member("邹仿真").hears("潘编写说", not_=["已经去了"])
    assert (await town.request(1)).accepted_at
    town.skip_everybody()


@pytest.mark.wordings
@pytest.mark.parametrize("said", ["找着了吗", "没事吧", "快去找找", "没找着啊 谁看见了"])
async def test_who_only_asks_ends_nothing(town: Town, said: str) -> None:
    resident = await _told(town, _CHILD)
    await town.member("潘编写").says(said)
    resident.hears_nothing()
    assert (await town.request(1)).accepted_at is None
    town.skip_everybody()


@pytest.mark.wordings
async def test_a_valve_shut_for_the_tap_is_no_news_of_the_child(town: Town) -> None:
    parent, grandma, chen = town.resident("小张"), town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("厨房水龙头滴水")
    await chen.says("接 1")
    await parent.scans("xy-01")
    await parent.says(_CHILD)
    town.skip_everybody()
    await chen.says("阀门关了")
    parent.hears_nothing()
    assert (await town.request(2)).accepted_at is None
    await chen.says("人找到了")
    parent.hears("陈示例说：人找到了")
    town.skip_everybody()


@pytest.mark.wordings
async def test_the_group_that_searched_hears_that_it_need_not(town: Town) -> None:
    resident, chen, group = (
        await _told(town, "我妈有老年痴呆,早上出去到现在没回来"),
        town.member("陈示例"),
        town.group("槐荫胡同群"),
    )
    await town.member("马假设").says("群里说 1")
    await chen.says("我去找", in_=group)
    town.skip_everybody()
    await town.later(minutes=20)
    await chen.says("找到了,在公园坐着呢", in_=group)
    resident.hears("找到了")
    group.hears("转告居民", "办结 1", not_=["别在群里说"])
    group.hears("不用再找了")
    town.skip_everybody()
    await chen.says("办结 1 送回家了")
    group.hears_nothing()
    town.skip_everybody()
