"""Reaching people: windows that close, platforms that are down, connections that are cut."""

from __future__ import annotations

import asyncio

import pytest

from storage.records import State
from tests.stories.town import Colleague, Neighbour, Town


async def test_after_48_hours_a_template_message_takes_the_news(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.later(days=2, minutes=1)
    for secretary in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.member(secretary).skip()
    await chen.says("办结 1 换了灯", in_=group)
    group.hears("#1")
    line = grandma.hears("1")
    assert line.via == "template"
    assert town.wechat.ledger_refusals.total() == 0


async def test_the_allowance_is_never_overdrawn(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await town.later(minutes=2)
    for words in ("接 1", "在路上 1", "1 已联系电工", "1 下午修", "1 正在修", "1 配件到了", "办结 1 换了灯"):
        await chen.says(words, in_=group)
        await town.later(minutes=1)
    town.skip(grandma, group)
    assert town.wechat.ledger_refusals.total() == 0
    assert any("换了灯" in line.text and line.via == "custom" for line in grandma.chat)


async def test_while_the_account_is_down_the_answer_comes_and_the_rest_later(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    grandma.skip()
    town.wechat.faults.api_down = True
    await grandma.says("路灯坏了")
    grandma.hears("#1")
    group.hears("#1")
    await chen.says("接 1", in_=group)
    group.hears("#1 陈示例接下了")
    await town.later(minutes=4)
    grandma.hears_nothing()
    town.wechat.faults.api_down = False
    await town.later(minutes=2)
    grandma.hears("#1", "陈示例接下了")
    assert (await town.request(1)).first_response_at


async def test_a_bad_token_is_renewed_once(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    town.skip(grandma, group)
    town.wechat.faults.invalid_token_once = True
    await chen.says("接 1", in_=group)
    group.hears("#1")
    grandma.hears("陈示例接下了")


async def test_a_cut_connection_loses_nothing_and_nobody_is_told_more_than_is_true(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await town.wecom.kick()
    await town.disconnected()
    await grandma.says("路灯坏了")
    grandma.hears("#1", "正在想办法告诉", not_=["已经告诉"])
    await town.reconnected()
    await town.later(minutes=1)
    group.hears("#1")


async def test_one_lost_acknowledgement_holds_up_nobody_else(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    child, other = town.resident("周小满"), town.group("水井胡同群")
    for one, lane in ((grandma, "xy-01"), (child, "xy-02")):
        await one.scans(lane)
        one.skip()
    town.wecom.faults.lose_answer_next = 1
    await asyncio.gather(town.wechat.say(grandma.openid, "路灯坏了"), town.wechat.say(child.openid, "厨房水管漏水了"))
    carrying = asyncio.gather(*(carrier.drain() for carrier in town.play.bot.carriers))
    async with asyncio.timeout(3):
        while not (group.unread() and other.unread()):  # noqa: ASYNC110  the other one is heard meanwhile
            await asyncio.sleep(0.02)
    assert not carrying.done()
    await carrying
    await town.later(minutes=1)
    town.skip(grandma, child, group, other)


async def test_words_that_reach_nobody_become_the_holders_task(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    town.wechat.template_blockers.add(grandma.openid)
    town.wechat.faults.error_code = 43004
    await town.later(days=2, minutes=1)
    for secretary in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.member(secretary).skip()
    await chen.says("办结 1 换了灯", in_=group)
    group.hears("#1")
    chen.hears("#1 的消息送不到居民手机上", "换了灯")
    town.wechat.faults.error_code = None


async def test_a_promise_nobody_knows_to_have_arrived_is_told_in_person(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    town.wechat.faults.late_answer_next = 1
    await chen.says("1 明天上午去换灯", in_=group)
    group.hears("#1")
    grandma.hears("明天上午去换灯")  # it did arrive, which the desk does not know
    await town.later(minutes=30)
    chen.hears_nothing()
    town.member("马假设").hears_nothing()  # one late answer is no outage
    await town.later(hours=2)
    chen.hears("#1 的消息不知道居民收到没有", "明天上午去换灯", "告知了 1")
    await chen.says("告知了 1")
    chen.hears("#1 记下了")
    await town.later(hours=3)
    town.skip(*map(town.member, SECRETARIES))
    chen.hears_nothing()
    grandma.hears_nothing()


SECRETARIES = ("马假设", "汪比方", "毕比方", "邵范例")


async def test_who_blocks_templates_is_told_in_person(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    await town.later(days=2, minutes=1)
    town.skip(grandma, group, chen, *map(town.member, SECRETARIES))
    town.wechat.template_blockers.add(grandma.openid)  # the platform takes the message, and reports later
    await chen.says("告诉居民 1 明天上午去换灯")
    await town.later(hours=3)
    town.skip(group, *map(town.member, ("邹仿真", *SECRETARIES)))
    chen.hears("等居民来说话再告诉居民", not_=["马上"])
    chen.hears("#1 的消息送不到居民手机上", "明天上午去换灯")


async def test_while_the_account_is_down_much_becomes_one_message(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await town.later(minutes=2)
    town.wechat.faults.api_down = True
    for words in ("接 1", "在路上 1", "1 已联系电工", "1 下午修"):
        await chen.says(words, in_=group)
    town.skip(grandma, group)
    await town.later(minutes=3)
    town.wechat.faults.api_down = False
    await town.later(minutes=1)
    grandma.hears("接下了", "在路上", "已联系电工", "下午修")
    assert town.wechat.ledger.left(grandma.openid, town.play.clock.now()) == 4


async def test_the_secretary_hears_once_that_the_account_is_down_and_once_that_it_is_back(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    town.wechat.faults.api_down = True
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.later(minutes=30)
    told = [name for name in SECRETARIES if town.member(name).unread()]
    assert told
    for name in told:
        town.member(name).hears("公众号从今天09:00起发不出消息", "1条在等")
    town.wechat.faults.api_down = False
    await town.later(minutes=10)
    for name in told:
        town.member(name).hears("公众号通了", "09:00")
    grandma.hears("陈示例接下了")


async def test_several_held_messages_are_one_template_and_the_result_comes_at_the_next_word(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.later(days=2, minutes=1)
    for words in ("在路上 1", "1 已联系电工", "1 下午修"):
        await chen.says(words, in_=group)
        await town.later(minutes=1)
    await chen.says("办结 1 换了灯", in_=group)
    assert [line.via for line in grandma.unread()] == ["template"] * 3, "news, the date, and that it is done"
    town.skip(grandma, group, *map(town.member, SECRETARIES))
    await grandma.says("进度")
    grandma.hears("换了灯", not_=["在路上", "下午修"])  # what was going on is over; and the result is the answer
    assert town.wechat.ledger_refusals.total() == 0


async def test_what_was_told_in_person_is_written_down_and_not_said_again(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    town.skip(grandma, group)
    town.wechat.faults.error_code = 45015
    await chen.says("接 1", in_=group)
    await town.later(hours=2, minutes=1)
    town.wechat.faults.error_code = None
    group.skip()
    chen.hears("#1 的消息送不到", "告知了 1")
    await chen.says("告知了 1")
    chen.hears("#1 记下了")
    assert (await town.request(1)).first_response_at
    assert [entry.actor for entry in await town.journal(1) if entry.kind == "told_in_person"] == [town.code("陈示例")]
    await grandma.says("进度")
    grandma.hears("#1")


async def test_what_he_wrote_before_he_could_read_the_question_is_no_answer(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("胡同口路灯坏了")
    await chen.says("接 1", in_=group)
    await town.later(days=3)
    town.skip(chen, *map(town.member, SECRETARIES))
    await chen.says("请补充 1 是东头还是西头的灯")
    chen.hears("等居民来说话再问居民")
    town.skip(grandma, group)
    await grandma.says("啥时候修啊")
    grandma.hears("您这话去问陈示例了")
    grandma.hears("想问您：是东头还是西头的灯")
    chen.hears("居民问：啥时候修啊")
    await grandma.says("东头的")
    chen.hears("居民回答：东头的")
    grandma.skip()


async def test_a_result_that_waited_is_the_answer_to_how_it_stands(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("墙上掉皮")
    await chen.says("接 1", in_=group)
    await town.later(days=3)
    await chen.says("办结 1 抹好了", in_=group)
    assert "办完请评价" in grandma.unread()[-1].text
    town.skip(grandma, group, chen, *map(town.member, SECRETARIES))
    await grandma.says("咋样了")
    grandma.hears("抹好了", "满意")
    grandma.hears_nothing()


async def test_of_two_results_that_waited_only_the_last_is_told(town: Town) -> None:
    """A neighbour was not satisfied meanwhile; who says nothing for days must not be asked about the first try."""
    grandma, zhao = town.resident("吴奶奶"), town.resident("赵大爷")
    group, chen = town.group("槐荫胡同群"), town.member("陈示例")
    for one in (grandma, zhao):
        await one.scans("xy-01")
        await one.says("我们胡同停水了")
    await chen.says("接 1", in_=group)
    await town.later(days=2, minutes=1)
    await chen.says("办结 1 换了阀门", in_=group)
    await grandma.says("3 还是没水")
    await chen.says("办结 1 换了水泵", in_=group)
    town.skip(grandma, zhao, group, chen, town.member("潘编写"), *map(town.member, SECRETARIES))
    await zhao.says("进度")
    heard = "\n".join(line.text for line in zhao.unread())
    assert "换了水泵" in heard
    assert "换了阀门" not in heard
    zhao.skip()


async def test_what_was_said_just_before_the_bot_stops_is_heard(town: Town) -> None:
    """WeCom brings nothing twice: what lies in the line when we are asked to stop is still read."""
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    town.skip(grandma, group)
    chen = town.member("陈示例")
    await town.wecom.say(chen.userid, "接 1", chatid=group.own, mention=True)
    await town.play.bot.stop()
    assert (await town.request(1)).state is State.ACCEPTED


async def _scheduled_after_two_days(town: Town, words: str) -> Neighbour:
    """No window is open any more when 陈示例 names his hour."""
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1")
    await town.later(days=2, minutes=5)
    town.skip_everybody()
    await chen.says(words)
    chen.skip()
    return grandma


@pytest.mark.parametrize(
    ("words", "shown"),
    [("今天下午三点去修", "2026年11月25日 15:00"), ("明天上午去修", "2026年11月26日 08:00~2026年11月26日 12:00")],
)
async def test_a_template_shows_the_hour_that_was_agreed_on(town: Town, words: str, shown: str) -> None:
    grandma = await _scheduled_after_two_days(town, words)
    assert grandma.hears("已约好时间", shown).via == "template"


async def test_an_hour_that_has_passed_is_not_promised_any_more(town: Town) -> None:
    grandma = await _scheduled_after_two_days(town, "今天下午三点去修")
    await town.until(15, 30)
    town.skip_everybody()
    await grandma.says("您好")
    grandma.hears("您好")
    grandma.hears("#1", "11月25日 周三 15:00", "已经过了", not_=["和您约"])


async def test_an_hour_still_to_come_is_told_at_the_next_word(town: Town) -> None:
    grandma = await _scheduled_after_two_days(town, "今天下午三点去修")
    grandma.skip()
    await grandma.says("您好")
    grandma.hears("您好")
    grandma.hears("和您约：今天下午三点去修")


async def test_behind_a_template_of_other_news_an_appointment_gets_its_own(town: Town) -> None:
    """Within the hour there is no second template, but for a date: he reads of it in the template itself."""
    grandma, chen = await _beyond_48_hours(town)
    await chen.says("1 还差一片瓦")
    await town.later(minutes=10)
    await chen.says("约好 1 明天上午九点")
    grandma.hears("正在办")
    grandma.hears("已约好时间", "09:00")
    town.skip(chen)


async def test_news_behind_a_template_that_nobody_fetches_is_told_in_person(town: Town) -> None:
    grandma, chen = await _beyond_48_hours(town)
    await chen.says("1 还差一片瓦")
    await town.later(minutes=10)
    await chen.says("告诉居民 1 檩条也朽了 今晚别在那屋睡")
    grandma.hears("正在办")
    town.skip(chen)
    await town.later(hours=3)
    chen.hears("#1 的消息送不到居民手机上", "今晚别在那屋睡")
    town.skip(town.member("马假设"))


async def test_a_template_of_another_date_shows_that_date(town: Town) -> None:
    grandma, chen = await _beyond_48_hours(town)
    await chen.says("延期 1 到12月10日 等瓦")
    await town.member("马假设").says("同意 1")
    grandma.hears("改了日期", "2026年12月10日")
    town.skip(chen, town.member("马假设"))


async def test_what_is_over_is_told_to_nobody_by_mouth(town: Town) -> None:
    """Nor is what there is to tap."""
    grandma, chen = await _beyond_48_hours(town)
    town.wechat.template_blockers.add(grandma.openid)
    await chen.says("约好 1 明天上午九点")
    await town.later(minutes=20)
    await chen.says("办结 1 瓦换好了")
    town.skip(chen)
    await town.later(hours=3)
    chen.hears("当面或打电话告诉", "瓦换好了", not_=["九点", "点一下", "满意"])
    town.skip(grandma, town.member("马假设"))


async def _beyond_48_hours(town: Town) -> tuple[Neighbour, Colleague]:
    """Accepted two days ago; the resident has not been heard of since."""
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("屋顶有片瓦松了 下雨漏")
    await chen.says("接 1")
    await town.later(days=2, minutes=10)
    town.skip(grandma, chen, town.group("槐荫胡同群"), *map(town.member, ("邹仿真", "潘编写", *SECRETARIES)))
    return grandma, chen
