"""An emergency is heard however it is told, rings until somebody really goes, and nobody waits for help in vain."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

RUNG = ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")


async def _falls(town: Town, words: str = "我老伴摔地上起不来了") -> Neighbour:
    grandpa = town.resident("吴爷爷")
    await grandpa.scans("xy-01")
    await grandpa.says(words)
    town.skip(grandpa, town.group("槐荫胡同群"), *map(town.member, RUNG))
    return grandpa


@pytest.mark.wordings
@pytest.mark.parametrize("nod", ["收到", "知道了", "好", "👌"])
async def test_a_nod_from_above_calls_nobody_off(town: Town, nod: str) -> None:
    grandpa, cadre = await _falls(town), town.member("韦比方")
    await cadre.says(nod)
    assert not grandpa.unread()
    assert not any("已经去了" in line.text for line in town.member("陈示例").unread())
    assert (await town.request(1)).state is State.DISPATCHED
    await town.member("陈示例").says("收到")  # whose lane it is goes
    grandpa.hears("陈示例正赶过去")
    town.skip(cadre, *map(town.member, RUNG))


async def test_who_takes_it_is_heard_without_its_number(town: Town) -> None:
    grandpa, chen = await _falls(town), town.member("陈示例")
    await chen.says("接1 我马上到")
    grandpa.hears("正赶过去", "陈示例说：我马上到")
    town.skip(*map(town.member, RUNG))


async def test_what_is_given_back_rings_until_the_next_one_goes(town: Town) -> None:
    grandpa, chen, zou = await _falls(town), town.member("陈示例"), town.member("邹仿真")
    await chen.says("接 1")
    grandpa.hears("陈示例正赶过去")
    town.skip(*map(town.member, RUNG))
    await chen.says("退 1 我在外地回不来")
    grandpa.hears("陈示例来不了了", "120")
    chen.hears("#1 已经退回")
    zou.hears("陈示例办不了这件事", "我在外地回不来")
    for one in map(town.member, RUNG):
        one.hears("还没有人去", "紧急 #1", "能去请回：接 1")
    await town.later(minutes=3)
    for one in map(town.member, RUNG):  # and again, until somebody does
        one.hears("等了3分钟", "紧急 #1")
    await zou.says("接 1")
    grandpa.hears("邹仿真正赶过去")
    town.skip(town.group("槐荫胡同群"), *map(town.member, RUNG))
    await town.later(minutes=10)
    town.group("槐荫胡同群").hears_nothing()  # somebody goes


async def test_words_from_the_spot_do_not_end_it(town: Town) -> None:
    grandpa, chen = await _falls(town), town.member("陈示例")
    await chen.says("接 1")
    await chen.says("到了 人清醒的")
    grandpa.hears("正赶过去")
    grandpa.hears("#1", "人清醒的", not_=["满意"])
    assert (await town.request(1)).state.is_open
    await chen.says("办结 1 120拉走了")
    grandpa.hears("人平安最要紧", "120拉走了")
    town.skip(*map(town.member, RUNG))


@pytest.mark.wordings
@pytest.mark.parametrize("words", ["到了 救护车也来了", "现在人清醒了", "人醒过来了", "送医院了"])
async def test_who_took_it_tells_from_the_spot_without_a_number(town: Town, words: str) -> None:
    grandpa, chen = await _falls(town), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandpa, *map(town.member, RUNG))
    await chen.says(words)
    grandpa.hears("陈示例说", words)
    await chen.says("救护车来了吗")
    grandpa.hears_nothing()
    town.skip(*map(town.member, RUNG))


@pytest.mark.wordings
@pytest.mark.parametrize("words", ["到了，人醒了，没事", "我也到了 人扶起来了", "救护车拉走了"])
async def test_whoever_was_rung_tells_from_the_scene(town: Town, words: str) -> None:
    grandpa = await _falls(town)
    zou, chen = town.member("邹仿真"), town.member("陈示例")
    await zou.says("我马上到")
    town.skip(grandpa, *map(town.member, RUNG))
    await chen.says(words)
    grandpa.hears("陈示例说", words)
    zou.hears("陈示例说", words)
    assert town.code("陈示例") in (await town.request(1)).co_workers
    town.skip(*map(town.member, RUNG))


async def test_who_only_asks_tells_nothing_from_the_scene(town: Town) -> None:
    grandpa = await _falls(town)
    await town.member("邹仿真").says("我马上到")
    town.skip(grandpa, *map(town.member, RUNG))
    await town.member("陈示例").says("120到了没")
    grandpa.hears_nothing()
    town.skip(*map(town.member, RUNG))


async def test_who_waits_hears_that_nobody_comes(town: Town) -> None:
    grandpa = await _falls(town)
    await town.later(minutes=13)
    grandpa.hears("#1 还没有人回话", "120")
    town.skip(*map(town.member, RUNG))
    await grandpa.says("咋还没人来")
    grandpa.hears("120", "又叫了一遍")
    for name in RUNG:
        town.member(name).hears("紧急 #1")
    await grandpa.says("我不会打电话 你们帮我打120行不行")
    grandpa.hears("没法替您打电话", "邻居")
    town.skip(*map(town.member, RUNG))


@pytest.mark.wordings
@pytest.mark.parametrize(
    ("talk", "danger", "number"),
    [
        ("昨儿看新闻说有人家着火烧死仨", "我家着火了", "119"),
        ("听说隔壁村昨天有人跳河了", "我家孩子掉河里了", "119"),
        ("昨天那电视剧里男的打媳妇 气死我", "我男人打我", "110"),
    ],
)
async def test_talk_just_before_hides_no_danger(town: Town, talk: str, danger: str, number: str) -> None:
    grandpa = town.resident("吴爷爷")
    await grandpa.scans("xy-01")
    await grandpa.says(talk)
    grandpa.skip()
    await town.later(seconds=40)
    await grandpa.says(danger)
    grandpa.hears(number, "#1（紧急）")
    town.skip(town.group("槐荫胡同群"), *map(town.member, (*RUNG, "汪比方")))


async def test_a_danger_that_shows_only_beside_what_was_told(town: Town) -> None:
    grandpa = await _falls(town, "楼上张奶奶两天没见着了")
    await town.later(minutes=20)
    town.skip(*map(town.member, RUNG))
    await grandpa.says("我上去敲了，没动静")
    grandpa.hears("120", "紧急")
    for name in RUNG:
        town.member(name).hears("紧急 #2", "没动静", "张奶奶")  # alone, as private as it was told
    town.group("槐荫胡同群").hears_nothing()


async def test_who_runs_knows_of_which_wall(town: Town) -> None:
    grandpa = await _falls(town, "中心街15号院墙要倒 靠不住了")
    await town.member("陈示例").says("接 1")
    await town.later(hours=5)
    town.skip(grandpa, town.group("槐荫胡同群"), *map(town.member, RUNG))
    await grandpa.says("倒了 压着人了")
    grandpa.hears("119", "#2（紧急）")
    town.member("邹仿真").hears("紧急 #2", "压着人了", "15号院墙")
    town.skip(town.group("槐荫胡同群"), *map(town.member, RUNG))


async def test_what_is_told_to_another_home_than_one_thinks(town: Town) -> None:
    """In the second sentence he says where: the people of that lane are called."""
    grandpa = await _falls(town, "我爸摔了起不来")
    await grandpa.says("他一个人在石桥东头")
    grandpa.hears("120", "石桥东头的褚虚拟")
    town.member("褚虚拟").hears("紧急 #1")
    for name in RUNG:
        town.member(name).hears("石桥东头的事")
    town.skip(*map(town.member, ("方试用", "任仿真", "袁模拟", "唐虚拟", "罗举例", "毕比方")))


async def test_a_swindle_is_called_by_its_name(town: Town) -> None:
    grandpa = town.resident("吴爷爷")
    await grandpa.scans("xy-01")
    grandpa.skip()
    await grandpa.says("公安局来电话说我洗钱 让我把钱转到安全账户 是真的不")
    grandpa.hears("先别转钱", "96110", "#1")
    town.skip(town.group("槐荫胡同群"), town.member("陈示例"))


@pytest.mark.wordings
async def test_who_feels_ill_is_told_of_120_and_the_member_alone_hears(town: Town) -> None:
    grandpa = town.resident("吴爷爷")
    await grandpa.scans("xy-01")
    grandpa.skip()
    await grandpa.says("心慌 手麻")
    grandpa.hears("120", "#1（养老助残）", "不会发到群里")
    town.member("陈示例").hears("#1 养老助残", "当天要办", "心慌 手麻")


@pytest.mark.wordings
@pytest.mark.parametrize("words", ["2号楼楼顶有人要跳", "我儿子要跳楼"])
async def test_who_sees_another_in_despair_is_told_whom_to_call(town: Town, words: str) -> None:
    grandpa = town.resident("吴爷爷")
    await grandpa.scans("xy-01")
    grandpa.skip()
    await grandpa.says(words)
    grandpa.hears("110", "稳住他", not_=["您不是一个人"])
    town.skip(town.member("马假设"), town.member("汪比方"), town.member("陈示例"))
