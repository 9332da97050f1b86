"""What sounds like danger beside a matter that goes on, and is none; and what must ring all the same. An alarm answers
each word as it is meant, and everybody who was rung hears its end."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, words: str, name: str = "周婶") -> Neighbour:
    neighbour = town.resident(name)
    await neighbour.scans("xy-01")
    await neighbour.says(words)
    town.skip_everybody()
    return neighbour


@pytest.mark.parametrize("words", ["我到门口了 没人开门", "敲门没人", "1 敲了半天门没人应", "没人开门,您在家吗"])
async def test_a_door_that_nobody_opens_is_news_of_a_repair(town: Town, words: str) -> None:
    aunt, chen = await _told(town, "水龙头坏了 一直滴水"), town.member("陈示例")
    await chen.says("接 1")
    town.skip_everybody()
    await chen.says(words)
    aunt.hears("#1 陈示例")
    town.member("邹仿真").hears_nothing()
    town.skip_everybody()
    assert len(await town.requests()) == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("对门张奶奶两天没见着了 你们去看看", "敲门没人"),
        ("水龙头坏了 一直滴水", "没人开门 屋里有煤气味"),
        ("水龙头坏了 一直滴水", "对门奶奶家敲门没人应 两天没见她了"),
    ],
)
async def test_a_door_that_nobody_opens_may_be_an_alarm(town: Town, told: str, words: str) -> None:
    await _told(town, told)
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip_everybody()
    await chen.says(words)
    town.member("邹仿真").hears("紧急 #2")
    town.skip_everybody()


async def test_the_answer_to_a_question_stays_with_what_was_asked(town: Town) -> None:
    sun, ma = await _told(town, "老公昨晚打我了", "孙姨"), town.member("马假设")
    await ma.says("1 您现在安全吗")
    town.skip(sun, ma)
    await sun.says("他出去了 我一个人")
    ma.hears("#1", "居民回答", "我一个人")
    sun.hears("#1")
    town.member("陈示例").hears_nothing()
    assert (await town.request(1)).state is State.IN_PROGRESS
    assert len(await town.requests()) == 1


@pytest.mark.parametrize("words", ["他又打我了 快来", "他在砸门 我害怕"])
async def test_violence_now_rings_though_it_answers_a_question(town: Town, words: str) -> None:
    sun, ma = await _told(town, "老公昨晚打我了", "孙姨"), town.member("马假设")
    await ma.says("1 您现在安全吗")
    town.skip(sun, ma)
    await sun.says(words)
    sun.hears("110")
    ma.hears("紧急 #2")
    town.member("陈示例").hears_nothing()
    town.skip_everybody()
    assert (await town.request(2)).sensitivity == "confidential"


async def test_a_guess_beside_a_secret_is_for_the_same_ears(town: Town) -> None:
    sun = await _told(town, "老公昨晚打我了", "孙姨")
    await town.member("马假设").says("接 1")
    await town.later(hours=3)
    town.skip_everybody()
    await sun.says("他出去了 我一个人")
    town.member("陈示例").hears_nothing()
    town.skip_everybody()


@pytest.mark.parametrize("words", ["出不去 腿疼", "下不了楼 腰疼"])
async def test_frailty_answers_whether_she_is_at_home(town: Town, words: str) -> None:
    aunt, chen = await _told(town, "想领老年卡"), town.member("陈示例")
    await chen.says("接 1")
    await chen.says("您在家吗")
    town.skip_everybody()
    await aunt.says(words)
    chen.hears("#1", "居民回答", words)
    aunt.hears("#1")
    town.member("邹仿真").hears_nothing()


@pytest.mark.parametrize("words", ["我摔了 动不了", "在家 胸口疼", "门打不开 我出不去了"])
async def test_a_danger_rings_though_it_answers_a_question(town: Town, words: str) -> None:
    aunt, chen = await _told(town, "想领老年卡"), town.member("陈示例")
    await chen.says("接 1")
    await chen.says("您在家吗")
    town.skip_everybody()
    await aunt.says(words)
    aunt.hears("请马上打")
    town.member("邹仿真").hears("紧急 #2")
    town.skip_everybody()


async def test_a_danger_rings_behind_a_matter_that_was_taken_a_minute_ago(town: Town) -> None:
    aunt = await _told(town, "我妈腿脚不好 想找人送饭")
    await town.member("陈示例").says("接 1")
    town.skip_everybody()
    await aunt.says("我妈晕倒了")
    aunt.hears("120")
    town.member("邹仿真").hears("紧急 #2", "晕倒")
    town.skip_everybody()


async def test_what_he_always_does_is_more_of_the_secret(town: Town) -> None:
    sun = await _told(town, "老公昨晚打我了", "孙姨")
    await town.later(minutes=10)
    town.skip_everybody()
    await sun.says("他喝了酒就打人")
    sun.hears("#1")
    assert len(await town.requests()) == 1
    town.skip_everybody()
