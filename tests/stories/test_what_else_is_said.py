"""Along with a rating, a nudge or a supplement people say what matters more: danger, secrets, second thoughts."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings

# who is called when something burns in 槐荫胡同
RUNG = ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")


async def _told(town: Town, words: str) -> Neighbour:
    """吴奶奶 has told this a few minutes ago."""
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    await town.later(minutes=2)
    town.skip(grandma, town.group("槐荫胡同群"), *map(town.member, ("陈示例", "马假设")))
    return grandma


async def _taken(town: Town, words: str) -> Neighbour:
    grandma = await _told(town, words)
    await town.member("陈示例").says("接 1")
    town.skip(grandma, town.group("槐荫胡同群"), town.member("陈示例"))
    return grandma


async def _burning(town: Town, words: str) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    town.skip(grandma, town.group("槐荫胡同群"), *map(town.member, RUNG))
    return grandma


async def _done(town: Town, words: str, result: str) -> Neighbour:
    grandma = await _taken(town, words)
    await town.member("陈示例").says(f"办结 1 {result}")
    town.skip(grandma, town.member("陈示例"))
    return grandma


async def test_danger_said_with_a_rating_is_danger(town: Town) -> None:
    grandma = await _done(town, "路灯不亮了", "换了灯泡")
    await grandma.says("2 我不想活了")
    grandma.hears("12356", "120", "#2")
    for secretary in ("马假设", "汪比方"):
        town.member(secretary).hears("紧急", "我不想活了")
    assert [one.urgency for one in await town.requests()] == ["normal", "emergency"]


async def test_a_complaint_said_with_a_rating_is_for_the_secretary_alone(town: Town) -> None:
    grandma = await _done(town, "路灯不亮了", "换了灯泡")
    await grandma.says("满意 就是陈示例要了我一包烟")
    grandma.hears("谢谢您", "#2", "不会告诉别人")
    town.member("陈示例").hears("满意", not_=["一包烟"])
    town.member("马假设").hears("一包烟")


async def test_a_secret_behind_the_word_supplement_is_for_other_ears(town: Town) -> None:
    grandma = await _told(town, "路灯不亮了")
    await grandma.says("补充 我老公昨天打我 灯也是他砸的")
    grandma.hears("#2", "不会发到群里")
    town.member("马假设").hears("我老公昨天打我")
    await town.later(minutes=2)
    assert (await town.request(1)).text == "路灯不亮了"


async def test_an_answer_that_is_private_makes_the_request_private(town: Town) -> None:
    grandma, group, chen = await _taken(town, "楼道灯坏了"), town.group("槐荫胡同群"), town.member("陈示例")
    await chen.says("请补充 几单元")
    town.skip(grandma, chen)
    await grandma.says("三单元 我老公有癌 出不了门")
    grandma.hears("转给陈示例")
    chen.hears("我老公有癌")
    await chen.says("查 1", in_=group)
    group.hears("#1", not_=["癌"])


async def test_never_mind_calls_nobody_off_an_emergency(town: Town) -> None:
    grandma = await _told(town, "我妈胸口疼得厉害")
    called = [town.member(name) for name in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    town.skip(*called)
    await grandma.says("算了 我先给她吃速效救心丸")
    grandma.hears("已经告诉", "点一下")
    for member in called:
        member.hears("速效救心丸")
    assert (await town.request(1)).state is State.DISPATCHED
    await grandma.taps("撤销1")
    grandma.hears("已经撤销")
    for member in called:
        member.hears("居民撤销了")


async def test_the_group_that_read_an_alarm_hears_that_it_is_withdrawn(town: Town) -> None:
    grandma = await _told(town, "我家闻着煤气味")
    called = [town.member(name) for name in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    town.skip(*called)
    await grandma.says("撤销1")
    grandma.hears("已经撤销")
    town.group("槐荫胡同群").hears("居民撤销了")
    for member in called:
        member.hears("居民撤销了")


async def test_who_wanted_to_die_is_looked_for_whatever_that_phone_says(town: Town) -> None:
    grandma, secretary = await _told(town, "我不想活了"), town.member("马假设")
    await grandma.says("撤销")
    grandma.hears("还是会有人来看看您")
    secretary.hears("#1", "见到人")
    town.member("汪比方").hears("#1", "我不想活了")
    town.member("汪比方").hears("#1", "见到人")
    assert (await town.request(1)).state is State.DISPATCHED


async def test_what_is_said_with_impatience_is_heard(town: Town) -> None:
    grandma, chen = await _taken(town, "墙根渗水"), town.member("陈示例")
    await town.later(minutes=40)
    await grandma.says("怎么还不来 都渗到床底下了 被褥都潮了")
    grandma.hears("已经提醒")
    chen.hears("居民在催", "被褥都潮了")
    await grandma.says("你们快来看看吧 插座那块也湿了")
    grandma.hears("#1")
    chen.hears("插座那块也湿了")
    assert (await town.request(1)).text.endswith("插座那块也湿了")


async def test_a_complaint_said_with_impatience_is_not_for_the_one_complained_of(town: Town) -> None:
    grandma, chen = await _taken(town, "墙根渗水"), town.member("陈示例")
    await town.later(minutes=40)
    await grandma.says("怎么还不来 陈示例是不是光收钱不干活")
    grandma.hears("#2", "不会告诉别人")
    town.member("马假设").hears("光收钱不干活")
    chen.hears_nothing()


async def test_who_is_in_no_hurry_wakes_nobody(town: Town) -> None:
    grandma, chen = await _taken(town, "路灯不亮了"), town.member("陈示例")
    await town.until(22, 45)
    town.skip_everybody()  # the secretaries have had the digest
    await grandma.says("不着急 明天再说")
    grandma.hears("#1")
    await town.later(minutes=5)
    chen.hears_nothing()
    await town.until(8, 30)
    chen.hears("昨晚22:4", "不着急 明天（就是今天）再说")


async def test_what_is_no_request_still_reaches_who_is_coming(town: Town) -> None:
    grandma, chen = await _taken(town, "我家厨房水管漏水"), town.member("陈示例")
    await grandma.says("谢谢")
    grandma.hears("随时说")
    await chen.says("约好 1 明天上午九点")
    town.skip(grandma, chen)
    await town.later(hours=1)
    await grandma.says("行")
    grandma.hears("告诉陈示例了")
    chen.hears("#1", "行")
    await grandma.says("煤气我先关了 你放心")
    grandma.hears("陈示例")
    chen.hears("煤气我先关了")
    await town.later(minutes=5)


@pytest.mark.parametrize(
    ("words", "state"), [("👍👍", State.CLOSED), ("满意👍", State.CLOSED), ("好的", State.RESOLVED)]
)
async def test_a_thumb_is_a_rating_and_a_nod_is_asked_again(town: Town, words: str, state: State) -> None:
    grandma = await _done(town, "路灯不亮了", "换了灯泡")
    await grandma.says(words)
    grandma.hears("#1")
    town.skip(town.member("陈示例"))
    assert (await town.request(1)).state is state


async def test_second_thoughts_behind_a_rating_bring_it_back(town: Town) -> None:
    grandma, chen = await _done(town, "我家厨房水管漏水", "换了接头"), town.member("陈示例")
    await grandma.says("满意")
    town.skip(grandma, chen)
    await grandma.says("刚才试了 还是滴")
    grandma.hears("#1 没办好")
    chen.hears("没有解决", "还是滴")
    town.skip(town.member("潘编写"))
    assert (await town.request(1)).state is State.IN_PROGRESS


async def test_a_neighbour_who_follows_reads_no_doors_of_another_home(town: Town) -> None:
    grandma = await _taken(town, "中心街停水了")
    neighbour = town.resident("郑师傅")
    await neighbour.scans("xy-01")
    await neighbour.says("停水了 一滴都没有")
    town.skip(grandma, neighbour, town.group("槐荫胡同群"))
    assert (await town.request(2)).merged_into == 1
    await town.member("陈示例").says("办结 1 中心街15号门口的阀门坏了，换了，有事打13800000102")
    grandma.hears("中心街15号")
    neighbour.hears("阀门坏了", not_=["15号", "13800000102"])
    town.skip(town.member("陈示例"))


async def test_codes_and_keys_are_nothing_for_the_group(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("家里宽带修一下 密码是Ww880808 钥匙放门口花盆底下了")
    town.group("槐荫胡同群").hears("宽带", not_=["Ww880808", "花盆"])
    grandma.skip()


async def test_who_sent_a_picture_may_take_his_time_to_say_what_it_is(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.sends_picture()
    grandma.skip()
    await town.later(minutes=2)
    await grandma.says("路灯不亮了")
    grandma.hears("#1", "公共设施")
    town.skip(town.group("槐荫胡同群"), town.member("陈示例"))
    assert [one.text for one in await town.requests()] == ["路灯不亮了"]


async def test_two_blocked_drains_are_two(town: Town) -> None:
    grandma = await _told(town, "我家下水道堵了 中心街5号")
    neighbour = town.resident("郑师傅")
    await neighbour.scans("xy-01")
    neighbour.skip()
    await neighbour.says("中心街25号 下水道堵了 水漫出来了")
    neighbour.hears("#2", not_=["邻居"])
    town.skip(grandma, town.group("槐荫胡同群"))
    assert (await town.request(2)).state is State.DISPATCHED


async def test_what_grows_worse_is_pressing_from_then_on(town: Town) -> None:
    grandma, chen = await _taken(town, "厨房水管有点滴水"), town.member("陈示例")
    await town.later(minutes=10)
    await grandma.says("现在哗哗的了 盆都接不住")
    grandma.hears("#1", "按急事", "陈示例")
    chen.hears("#1 更急了", "哗哗")
    request = await town.request(1)
    assert request.urgency == "urgent"
    assert request.due_resolution
    assert request.due_resolution.date() == town.now.date()
    await town.later(minutes=3)
    chen.hears_nothing()  # not once more as a supplement


async def test_what_grows_worse_before_anybody_came_is_told_anew(town: Town) -> None:
    grandma, group = await _told(town, "厨房水管有点滴水"), town.group("槐荫胡同群")
    await town.later(minutes=10)
    await grandma.says("越来越大了 都流到楼下了")
    grandma.hears("#1", "按急事")
    group.hears("#1 报修", "当天要办", "流到楼下")
    await town.later(minutes=30)
    town.skip(town.member("陈示例"), *map(town.member, ("邹仿真", "章模拟", "苏虚拟")))
    assert len(await town.requests()) == 1


@pytest.mark.parametrize("words", ["不怎么漏了", "会不会越来越大?", "没流到楼下"])
async def test_what_does_not_grow_worse_presses_nobody(town: Town, words: str) -> None:
    grandma = await _taken(town, "厨房水管有点滴水")
    await town.later(minutes=10)
    await grandma.says(words)
    town.skip(grandma, town.member("陈示例"))
    assert (await town.request(1)).urgency == "normal"


async def test_another_matter_beside_an_emergency_is_one_and_is_heard_by_who_runs(town: Town) -> None:
    grandma, chen = await _burning(town, "我妈摔倒了起不来"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, town.group("槐荫胡同群"), *map(town.member, RUNG))
    await town.later(minutes=20)
    await grandma.says("对了 门口路灯不亮了 找人看看")
    grandma.hears("#2")
    chen.hears("#1", "路灯不亮了")
    town.skip(town.group("槐荫胡同群"))
    assert [one.urgency for one in await town.requests()] == ["emergency", "normal"]


async def test_a_danger_that_is_over_rings_less_and_again_when_it_is_not(town: Town) -> None:
    grandma, chen = await _burning(town, "孩子找不着了 都两个小时了"), town.member("陈示例")
    await grandma.says("找到了 虚惊一场 在同学家")
    town.skip(grandma, *map(town.member, RUNG))
    await town.later(minutes=25)
    chen.hears("#1", "去看一眼")
    town.group("槐荫胡同群").hears_nothing()
    for name in RUNG:
        town.member(name).hears_nothing()
    await grandma.says("又不见了!")
    town.skip(grandma, *map(town.member, RUNG))
    await town.later(minutes=4)
    for name in RUNG:
        town.member(name).hears("紧急 #1")
    town.group("槐荫胡同群").skip()


async def test_a_second_danger_is_heard_by_all_though_somebody_has_come(town: Town) -> None:
    grandma, chen = await _burning(town, "我家厨房着火了"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, town.group("槐荫胡同群"), *map(town.member, RUNG))
    await town.later(minutes=10)
    await grandma.says("老头子呛着了 喘不上气")
    grandma.hears("120")
    for name in RUNG:
        town.member(name).hears("#1", "喘不上气")
