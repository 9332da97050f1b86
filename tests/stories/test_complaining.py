"""再不来我投诉了, of what nobody has taken."""

from __future__ import annotations

import pytest

from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _waits(town: Town, *urges: str) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("灯不亮了")
    for words in urges:
        await town.later(minutes=40)
        await grandma.says(words)
    await town.later(minutes=5)
    town.skip_everybody()
    return grandma


async def test_who_has_urged_in_vain_is_heard_higher_up_at_once_and_knows_where(town: Town) -> None:
    grandma, chen = await _waits(town, "催"), town.member("陈示例")
    await grandma.says("再不来我投诉了")
    grandma.hears("让您久等了", "已经报给章模拟、苏虚拟", "再催了陈示例")
    chen.hears("#1", "说要投诉")
    for leader in ("章模拟", "苏虚拟"):
        town.member(leader).hears("说要投诉：再不来我投诉了", "灯不亮了")


async def test_not_twice_on_one_day(town: Town) -> None:
    grandma = await _waits(town, "催", "再不来我投诉了")
    await town.later(minutes=30)
    town.skip_everybody()
    await grandma.says("我要投诉")
    grandma.hears("已经提醒陈示例", not_=["报给"])
    town.skip(town.member("陈示例"), town.member("邹仿真"))


async def test_who_has_only_just_told_it_is_not_heard_higher_up(town: Town) -> None:
    grandma = await _waits(town)
    await grandma.says("我要投诉")
    grandma.hears("#1", not_=["报给"])
    town.skip(town.group("槐荫胡同群"))


async def test_what_somebody_has_taken_is_his_matter(town: Town) -> None:
    grandma, chen = await _waits(town, "催"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await grandma.says("再不来我投诉了")
    grandma.hears("#1", not_=["报给"])
    chen.skip()
