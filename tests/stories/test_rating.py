"""How a result is judged: by one of many neighbours, with a remark beside it, several in one breath."""

from __future__ import annotations

import pytest

from storage.records import Rating, State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _lives_here(town: Town, name: str) -> Neighbour:
    resident = town.resident(name)
    await resident.scans("xy-01")
    return resident


async def _without_water(town: Town) -> tuple[Neighbour, Neighbour, Neighbour]:
    """Three neighbours had no water. The member says that it is back; the second one has none still."""
    grandma, zhao, qian = [await _lives_here(town, name) for name in ("吴奶奶", "赵大爷", "钱大妈")]
    await grandma.says("我们胡同停水了")
    await zhao.says("停水了")
    await qian.says("家里没水了")
    chen, group = town.member("陈示例"), town.group("槐荫胡同群")
    await chen.says("接 1")
    await chen.says("办结 1 来水了")
    town.skip(grandma, zhao, qian, chen, group)
    await zhao.says("没解决 我家还是没水")
    zhao.hears("#2 没办好")
    town.skip(chen, town.member("潘编写"))
    return grandma, zhao, qian


async def test_the_others_hear_that_it_goes_on_and_judge_for_themselves(town: Town) -> None:
    grandma, zhao, qian = await _without_water(town)
    chen, pan = town.member("陈示例"), town.member("潘编写")
    grandma.hears("#1 有人说还没办好", "陈示例又接着办了")
    qian.hears("#3 有人说还没办好", "陈示例又接着办了")
    await qian.says("满意")
    qian.hears("谢谢您", "#3", "陈示例还在接着办")
    for member in (chen, pan):
        member.hears("#3 居民评价:满意")
    await grandma.says("3")
    grandma.hears("#1 没办好", "陈示例接着办")
    chen.hears("#1", "没有解决")
    assert [one.rating for one in await town.requests()] == ["bad", "bad", "good"]
    assert (await town.request(1)).reopen_count == 1
    await chen.says("办结 1 阀门换了")
    grandma.hears("#1", "阀门换了")
    zhao.hears("#2", "阀门换了")
    town.skip(chen, pan, town.group("槐荫胡同群"))
    await zhao.says("1")
    zhao.hears("谢谢您!#2")
    town.skip(chen, pan)
    assert [one.rating for one in await town.requests()] == ["bad", "good", "good"]


async def test_a_tap_on_the_old_question_is_a_rating_and_no_supplement(town: Town) -> None:
    grandma, _, qian = await _without_water(town)
    town.skip(grandma, qian)
    await qian.taps("满意")
    qian.hears("谢谢您", "#3")
    await qian.taps("满意")
    qian.hears("#3 您的评价收到过了")
    await grandma.taps("一般")
    grandma.hears("谢谢您", "#1")
    town.skip(town.member("陈示例"), town.member("潘编写"))
    assert [one.rating for one in await town.requests()] == ["fair", "bad", "good"]
    assert (await town.request(1)).state is State.IN_PROGRESS
    assert (await town.request(3)).text == "家里没水了"


async def test_what_was_said_before_holds_when_the_next_result_meets_silence(town: Town) -> None:
    grandma, zhao, qian = await _without_water(town)
    chen, pan = town.member("陈示例"), town.member("潘编写")
    await grandma.says("满意")
    await chen.says("办结 1 阀门换了")
    await town.later(days=4)
    assert [one.rating for one in await town.requests()] == ["good", "unrated", "unrated"]
    town.skip(grandma, zhao, qian, chen, pan, town.group("槐荫胡同群"))
    town.skip(*map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))


async def test_a_slip_on_not_solved_stops_no_work_that_neighbours_wait_for(town: Town) -> None:
    grandma, zhao, qian = await _without_water(town)
    town.skip(grandma, qian)
    await zhao.says("点错了 满意")
    zhao.hears("谢谢您", "#2", "陈示例还在接着办")
    town.skip(town.member("陈示例"), town.member("潘编写"))
    assert [(one.state, one.rating) for one in await town.requests()][:2] == [
        (State.IN_PROGRESS, ""),
        (State.MERGED, "good"),
    ]


async def test_an_answer_to_the_member_is_no_late_rating(town: Town) -> None:
    grandma, _, qian = await _without_water(town)
    chen = town.member("陈示例")
    await chen.says("请补充 1 您家住几单元")
    town.skip(grandma, qian, chen)
    await grandma.says("3")
    grandma.hears("转给陈示例")
    chen.hears("#1", "居民回答", "3")
    assert (await town.request(1)).rating == ""


async def _done(town: Town) -> Neighbour:
    grandma, chen = await _lives_here(town, "吴奶奶"), town.member("陈示例")
    await grandma.says("门口路灯不亮了")
    await town.later(minutes=3)
    await chen.says("接 1")
    await chen.says("办结 1 换了灯泡")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    return grandma


@pytest.mark.wordings
@pytest.mark.parametrize(
    ("words", "rating", "said"),
    [
        ("1 满意,不过以后别把垃圾桶放我家门口", "满意", "别把垃圾桶放我家门口"),
        ("满意 就是老张说话冲", "满意", "老张说话冲"),
        ("好是好了，就是太慢", "一般", "太慢"),
        ("回来看了 亮了", "满意", "回来看了"),
        ("换得挺好 就是费了点时间", "一般", "费了点时间"),
        ("好了 就是地上弄得脏", "一般", "地上弄得脏"),
        ("满意 小陈手艺好", "满意", "手艺好"),
        ("满意 小陈比原来那个强", "满意", "比原来那个强"),
        ("小陈手真巧 满意", "满意", "手真巧"),
        ("太感谢小陈了 这孩子真好", "满意", "这孩子真好"),
        ("好了好了，谢谢小陈", "满意", ""),
    ],
)
async def test_a_remark_beside_a_rating_reaches_whoever_did_it(town: Town, words: str, rating: str, said: str) -> None:
    grandma = await _done(town)
    await grandma.says(words)
    grandma.hears("谢谢您", "#1")
    town.member("陈示例").hears(f"#1 居民评价:{rating}", said)
    assert (await town.request(1)).state is State.CLOSED


@pytest.mark.parametrize("remark", ["陈示例昨晚又来骂街", "就是小陈说话冲"])
async def test_not_solved_counts_and_a_complaint_beside_it_is_for_other_ears(town: Town, remark: str) -> None:
    grandma, chen = await _done(town), town.member("陈示例")
    await grandma.says(f"3 没解决,{remark}")
    grandma.hears("#1 没办好", "#2", "不会告诉别人")
    chen.hears("#1", "没有解决", not_=[remark])
    town.member("马假设").hears("保密", remark)
    town.member("潘编写").hears("#1", "没有解决", not_=[remark])
    assert (await town.request(1)).state is State.IN_PROGRESS


async def test_what_the_opponent_does_is_why_it_is_not_solved(town: Town) -> None:
    grandma, chen = await _lives_here(town, "吴奶奶"), town.member("陈示例")
    await grandma.says("隔壁刘甲国家天天半夜放音响")
    await chen.says("接 1")
    await chen.says("办结 1 说好了以后不放")
    town.skip_everybody()
    await grandma.says("没解决 刘甲国不承认 还骂人")
    chen.hears("#1", "刘甲国不承认 还骂人")
    assert len(await town.requests()) == 1
    town.skip_everybody()


async def test_still_not_mended_right_behind_done_undoes_it(town: Town) -> None:
    grandma, chen = await _lives_here(town, "吴奶奶"), town.member("陈示例")
    await grandma.says("水龙头坏了")
    await chen.says("接 1")
    await chen.says("修好了")
    await chen.says("还没修好呢")
    assert (await town.request(1)).state is State.IN_PROGRESS
    town.skip_everybody()


async def test_another_matter_beside_a_rating_is_one(town: Town) -> None:
    grandma, chen = await _done(town), town.member("陈示例")
    await grandma.says("满意 另外楼道灯也坏了")
    grandma.hears("谢谢您!#1", "编号 #2")
    chen.hears("#1 居民评价:满意", not_=["楼道灯"])
    town.group("槐荫胡同群").hears("#2", "楼道灯也坏了")


async def test_withdrawing_what_is_done_asks_how_it_was(town: Town) -> None:
    grandma = await _done(town)
    await grandma.says("撤销")
    line = grandma.hears("#1 已经办完了")
    assert [option[0] for option in line.options] == ["满意", "一般", "没解决"]
    await grandma.taps("满意")
    grandma.hears("谢谢您!#1")
    town.member("陈示例").hears("满意")


async def _three_done(town: Town) -> Neighbour:
    grandma, chen = await _lives_here(town, "吴奶奶"), town.member("陈示例")
    for words in ("我家水龙头滴水", "门口路灯不亮了", "楼上打麻将太吵了"):
        await grandma.says(words)
        await town.later(minutes=3)
    for result in ("1 换了垫圈", "2 换了灯泡", "3 说过了"):
        await chen.says(f"办结 {result}")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    return grandma


async def test_each_clause_judges_the_thing_that_it_names(town: Town) -> None:
    grandma, chen = await _three_done(town), town.member("陈示例")
    await grandma.says("水龙头满意，路灯还是不亮，打麻将的昨晚没吵")
    grandma.hears("谢谢您!#1", "#2 没办好", "谢谢您!#3")
    chen.hears("#1 居民评价:满意")
    chen.hears("#2", "没有解决", "路灯还是不亮")
    chen.hears("#3 居民评价:满意")
    town.member("潘编写").hears("#2", "路灯还是不亮")
    assert [one.rating for one in await town.requests()] == ["good", "bad", "good"]


async def test_what_is_asked_for_beside_the_verdicts_is_a_matter_of_its_own(town: Town) -> None:
    grandma, chen = await _three_done(town), town.member("陈示例")
    await grandma.says("水龙头好了，谢谢，路灯又灭了，另外我家门锁坏了")
    grandma.hears("谢谢您!#1", "#2 没办好", "编号 #4")
    town.group("槐荫胡同群").hears("#4", "门锁坏了")
    town.skip(chen, town.member("潘编写"))
    assert (await town.request(3)).state is State.RESOLVED


@pytest.mark.parametrize("is_done", [True, False])
async def test_the_lamp_is_the_lamp_whatever_else_there_is(town: Town, is_done: bool) -> None:
    grandma, chen = await _lives_here(town, "吴奶奶"), town.member("陈示例")
    for words in ("门口路灯不亮了", "路口的井盖松了"):
        await grandma.says(words)
        await town.later(minutes=3)
    await chen.says("办结 1 换了灯泡")
    if is_done:
        await chen.says("办结 2 换了井盖")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await grandma.says("灯还是不亮")
    grandma.hears("#1 没办好")
    chen.hears("#1", "灯还是不亮")
    town.member("潘编写").hears("#1", "灯还是不亮")
    assert (await town.request(2)).text == "路口的井盖松了"


async def test_what_is_said_before_the_thing_is_of_the_other_result(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯不亮了")
    await town.later(minutes=40)
    await grandma.says("家里水龙头漏水")
    await chen.says("办结 1 换了灯泡")
    await chen.says("办结 2 换了垫片")
    town.skip_everybody()
    await grandma.says("满意，路灯还是不亮")
    grandma.hears("#1 没办好", "#2 就办完了")
    chen.hears("居民说没有解决：路灯还是不亮")
    chen.hears("#2 居民评价：满意")
    town.member("潘编写").hears("#1")


@pytest.mark.parametrize(
    ("trouble", "result", "words", "rating"),
    [
        ("停电了", "合上闸了", "我家还没电呢", Rating.BAD),
        ("楼道灯坏了", "换了灯泡", "今晚咋还是黑的", Rating.BAD),
        ("楼道灯坏了", "换了灯泡", "算了 我也不是非要咋地 满意吧", Rating.GOOD),
        ("楼道灯坏了", "换了灯泡", "看了 好着呢", Rating.GOOD),
        ("停水了", "修好了", "水是有了 就是水流小 将就用吧", Rating.FAIR),
        ("停电了", "合上闸了", "哦 来过了", None),
    ],
)
async def test_plain_words_rate_and_what_is_none_does_not(
    town: Town, trouble: str, result: str, words: str, rating: Rating | None
) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says(trouble)
    await town.member("陈示例").says("接 1", in_=group)
    await town.later(minutes=20)
    await town.member("陈示例").says(f"办结 1 {result}", in_=group)
    await grandma.says(words)
    assert ((await town.request(1)).rating or None) == rating
    town.skip(grandma, group, town.member("陈示例"), town.member("潘编写"))


async def test_what_he_judged_well_and_says_again_stays_well(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("楼道灯坏了")
    await town.member("陈示例").says("接 1", in_=group)
    await town.member("陈示例").says("办结 1 换了灯泡", in_=group)
    for words in ("3", "哎呀按错了 是1", "我说的是满意 修得挺好"):
        await grandma.says(words)
    assert (await town.request(1)).state is State.CLOSED
    assert (await town.request(1)).rating == Rating.GOOD
    town.skip(grandma, group, town.member("陈示例"), town.member("潘编写"))
