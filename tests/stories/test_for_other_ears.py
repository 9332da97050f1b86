"""What is said beside a confidential matter reaches neither the lane's group nor whom it is about."""

from __future__ import annotations

import pytest

from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _complains(town: Town, words: str = "我要举报陈示例 收人家烟") -> Neighbour:
    """A complaint, and then a tap."""
    grandpa = town.resident("郑爷爷")
    await grandpa.scans("xy-01")
    await grandpa.says(words)
    await town.later(minutes=3)
    await grandpa.says("我家水龙头滴水")
    await town.later(minutes=3)
    town.skip_everybody()
    return grandpa


async def _is_done(town: Town) -> None:
    await town.member("马假设").says("接 1")
    await town.member("马假设").says("办结 1 谈过了")
    await town.later(minutes=5)
    town.skip_everybody()


async def _reaches_no_other_ear(town: Town) -> None:
    """Nor a few minutes later, when supplements are told."""
    await town.later(minutes=4)
    for ear in (town.group("槐荫胡同群"), town.member("陈示例"), town.member("邹仿真"), town.member("潘编写")):
        ear.hears_nothing()
    assert (await town.request(2)).text == "我家水龙头滴水"
    town.skip_everybody()


@pytest.mark.parametrize(
    "words",
    [
        "谈完他能改吗",
        "我看悬",
        "那条烟退了没有",
        "嗯 谈就谈吧 看他以后改不改",
        "补充 他前年也收过",
        "你们就会护着自己人",
    ],
)
async def test_words_about_the_result_of_a_complaint(town: Town, words: str) -> None:
    grandpa = await _complains(town)
    await _is_done(town)
    await grandpa.says(words)
    grandpa.hears("#1", not_=["#2", "陈示例"])
    is_asked_again = "改不改" in words or "悬" in words
    assert any("#1" in line.text for line in town.member("马假设").unread()) or is_asked_again
    await _reaches_no_other_ear(town)


@pytest.mark.parametrize("words", ["不满意 你们官官相护", "不满意 你们包庇他", "没解决 他还那样"])
async def test_anger_about_one_that_is_open_again(town: Town, words: str) -> None:
    grandpa = await _complains(town)
    await _is_done(town)
    await grandpa.says("他昨天又收了老刘一条烟")
    grandpa.hears("#1 没办好")
    town.skip_everybody()
    await town.later(minutes=3)
    await grandpa.says(words)
    grandpa.hears("#1", not_=["#2", "陈示例"])
    await _reaches_no_other_ear(town)


async def test_a_word_of_praise_rates_the_complaint_and_not_the_tap(town: Town) -> None:
    grandpa = await _complains(town)
    await _is_done(town)
    await grandpa.says("嗯 还行")
    grandpa.hears("#1 就办完了")
    assert (await town.request(1)).rating == "fair"
    await _reaches_no_other_ear(town)


@pytest.mark.parametrize("words", ["你们到底管不管他", "他这种人就该撤了"])
async def test_words_about_him_while_it_is_open(town: Town, words: str) -> None:
    grandpa = await _complains(town)
    await grandpa.says(words)
    grandpa.hears("#1", not_=["#2", "陈示例"])
    await _reaches_no_other_ear(town)


@pytest.mark.parametrize("words", ["水龙头还滴呢", "师傅几点来修", "水龙头在厨房"])
async def test_words_for_who_mends_the_tap_reach_him(town: Town, words: str) -> None:
    grandpa = await _complains(town)
    await _is_done(town)
    await grandpa.says(words)
    await town.later(minutes=4)
    grandpa.hears("#2")
    assert "水龙头滴水" in (await town.request(2)).text
    assert (await town.request(1)).text == "我要举报陈示例 收人家烟"
    town.skip_everybody()


async def test_a_matter_of_its_own_days_later(town: Town) -> None:
    grandpa = await _complains(town)
    await _is_done(town)
    await grandpa.says("满意")
    await town.later(days=3)
    town.skip_everybody()
    await grandpa.says("路口的路灯不亮")
    grandpa.hears("#3", "陈示例")
    await town.later(minutes=10)
    town.skip_everybody()
    await grandpa.says("那条烟退了没有")
    grandpa.hears("#1", "马假设")
    town.group("槐荫胡同群").hears_nothing()
    town.skip_everybody()


@pytest.mark.parametrize(
    ("first", "words", "kept"),
    [
        ("我要举报陈示例 收人家烟", "还有楼道灯 报了半年他也不修", "他也不修"),
        ("管我们这片的那个人态度恶劣", "说了多少遍楼道灯不亮 他就不来", "他就不来"),
    ],
)
async def test_only_the_lamp_is_for_the_group(town: Town, first: str, words: str, kept: str) -> None:
    grandpa, group = town.resident("郑爷爷"), town.group("槐荫胡同群")
    await grandpa.scans("xy-01")
    await grandpa.says(first)
    await town.later(minutes=2)
    town.skip_everybody()
    await grandpa.says(words)
    grandpa.hears("#2")
    group.hears("楼道灯", not_=["他"])
    assert kept in (await town.request(1)).text
    await town.later(minutes=3)
    town.skip_everybody()


async def test_a_question_in_the_words_of_the_complaint_is_of_it(town: Town) -> None:
    grandpa, group = town.resident("周爷爷"), town.group("槐荫胡同群")
    await grandpa.scans("xy-01")
    await grandpa.says("举报网格员偏心 低保都给亲戚")
    await town.later(minutes=3)
    await grandpa.says("楼道灯不亮")
    await _is_done(town)
    await grandpa.says("低保名单公示了吗")
    grandpa.hears("#1", not_=["#3"])
    await town.later(minutes=4)
    group.hears_nothing()
    town.skip_everybody()


async def _tap(town: Town, *, is_done: bool) -> Neighbour:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("我家水龙头滴水")
    await chen.says("接 1")
    if is_done:
        await chen.says("办结 1 修好了")
    else:
        await town.later(days=1)
    town.skip_everybody()
    return grandma


async def test_who_only_promises_does_not_read_what_she_thinks_of_him(town: Town) -> None:
    grandma = await _tap(town, is_done=False)
    await grandma.says("小陈光说不来 什么东西")
    grandma.hears("#2", "马假设", "不会发到群里")
    town.member("马假设").hears("光说不来", "#1 报修", "陈示例负责")
    await town.later(minutes=3)
    town.member("陈示例").hears_nothing()


@pytest.mark.parametrize(
    ("words", "manners", "work"),
    [("不满意 态度不好", "态度不好", ""), ("没解决 还是漏水 说话还冲 不耐烦", "不耐烦", "还是漏水")],
)
async def test_how_he_behaved_goes_one_level_up_and_how_he_worked_to_him(
    town: Town, words: str, manners: str, work: str
) -> None:
    grandma = await _tap(town, is_done=True)
    await grandma.says(words)
    grandma.hears("#1 没办好", "#2")
    for name in ("陈示例", "潘编写"):
        town.member(name).hears("#1", work, not_=[manners])
    town.member("马假设").hears("#2", manners, "#1 报修")
    town.skip_everybody()


@pytest.mark.parametrize("words", ["师傅态度不好", "态度好差", "修的人说话难听"])
async def test_how_he_behaved_is_never_told_to_him_though_no_rating_stands_before_it(town: Town, words: str) -> None:
    grandma = await _tap(town, is_done=True)
    await grandma.says(words)
    grandma.hears("#2", "马假设", "不会发到群里")
    town.member("马假设").hears("#2", words, "#1 报修", "陈示例负责")
    town.member("陈示例").hears_nothing()
    await grandma.taps("满意")
    grandma.hears("#1 就办完了")
    town.skip_everybody()


@pytest.mark.parametrize("words", ["师傅态度不好", "来的人态度不好 话也难听", "态度太差"])
async def test_how_he_behaved_is_never_told_to_him_while_he_works_on_it(town: Town, words: str) -> None:
    grandma = await _tap(town, is_done=False)
    await grandma.says(words)
    grandma.hears("#2", "马假设", "不会发到群里")
    town.member("马假设").hears("#2", "#1 报修", "陈示例负责")
    town.member("陈示例").hears_nothing()
    town.skip_everybody()


async def test_how_he_behaved_beside_the_judgement_of_one_of_several(town: Town) -> None:
    grandma = await _tap(town, is_done=True)
    await grandma.says("楼道灯坏了")
    chen = town.member("陈示例")
    await chen.says("接 2")
    await chen.says("办结 2 换了灯泡")
    town.skip_everybody()
    await grandma.says("灯亮了 来的人态度不好")
    grandma.hears("#2 就办完了", "#3", "不会发到群里")
    town.member("马假设").hears("#3", "态度不好")
    chen.hears("#2", "满意", not_=["态度"])
    town.skip_everybody()


async def test_the_opponents_manners_are_for_who_settles_the_quarrel(town: Town) -> None:
    grandma = town.resident("柳叶儿")
    await grandma.scans("xy-01")
    await grandma.says("楼上老吵")
    chen = town.member("陈示例")
    await chen.says("接 1")
    await chen.says("办结 1 说和了")
    await town.later(minutes=5)
    town.skip_everybody()
    await grandma.says("他态度不好")
    chen.hears("#1", "他态度不好")
    town.skip_everybody()


async def test_a_complaint_behind_a_repair_says_of_which(town: Town) -> None:
    grandma = await _tap(town, is_done=False)
    await grandma.says("别让小陈来 让小邹来行不行")
    town.member("马假设").hears("#2", "#1 报修", "陈示例负责")
    town.member("陈示例").hears_nothing()
    town.skip_everybody()


@pytest.mark.parametrize("words", ["让我闺女评", "等孩子回来打分吧"])
async def test_anybody_may_tap_the_judgement(town: Town, words: str) -> None:
    grandma = await _tap(town, is_done=True)
    await grandma.says(words)
    grandma.hears("#1", "点一下", not_=["#2"])
    town.member("马假设").hears_nothing()


@pytest.mark.parametrize("words", ["你们社区办事的那个小姑娘真热情", "网格员小李特别负责"])
async def test_praise_is_for_all_ears(town: Town, words: str) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    request = await town.request(1)
    assert (request.type, request.sensitivity) == ("suggestion", "open")
    town.skip_everybody()


async def test_what_is_told_later_is_masked_as_what_was_told_first(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("西头韩二柱占道停车")
    group.hears("韩＊＊", not_=["二柱"])
    await town.later(minutes=4)
    town.skip_everybody()
    await grandma.says("补充 二柱的车还停着")
    await town.later(minutes=4)
    group.hears("某某的车", not_=["二柱"])
    town.skip_everybody()


async def test_who_lives_in_the_lane_is_named_in_no_group(town: Town) -> None:
    """The roster knows them, whatever their names look like."""
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("树枝断了挡着路 褚样例让我说的 问赵试写也行")
    group.hears("#1", "树枝", not_=["褚样例", "赵试写"])
    await chen.says("接 1", in_=group)
    group.hears("陈示例接下了")
    town.skip(grandma, chen)
