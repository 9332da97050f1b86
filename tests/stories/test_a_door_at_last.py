"""The door is told behind the trouble, at whatever moment: it is kept, and its teller is answered."""

from __future__ import annotations

import pytest

from tests.stories.town import Neighbour, Town

_FAULT = "没有处理好"


async def _told(town: Town, words: str, *by_chen: str) -> Neighbour:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says(words)
    for said in by_chen:
        await chen.says(said)
    town.skip_everybody()
    return grandma


@pytest.mark.parametrize("told", ["厨房水龙头滴水", "我爸晕倒了叫不醒", "我儿媳妇天天跟我吵架,想请你们劝劝"])
@pytest.mark.parametrize(
    "by_chen", [(), ("接 1",), ("接 1", "门牌号多少?"), ("约好 1 明天下午三点",), ("吹哨 1 要物业来",)]
)
async def test_the_door_is_kept_however_far_it_is(town: Town, told: str, by_chen: tuple[str, ...]) -> None:
    grandma = await _told(town, told, *by_chen)
    for words in ("中心街15号", "说错了 是16号", "我妈在中心街3号", "打错了,是中心街5号"):
        await grandma.says(words)
        assert not any(_FAULT in line.text for line in grandma.unread()), words
        grandma.skip()
    assert (await town.request(1)).place_text
    town.skip_everybody()


async def test_who_runs_hears_the_door_that_he_asked_for(town: Town) -> None:
    grandma = await _told(town, "我爸晕倒了叫不醒", "接1", "门牌号多少?")
    await grandma.says("中心街15号")
    grandma.hears("已经转给陈示例")
    town.member("陈示例").hears("居民回答：中心街15号")
    request = await town.request(1)
    assert (request.state, request.place_text) == ("in_progress", "中心街15号")


@pytest.mark.wordings
@pytest.mark.parametrize(("words", "place"), [("中心街15号", "中心街15号"), ("说错了,我家在中心街15号", "中心街15号")])
async def test_the_door_of_an_alarm_reaches_all_and_quiets_nobody(town: Town, words: str, place: str) -> None:
    grandma = await _told(town, "我爸晕倒了叫不醒")
    await grandma.says(words)
    grandma.hears("已经又叫了一遍", not_=["不用来人"])
    town.member("邹仿真").hears("居民又说", words)
    assert (await town.request(1)).place_text == place
    town.skip_everybody()


@pytest.mark.wordings
@pytest.mark.parametrize(
    "words", ["我住中心街15号,刚才说错了", "打错了,是中心街15号", "不对,我家住中心街15号", "刚才地址写错了,中心街15号"]
)
async def test_another_door_of_the_same_lane_is_put_right(town: Town, words: str) -> None:
    grandma = await _told(town, "中心街9号厨房水龙头滴水")
    await grandma.says(words)
    grandma.hears("改成中心街15号")
    assert (await town.request(1)).place_text == "中心街15号"
    await town.later(minutes=5)
    town.skip_everybody()


@pytest.mark.wordings
async def test_the_same_door_told_again_is_right_already(town: Town) -> None:
    grandma = await _told(town, "中心街9号厨房水龙头滴水")
    await grandma.says("没说错,我住中心街9号")
    assert (await town.request(1)).place_text == "中心街9号"
    await town.later(minutes=5)
    town.skip_everybody()
