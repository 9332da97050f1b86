"""Threats and blows: at home they are for few ears, by a neighbour for all; who told of a neighbour stays unnamed."""

from __future__ import annotations

import pytest

from tests.stories.town import Ear, Neighbour, Town

pytestmark = pytest.mark.wordings


async def _says(town: Town, *words: str, lane: str = "xy-01", pause: int = 15) -> Neighbour:
    """In one breath."""
    aunt = town.resident("夏嫂")
    await aunt.scans(lane)
    for word in words[:-1]:
        await aunt.says(word)
        await town.later(seconds=pause)
    town.skip(aunt)
    await aunt.says(words[-1])
    return aunt


def _of_the_well(town: Town) -> tuple[Ear, ...]:
    return (town.group("水井胡同群"), town.member("李样本"), town.member("邹仿真"))


@pytest.mark.parametrize(
    ("words", "urgency"),
    [
        (("我婆婆", "骂我是小事", "她还拿开水泼我"), "emergency"),
        (("在吗", "我公公他", "老是摸我"), "normal"),
        (("我老公", "昨晚打了我"), "urgent"),
    ],
)
async def test_half_sentences_of_violence_at_home(town: Town, words: tuple[str, ...], urgency: str) -> None:
    await _says(town, *words, lane="xy-02")
    await town.later(minutes=2)
    for ear in _of_the_well(town):
        ear.hears_nothing()
    request = await town.request(1)
    assert (request.sensitivity, request.urgency, request.holder) == ("confidential", urgency, town.code("马假设"))
    town.skip_everybody()


async def test_who_is_meant_alone_rings_nobody(town: Town) -> None:
    aunt = await _says(town, "我婆婆", lane="xy-02")
    aunt.hears("是什么事", "120")
    town.member("李样本").hears_nothing()
    await aunt.says("晕倒了")
    town.member("李样本").hears("紧急 #1", "我婆婆 晕倒了")
    town.skip_everybody()


async def test_what_turns_secret_leaves_the_lane_before_anybody_took_it(town: Town) -> None:
    aunt = await _says(town, "我公公脾气不好 跟他过不到一块", lane="xy-02")
    town.member("李样本").hears("#1")
    town.skip(aunt)
    await aunt.says("他老是摸我")
    aunt.hears("只告诉水井胡同的马假设")
    town.member("马假设").hears("保密", "他老是摸我")
    await town.later(minutes=4)
    for ear in _of_the_well(town):
        ear.hears_nothing()
    assert (await town.request(1)).holder == town.code("马假设")
    town.skip_everybody()


async def _quarrels(town: Town, told: str) -> Neighbour:
    aunt = await _says(town, told)
    await town.later(minutes=10)
    town.skip_everybody()
    return aunt


@pytest.mark.parametrize(
    ("told", "words"),
    [("楼下老李家在楼道放煤球 说了不听", "吵起来了 他要动手"), ("邻居堵我家门口停车 不让走", "他骂我 还要打我")],
)
async def test_a_neighbours_threat_is_of_the_same_matter_and_for_today(town: Town, told: str, words: str) -> None:
    aunt = await _quarrels(town, told)
    await aunt.says(words)
    aunt.hears("#1", "急事", "110")
    town.group("槐荫胡同群").hears("#1", "当天要办", words)
    (request,) = await town.requests()
    assert (request.urgency, request.sensitivity) == ("urgent", "open")
    town.skip_everybody()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("楼下老李家在楼道放煤球 说了不听", "他拿菜刀了"),
        ("楼下李家又在楼道抽烟", "他要打我"),
        ("隔壁老孙头又在门口堆破烂 跟他说他骂人", "他推我 我摔地上了"),
    ],
)
async def test_a_neighbours_blow_is_heard_by_all(town: Town, told: str, words: str) -> None:
    aunt = await _quarrels(town, told)
    await aunt.says(words)
    aunt.hears("110", "#2")
    for ear in (town.group("槐荫胡同群"), town.member("陈示例"), town.member("邹仿真"), town.member("马假设")):
        ear.hears("紧急 #2", words, "之前说过")
    assert len(await town.requests()) == 2
    town.skip_everybody()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("楼道灯不亮了", "他要打我"),
        ("楼下老李家在楼道放煤球 说了不听", "我儿子要打我"),
        ("楼下老李家在楼道放煤球 说了不听", "他打我 我不想活了"),
        ("楼下老李家在楼道放煤球 说了不听", "他扒我衣服 还打我"),
    ],
)
async def test_other_blows_stay_in_confidence(town: Town, told: str, words: str) -> None:
    aunt = await _quarrels(town, told)
    await aunt.says(words)
    await town.later(minutes=2)
    town.group("槐荫胡同群").hears_nothing()
    town.member("陈示例").hears_nothing()
    assert (await town.request(2)).sensitivity == "confidential"
    town.skip_everybody()


@pytest.mark.parametrize(
    "words",
    [
        "对门5号老张家养鸡臭死了 别说是我说的",
        "老张家在楼下烧纸 别说是我说的",
        "隔壁又放炮仗 不要说是我说的啊",
        "二楼租户在楼道给电动车充电 别告诉他是我举报的",
    ],
)
async def test_who_told_of_a_neighbour_is_not_named_in_the_group(town: Town, words: str) -> None:
    await _says(town, "你好", words)
    await town.later(minutes=2)
    town.group("槐荫胡同群").hears_nothing()
    town.member("陈示例").hears(words)
    (request,) = await town.requests()
    assert (request.urgency, request.sensitivity) == ("normal", "private")
    town.skip_everybody()


async def test_where_somebody_drowns_is_told_at_once(town: Town) -> None:
    stranger = town.resident("路人")
    await stranger.follows()
    await stranger.says("有人掉河里了")
    town.skip_everybody()
    for words in ("石桥底下", "快点啊 没影了"):
        await town.later(seconds=20)
        await stranger.says(words)
        stranger.hears("又叫了一遍")
        for name in ("戴假设", "汪比方"):
            town.member(name).hears("紧急 #1", words)
    assert (await town.request(1)).place_text == "石桥底下"
    town.skip_everybody()


@pytest.mark.parametrize("words", ["马假设收红包", "马假设收红包 你们谁管", "马假设拿人家好处 有没有人管"])
async def test_a_complaint_about_the_secretary_with_any_tail(town: Town, words: str) -> None:
    await _says(town, words)
    town.member("马假设").hears_nothing()
    town.member("汪比方").hears("保密", words)
    town.skip_everybody()


@pytest.mark.parametrize(
    "words",
    [
        "那个陈示例根本不管事 我跟他说了三回 他理都不理",
        "跟陈示例说了好几遍 他收了我二百块钱说给修 到现在没修",
        "陈示例家就在旁边他装看不见",
        "陈示例接了就没下文了",
    ],
)
async def test_a_complaint_about_a_member_is_no_quarrel_and_no_alarm(town: Town, words: str) -> None:
    aunt = await _quarrels(town, "路灯坏了半个月了")
    await aunt.says(words)
    town.member("陈示例").hears_nothing()
    town.member("马假设").hears("#2", "意见建议", "普通", words)
    request = await town.request(2)
    assert (request.type, request.urgency, request.sensitivity) == ("suggestion", "normal", "confidential")
    town.skip_everybody()


@pytest.mark.parametrize("words", ["我反映陈示例那事有说法没", "我说的陈示例那件事你们查了没"])
async def test_how_a_complaint_stands_is_no_supplement(town: Town, words: str) -> None:
    aunt = await _quarrels(town, "陈示例骂我 我要告他")
    await aunt.says(words)
    aunt.hears("#1 意见建议", "马假设")
    await town.later(minutes=2)
    town.member("马假设").hears_nothing()
    assert (await town.request(1)).text == "陈示例骂我 我要告他"
    town.skip_everybody()


async def test_nothing_comes_to_a_phone_that_he_may_be_reading(town: Town) -> None:
    aunt, ma = await _says(town, "我男人又打我", lane="xy-02"), town.member("马假设")
    town.skip_everybody()
    await aunt.says("他要回来了 先不说了")
    assert aunt.hears("好的").text == "好的。"
    ma.hears("居民又说")
    ma.hears("先别打电话")
    await town.later(hours=1)
    await ma.says("接 1")
    await ma.says("1 在路上了")
    aunt.hears_nothing()
    await aunt.says("他又出去了 现在能说了")
    aunt.hears("#1")
    town.skip_everybody()
