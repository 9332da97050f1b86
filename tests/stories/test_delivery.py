"""Reaching people: windows that close, platforms that are down, connections that are cut."""

from __future__ import annotations

import asyncio

from tests.stories.town import Town


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
    await town.later(minutes=10)
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
