"""Neighbours who tell of one matter, and requests that are joined and parted."""

from __future__ import annotations

import asyncio

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

OUTAGES = (
    "停电了",
    "我们这儿停电了 咋回事",
    "怎么没电了",
    "整条胡同都停电了",
    "家里停电了，啥时候来电",
    "停电了，冰箱里的肉要坏了",
    "没电了没电了",
    "请问停电了什么时候能来",
    "黑灯瞎火的，停电了吧",
    "又停电了，啥时候来电",
    "大槐树底下都没电",
)


async def _lives_here(town: Town, name: str, lane: str = "xy-01") -> Neighbour:
    resident = town.resident(name)
    await resident.scans(lane)
    resident.skip()
    return resident


async def test_a_power_cut_that_a_dozen_neighbours_tell_of_is_one_matter(town: Town) -> None:
    grandma, group, chen = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("我们胡同停电了")
    grandma.hears("#1")
    group.hears("#1")
    others = []
    for number, words in enumerate(OUTAGES, start=2):
        other = await _lives_here(town, f"邻居{number}")
        await other.says(words)
        other.hears(f"#{number}", "您的邻居也说了这件事(#1)")
        others.append(other)
    group.hears("#1", "3户")
    group.hears("#1", "10户")
    await chen.says("接 1", in_=group)
    group.hears("#1 陈示例接下了")
    await chen.says("办结 1 供电所来修好了", in_=group)
    group.hears("#1")
    for number, other in enumerate((grandma, *others), start=1):
        other.hears("接下了")
        other.hears(f"#{number}", "供电所来修好了")
        await other.says("1")
        other.hears(f"谢谢您!#{number}")
    for _ in range(12):
        chen.hears("居民评价:满意")
    requests = await town.requests()
    assert [one.merged_into for one in requests] == [None] + [1] * 11
    assert {one.rating for one in requests} == {"good"}


async def test_the_number_of_a_neighbour_means_the_common_matter(town: Town) -> None:
    grandma, zhao = await _lives_here(town, "吴奶奶"), await _lives_here(town, "赵大爷")
    await grandma.says("我们胡同停水了")
    await zhao.says("停水了")
    await town.member("陈示例").says("接 2")
    assert [one.state for one in await town.requests()] == [State.ACCEPTED, State.MERGED]
    town.skip_everybody()


async def test_a_neighbour_who_urges_hears_his_own_number(town: Town) -> None:
    grandma, uncle = await _lives_here(town, "吴奶奶"), await _lives_here(town, "王大爷")
    chen = town.member("陈示例")
    await grandma.says("我们胡同停电了")
    await uncle.says("停电了")
    await chen.says("接 1")
    town.skip(grandma, uncle, chen, town.group("槐荫胡同群"))
    await uncle.says("催一下")
    uncle.hears("#2", not_=["#1"])
    chen.hears("#1", "居民在催")


async def test_no_neighbour_hears_how_it_went_on_behind_the_result(town: Town) -> None:
    grandma, uncle = await _lives_here(town, "吴奶奶"), await _lives_here(town, "王大爷")
    chen = town.member("陈示例")
    await grandma.says("我们胡同停电了")
    await uncle.says("停电了")
    await chen.says("接 1")
    town.skip(grandma, uncle, chen, town.group("槐荫胡同群"))
    town.wechat.faults.api_down = True
    await chen.says("告诉居民 1 正在抢修")
    await chen.says("办结 1 来电了")
    town.wechat.faults.api_down = False
    await town.later(minutes=10)
    town.skip(*map(town.member, [one.name for one in town.wecom.members.values()]))  # the outage is told them too
    for one in (grandma, uncle):
        one.hears("办完了", not_=["正在抢修"])


async def test_a_neighbour_who_means_another_matter_parts_it_with_a_tap(town: Town) -> None:
    grandma, group = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群")
    await grandma.says("我们胡同停电了")
    town.skip(grandma, group)
    zhao = await _lives_here(town, "赵大爷")
    await zhao.says("停电了")
    zhao.hears("#2", "您的邻居也说了这件事(#1)")
    await zhao.taps("这是另一件事")
    zhao.hears("记下了,编号 #2")
    group.hears("#2")
    assert (await town.request(2)).state is State.DISPATCHED
    assert (await town.request(2)).merged_into is None


async def test_the_first_one_withdraws_and_the_neighbours_lose_nothing(town: Town) -> None:
    grandma, group, chen = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("我们胡同停水了")
    zhao, qian = await _lives_here(town, "赵大爷"), await _lives_here(town, "钱大妈")
    await zhao.says("停水了")
    await qian.says("家里没水了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, zhao, qian, group)
    await grandma.says("撤销")
    grandma.hears("#1 已经撤销")
    group.hears("#1 的居民撤销了", "请接着办", "#2")
    await chen.says("办结 2 来水了", in_=group)
    group.hears("#2")
    zhao.hears("#2", "来水了")
    qian.hears("#3", "来水了")
    heir = await town.request(2)
    assert (heir.first_responder, heir.holder) == (town.code("陈示例"),) * 2
    assert (await town.request(3)).merged_into == 2


async def test_what_was_asked_of_one_is_not_shown_to_another(town: Town) -> None:
    grandma, group, chen = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("我们胡同停水了")
    zhao = await _lives_here(town, "赵大爷")
    await zhao.says("停水了")
    await chen.says("接 1", in_=group)
    await chen.says("请补充 1 您家水表的钥匙放哪了")
    town.skip(grandma, zhao, group, chen)
    await zhao.says("进度")
    zhao.hears("#2", "和 #1 一起办", not_=["钥匙"])
    await grandma.says("进度")
    grandma.hears("陈示例今天", "钥匙放哪了")
    await chen.says("1 自来水公司下午来人")
    town.skip(grandma, zhao, chen)
    await zhao.says("进度")
    zhao.hears("#2", "自来水公司下午来人")


async def test_one_neighbour_is_not_satisfied(town: Town) -> None:
    grandma, group, chen = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("我们胡同停水了")
    zhao = await _lives_here(town, "赵大爷")
    await zhao.says("停水了")
    await chen.says("办结 1 来水了", in_=group)
    town.skip(grandma, zhao, group)
    await grandma.says("满意")
    grandma.hears("谢谢您")
    chen.hears("满意")
    await zhao.says("没解决 我家还是没水")
    zhao.hears("#2 没办好", "陈示例接着办")
    chen.hears("#1", "我家还是没水")
    town.member("潘编写").hears("#1", "我家还是没水")
    assert (await town.request(1)).state is State.IN_PROGRESS
    await chen.says("办结 1 又通了一遍", in_=group)
    group.hears("#1")
    zhao.hears("#2", "又通了一遍")
    grandma.hears("#1", "又通了一遍")
    town.member("潘编写").hears("#1 陈示例办完了", "又通了一遍")


async def test_a_member_joins_two_and_parts_them_again(town: Town) -> None:
    grandma, group, chen = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("厨房水管漏了")
    zhao = await _lives_here(town, "赵大爷")
    await zhao.says("楼道里的灯不亮了")
    await chen.says("接 1 2", in_=group)
    town.skip(grandma, zhao, group)
    before = await town.request(2)
    await chen.says("并 2 到 1", in_=group)
    group.hears("#2 并到 #1 了")
    zhao.hears("您的 #2 和 #1 是同一件事", "陈示例")
    await zhao.says("进度")
    zhao.hears("#2", "和 #1 一起办")
    await chen.says("在路上了 1", in_=group)
    group.hears("#1")
    grandma.hears("在路上")
    zhao.hears("在路上")
    await chen.says("拆 2", in_=group)
    group.hears("#2 分开了")
    zhao.hears("#2 现在单独办")
    after = await town.request(2)
    assert (after.state, after.holder, after.due_resolution) == (before.state, before.holder, before.due_resolution)


async def test_two_that_are_one_already_are_not_joined_in_a_circle(town: Town) -> None:
    grandma, group, chen = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("厨房水管漏了")
    await grandma.says("另外楼道里的灯不亮了")
    await chen.says("并 2 到 1", in_=group)
    town.skip(grandma, group)
    await chen.says("1 并到 2", in_=group)
    group.hears("本来就是一件事")
    assert (await town.request(1)).state is State.DISPATCHED


@pytest.mark.wordings
@pytest.mark.parametrize("words", ["水管怎么还没人来修", "厨房水管还是漏"])
async def test_the_same_trouble_again_joins_the_open_request(town: Town, words: str) -> None:
    grandma, group, chen = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("厨房水管漏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.later(hours=3)
    await grandma.says(words)
    grandma.hears("#1")
    await town.later(minutes=2)
    chen.skip()
    grandma.skip()
    assert [one.number for one in await town.requests()] == [1]


async def test_a_lamp_that_is_dark_again_after_the_rating_is_brought_back(town: Town) -> None:
    grandma, group, chen = await _lives_here(town, "吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("门口路灯不亮了")
    await chen.says("办结 1 换了灯泡", in_=group)
    await grandma.says("满意")
    town.skip(grandma, group, chen)
    await town.later(hours=5)
    await grandma.says("这路灯又不亮了")
    grandma.hears("#1 没办好", "陈示例接着办")
    chen.hears("#1", "居民说没有解决", "这路灯又不亮了")
    town.member("潘编写").skip()
    assert (await town.request(1)).reopen_count == 1
    await grandma.says("还没修好")
    grandma.hears("已经提醒陈示例", "#1")
    chen.hears("#1", "居民在催")


async def test_a_dozen_neighbours_at_the_same_moment(town: Town) -> None:
    """Whoever is the first: the others have told of the same."""
    neighbours = [await _lives_here(town, f"邻居{number}") for number in range(12)]
    await asyncio.gather(*(one.says("停水了") for one in neighbours))
    requests = await town.requests()
    assert len(requests) == 12
    assert [one.merged_into for one in requests].count(None) == 1
    town.skip(*neighbours, town.group("槐荫胡同群"), town.member("陈示例"))


async def test_what_had_joined_the_parted_one_hears_where_it_belongs_now(town: Town) -> None:
    grandma, uncle, xiaoman = [await _lives_here(town, name) for name in ("吴奶奶", "王大爷", "周小满")]
    group, chen = town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.says("路灯坏了")
    await uncle.says("下水道堵了")
    await xiaoman.says("垃圾没人收，臭得很")
    await chen.says("并 2 到 1")
    await chen.says("并 1 到 3")
    town.skip(grandma, uncle, xiaoman, group, chen)
    await chen.says("拆 1")
    chen.hears("#1 分开了")
    grandma.hears("#1", "单独办", "陈示例")
    uncle.hears("#2 和 #1", "合在一起办", not_=["单独办"])
    xiaoman.hears_nothing()
    assert [one.merged_into for one in await town.requests()] == [None, 1, None]


async def test_a_neighbour_who_cannot_wait_is_heard(town: Town) -> None:
    grandma, chen = await _lives_here(town, "吴奶奶"), town.member("陈示例")
    await grandma.says("我们胡同停电了")
    zhao = await _lives_here(town, "赵大爷")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await zhao.says("停电了，我老伴吸氧机要用电！")
    zhao.hears("#2", "#1")
    chen.hears("#1 更急了", "又有一户", "吸氧机要用电")
    assert (await town.request(1)).urgency == "urgent"
    town.skip_everybody()


async def test_what_two_lanes_throw_at_each_other_is_ruled_on(town: Town) -> None:
    grandma, chen, li = await _lives_here(town, "吴奶奶"), town.member("陈示例"), town.member("李样本")
    await grandma.says("晒谷场那盏大灯灭了")
    town.skip_everybody()
    await chen.says("退1 这是水井胡同的")
    chen.hears("#1 转到水井胡同了")
    grandma.hears("水井胡同", "李样本")
    town.group("水井胡同群").hears("#1")
    await li.says("退1 槐荫胡同的灯")
    li.hears("#1 已经退回，告诉了马假设", "还请您照应着")
    town.member("马假设").hears("#1 又退回来了", "槐荫胡同的灯")
    request = await town.request(1)
    assert (request.state, request.lane, request.return_count) == (State.RETURNED, "xy-02", 2)


async def _two_without_water(town: Town) -> tuple[Neighbour, Neighbour]:
    """Told long enough ago that no window is open to them."""
    grandma, uncle = await _lives_here(town, "吴奶奶"), await _lives_here(town, "李大爷")
    await grandma.says("我们胡同停水了")
    await uncle.says("怎么没水了")
    uncle.hears("#2", "您的邻居也说了")
    await town.member("陈示例").says("接 1")
    await town.later(days=2, minutes=5)
    town.skip_everybody()
    return grandma, uncle


async def test_a_neighbours_template_says_what_became_of_it(town: Town) -> None:
    grandma, uncle = await _two_without_water(town)
    await town.member("陈示例").says("办结 1 换了主管道")
    assert grandma.hears("1", "办完请评价").via == "template"
    assert uncle.hears("2", "办完请评价", not_=["合在一起办"]).via == "template"
    town.skip_everybody()


@pytest.mark.parametrize("words", ["没解决 还是没水", "1"])
async def test_a_result_that_was_judged_before_it_was_read_is_not_asked_about(town: Town, words: str) -> None:
    _, uncle = await _two_without_water(town)
    await town.member("陈示例").says("办结 1 换了主管道")
    town.skip_everybody()
    await uncle.says(words)
    uncle.hears("#2", not_=["您看解决了吗"])
    uncle.hears_nothing()
    town.skip_everybody()


async def test_words_that_waited_are_of_who_has_it_now(town: Town) -> None:
    grandma, uncle = await _two_without_water(town)
    chen = town.member("陈示例")
    await town.later(days=6)
    town.skip_everybody()
    await town.member("马假设").says("派 1 章模拟")
    await town.member("章模拟").says("接 1")
    town.skip_everybody()
    for one in (grandma, uncle):
        await one.says("您好")
        one.hears("您好")
        one.hears("现在由章模拟来办", not_=["已经催陈示例"])
    town.skip_everybody()
    await chen.says("我的任务")
    chen.skip()


@pytest.mark.parametrize(
    ("words", "urgency"),
    [
        (("厨房水管", "爆了 水哗哗的"), "urgent"),
        (("楼下那个井盖", "没了"), "urgent"),
        (("门口的井盖", "不见了"), "urgent"),
        (("家里暖气", "一点都不热"), "urgent"),
        (("我们家门口", "有个井盖", "没了"), "urgent"),
        (("就是我们门口那个路灯", "晚上不亮了"), "normal"),
        (("昨天晚上", "后院那个墙", "塌了一块"), "normal"),
    ],
)
async def test_both_halves_are_weighed_as_one(town: Town, words: tuple[str, ...], urgency: str) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    for said in words:
        await grandma.says(said)
        await town.later(seconds=20)
    requests = await town.requests()
    assert [(one.text, one.urgency, one.sensitivity) for one in requests] == [(" ".join(words), urgency, "open")]
    if urgency == "urgent":
        assert any("09:30" in line.text for line in grandma.unread())
        assert any("当天要办" in line.text for line in group.unread())
    town.skip_everybody()


async def test_a_danger_behind_half_a_sentence_rings_by_itself(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("厨房水管")
    await town.later(seconds=20)
    await grandma.says("我爸晕倒了")
    assert [one.urgency for one in await town.requests()] == ["normal", "emergency"]
    town.skip_everybody()
