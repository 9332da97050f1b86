"""Everyday words that sound like something else: they are taken for what they are."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, *requests: str) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    for words in requests:
        await grandma.says(words)
        await town.later(minutes=3)
    town.skip(grandma, town.group("槐荫胡同群"))
    return grandma


@pytest.mark.parametrize("words", ["家里有人", "敲门没人应就打电话", "你敲门没人应就打我电话"])
async def test_somebody_is_at_home(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "水龙头滴水"), town.member("陈示例")
    await chen.says("1下午家里有人吗")
    town.skip(grandma, chen)
    await grandma.says(words)
    grandma.hears("已经转给陈示例")
    chen.hears("#1", words)


@pytest.mark.parametrize("words", ["来了", "来了来了", "到了"])
async def test_who_comes_is_not_done(town: Town, words: str) -> None:
    grandma = await _told(town, "水龙头滴水")
    await town.member("陈示例").says(words, in_=town.group("槐荫胡同群"))
    grandma.hears("#1", not_=["办完了"])
    town.skip(town.group("槐荫胡同群"), town.member("陈示例"))
    assert (await town.request(1)).state.is_open


@pytest.mark.parametrize("words", ["算了 等他来吧", "算了 我再等等", "算了 明天来也行", "算了算了 你们忙吧"])
async def test_who_waits_withdraws_nothing(town: Town, words: str) -> None:
    grandma = await _told(town, "水龙头滴水")
    await grandma.says(words)
    await town.later(minutes=2)
    town.skip(grandma, town.group("槐荫胡同群"), town.member("陈示例"))
    assert (await town.request(1)).state is State.DISPATCHED


async def test_of_two_open_ones_the_one_whose_thing_is_named(town: Town) -> None:
    grandma, chen = await _told(town, "厨房水管漏水", "门口路灯不亮"), town.member("陈示例")
    await chen.says("接1-2")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    for words, number in (("灯是3号门口那个", 2), ("水管在水池底下", 1)):
        await grandma.says(words)
        grandma.hears(f"补充到 #{number} 里了")
        await town.later(minutes=3)
        chen.hears(f"#{number}", words)
    await grandma.says("水管还在滴")
    grandma.hears("快办 #1")
    chen.hears("#1", "居民在催")
    await chen.says("路灯换好了")
    chen.hears("#2 马上告诉居民")
    grandma.hears("#2", "办完了")
    await grandma.says("亮了 谢谢")
    grandma.hears("#2 就办完了")
    chen.hears("#2", "满意")


@pytest.mark.parametrize("words", ["中心街9号", "今天下午我在家", "我电话13900000000", "越早越好"])
async def test_what_is_worth_knowing_is_no_talk(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "厨房水管漏水"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await grandma.says(words)
    grandma.hears("#1")
    await town.later(minutes=2)
    chen.hears("#1", words[-4:])


async def test_an_hour_is_meant_of_the_day_agreed_on(town: Town) -> None:
    grandma, chen = await _told(town, "厨房水管漏水"), town.member("陈示例")
    await chen.says("1明天上午去")
    town.skip(grandma, chen)
    await chen.says("九点左右")
    grandma.hears("九点左右", "11月24日 周二 09:00")
    chen.skip()


async def test_a_date_is_no_number(town: Town) -> None:
    grandma, chen, ma = await _told(town, "厨房水管漏水"), town.member("陈示例"), town.member("马假设")
    await chen.says("接 1")
    await chen.says("延期到1月5号 等料")
    ma.hears("#1", "1月5日", "等料")
    town.skip(grandma, chen, town.group("槐荫胡同群"))


@pytest.mark.parametrize("words", ["别跟他们说是我说的", "你们来的时候别说是我找的"])
async def test_a_plea_for_discretion_goes_to_who_goes_there(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "楼上天天半夜吵得睡不着"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await grandma.says(words)
    await town.later(minutes=2)
    grandma.hears("#1")
    chen.hears("#1", words)
    assert len(await town.requests()) == 1


async def test_a_false_alarm_is_over_for_all(town: Town) -> None:
    grandma, rung = town.resident("吴奶奶"), ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")
    await grandma.scans("xy-01")
    await grandma.says("我老伴摔地上起不来了")
    await town.member("陈示例").says("到楼下了")
    town.skip(grandma, town.group("槐荫胡同群"), *map(town.member, rung))
    await town.member("陈示例").says("误报 人好好的在看电视")
    grandma.hears("#1", "误报")
    for name in rung[1:]:
        town.member(name).hears("#1", "结束了", "误报")
    town.member("陈示例").skip()


async def test_somebody_inside_a_lift_is_no_answer_about_being_at_home(town: Town) -> None:
    grandma = await _told(town, "三单元电梯卡在五楼不动了")
    await grandma.says("里面有人")
    grandma.hears("119", "紧急")
    rung = ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")
    town.skip(town.group("槐荫胡同群"), *map(town.member, rung))


async def test_a_neighbours_event_is_no_appointment(town: Town) -> None:
    grandma, chen = await _told(town, "我们胡同停水了"), town.member("陈示例")
    await chen.says("1 问了自来水公司,主管道爆了,下午六点来水")
    grandma.hears("#1 陈示例说", "下午六点来水", not_=["您约"])
    chen.skip()
    assert (await town.request(1)).state is State.IN_PROGRESS


async def test_a_nudge_alone_is_for_all_that_nobody_took(town: Town) -> None:
    grandma, chen = await _told(town, "路灯不亮了", "我家下水道堵了"), town.member("陈示例")
    await grandma.says("催")
    grandma.hears("快办 #1", "快办 #2")
    assert [f"#{n}" in line.text for n, line in enumerate(chen.unread(), 1)] == [True, True]
    town.skip(chen, town.member("邹仿真"))


async def test_where_is_answered_by_the_signs_code(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.follows()
    await grandma.says("路灯坏了")
    grandma.skip()
    await grandma.scans("xy-01")
    grandma.hears("#1", "槐荫胡同的陈示例")
    town.group("槐荫胡同群").hears("#1")


@pytest.mark.parametrize("words", ["3", "1"])
async def test_a_digit_with_nothing_to_rate_says_nothing_of_a_request(town: Town, words: str) -> None:
    grandma = await _told(town, "水龙头滴水")
    await grandma.says(words)
    grandma.hears("没有等您评价的事")
    assert (await town.request(1)).text == "水龙头滴水"


async def test_thanks_are_answered_as_thanks(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("谢谢啊")
    grandma.hears("不客气")


async def test_who_only_begins_is_asked_what_it_is(town: Town) -> None:
    grandma = await _told(town)
    await grandma.says("我要反映个问题")
    grandma.hears("您请说")
    await town.later(seconds=8)
    await grandma.says("隔壁天天半夜打麻将")
    grandma.hears("#1（矛盾纠纷）")
    town.group("槐荫胡同群").hears("#1 矛盾纠纷")


async def test_who_puts_it_off_withdraws_nothing(town: Town) -> None:
    grandma = await _told(town, "水龙头滴水")
    await grandma.says("有个事")
    grandma.hears("您请说")
    await grandma.says("算了 晚上再说吧")
    grandma.hears("有事您随时说")
    assert (await town.request(1)).state is State.DISPATCHED


async def test_what_is_asked_of_the_desk_itself_is_answered_and_bothers_nobody(town: Town) -> None:
    grandma = await _told(town, "水龙头滴水")
    await grandma.says("编号是啥意思 我记不住")
    grandma.hears("记不住没关系")
    await grandma.says("我们这片归谁管")
    grandma.hears("由陈示例负责")
    await town.later(minutes=5)
    assert (await town.request(1)).text == "水龙头滴水"
