"""A picture that comes while several things are open."""

from __future__ import annotations

from storage.records import State
from tests.stories.town import Neighbour, Town


async def _two_open(town: Town) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("灯不亮了")
    await town.later(minutes=5)
    await grandma.says("另外，楼道墙皮掉了")
    await town.later(minutes=20)
    await town.member("陈示例").says("接 2")
    town.skip_everybody()
    await grandma.sends_picture()
    assert [option[0] for option in grandma.hears("哪件事的照片").options] == [
        "放到 #1（灯不亮了）",
        "放到 #2（楼道墙皮掉了）",
    ]
    return grandma


async def test_the_words_behind_it_take_it_to_the_request_that_they_fit(town: Town) -> None:
    grandma, chen = await _two_open(town), town.member("陈示例")
    await grandma.says("这是墙皮")
    grandma.hears("补充到 #2", "要不是一件事")
    await town.later(minutes=2)
    chen.hears("#2", "一张照片", "这是墙皮")
    assert chen.hears("").kind == "image"
    assert [one.number for one in await town.requests() if one.state.is_open] == [1, 2]


async def test_a_tap_takes_it_there(town: Town) -> None:
    grandma, group = await _two_open(town), town.group("槐荫胡同群")
    await grandma.taps("放到 #1（灯不亮了）")
    grandma.hears("补充到 #1")
    await town.later(minutes=2)
    group.hears("#1", "一张照片")
    assert (await town.request(1)).text == "灯不亮了"


async def test_words_of_something_new_open_it_with_the_picture(town: Town) -> None:
    grandma = await _two_open(town)
    await grandma.says("井盖坏了")
    grandma.hears("#3（公共设施）")
    town.group("槐荫胡同群").hears("井盖坏了")
    assert (await town.request(3)).state is State.DISPATCHED


async def test_a_danger_behind_it_is_no_word_about_what_is_open(town: Town) -> None:
    grandma = await _two_open(town)
    await grandma.says("楼道着火了")
    grandma.hears("119", "#3（紧急）")
    assert (await town.request(3)).urgency == "emergency"
    town.skip_everybody()
