"""What a resident says and hears."""

from __future__ import annotations

import asyncio

from storage.records import State
from tests.stories.town import Town


async def test_two_matters_in_one_message_are_two_requests(town: Town) -> None:
    xiaoman, group = town.resident("周小满"), town.group("槐荫胡同群")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("厨房水管漏了,还有楼下老李家天天半夜吵得睡不着")
    answer = xiaoman.hears("#1(报修)", "#2(矛盾纠纷)")
    assert answer.via == "passive"
    group.hears("#1 报修", "水管漏了")
    group.hears("#2 矛盾纠纷", not_=["老李"])
    assert [request.type for request in await town.requests()] == ["repair", "dispute"]


async def test_small_talk_opens_nothing(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    for words, answer in (("你好", "直接说一句"), ("谢谢", "不客气"), ("收到", "直接说一句")):
        await xiaoman.says(words)
        xiaoman.hears(answer)
    assert await town.requests() == []


async def test_a_stranger_is_asked_for_the_place_and_taps_one(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.follows()
    xiaoman.hears("直接在这里说一句话")
    await xiaoman.says("老供销社门口路灯不亮了")
    xiaoman.hears("#1", "是下面哪个地方")
    assert (await town.request(1)).state is State.GATHERING
    await xiaoman.taps("供销社后街")
    xiaoman.hears("供销社后街", "沈演示")
    town.group("供销社后街群").hears("#1 公共设施", "供销社后街")
    assert (await town.request(1)).lane == "sq-04"


async def test_a_place_that_is_said_beats_the_bound_one(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("锅炉房胡同的路灯坏了")
    xiaoman.hears("锅炉房胡同", "严演示")
    town.group("锅炉房胡同群").hears("#1 公共设施", "锅炉房胡同")


async def test_a_street_that_nobody_knows_is_asked_and_not_sent_to_the_bound_lane(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("解放路12号没水")
    xiaoman.hears("#1", "在哪条胡同")
    town.group("槐荫胡同群").hears_nothing()
    await xiaoman.says("锅炉房胡同")
    xiaoman.hears("锅炉房胡同", "严演示")
    town.group("锅炉房胡同群").hears("#1 报修", "解放路")


async def test_a_street_that_nobody_knows_may_be_of_the_bound_lane(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("和平小区3号楼停电")
    xiaoman.hears("#1", "在哪条胡同")
    await xiaoman.taps("槐荫胡同")
    xiaoman.hears("槐荫胡同")
    town.group("槐荫胡同群").hears("#1")


async def test_who_never_says_where_is_passed_to_the_duty_desk(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.follows()
    xiaoman.skip()
    await xiaoman.says("水管漏了")
    xiaoman.hears("#1", "在哪条胡同")
    await town.later(minutes=6)
    xiaoman.hears("#1", "戴假设")
    town.group("柳河街道群").hears_nothing()
    town.member("戴假设").hears("#1 报修", "接 1")
    request = await town.request(1)
    assert (request.state, request.holder) == (State.DISPATCHED, town.code("戴假设"))


async def test_a_location_answers_where(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.follows()
    xiaoman.skip()
    await xiaoman.says("水管漏了")
    xiaoman.hears("在哪条胡同")
    await xiaoman.sends_location(38.9701, 115.6455, "建设路3号")
    xiaoman.hears("锅炉房胡同", "严演示")
    town.group("锅炉房胡同群").hears("#1 报修")


async def test_an_address_in_two_halves_is_one_place(town: Town) -> None:
    xiaoman = town.resident("周小满")
    await xiaoman.follows()
    xiaoman.skip()
    await xiaoman.says("水龙头坏了")
    xiaoman.hears("#1", "在哪条胡同")
    await xiaoman.says("建设路")
    xiaoman.skip()
    await xiaoman.says("3号")
    xiaoman.hears("锅炉房胡同", "严演示")
    town.group("锅炉房胡同群").hears("#1 报修")
    assert (await town.request(1)).lane == "ch-05"


async def test_half_sentences_become_one_request(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("那个")
    grandma.hears("直接说一句")
    await grandma.says("我家厨房")
    grandma.hears("直接说一句")
    await grandma.says("水管漏了")
    grandma.hears("#1(报修)")
    await grandma.says("快来人看看")
    grandma.hears("补充到 #1")
    group.hears("#1 报修", "厨房", "水管漏了")
    await town.later(minutes=2)
    group.hears("#1", "居民补充", "快来人看看")
    assert len(await town.requests()) == 1


async def test_a_picture_first_and_words_after(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.sends_picture()
    grandma.hears("#1", "这是什么事")
    await grandma.says("水管漏了")
    grandma.hears("#1(报修)", "陈示例")
    group.hears("#1 报修", "水管漏了")
    async with town.play.bot.store.reading() as session:
        (picture,) = await session.files.of(1)
    assert picture.digest
    assert picture.size > 0


async def test_a_picture_after_the_words_joins_them(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("水管漏了")
    grandma.hears("#1")
    group.hears("#1")
    await grandma.sends_picture()
    grandma.hears("补充到 #1")
    await town.later(minutes=2)
    group.hears("#1", "一张照片")


async def test_a_picture_without_a_word_is_not_lost(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.sends_picture()
    grandma.hears("这是什么事")
    await town.later(minutes=6)
    group.hears("#1 其他诉求")
    grandma.hears("#1", "陈示例")
    assert (await town.request(1)).state is State.DISPATCHED


async def test_a_voice_that_was_recognised_is_words(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.sends_voice("家里水管漏了快来人")
    grandma.hears("#1(报修)")
    group.hears("#1 报修")
    async with town.play.bot.store.reading() as session:
        assert len(await session.files.of(1)) == 1


async def test_a_voice_nobody_understands_is_kept(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.sends_voice()
    grandma.hears("语音收到了", "#1")
    await grandma.says("路灯不亮")
    grandma.hears("#1(公共设施)")
    town.group("槐荫胡同群").hears("#1 公共设施", "路灯")


async def test_the_commands_of_a_resident(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("进度")
    grandma.hears("没有正在办的事")
    await grandma.says("帮助")
    grandma.hears("进度", "撤销", "人工")
    await grandma.says("水管漏了")
    grandma.hears("#1")
    group.hears("#1")
    await town.later(minutes=5)
    await grandma.says("查1")
    grandma.hears("#1 报修", "陈示例")
    await grandma.presses("status")
    grandma.hears("#1 报修", "陈示例")
    await grandma.says("查 99")
    grandma.hears("没有找到您的 #99")
    await grandma.says("补充 水表在门后")
    grandma.hears("补充到 #1")
    await town.later(minutes=2)
    group.hears("居民补充", "水表在门后")
    await grandma.says("催")
    grandma.hears("已经提醒陈示例")
    chen.hears("#1", "居民在催")
    town.member("邹仿真").hears("#1", "居民在催")
    await grandma.says("催一下")
    grandma.hears("刚刚已经催过")
    await grandma.says("撤销")
    grandma.hears("#1 已经撤销")
    group.hears("#1 居民撤销了")
    assert (await town.request(1)).state is State.CANCELLED


async def test_a_person_is_called_for(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("人工")
    grandma.hears("#1", "陈示例")
    group.hears("#1 其他诉求", "想请人直接联系")


async def test_my_data_is_shown_and_erased(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("水管漏了")
    grandma.hears("#1")
    group.hears("#1")
    await grandma.says("我的资料")
    grandma.hears("槐荫胡同", "1件", "水管漏了")
    await grandma.says("删除我的资料")
    grandma.hears("要把您的资料都删掉吗", "1件事在办")
    await grandma.taps("确认删除")
    grandma.hears("都删掉了")
    group.hears("#1 居民撤销了")
    request = await town.request(1)
    assert (request.state, request.text) == (State.CANCELLED, "")
    async with town.play.bot.store.reading() as session:
        assert await session.conversations.find(grandma.openid) is None
    await grandma.says("你好")
    grandma.hears("您好", "我的资料")


async def test_erasing_can_be_thought_better_of(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("删除我的资料")
    grandma.hears("找不回来")
    await grandma.taps("不删了")
    grandma.hears("没有动")


async def test_who_leaves_is_forgotten_but_the_pipe_is_mended(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("水管漏了")
    grandma.hears("#1")
    group.hears("#1")
    await grandma.unfollows()
    chen.hears("#1", "取消了关注")
    await chen.says("办结 1 修好了", in_=group)
    group.hears("#1 已办结", "当面告诉")
    request = await town.request(1)
    assert (request.state, request.rating, request.text) == (State.CLOSED, "unrated", "")


async def test_three_overlapping_deliveries_make_one_request_and_one_answer(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    town.wechat.faults.duplicate_next = 1
    town.wechat.faults.duplicate_how = "together"
    await grandma.says("水管漏了")
    await asyncio.gather(town.wechat.redeliver(), town.wechat.redeliver())
    await town.settle()
    grandma.hears("#1")
    grandma.skip()
    group.hears("#1")
    assert len(await town.requests()) == 1


async def test_a_repeated_delivery_hours_later_gets_the_same_answer(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("水管漏了")
    town.skip(grandma, town.group("槐荫胡同群"))
    await town.later(minutes=5)
    await town.wechat.redeliver()
    assert town.wechat.discarded_answers == 1
    grandma.hears_nothing()
    assert len(await town.requests()) == 1
