"""He has promised an hour and shifts it in plain words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.records import State
from tests.stories.town import ZONE, Colleague, Neighbour, Town

pytestmark = pytest.mark.wordings


@pytest.mark.parametrize(
    ("words", "clock"),
    [
        ("路上堵车 五点到", "17:00"),
        ("堵车 晚半小时", "15:30"),
        ("不好意思 再晚一个小时", "16:00"),
        ("那四点", "16:00"),
        ("好的 两点", "14:00"),
        ("还得一个小时", "16:00"),
    ],
)
async def test_the_resident_hears_the_new_hour(town: Town, words: str, clock: str) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("屋顶漏雨了")
    await town.later(minutes=3)
    await chen.says("接 今天下午三点去", in_=group)
    town.skip(grandma, group)
    await chen.says(words)
    grandma.hears("陈示例和您约", f"改到今天{clock}")
    chen.hears("#1", clock)
    due = (await town.request(1)).due_resolution
    assert due is not None
    assert f"{due.astimezone(ZONE) - timedelta(hours=1):%H:%M}" == clock


@pytest.mark.parametrize("words", ["我现在过去", "我这会儿就过去", "这就出发"])
async def test_who_sets_out_says_so_to_the_resident(town: Town, words: str) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("屋顶漏雨了")
    await town.later(minutes=3)
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await chen.says(words)
    grandma.hears("#1 陈示例说", words)
    chen.hears("#1 马上转告居民")


async def test_a_sigh_takes_it_all_the_same(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("屋顶漏雨了")
    await town.later(minutes=3)
    await chen.says("哎呀 知道了 我下午抽空去瞅瞅")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    assert (await town.request(1)).state in (State.ACCEPTED, State.IN_PROGRESS)


async def _taken(town: Town) -> tuple[Neighbour, Colleague]:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("屋顶漏雨了")
    await town.later(minutes=1)
    await chen.says("接 1", in_=group)
    town.skip(grandma, group, chen)
    return grandma, chen


@pytest.mark.parametrize("words", ["约昨天下午", "今天早上八点去"])
async def test_nothing_that_is_over_is_promised(town: Town, words: str) -> None:
    grandma, chen = await _taken(town)
    await chen.says(words)
    chen.hears("#1", "已经过了", "什么时候去")
    grandma.hears_nothing()
    assert (await town.request(1)).state is State.ACCEPTED


async def test_who_takes_it_for_an_hour_that_is_over_has_taken_it(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("屋顶漏雨了")
    town.skip(grandma, town.group("槐荫胡同群"))
    await town.later(minutes=1)
    await chen.says("接 今天早上八点去")
    grandma.hears("陈示例接下了")
    chen.hears("接下了", "今天早上八点去", "已经过了")
    assert (await town.request(1)).state is State.ACCEPTED


async def test_a_visit_that_was_is_told_as_news(town: Town) -> None:
    grandma, chen = await _taken(town)
    await chen.says("昨天下午去看过了")
    grandma.hears("#1 陈示例说", "昨天下午去看过了")
    chen.hears("马上转告居民")


@pytest.mark.parametrize(
    ("words", "clock"), [("后天可以 还是十点", "25 10:00"), ("后天行 下午三点去", "25 15:00"), ("后天可以", "25 17:00")]
)
async def test_the_day_the_resident_asked_for_and_an_hour(town: Town, words: str, clock: str) -> None:
    grandma, chen = await _taken(town)
    await chen.says("明天上午十点去")
    town.skip(grandma, chen)
    await grandma.says("明天不行 后天吧")
    town.skip(grandma, chen)
    await chen.says(words)
    grandma.hears("陈示例和您约", "11月25日")
    chen.hears("#1")
    due = (await town.request(1)).due_resolution
    assert due is not None
    assert f"{due.astimezone(ZONE) - timedelta(hours=1):%d %H:%M}" == clock


@pytest.mark.parametrize("words", ["已经联系市政 明天来填", "联系了妇联，明天上午十点陪您去"])
async def test_a_promise_beside_news_is_due(town: Town, words: str) -> None:
    grandma, chen = await _taken(town)
    await chen.says(f"1 {words}")
    grandma.hears("陈示例和您约", "11月24日")
    chen.hears("#1")
    due = (await town.request(1)).due_resolution
    assert due is not None
    assert due.astimezone(ZONE).day == 24


@pytest.mark.parametrize("words", ["厂家配件要下周二才到", "联系过了，明天来水", "问过了 明天再说"])
async def test_news_with_a_day_that_is_no_visit_stays_news(town: Town, words: str) -> None:
    grandma, chen = await _taken(town)
    before = (await town.request(1)).due_resolution
    await chen.says(f"1 {words}")
    grandma.hears("#1 陈示例说")
    chen.hears("马上转告居民")
    assert (await town.request(1)).due_resolution == before


async def test_until_an_hour_is_told_with_the_hour(town: Town) -> None:
    grandma, chen = await _taken(town)
    await chen.says("下午三点前修好")
    grandma.hears("最晚11月23日 周一 15:00")
    chen.hears("15:00")
