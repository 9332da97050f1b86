"""撤销 in people's own words: heard at any time, and of what they mean."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, *troubles: str) -> Neighbour:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    for words in troubles:
        await grandma.says(words)
        await town.later(minutes=3)
    for number in range(len(troubles)):
        await chen.says(f"接 {number + 1}")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    return grandma


@pytest.mark.wordings
@pytest.mark.parametrize("words", ["撤销,我家好了", "撤了吧,我家好了", "撤消", "徹銷", "把那个单子撤了"])
async def test_a_withdrawal_is_heard(town: Town, words: str) -> None:
    grandma = await _told(town, "我家水龙头滴水")
    await grandma.says(words)
    grandma.hears("#1 已经撤销")
    town.group("槐荫胡同群").hears("#1 居民撤销了")


@pytest.mark.wordings
@pytest.mark.parametrize("words", ["不用了,撤了", "算了 不修了", "撤销 不用来了", "算了不修了 撤销", "撤销"])
async def test_it_is_heard_while_the_member_waits_for_an_answer(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "我家水龙头滴水"), town.member("陈示例")
    await chen.says("请补充 1 几点在家")
    town.skip(grandma, chen)
    await grandma.says(words)
    grandma.hears("#1 已经撤销")
    town.group("槐荫胡同群").hears("#1 居民撤销了")


async def test_it_is_heard_while_the_desk_asks_where_it_is(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.follows()
    await grandma.says("我家水龙头滴水")
    grandma.skip()
    await grandma.says("算了 不修了")
    grandma.hears("#1 已经撤销")


@pytest.mark.parametrize(("words", "number"), [("水龙头也不用来了", 1), ("井盖不用修了", 2)])
async def test_it_is_of_the_thing_that_is_named(town: Town, words: str, number: int) -> None:
    grandma = await _told(town, "我家水龙头滴水", "路口的井盖松了")
    await grandma.says(words)
    grandma.hears(f"#{number} 已经撤销")
    town.group("槐荫胡同群").hears(f"#{number} 居民撤销了")
    assert [one.number for one in await town.requests() if not one.state.is_open] == [number]


@pytest.mark.parametrize("troubles", [("我家水龙头滴水", "路口的井盖松了"), ("门口路灯不亮了",)])
async def test_who_withdraws_what_he_has_not_asked_for_is_asked_which(town: Town, troubles: tuple[str, ...]) -> None:
    grandma = await _told(town, *troubles)
    await grandma.says("门锁不用修了")
    line = grandma.hears("要撤销哪一件")
    assert [option[0] for option in line.options] == [f"撤销{place + 1}" for place in range(len(troubles))]
    assert all(one.state is State.ACCEPTED for one in await town.requests())


async def test_what_is_withdrawn_already_takes_nothing_else_with_it(town: Town) -> None:
    grandma = await _told(town, "我家水龙头滴水", "路口的井盖松了")
    await grandma.says("撤销1")
    town.skip(grandma, town.group("槐荫胡同群"))
    await grandma.says("水龙头也不用来了")
    grandma.hears("要撤销哪一件", "#2", not_=["#1"])


async def test_one_thing_of_two_is_needed_no_more(town: Town) -> None:
    grandma, chen, group = town.resident("吴奶奶"), town.member("陈示例"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("我家水龙头滴水")
    await grandma.says("再就是我家煤气表要换电池")
    await town.later(minutes=3)
    await chen.says("接 1")
    await town.later(minutes=10)
    town.skip(grandma, chen, group)
    await grandma.says("煤气表不用了，换好了")
    grandma.hears("补充到 #1 里了", "要是 #1 都不用办了")
    await town.later(minutes=3)
    chen.hears("#1", "居民补充", "煤气表不用了")
    assert (await town.request(1)).state is State.ACCEPTED
    await grandma.taps("撤销1")
    grandma.hears("#1 已经撤销")
    group.hears("#1 居民撤销了")


async def test_who_is_asked_whether_to_change_it_answers(town: Town) -> None:
    grandma, chen = await _told(town, "我家水龙头滴水"), town.member("陈示例")
    await chen.says("请补充 1 水龙头要不要换新的")
    town.skip(grandma, chen)
    await grandma.says("水龙头不用换了")
    grandma.hears("转给陈示例")
    chen.hears("水龙头不用换了")


async def test_whoever_was_asked_to_take_it_hears_that_it_is_withdrawn_and_wanted_again(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("路灯不亮")
    await town.later(hours=3)
    town.member("邹仿真").hears("#1 等了2小时没有人接")
    town.skip_everybody()
    await grandma.says("不用修了")
    town.member("邹仿真").hears("#1 居民撤销了")
    town.member("潘编写").hears_nothing()
    town.group("槐荫胡同群").hears("#1 居民撤销了")
    await town.later(minutes=10)
    await grandma.says("又灭了 还是得修")
    town.group("槐荫胡同群").hears("#1", "恢复了")
    town.skip_everybody()


async def test_a_link_tapped_again_says_that_it_is_withdrawn(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await grandma.says("撤销 1")
    town.skip_everybody()
    await grandma.says("撤销1")
    grandma.hears("#1 已经撤销了", not_=["没有找到"])
    await grandma.says("撤销 7")
    grandma.hears("没有找到您的 #7")
