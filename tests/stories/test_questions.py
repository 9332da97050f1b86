"""A secretary's everyday questions: the desk answers them itself, and no holder and no resident hears of them."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Colleague, Ear, Neighbour, Town

pytestmark = pytest.mark.wordings

Tap = tuple[Neighbour, Ear, Colleague, Colleague]


@pytest.fixture
async def tap(town: Town) -> Tap:
    """Grandma's tap drips, Chen has taken it; Ma is the community's secretary."""
    grandma, group, chen, ma = (
        town.resident("吴奶奶"),
        town.group("槐荫胡同群"),
        town.member("陈示例"),
        town.member("马假设"),
    )
    await grandma.scans("xy-01")
    await grandma.says("水龙头滴水")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    return grandma, group, chen, ma


async def _another_in_the_next_lane(town: Town) -> None:
    """Nobody takes it, so that after two hours it is late."""
    wang, well = town.resident("王大爷"), town.group("水井胡同群")
    await wang.scans("xy-02")
    await wang.says("路灯不亮了")
    town.skip(wang, well)


def _everybody(town: Town) -> list[Ear]:
    """All members."""
    return [town.member(one.name) for one in town.wecom.members.values()]


async def _past_noon(town: Town) -> None:
    """What silence tells those above does not matter here."""
    await town.later(hours=5)
    town.skip(*map(town.member, ("李样本", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")))
    town.skip(town.group("水井胡同群"))


# ── what is open ─────────────────────────────────────────────────────────────────────────────────


async def test_who_leads_hears_of_all_that_is_open_in_his_area(town: Town, tap: Tap) -> None:
    *_, ma = tap
    await town.later(minutes=5)
    await _another_in_the_next_lane(town)
    for who in (ma, town.member("潘编写"), town.member("韦比方")):
        await who.says("还有几件没办完")
        said = who.hears("没办完的有2件，没有超时的", "水龙头滴水 · 陈示例 · 等了5分钟", "#2", "李样本").text
        assert said.index("#1") < said.index("#2")
    other_circle = town.member("鲁举例")
    await other_circle.says("现在什么情况")
    other_circle.hears("现在没有要办的事")


async def test_what_is_late_by_the_digest(town: Town, tap: Tap) -> None:
    *_, ma = tap
    await ma.says("有没有超时的")
    ma.hears("没有超时的。没办完的有1件")
    await tap[2].says("在路上 1")
    town.skip(tap[0], tap[2])
    await _another_in_the_next_lane(town)
    await _past_noon(town)
    await ma.says("哪些超期了")
    ma.hears("超时的有1件（没办完的一共2件）", "#2", "李样本 · 等了5小时 · 超时", not_=["#1"])
    await ma.says("哪件拖得最久")
    ma.hears("没办完的有2件，其中超时1件")
    await ma.says("日报")
    ma.hears("正在办2件，超时1件")


async def test_no_more_than_eight_are_listed(town: Town, tap: Tap) -> None:
    grandma, group, _, ma = tap
    for what in (
        "路灯坏了",
        "垃圾没人收",
        "井盖翘了",
        "墙皮掉了",
        "下水道堵了",
        "楼道灯不亮",
        "树枝压电线",
        "有人乱停车",
    ):
        await town.later(minutes=20)
        await grandma.says(what)
    town.skip(grandma, group, *_everybody(town))
    await ma.says("还有几件没办完")
    assert ma.hears("没办完的有9件").text.count("\n#") == 8


async def test_a_plain_member_hears_of_his_own(town: Town, tap: Tap) -> None:
    *_, chen, _ = tap
    await _another_in_the_next_lane(town)
    await chen.says("今天情况咋样")
    chen.hears("您手上和等人接的有1件", "#1", not_=["#2"])


async def test_in_a_group_nothing_of_other_lanes_and_nothing_private(town: Town, tap: Tap) -> None:
    _, group, _, ma = tap
    await _another_in_the_next_lane(town)
    xiaoman = town.resident("小满")
    await xiaoman.scans("xy-01")
    await xiaoman.says("我要投诉我们胡同长陈示例,态度特别差,找他办事从来不理人")
    town.skip(xiaoman, ma)
    await ma.says("还有几件没办完", in_=group)
    group.hears("没办完的有1件", "#1", "不公开的请单独问我", not_=["#2", "#3"])
    await ma.says("还有几件没办完")
    ma.hears("没办完的有3件", "#3", "保密", not_=["态度"])
    pan = town.member("潘编写")
    await pan.says("还有几件没办完")
    pan.hears("没办完的有2件", not_=["#3"])
    await ma.says("1号谁负责", in_=group)
    group.hears("**#1")
    await ma.says("3号谁负责", in_=group)
    group.hears("请单独跟我说", not_=["马假设"])
    await ma.says("3号给居民回个电话", in_=group)
    group.hears("请单独跟我说")


async def test_while_an_alarm_rings_a_member_is_told_that_nobody_has_gone(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("着火了，快来人")
    town.skip(grandma, group, *_everybody(town))
    await chen.says("现在什么情况")
    chen.hears("还没有人去")
    ma = town.member("马假设")
    await ma.says("现在什么情况")
    ma.hears("没办完的有1件", "#1")


# ── the figures ──────────────────────────────────────────────────────────────────────────────────


async def test_the_digest_of_now_is_for_the_secretary_alone_and_the_daily_one_still_comes(town: Town, tap: Tap) -> None:
    _, group, chen, ma = tap
    await town.later(minutes=5)
    for words in ("台账", "今天的日报", "汇总一下"):
        await ma.says(words)
        ma.hears("杏园社区", "日报", "新增1件，办完0件，正在办1件，超时0件")
    await ma.says("昨天的日报")
    ma.hears("11月22日", "新增0件")
    await ma.says("台账发我一份", in_=group)
    group.hears("请单独问我", not_=["新增"])
    for who in (chen, town.member("潘编写")):
        await who.says("日报")
        who.hears("只发给书记")
    await chen.says("在路上 1")
    town.skip(tap[0], chen)
    await town.until(18, 30)
    for secretary in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.member(secretary).hears("日报")


async def test_the_three_rates_are_said_with_what_they_are_of(town: Town, tap: Tap) -> None:
    grandma, group, chen, ma = tap
    await town.later(minutes=5)
    await chen.says("办结 1 换了垫片")
    await grandma.taps("一般")
    town.skip(grandma, chen, group)
    await town.later(minutes=1)
    await ma.says("这个月满意率")
    ma.hears(
        "杏园社区",
        "响应率100%（该回话的1件",
        "解决率100%（有评价的1件，解决了1件）",
        "满意率0%（有评价的1件，满意0件）",
    )
    await ma.says("满意率多少", in_=group)
    group.hears("请单独问我")
    await chen.says("解决率")
    chen.hears("只发给书记")


# ── who is away ──────────────────────────────────────────────────────────────────────────────────


async def test_who_is_away_and_who_stands_in(town: Town, tap: Tap) -> None:
    _, _, chen, ma = tap
    await ma.says("谁在休假")
    ma.hears("王演示：11月23日到11月29日，由赵范例替")
    await ma.says("谁替陈示例")
    ma.hears("陈示例今天和往后一星期没有请假")
    await chen.says("请假 后天到周五 邹仿真替")
    town.skip(chen, ma, town.member("邹仿真"))
    await chen.says("谁请假了")
    chen.hears("王演示", "陈示例：11月25日到11月27日，由邹仿真替")
    await ma.says("谁替老陈")
    ma.hears("陈示例", "邹仿真", not_=["王演示"])
    village = town.member("汤演示")
    await village.says("今天谁不在")
    village.hears("没有人请假")


# ── one request ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.wordings
@pytest.mark.parametrize("words", ["1号谁负责", "1谁在办", "1到哪一步了", "1号电话多少", "详情1", "1详情", "看下1"])
async def test_how_one_request_stands_is_told_to_who_asks(town: Town, tap: Tap, words: str) -> None:
    *_, chen, ma = tap
    for who in (ma, chen):
        await who.says(words)
        who.hears("**#1 报修**", "已接单", "负责人：陈示例")


async def test_when_it_is_due_is_told_of_the_only_one_the_quoted_one_or_all(town: Town, tap: Tap) -> None:
    grandma, group, chen, _ = tap
    await chen.says("最晚什么时候")
    chen.hears("**#1 报修**", "办结期限")
    await grandma.says("路灯坏了")
    card = group.hears("#2")
    await chen.says("接 2")
    town.skip(grandma, group, chen)
    await chen.says("最晚什么时候")
    chen.hears("您手上和等人接的有2件", "#1", "#2")
    await chen.says("最晚什么时候", quote=card, in_=group)
    group.hears("**#2", "办结期限")


async def test_of_what_is_not_his_nothing_is_told(town: Town, tap: Tap) -> None:
    other = town.member("汤演示")
    await other.says("1号谁负责")
    other.hears("没有 #1 这件事，或者不归您看")


async def test_what_is_over_is_not_taken_for_the_one_that_is_open(town: Town, tap: Tap) -> None:
    grandma, group, chen, ma = tap
    await chen.says("办结 1 换了垫片")
    await grandma.taps("满意")
    await grandma.says("路灯坏了")
    await chen.says("接 2")
    town.skip(grandma, group, chen)
    await ma.says("1号可以结了")
    ma.hears("#1 是“已归档”，不用再办了")
    assert (await town.request(2)).state is State.ACCEPTED


async def test_what_may_end_is_not_closed_without_a_result(town: Town, tap: Tap) -> None:
    *_, chen, ma = tap
    well = town.group("水井胡同群")
    await ma.says("1号可以结了", in_=well)
    well.hears("#1 办得怎么样")
    await chen.says("1可以结了")
    chen.hears("#1 办得怎么样")
    assert (await town.request(1)).state is State.ACCEPTED


async def test_words_for_the_holder_go_to_him_also_behind_the_result(town: Town, tap: Tap) -> None:
    grandma, _, chen, ma = tap
    await ma.says("1号给居民回个电话问问满不满意")
    chen.hears("#1", "马假设说：1号给居民回个电话问问满不满意")
    ma.hears("告诉陈示例了，没有转给居民")
    await chen.says("办结 1 换了垫片")
    town.skip(grandma, chen)
    await town.member("潘编写").says("1 再回访一下居民")
    chen.hears("#1", "潘编写说")
    town.member("潘编写").hears("没有转给居民")


async def test_a_secretary_supervises_in_everyday_words_and_a_leader_is_handed_on(town: Town, tap: Tap) -> None:
    _, _, chen, ma = tap
    await town.member("潘编写").says("盯一下1号，明天之前给我办完")
    chen.hears("潘编写说", "明天之前给我办完")
    town.member("潘编写").hears("没有转给居民")
    await ma.says("盯一下1号，明天之前给我办完")
    chen.hears("马假设督办", "明天之前给我办完")
    ma.hears("您在督办")
    request = await town.request(1)
    assert (request.holder, request.supervisor) == (town.code("陈示例"), town.code("马假设"))


async def test_a_request_rests_and_goes_on_in_everyday_words(town: Town, tap: Tap) -> None:
    grandma, _, chen, ma = tap
    await ma.says("1先放一放")
    ma.hears("为什么暂停")
    await ma.says("1先放一放，等开春再换管子")
    ma.hears("#1 暂停了")
    grandma.hears("#1 先放一放", "等开春再换管子")
    chen.hears("马假设让先放一放", "等开春再换管子")
    await ma.says("1恢复办")
    ma.hears("#1 恢复了")
    grandma.hears("又接着办了")
    chen.hears("请接着办")
    assert (await town.request(1)).state is State.ACCEPTED


async def test_two_are_one_in_everyday_words(town: Town, tap: Tap) -> None:
    _, group, chen, ma = tap
    neighbour = town.resident("刘大妈")
    await neighbour.scans("xy-01")
    await neighbour.says("路灯坏了")
    town.skip(neighbour, group)
    await ma.says("把1和2合并")
    ma.hears("#2 并到 #1")
    assert (await town.request(2)).merged_into == 1
    town.skip(neighbour, group, chen)
