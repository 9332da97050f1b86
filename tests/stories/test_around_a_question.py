"""Words around an open conversation: a question back, half an answer, whose number, which picture, which of two."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _taken(town: Town, words: str) -> Neighbour:
    """陈示例 has it in hand, and all that was said so far was heard."""
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says(words)
    await chen.says("接 1")
    await town.later(minutes=5)
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    return grandma


async def test_a_question_back_goes_to_who_asked(town: Town) -> None:
    grandma, chen = await _taken(town, "想给老头办个残疾证 他走不了路"), town.member("陈示例")
    await chen.says("1 老人有没有医院诊断证明")
    town.skip(grandma, chen)
    await grandma.says("啥叫诊断证明")
    grandma.hears("转给陈示例")
    chen.hears("#1", "啥叫诊断证明")
    assert len(await town.requests()) == 1


async def test_the_answer_before_a_complaint_reaches_the_holder(town: Town) -> None:
    grandma, chen = await _taken(town, "厕所堵了"), town.member("陈示例")
    await chen.says("1 请问是几号院")
    town.skip(grandma, chen)
    await grandma.says("3号 上次那个姓邹的来了态度差得很 骂骂咧咧的 别再派他来")
    chen.hears("居民回答：3号", not_=("姓邹",))
    grandma.hears("转给陈示例", "#2", "不会发到群里")
    town.member("马假设").hears("#2", "姓邹")
    assert [one.state for one in await town.requests()] == [State.IN_PROGRESS, State.DISPATCHED]


async def test_nobodys_number_is_given(town: Town) -> None:
    grandma, chen = await _taken(town, "路灯不亮"), town.member("陈示例")
    await grandma.says("陈示例电话多少")
    line = grandma.hears("电话我们这里不给", "人工")
    assert [option[0] for option in line.options] == ["人工"]
    await grandma.says("他啥时候来")
    grandma.hears("#1", "去问陈示例了")
    chen.hears("#1", "他啥时候来")
    assert len(await town.requests()) == 1


async def test_what_the_picture_was_is_told_hours_later(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.sends_picture()
    await town.later(minutes=20)
    await town.later(minutes=90)
    town.skip(grandma, group, town.member("陈示例"))
    await grandma.says("那张照片是我家墙裂了")
    grandma.hears("补充到 #1 里了")
    await town.later(minutes=2)
    group.hears("#1", "墙裂了")
    assert [one.text for one in await town.requests()] == ["那张照片是我家墙裂了"]


async def test_what_the_card_told_is_no_supplement(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.sends_picture()
    await grandma.says("墙皮掉了一大块 里头渗水")
    await grandma.says("北屋")
    await town.later(minutes=3)
    group.hears("#1", "墙皮掉了一大块")
    group.hears("居民补充：北屋", not_=("墙皮",))
    town.skip(grandma)


async def test_while_there_is_danger_the_other_matter_is_gone_on_with(town: Town) -> None:
    grandma = await _taken(town, "能不能帮我妈申请个助浴 她腿脚不好")
    await grandma.says("我妈刚在厕所滑倒了 动不了")
    await grandma.says("助浴的事还接着办啊")
    assert [one.text.endswith("助浴的事还接着办啊") for one in await town.requests()] == [True, False]
    town.skip_everybody()


async def test_that_it_is_over_is_heard_hours_after_an_alarm(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("胸口疼得厉害喘不上气")
    await chen.says("接 1")
    await town.later(hours=3)
    town.skip_everybody()
    await grandma.says("没事了已经住上院了谢谢你们")
    grandma.hears("#1")
    chen.hears("#1", "已经住上院了")
