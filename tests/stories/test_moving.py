"""A resident moves: the lane changes, what was told before stays."""

from __future__ import annotations

import pytest

from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _at_home(town: Town) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    return grandma


@pytest.mark.parametrize("words", ["我搬到水井胡同了", "我现在住水井胡同", "我不住槐荫胡同了,现在住水井胡同"])
async def test_what_is_told_now_goes_to_the_people_of_the_new_lane(town: Town, words: str) -> None:
    grandma = await _at_home(town)
    await grandma.says("灯不亮了")
    await town.later(minutes=5)
    town.skip_everybody()
    await grandma.says(words)
    grandma.hears("您住的水井胡同，由李样本负责", "#1 还在原来的地方接着办")
    await grandma.says("垃圾没人收")
    grandma.hears("#2", "水井胡同的李样本")
    town.group("水井胡同群").hears("#2", "垃圾没人收")
    assert (await town.request(1)).lane == "xy-01"


async def test_who_has_left_is_asked_where_he_lives(town: Town) -> None:
    grandma = await _at_home(town)
    await grandma.says("我搬走了以后不住这了")
    grandma.hears("您不住槐荫胡同了", "现在住哪条胡同")
    await grandma.says("水井胡同")
    grandma.hears("您住的水井胡同，由李样本负责")


async def test_who_has_left_and_tells_a_trouble_is_asked_where_it_is(town: Town) -> None:
    grandma = await _at_home(town)
    await grandma.says("我搬走了")
    grandma.hears("您不住槐荫胡同了")
    await grandma.says("灯不亮了")
    grandma.hears("#1", "这事在哪条胡同")


async def test_a_trouble_told_with_it_is_a_request(town: Town) -> None:
    grandma = await _at_home(town)
    await grandma.says("我现在住水井胡同，水龙头滴水")
    grandma.hears("#1（报修）")
    town.skip_everybody()


async def test_who_wants_his_address_changed_is_asked_for_it(town: Town) -> None:
    grandma = await _at_home(town)
    await grandma.says("你们给我改一下地址")
    grandma.hears("现在住哪条胡同")
    await grandma.says("水井胡同3号")
    grandma.hears("您住的水井胡同，由李样本负责")
    assert await town.requests() == []
