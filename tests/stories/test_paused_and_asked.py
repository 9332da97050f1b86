"""What was asked of a resident is answered by a picture or a place too; what rests goes on by the secretary's word."""

from __future__ import annotations

import pytest

from tests.stories.town import Neighbour, Town


async def _told(town: Town, *said: tuple[str, str]) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("厨房水龙头滴水")
    for name, words in said:
        await town.member(name).says(words)
    town.skip_everybody()
    return grandma


async def test_a_picture_ends_the_waiting(town: Town) -> None:
    grandma = await _told(town, ("陈示例", "接 1"), ("陈示例", "请补充 1 拍张照片看看"))
    await grandma.sends_picture()
    grandma.hears("补充到 #1")
    assert (await town.request(1)).state == "in_progress"
    await town.later(minutes=5)
    assert any(line.media for line in town.member("陈示例").unread())
    town.skip_everybody()


async def test_a_place_ends_the_waiting_and_fills_what_was_missing(town: Town) -> None:
    grandma = await _told(town, ("陈示例", "接 1"), ("陈示例", "请补充 1 在哪儿,发个位置"))
    await town.later(minutes=10)
    await grandma.sends_location(34.76, 113.65, "中心街15号")
    grandma.hears("已经转给陈示例")
    town.member("陈示例").hears("居民回答：中心街15号")
    request = await town.request(1)
    assert (request.state, request.place_text) == ("in_progress", "中心街15号")
    town.skip_everybody()


async def test_who_could_go_on_is_told_whose_word_it_needs(town: Town) -> None:
    grandma = await _told(town, ("陈示例", "接 1"), ("马假设", "暂停 1 等经费"))
    await town.member("陈示例").says("1 钱到了,明天开工")
    town.member("陈示例").hears("要书记发“恢复 1”", "马假设")
    town.member("马假设").hears("陈示例说：", "钱到了", "恢复 1")
    grandma.hears_nothing()
    await town.member("马假设").says("恢复 1")
    assert (await town.request(1)).state == "accepted"
    town.skip_everybody()


@pytest.mark.wordings
async def test_a_template_after_a_pause_says_that_it_goes_on(town: Town) -> None:
    grandma = await _told(town, ("陈示例", "接 1"), ("马假设", "暂停 1 等经费"))
    await town.later(days=4)
    town.skip_everybody()
    await town.member("马假设").says("恢复 1")
    grandma.hears("接着办理", not_=["有人接了"])
    town.skip_everybody()


@pytest.mark.wordings
@pytest.mark.parametrize("said", ["公开 1", "1 公开", "1号不公开", "保密 1", "取消保密 1"])
async def test_no_word_of_command_changes_who_hears_of_it(town: Town, said: str) -> None:
    grandma = await _told(town, ("陈示例", "接 1"))
    ma = town.member("马假设")
    await ma.says(said)
    ma.hears("按内容定的", "没有告诉任何人")
    grandma.hears_nothing()
    town.member("陈示例").hears_nothing()


async def test_a_pause_without_a_day_is_not_forgotten(town: Town) -> None:
    await _told(town, ("陈示例", "接 1"), ("马假设", "暂停 1 等配件"))
    ma = town.member("马假设")
    await town.later(days=8)
    assert any("已经放了7天（等配件）" in line.text for line in ma.unread())
    await ma.says("恢复 1")
    town.skip_everybody()
    await town.later(hours=1)
    assert (await town.request(1)).state == "accepted"


async def test_a_question_that_nobody_answers_is_asked_once_more_and_then_comes_back(town: Town) -> None:
    grandma = await _told(town, ("陈示例", "接 1"), ("陈示例", "请补充 1 是哪个水龙头"))
    chen = town.member("陈示例")
    await town.later(days=2)
    chen.hears_nothing()
    town.skip(grandma)
    await town.later(days=7)
    chen.hears("#1", "居民一直没回")
    grandma.hears_nothing()
    await grandma.says("洗菜池那个")
    assert (await town.request(1)).state == "in_progress"
    town.skip_everybody()
