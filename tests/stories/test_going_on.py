"""Half an hour later: what a resident goes on about reaches whoever works on it, though he names nothing."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, words: str, *, minutes: int = 20) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    await town.later(minutes=minutes)
    town.skip(grandma, town.group("槐荫胡同群"), town.member("陈示例"))
    return grandma


async def test_a_detail_reaches_the_group_that_has_not_taken_it_yet(town: Town) -> None:
    grandma = await _told(town, "路灯不亮了")
    await grandma.says("第三根杆子那个")
    grandma.hears("补充到 #1 里了", not_=("另一件事",))
    await town.later(minutes=2)
    town.group("槐荫胡同群").hears("#1", "居民补充", "第三根杆子那个")
    assert len(await town.requests()) == 1


async def test_a_detail_reaches_who_has_taken_it(town: Town) -> None:
    grandma, chen = await _told(town, "我家厨房水管漏水"), town.member("陈示例")
    await chen.says("接 1", in_=town.group("槐荫胡同群"))
    town.skip(grandma, town.group("槐荫胡同群"), chen)
    await grandma.says("要带梯子")
    grandma.hears("补充到 #1 里了")
    await town.later(minutes=2)
    chen.hears("#1", "要带梯子")
    assert (await town.request(1)).text == "我家厨房水管漏水 要带梯子"


async def test_what_sounds_like_a_matter_of_its_own_is_parted_with_a_tap(town: Town) -> None:
    grandma, group = await _told(town, "我家厨房水管漏水"), town.group("槐荫胡同群")
    await grandma.says("楼下老李家也漏")
    grandma.hears("补充到 #1 里了", "要不是一件事")
    await grandma.taps("这是另一件事")
    grandma.hears("编号 #2")
    group.hears("#2", "家也漏")
    await town.later(minutes=5)
    group.hears_nothing()
    assert [one.text for one in await town.requests()] == ["我家厨房水管漏水", "楼下老李家也漏"]


async def test_what_was_added_on_purpose_stays_when_another_matter_is_announced(town: Town) -> None:
    grandma = await _told(town, "我家厨房水管漏水")
    await grandma.says("补充 是热水管那根")
    grandma.hears("补充到 #1 里了")
    await grandma.says("这是另一件事")
    grandma.hears("请说")
    await town.later(minutes=2)
    town.group("槐荫胡同群").hears("#1", "热水管那根")
    assert [one.text for one in await town.requests()] == ["我家厨房水管漏水 是热水管那根"]


async def test_a_new_matter_is_one(town: Town) -> None:
    grandma, group = await _told(town, "我家厨房水管漏水"), town.group("槐荫胡同群")
    await grandma.says("路口的井盖松了,一踩就响")
    grandma.hears("编号 #2")
    group.hears("#2", "井盖")


async def test_who_only_presses_urges_the_request_he_means(town: Town) -> None:
    grandma, chen = await _told(town, "楼道里堆了好多垃圾"), town.member("陈示例")
    await grandma.says("都几天了啊")
    grandma.hears("已经提醒陈示例", "#1")
    chen.hears("#1", "居民在催")
    town.member("邹仿真").hears("#1", "居民在催")


async def test_what_is_over_is_passed_on_and_withdrawn_only_with_a_tap(town: Town) -> None:
    grandma, group = await _told(town, "胡同里的路灯灭了"), town.group("槐荫胡同群")
    await grandma.says("刚才自己又亮起来了")
    grandma.hears("#1", "要是不用办了")
    assert (await town.request(1)).state is State.DISPATCHED
    await town.later(minutes=2)
    group.hears("#1", "亮起来了")
    await grandma.taps("撤销1")
    grandma.hears("#1 已经撤销")
    group.hears("#1", "撤销")


async def test_what_did_not_help_withdraws_nothing(town: Town) -> None:
    grandma = await _told(town, "下水道堵了")
    await grandma.says("我们自己通了通,没用")
    grandma.hears("#1")
    await town.later(minutes=2)
    town.group("槐荫胡同群").hears("#1", "没用")
    assert (await town.request(1)).state is State.DISPATCHED


async def test_who_speaks_on_and_on_long_after_does_not_put_off_what_the_holder_hears(town: Town) -> None:
    grandma, group = await _told(town, "路灯不亮了"), town.group("槐荫胡同群")
    for words in ("第三根杆子那个", "就在小卖部门口", "黑了三天了"):
        await grandma.says(words)
        grandma.hears("补充到 #1 里了")
        await town.later(seconds=25)
    group.hears("#1", "第三根杆子那个 就在小卖部门口 黑了三天了")


@pytest.mark.parametrize("words", ["今天天气不错", "中秋节快乐", "吃了没"])
async def test_talk_is_no_supplement(town: Town, words: str) -> None:
    grandma = await _told(town, "我家没暖气")
    await grandma.says(words)
    grandma.hears("", not_=("补充到",))
    await town.later(minutes=2)
    assert (await town.request(1)).text == "我家没暖气"


async def test_a_detail_that_sounds_like_danger_calls_nobody_out(town: Town) -> None:
    grandma = await _told(town, "我妈一个人在家,麻烦去看看")
    await grandma.says("她有高血压")
    grandma.hears("补充到 #1 里了", not_=("120",))
    await town.later(minutes=2)
    town.member("陈示例").hears("#1", "她有高血压")


async def test_a_danger_that_grows_out_of_it_does(town: Town) -> None:
    grandma = await _told(town, "我家厨房水管漏水")
    await grandma.says("水流到插座上冒火花了")
    grandma.hears("拉", "#2")
    town.skip(town.group("槐荫胡同群"), town.member("陈示例"))
    for name in ("邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设"):
        town.member(name).skip()
    assert (await town.request(2)).urgency == "emergency"


async def test_a_complaint_about_the_member_is_no_supplement_to_what_he_works_on(town: Town) -> None:
    grandma = await _told(town, "我家厨房水管漏水")
    await grandma.says("陈示例收了我的钱不办事")
    grandma.hears("#2")
    town.member("马假设").skip()
    town.member("陈示例").hears_nothing()
    assert (await town.request(2)).sensitivity == "confidential"
    assert (await town.request(1)).text == "我家厨房水管漏水"


async def test_what_joined_a_complaint_is_never_parted_into_the_open(town: Town) -> None:
    grandma = await _told(town, "陈示例收了我的钱不办事", minutes=90)
    town.member("马假设").skip()
    await grandma.says("他前年也收过别人的")
    grandma.hears("#1", not_=("另一件事",))
    await grandma.says("这是另一件事")
    grandma.hears("请说")
    await town.later(minutes=2)
    town.member("马假设").skip()
    town.member("汪比方").skip()
    assert len(await town.requests()) == 1


async def test_of_two_open_requests_the_right_one(town: Town) -> None:
    grandma = await _told(town, "胡同口的路灯不亮了")
    await grandma.says("这是另一件事,楼上天天半夜吵得睡不着")
    await town.later(minutes=30)
    town.skip(grandma, town.group("槐荫胡同群"), town.member("陈示例"))
    await grandma.says("灯泡都碎了")
    grandma.hears("补充到 #1 里了")
    await town.later(minutes=2)
    town.group("槐荫胡同群").hears("#1", "灯泡都碎了")


async def test_private_words_take_the_request_out_of_the_group(town: Town) -> None:
    grandma, group = await _told(town, "胡同里想找个人说说话"), town.group("槐荫胡同群")
    request = await town.request(1)
    await grandma.says("我得了癌,一个人住,心里难受")
    town.skip(grandma)
    await town.later(minutes=2)
    assert all("癌" not in line.text for line in group.chat)
    town.skip(town.member("陈示例"), group)
    assert request.number == 1


# ── after the result ─────────────────────────────────────────────────────────────────────────────


async def _told_the_result(town: Town, words: str, result: str) -> Neighbour:
    grandma = await _told(town, words)
    chen, group = town.member("陈示例"), town.group("槐荫胡同群")
    await chen.says("接 1", in_=group)
    await chen.says(f"办结 1 {result}", in_=group)
    await town.later(minutes=20)
    town.skip(grandma, group, chen)
    return grandma


async def test_half_solved_is_not_solved(town: Town) -> None:
    grandma, chen = await _told_the_result(town, "路灯不亮了", "换了灯泡"), town.member("陈示例")
    await grandma.says("亮是亮了,就是一闪一闪的")
    grandma.hears("#1 没办好")
    chen.hears("#1", "一闪一闪")
    town.member("潘编写").skip()
    assert (await town.request(1)).state is State.IN_PROGRESS


async def test_who_tells_how_it_is_now_need_not_know_the_word_for_it(town: Town) -> None:
    grandma, chen = await _told_the_result(town, "楼上天天半夜吵", "上门劝了"), town.member("陈示例")
    await grandma.says("能睡个安稳觉了")
    grandma.hears("谢谢您!#1")
    chen.hears("#1", "满意")
    assert (await town.request(1)).rating == "good"


async def test_a_question_about_the_result_reaches_whoever_did_it_and_rates_nothing(town: Town) -> None:
    grandma, chen = await _told_the_result(town, "我家厨房水管漏水", "换了接头"), town.member("陈示例")
    await grandma.says("要给多少钱")
    grandma.hears("去问陈示例了", "#1 办得怎么样")
    chen.hears("#1", "居民问:要给多少钱")
    assert (await town.request(1)).state is State.RESOLVED
    await grandma.taps("满意")
    grandma.hears("谢谢您!#1")
    chen.hears("#1", "满意")


async def test_what_may_be_a_denial_closes_nothing(town: Town) -> None:
    grandma, chen = await _told_the_result(town, "路灯不亮了", "换了灯泡"), town.member("陈示例")
    await grandma.says("我去看了,没换啊")
    grandma.hears("#1", not_=("谢谢您",))
    chen.hears("#1", "没换")
    town.member("邹仿真").skip()
    assert (await town.request(1)).state is not State.CLOSED


async def test_who_cannot_say_yet_is_given_time(town: Town) -> None:
    grandma = await _told_the_result(town, "我家厨房水管漏水", "换了接头")
    await grandma.says("等我晚上回家看看")
    grandma.hears("不着急")
    assert (await town.request(1)).state is State.RESOLVED


async def test_a_new_matter_after_a_result_is_one(town: Town) -> None:
    grandma, group = await _told_the_result(town, "我家厨房水管漏水", "换了接头"), town.group("槐荫胡同群")
    await grandma.says("想问一下医保怎么交")
    grandma.hears("编号 #2")
    group.hears("#2")
    assert (await town.request(1)).state is State.RESOLVED


async def _agreed(town: Town, trouble: str, hour: str) -> Neighbour:
    grandma, group = await _told(town, trouble), town.group("槐荫胡同群")
    await town.member("陈示例").says("接 1", in_=group)
    await town.member("陈示例").says(f"1 约好{hour}", in_=group)
    town.skip_everybody()
    return grandma


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("我不去 让他来找我", "他再跟您商量"),
        ("我不跟他谈 让他赔礼道歉", "他再跟您商量"),
        ("又改 我都请了假了", "对不住"),
        ("今天下雨 别来了 改天吧", "告诉陈示例了"),
        ("我临时去医院了 不在家 你晚点来", "告诉陈示例了"),
    ],
)
async def test_what_is_said_to_an_hour_reaches_who_proposed_it(town: Town, words: str, answer: str) -> None:
    grandma, chen = await _agreed(town, "隔壁老郭家空调水滴我家窗台上", "明天下午两点在居委会谈"), town.member("陈示例")
    await grandma.says(words)
    grandma.hears("#1", answer, not_=("撤销", "补充到"))
    chen.hears("#1", words)
    assert len(await town.requests()) == 1


async def test_who_refuses_to_talk_does_not_ring_an_alarm_of_another_matter_again(town: Town) -> None:
    grandma, chen = await _agreed(town, "隔壁把三轮车停我家门口", "明天下午坐一块谈"), town.member("陈示例")
    await grandma.says("他儿子拿脚踹我家门 还要打我")
    town.skip_everybody()
    await grandma.says("我不跟他谈 让他赔礼道歉")
    grandma.hears("#1", "他再跟您商量")
    chen.hears("#1", "赔礼道歉")


async def test_who_forgot_the_hour_hears_it_and_who_waits_in_vain_an_apology(town: Town) -> None:
    grandma, chen = await _agreed(town, "暖气不热", "今天下午两点去"), town.member("陈示例")
    await grandma.says("是今天还是明天")
    grandma.hears("#1", "14:00")
    await town.until(14, 40)
    await grandma.says("说好两点 人呢")
    grandma.hears("对不住")
    chen.hears("#1", "居民在催")


async def test_who_shall_not_come_at_night_hears_it_in_the_morning(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await town.until(23, 10)
    await grandma.says("我那个窗户关不严 漏风")
    town.skip_everybody()
    await grandma.says("你们别半夜来啊 明天再说")
    grandma.hears("#1", "告诉陈示例了")
    town.member("陈示例").hears_nothing()


@pytest.mark.parametrize("words", ["来了 通了", "来水了 中"])
async def test_what_ours_have_done_is_no_reason_to_withdraw(town: Town, words: str) -> None:
    grandma, group, chen = await _told(town, "下水道堵了"), town.group("槐荫胡同群"), town.member("陈示例")
    await chen.says("1 马上到", in_=group)
    town.skip_everybody()
    await grandma.says(words)
    grandma.hears("那就好", "陈示例", not_=("撤销", "补充到"))
    chen.hears("#1", "居民说好了", words)


async def test_what_he_has_mended_himself_can_still_be_withdrawn(town: Town) -> None:
    grandma, group, chen = await _told(town, "马桶堵了"), town.group("槐荫胡同群"), town.member("陈示例")
    await chen.says("接 1", in_=group)
    town.skip_everybody()
    await grandma.says("通了 我儿子弄的")
    grandma.hears("#1", "不用办了")


@pytest.mark.parametrize(
    "words", ["老周家住301", "联系人 李秀英 老伴", "手机静音了 你再打", "今天包的韭菜饺子 来了一块吃"]
)
async def test_what_is_told_to_who_comes_reaches_him(town: Town, words: str) -> None:
    grandma, chen = await _agreed(town, "楼上老周家打麻将打到后半夜", "今天下午三点去"), town.member("陈示例")
    await grandma.says(words)
    town.skip(grandma)
    await town.later(minutes=2)
    chen.hears("#1", words)


@pytest.mark.parametrize("words", ["花钱不", "带复印件不", "钱我微信转给谁"])
async def test_what_only_the_holder_knows_is_asked_of_him(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "想装个扶手 上厕所起不来"), town.member("陈示例")
    await chen.says("接 1")
    town.skip_everybody()
    await grandma.says(words)
    grandma.hears("去问陈示例了", not_=("补充到",))
    chen.hears("#1", f"居民问:{words}")


@pytest.mark.parametrize("words", ["我不会打字 找个人跟我说话", "我要找人说话 给我个电话"])
async def test_who_wants_a_person_need_not_know_the_word_for_it(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "水龙头滴水"), town.member("陈示例")
    await grandma.says(words)
    grandma.hears("直接联系您", "#1")
    chen.hears("#1", "直接联系")
    town.member("邹仿真").skip()


async def test_what_the_desk_costs_is_no_request(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    town.skip(grandma)
    await grandma.says("这个怎么用啊 我不会")
    grandma.hears("直接说一句")
    await grandma.says("要钱吗")
    grandma.hears("不要钱")
    assert await town.requests() == []


async def test_whoever_asks_after_the_other_matter_beside_his_verdict_hears_how_it_stands(town: Town) -> None:
    grandma, chen = await _told(town, "厨房灯泡坏了换不了"), town.member("陈示例")
    await grandma.says("隔壁那只狗半夜老叫唤")
    await chen.says("办结 1 换好了")
    town.skip_everybody()
    await grandma.says("灯亮了 好 狗的事呢")
    grandma.hears("谢谢您", "#2", not_=("补充到",))
    assert [one.rating for one in await town.requests()] == ["good", ""]
    town.skip_everybody()
