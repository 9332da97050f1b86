"""谁管我这事, 几点来: the desk answers from what it knows, and opens, adds and urges nothing."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings

RUNG = ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")


async def _told(town: Town, words: str) -> Neighbour:
    """吴奶奶 has told this a few minutes ago, and nobody has answered."""
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    await town.later(minutes=2)
    town.skip(grandma, town.group("槐荫胡同群"))
    return grandma


async def _taken(town: Town, words: str, *news: str) -> Neighbour:
    """陈示例 has taken it and said this."""
    grandma, chen = await _told(town, words), town.member("陈示例")
    for said in ("接 1", *news):
        await chen.says(said)
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    return grandma


@pytest.mark.parametrize("words", ["现在谁管我这事", "小陈呢", "谁来给我修", "谁给我办呢", "谁负责", "有人接了吗"])
async def test_who_is_told_from_what_is_known(town: Town, words: str) -> None:
    grandma = await _told(town, "灯不亮了")
    await grandma.says(words)
    grandma.hears("#1 报修", "交给陈示例了", "还没有回话")
    await town.later(minutes=5)
    assert [one.text for one in await town.requests()] == ["灯不亮了"]


async def test_who_has_taken_it_is_responsible(town: Town) -> None:
    grandma = await _taken(town, "灯不亮了", "1 灯泡买好了")
    await grandma.says("谁来给我修")
    grandma.hears("#1", "办理中", "由陈示例负责", "灯泡买好了")


async def test_somebody_whom_nobody_here_knows_is_no_question(town: Town) -> None:
    grandma = await _told(town, "灯不亮了")
    await grandma.says("老庞呢")
    grandma.hears("#1", not_=["还没有回话"])
    town.skip(grandma, town.group("槐荫胡同群"), town.member("陈示例"))


async def test_who_is_asked_by_somebody_with_nothing_open_is_no_status(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("谁来啊")
    grandma.hears("您好，我在")


@pytest.mark.parametrize(
    "words", ["咋样了", "明天九点对吧", "后天下午还来吗", "啥时候来", "明天几点来", "不是说九点吗"]
)
async def test_the_agreed_hour_answers_when(town: Town, words: str) -> None:
    grandma = await _taken(town, "灯不亮了", "明天上午九点去")
    await grandma.says(words)
    grandma.hears("#1", "已约好时间", "由陈示例负责", "11月24日 周二 09:00")
    await town.later(minutes=5)
    assert (await town.request(1)).text == "灯不亮了"


async def test_the_agreed_hour_is_told_behind_later_news(town: Town) -> None:
    grandma = await _taken(town, "灯不亮了", "明天上午九点去", "1 灯泡还在路上")
    await grandma.says("进度")
    grandma.hears("灯泡还在路上", "约好的时间不变", "11月24日 周二 09:00")


async def test_when_nothing_is_agreed_on_the_holder_is_asked_once(town: Town) -> None:
    grandma, chen = await _taken(town, "门锁坏了打不开", "锁要等两天到货"), town.member("陈示例")
    await grandma.says("锁到了吗")
    grandma.hears("#1", "办理中", "锁要等两天到货", "去问陈示例了")
    chen.hears("#1", "居民问：锁到了吗")
    await grandma.says("啥时候来")
    grandma.hears("#1", "已经问过陈示例了")
    await chen.says("1 明天上午九点去")
    grandma.hears("11月24日 周二 09:00")
    chen.skip()
    await grandma.says("啥时候来")
    grandma.hears("11月24日 周二 09:00", not_=["问"])
    assert (await town.request(1)).text == "门锁坏了打不开"


async def test_an_hour_that_has_passed_is_asked_about(town: Town) -> None:
    grandma, chen = await _taken(town, "灯不亮了", "今天上午十点去"), town.member("陈示例")
    await town.until(11, 30)
    town.skip_everybody()
    await grandma.says("今天还来吗")
    grandma.hears("11月23日 周一 10:00", "去问陈示例了")
    chen.hears("居民问：今天还来吗")


async def test_a_thing_that_nobody_has_told_of_is_no_question_about_it(town: Town) -> None:
    grandma = await _taken(town, "灯不亮了", "1 灯泡买好了")
    await grandma.says("养老金到了吗")
    grandma.hears("#", not_=["去问陈示例了"])
    town.skip_everybody()


@pytest.mark.parametrize("words", ["谁来修啊", "明天几点"])
async def test_a_question_in_an_emergency_rings_nobody_again(town: Town, words: str) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("我家着火了")
    town.skip(grandma, town.group("槐荫胡同群"), *map(town.member, RUNG))
    await grandma.says(words)
    grandma.hears("#1", "119", "我们一直在叫")
    assert (await town.request(1)).state is State.DISPATCHED


async def test_talk_beside_what_nobody_took_does_not_say_that_it_is_being_done(town: Town) -> None:
    grandma = await _told(town, "灯不亮了")
    await grandma.says("吃了没")
    grandma.hears("交给陈示例了", "还没有回话", not_=["在办"])


async def test_who_cannot_wait_for_the_morning_rings_at_once(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await town.until(23, 20)
    town.skip_everybody()
    await grandma.says("灯不亮了")
    grandma.hears("明天07:00就告诉", "等不到早上")
    await grandma.says("等不到早上了")
    grandma.hears("已经提醒陈示例", "120", not_=["撤销"])
    for member in ("陈示例", "邹仿真"):
        town.member(member).hears("居民在催", "灯不亮了")


async def test_who_is_dizzy_is_told_to_the_holder_alone(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("我头晕")
    grandma.hears("#1（养老助残）", "单独告诉")
    town.member("陈示例").hears("我头晕", "当天要办")


@pytest.mark.parametrize(
    "words",
    ["等了一上午 连个人影都没见着", "说来不来 人都找不到了", "三点多了没见人", "没见人来", "一直没人来", "人都没影了"],
)
async def test_nobody_came_and_so_the_holder_is_urged(town: Town, words: str) -> None:
    grandma = await _taken(town, "水龙头坏了")
    await grandma.says(words)
    grandma.hears("提醒陈示例快办 #1")
    town.member("陈示例").hears("居民在催", words)
    (request,) = await town.requests()
    assert request.sensitivity == "open"


@pytest.mark.parametrize("words", ["你们的人找不着我家门", "小陈找不着我家 在胡同口转悠呢"])
async def test_who_comes_hears_that_the_door_is_hard_to_find(town: Town, words: str) -> None:
    grandma = await _taken(town, "水龙头坏了")
    await grandma.says(words)
    grandma.hears("#1")
    await town.later(minutes=2)
    town.member("陈示例").hears(words)
    assert len(await town.requests()) == 1


@pytest.mark.parametrize("words", ["能让小陈给我打个电话不", "叫小陈给我回个电话", "你是机器人吗 我想跟真人说话"])
async def test_the_holder_shall_call(town: Town, words: str) -> None:
    grandma = await _taken(town, "水龙头坏了")
    await grandma.says(words)
    grandma.hears("请陈示例直接联系您")
    town.member("陈示例").hears("#1", "直接联系")
    assert len(await town.requests()) == 1


async def test_somebody_above_shall_call(town: Town) -> None:
    grandma = await _taken(town, "水龙头坏了")
    await grandma.says("让你们领导给我打个电话")
    grandma.hears("马假设", "#1")
    town.member("马假设").hears("让你们领导给我打个电话")


async def test_how_the_holder_behaves_is_not_told_to_him(town: Town) -> None:
    grandma = await _taken(town, "水龙头坏了")
    await grandma.says("小陈是不是喝多了 说话颠三倒四")
    grandma.hears("#2", "不会发到群里")
    town.member("马假设").hears("小陈是不是喝多了")
    await town.later(minutes=2)
    assert (await town.request(2)).sensitivity == "confidential"
