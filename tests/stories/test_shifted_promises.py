"""He has promised an hour and shifts it in plain words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.records import State
from tests.stories.town import ZONE, Town

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
