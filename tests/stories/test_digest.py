"""The secretary's evening: rates, what is due when, and a past day told as it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.desk import Desk
from handlers.watching import audit, digest
from storage.inbox import OUR_FAULT
from storage.records import Answer, Channel, Fate, Incoming, MessageKind, Outcome
from storage.session import Session
from tests.stories.town import Town

UNIT = "sl-lh"


async def words(town: Town, at: datetime | None = None) -> str:
    """The digest of the whole street, of the 24 hours before a moment: a minute after this one, if none is said."""
    if at is None:
        await town.later(minutes=1)
    moment, house, store = (at or town.now).astimezone(UTC), town.play.bot.house, town.play.bot.store
    async with store.reading() as session:
        return await digest.compose(Desk(session, moment, house, await store.roster(session)), UNIT, moment)


async def _say_and_accept(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group, chen)


async def test_the_three_rates(town: Town) -> None:
    await _say_and_accept(town)
    assert "响应率100%，解决率还没有，满意率还没有（0件有评价，0件没有评价）" in await words(town)
    await town.member("陈示例").says("办结 1 换了灯")
    await town.resident("吴奶奶").taps("一般")
    said = await words(town)
    assert "响应率100%，解决率100%，满意率0%（1件有评价，0件没有评价）" in said
    town.skip(town.member("陈示例"), town.resident("吴奶奶"), town.group("槐荫胡同群"))


async def test_not_solved_counts_as_a_word(town: Town) -> None:
    await _say_and_accept(town)
    await town.member("陈示例").says("办结 1 换了灯")
    await town.resident("吴奶奶").taps("没解决")
    said = await words(town)
    assert "没解决1" in said
    assert "解决率0%" in said
    for name in ("陈示例", "潘编写", "章模拟"):
        town.skip(town.member(name))
    town.skip(town.resident("吴奶奶"), town.group("槐荫胡同群"))


async def test_who_judges_twice_on_one_day_is_heard_once(town: Town) -> None:
    await _say_and_accept(town)
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await chen.says("办结 1 换了灯")
    await grandma.taps("没解决")
    await chen.says("办结 1 又换了一个")
    await grandma.taps("满意")
    said = await words(town)
    assert "评价：满意1，一般0，没解决0" in said
    assert "没解决、重新办1件，居民撤销0件" in said
    await grandma.says("我家水管漏了")
    await grandma.says("撤销")
    assert "没解决、重新办1件，居民撤销1件" in await words(town)
    town.skip(*map(town.member, ("陈示例", "潘编写", "章模拟")), grandma, town.group("槐荫胡同群"))


async def test_due_today_is_not_due_tomorrow(town: Town) -> None:
    await _say_and_accept(town)  # on Monday: due next Monday
    await town.later(days=6)
    for name in ("陈示例", "马假设", "汪比方", "毕比方", "邵范例"):
        town.skip(town.member(name))
    said = await words(town)
    assert "明天到期：#1" in said
    assert "今天还到期" not in said
    await town.until(0, 30)
    for name in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.skip(town.member(name))
    said = await words(town)
    assert "今天还到期：#1" in said
    assert "明天到期" not in said


async def test_a_past_day_is_told_as_it_was(town: Town) -> None:
    await _say_and_accept(town)
    before = town.now + timedelta(minutes=1)
    await town.later(minutes=10)
    as_it_was = await words(town, before)
    assert "正在办1件" in as_it_was
    await town.member("陈示例").says("办结 1 换了灯")
    await town.resident("吴奶奶").taps("满意")
    assert "正在办0件" in await words(town)
    assert "新增1件，办完0件，正在办1件，超时0件" in await words(town, before)
    town.skip(town.member("陈示例"), town.resident("吴奶奶"), town.group("槐荫胡同群"))


async def test_an_offer_of_a_returned_request_that_nobody_takes_still_gets_a_ruling(town: Town) -> None:
    await _say_and_accept(town)
    chen, zou = town.member("陈示例"), town.member("邹仿真")
    await chen.says("退 1 不归我们管")
    await chen.says("转 1 邹仿真")
    zou.skip()
    await town.later(hours=1)
    await zou.says("退 1 走不开")
    for one in (chen, zou):
        one.skip()
    async with town.play.bot.store.reading(frozen=True) as session:
        desk = Desk(session, town.now.astimezone(UTC), town.play.bot.house, await town.play.bot.store.roster(session))
        assert (await audit.look(desk)).findings == ()
    await town.later(hours=2, minutes=5)
    assert any(
        "请您定" in line.text
        for name in ("马假设", "汪比方", "毕比方", "邵范例")
        for line in town.member(name).unread()
    )
    town.skip(chen, zou, town.resident("吴奶奶"), town.group("槐荫胡同群"))
    for name in ("马假设", "汪比方", "毕比方", "邵范例", "章模拟", "苏虚拟"):
        town.skip(town.member(name))


async def _failed(town: Town, name: str, words: str) -> None:
    """The desk breaks over these words of a resident."""
    openid = town.resident(name).openid

    async def break_over(session: Session) -> None:
        message = Incoming(
            Channel.OFFICIAL_ACCOUNT, words, openid, openid, MessageKind.TEXT, town.now.astimezone(UTC), words
        )
        arrival = await session.inbox.receive(message, town.now.astimezone(UTC))
        await session.inbox.settle(arrival, Outcome(Fate.REFUSED, reason=f"{OUR_FAULT}: KeyError"), Answer())

    await town.play.bot.store.transact(break_over)


@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [
        ("中心街15号,电话13800138000", "槐荫胡同居民：中心街", "13800138000"),
        ("陈示例收了隔壁的好处费", "内容不公开", "好处费"),
        ("我老公昨晚又打我了", "内容不公开", "老公"),
    ],
)
async def test_what_the_desk_broke_over_is_shown_to_the_secretary(
    town: Town, words: str, shown: str, hidden: str
) -> None:
    await _say_and_accept(town)
    await _failed(town, "吴奶奶", words)
    await town.later(minutes=1)
    ma = town.member("马假设")
    await ma.says("哪条没有着落")
    ma.hears(shown, "手上有 #1", not_=[hidden, "15号"])
    await town.until(21, 0)
    ma.hears("有1条还没有着落", shown, not_=[hidden])
    town.skip_everybody()


async def test_nothing_lost_is_said_too(town: Town) -> None:
    await _say_and_accept(town)
    ma = town.member("马假设")
    await ma.says("哪条没有着落?")
    ma.hears("都有着落")
    town.resident("吴奶奶").hears_nothing()
