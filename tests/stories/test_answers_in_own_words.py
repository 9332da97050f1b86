"""What residents answer in words of their own: to a result, to an hour that was agreed on, to 要撤销哪一件."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, *troubles: str) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    for trouble in troubles:
        await grandma.says(trouble)
        await town.later(minutes=10)
    town.skip(grandma, town.group("槐荫胡同群"))
    return grandma


async def _done(town: Town, *troubles: str) -> Neighbour:
    """All of them are taken, and their results told."""
    grandma, chen = await _told(town, *troubles), town.member("陈示例")
    for number in range(1, len(troubles) + 1):
        await chen.says(f"接 {number}")
        await chen.says(f"办结 {number} 弄好了")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    return grandma


def _skip_all(town: Town, grandma: Neighbour) -> None:
    town.skip(grandma, town.member("陈示例"), town.member("潘编写"), town.group("槐荫胡同群"))


@pytest.mark.parametrize(
    ("trouble", "words", "rating"),
    [
        ("路灯不亮", "五分", "good"),
        ("路灯不亮", "三分", "fair"),
        ("路灯不亮", "谢谢小陈 非常满意", "good"),
        ("路灯不亮", "都好 就是来得慢了点", "fair"),
        ("厕所下水堵了", "哦不 是通了", "good"),
        ("厕所下水堵了", "不通了", "bad"),
        ("厕所堵了", "不下水了", "bad"),
        ("路灯不亮", "又不亮了", "bad"),
        ("路灯不亮", "不行", "bad"),
        ("路灯不亮", "三楼", ""),
        ("路灯不亮", "3点来的", ""),
        ("路灯不亮", "谢谢邹师傅", ""),
        ("楼道堆杂物", "可以可以 速度真快 给你们点赞👍", "good"),
        ("水龙头坏了", "好使了 小李真是个热心肠", "good"),
        ("水龙头坏了", "辛苦小陈了 大热天跑一趟", ""),
        ("卫生间水管渗水", "修啥呀 还是漏 地上都是水", "bad"),
        ("水龙头坏了", "太谢谢了，1", "good"),
        ("水龙头坏了", "好了好了谢谢小陈 喝口水再走呀", "good"),
        ("水龙头坏了", "好孩子 手脚麻利 给他记一功", "good"),
        ("水龙头坏了", "那就好 你们费心了", ""),
    ],
)
async def test_a_result_is_judged_in_his_own_words(town: Town, trouble: str, words: str, rating: str) -> None:
    grandma = await _done(town, trouble)
    await grandma.says(words)
    assert [one.rating for one in await town.requests()] == [rating]
    _skip_all(town, grandma)


@pytest.mark.parametrize("words", ["不评了吧", "别老问我 烦不烦"])
async def test_who_will_not_judge_is_unrated_and_asked_no_more(town: Town, words: str) -> None:
    grandma, chen = await _done(town, "路灯不亮"), town.member("陈示例")
    await grandma.says(words)
    grandma.hears("不评也行", "不再问您")
    chen.hears_nothing()
    request = await town.request(1)
    assert (request.state, request.rating) == (State.CLOSED, "unrated")


async def test_a_fear_is_asked_of_who_did_it_and_rates_nothing(town: Town) -> None:
    grandma, chen = await _done(town, "楼下小饭馆油烟太呛"), town.member("陈示例")
    await grandma.says("他们没提我吧")
    grandma.hears("去问陈示例了")
    chen.hears("#1", "居民问:他们没提我吧")
    town.member("潘编写").hears_nothing()
    assert (await town.request(1)).state is State.RESOLVED
    await grandma.says("满意")
    await grandma.says("没说是我告的吧")
    town.skip(grandma, chen)
    assert (await town.request(1)).rating == "good"


async def test_who_asks_whether_it_is_mended_hears_the_result_again(town: Town) -> None:
    grandma = await _done(town, "水龙头滴水")
    await grandma.says("修好了吗")
    grandma.hears("#1", "弄好了", "您看解决了吗")


async def test_how_to_tap_is_explained(town: Town) -> None:
    grandma = await _done(town, "路灯不亮")
    await grandma.says("这怎么点啊 我不会弄")
    grandma.hears("回个数字就行", "3 没解决")


async def test_who_did_it_hears_the_whole_complaint(town: Town) -> None:
    grandma = await _done(town, "路灯不亮")
    await grandma.says("没人来啊 谁修的")
    town.member("陈示例").hears("没人来啊 谁修的")
    _skip_all(town, grandma)


async def test_a_second_lamp_becomes_a_request_of_its_own(town: Town) -> None:
    grandma = await _done(town, "路灯不亮")
    await grandma.says("解决了 但是旁边那个也不亮了")
    first, second = await town.requests()
    assert (first.rating, second.state) == ("good", State.DISPATCHED)
    assert "旁边那个也不亮了" in second.text
    _skip_all(town, grandma)


async def test_a_word_on_the_way_it_was_done_reopens_nothing(town: Town) -> None:
    grandma = await _done(town, "路灯不亮")
    await grandma.says("一般")
    _skip_all(town, grandma)
    await grandma.says("都好 就是来得慢了点")
    grandma.hears("告诉陈示例了")
    town.member("陈示例").hears("来得慢了点")
    assert (await town.request(1)).state is State.CLOSED


async def test_a_rating_is_none_of_what_is_still_open(town: Town) -> None:
    grandma = await _told(town, "楼道灯不亮", "墙上小广告没人清")
    for words in ("接 1", "办结 1 换了灯"):
        await town.member("陈示例").says(words)
    _skip_all(town, grandma)
    await grandma.says("嗯 还行")
    first, second = await town.requests()
    assert (first.rating, second.text) == ("fair", "墙上小广告没人清")
    _skip_all(town, grandma)


async def test_the_thing_named_decides_of_two_results(town: Town) -> None:
    grandma = await _done(town, "楼道灯不亮", "墙上小广告没人清")
    await grandma.says("满意 2")
    _skip_all(town, grandma)
    await grandma.says("广告那个没弄")
    grandma.hears("#2 没办好")
    assert [one.state for one in await town.requests()] == [State.RESOLVED, State.IN_PROGRESS]
    _skip_all(town, grandma)


@pytest.mark.parametrize(
    ("trouble", "words"), [("街口石墩挡道", "石墩又给搬回来了，没解决"), ("水箱漏水", "那个水箱又流水了")]
)
async def test_the_same_again(town: Town, trouble: str, words: str) -> None:
    grandma = await _done(town, trouble)
    await grandma.says("满意")
    await town.later(hours=5)
    await grandma.says(words)
    assert [one.state for one in await town.requests()] == [State.IN_PROGRESS]
    _skip_all(town, grandma)


@pytest.mark.parametrize("words", ["改明天吧", "不好意思 三点不行了", "换个时间吧", "三点我不在家 四点行不"])
async def test_another_hour_reaches_who_is_to_come(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "水龙头滴水", "墙上小广告没人清"), town.member("陈示例")
    await chen.says("接 1")
    await chen.says("1 下午三点去")
    town.skip(grandma, chen)
    await grandma.says(words)
    grandma.hears("告诉陈示例了", "#1")
    chen.hears("#1", words)
    await chen.says("四点可以")
    chen.hears("#1 马上告诉居民")
    grandma.hears("#1", "四点可以", "16:00")


@pytest.mark.parametrize("words", ["晚点行吗", "能不能早点"])
async def test_earlier_or_later_is_no_urging(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "水龙头滴水"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await grandma.says(words)
    grandma.hears("告诉陈示例了")
    chen.hears(words, not_=["居民在催"])


async def test_a_day_does_not_answer_at_what_hour(town: Town) -> None:
    grandma, chen = await _told(town, "水龙头滴水"), town.member("陈示例")
    await chen.says("接 1")
    await chen.says("1 明天去")
    town.skip(grandma, chen)
    await grandma.says("明天几点")
    chen.hears("居民问:明天几点")
    town.skip(grandma)


@pytest.mark.parametrize("words", ["灯那个", "灯的"])
async def test_which_is_withdrawn(town: Town, words: str) -> None:
    grandma = await _told(town, "楼道灯不亮", "水龙头滴水")
    await grandma.says("撤销")
    await grandma.says(words)
    assert [one.state for one in await town.requests()] == [State.CANCELLED, State.DISPATCHED]
    _skip_all(town, grandma)


async def test_one_is_over_and_the_other_is_not(town: Town) -> None:
    grandma = await _told(town, "有辆车堵着楼门口", "楼道灯不亮")
    await grandma.says("车挪走了 灯还得修")
    assert [one.state for one in await town.requests()] == [State.CANCELLED, State.DISPATCHED]
    _skip_all(town, grandma)


async def test_what_it_was_mistaken_for_is_told(town: Town) -> None:
    grandma = await _told(town, "路灯不亮")
    await grandma.says("算了不用了 我看错了 是停电")
    assert [(one.state, one.text) for one in await town.requests()] == [
        (State.CANCELLED, "路灯不亮"),
        (State.DISPATCHED, "停电"),
    ]
    _skip_all(town, grandma)


async def test_he_is_offered_to_withdraw_what_was_meant_for_his_son(town: Town) -> None:
    grandma = await _told(town, "我家水管爆了")
    await grandma.says("发错了 发给我儿子的")
    assert [label for label, *_ in grandma.hears("没关系").options] == ["撤销1"]


async def test_what_his_son_cannot_mend_is_restored(town: Town) -> None:
    grandma = await _told(town, "水龙头滴水")
    await grandma.says("不用了 我儿子回来修")
    await town.later(hours=1)
    _skip_all(town, grandma)
    await grandma.says("我儿子不会修 还是你们来吧")
    grandma.hears("#1 又接着办了")
    _skip_all(town, grandma)


async def test_never_mind_erases_nothing(town: Town) -> None:
    grandma = await _told(town, "水龙头滴水")
    await grandma.says("删除我的资料")
    town.skip(grandma)
    await grandma.says("算了")
    grandma.hears("没有动")
    assert (await town.request(1)).text == "水龙头滴水"


async def test_thanks_by_name_are_answered_kindly(town: Town) -> None:
    grandma = await _told(town, "水龙头滴水")
    await grandma.says("谢谢小陈 辛苦啦")
    grandma.hears("不客气", not_=["催"])


async def test_what_is_said_with_a_rating_reaches_who_did_it(town: Town) -> None:
    grandma = await _done(town, "路灯不亮")
    await grandma.says("满意 救命恩人")
    town.member("陈示例").hears("满意", "救命恩人")
    town.skip(grandma)


@pytest.mark.parametrize(
    ("words", "rating"), [("你看 还在滴", "bad"), ("还是漏", "bad"), ("修得真漂亮", "good"), ("满意", "good")]
)
async def test_a_picture_behind_a_result_shows_how_it_is_now(town: Town, words: str, rating: str) -> None:
    grandma = await _done(town, "水管漏水")
    await grandma.sends_picture()
    grandma.hears("照片收到了", "#1")
    await grandma.says(words)
    grandma.hears("#1")
    first, second = await town.requests()
    assert (first.rating, second.state) == (rating, State.CANCELLED)
    async with town.play.bot.store.reading() as session:
        assert len(await session.files.of(1)) == 1
    _skip_all(town, grandma)


async def test_a_picture_behind_a_result_may_be_of_something_new(town: Town) -> None:
    grandma = await _done(town, "水管漏水")
    await grandma.sends_picture()
    await grandma.says("胡同口的井盖没了")
    first, second = await town.requests()
    assert (first.state, second.text) == (State.RESOLVED, "胡同口的井盖没了")
    _skip_all(town, grandma)


@pytest.mark.parametrize(
    ("words", "ratings"),
    [("都好了", ["good", "good"]), ("两件都满意", ["good", "good"]), ("都没修好", ["bad", "bad"])],
)
async def test_one_word_of_all_results_judges_all(town: Town, words: str, ratings: list[str]) -> None:
    grandma = await _done(town, "水管漏水", "胡同口路灯不亮")
    await grandma.says(words)
    assert [one.rating for one in await town.requests()] == ratings
    _skip_all(town, grandma)


@pytest.mark.parametrize("words", ["满意", "上回那个水龙头修得挺好 忘了跟你说了"])
async def test_praise_behind_silence_is_no_rating_and_reaches_who_did_it(town: Town, words: str) -> None:
    grandma, chen = await _done(town, "水龙头滴水"), town.member("陈示例")
    await town.later(days=20)
    town.skip_everybody()
    await grandma.says(words)
    grandma.hears("谢谢您", "这话告诉陈示例了")
    chen.hears("#1", words)
    assert (await town.request(1)).rating == "unrated"


async def test_a_spelled_digit_with_nothing_to_rate_is_no_request(town: Town) -> None:
    grandma = await _done(town, "水龙头滴水")
    await grandma.says("满意")
    await grandma.says("点哪个呀 我看不清")
    await grandma.says("一")
    assert len(await town.requests()) == 1
    _skip_all(town, grandma)
