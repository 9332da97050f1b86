"""What somebody above says of a request that another holds, and what the resident must not hear of it."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Colleague, Ear, Neighbour, Town

pytestmark = pytest.mark.wordings
Roof = tuple[Neighbour, Ear, Colleague, Colleague]


@pytest.fixture
async def roof(town: Town) -> Roof:
    """Grandma's roof leaks, and nobody has taken it yet; Chen holds it, Ma is the community's secretary."""
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("屋顶漏雨了")
    await town.later(minutes=3)
    town.skip(grandma, group)
    return grandma, group, chen, town.member("马假设")


@pytest.mark.parametrize("is_taken", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "1 催陈示例",
        "1 陈示例赶紧去",
        "1 让陈示例今天办完",
        "1 明天之前办完",
        "催1",
        "1 到底修好没有",
        "1 陈示例去办",
        "1 老人多 小心点",
        "1 我盯着 三天内办完",
        "1 联系物业",
        "1 注意安全",
        "1 下午三点去",
        "1 跟他解释一下",
    ],
)
async def test_an_order_reaches_the_holder_and_changes_nothing(
    town: Town, roof: Roof, words: str, *, is_taken: bool
) -> None:
    grandma, group, chen, ma = roof
    if is_taken:
        await chen.says("接 1", in_=group)
        town.skip(grandma, group)
    before = await town.request(1)
    await ma.says(words)
    chen.hears("#1", "马假设说", words)
    ma.hears("告诉陈示例了", "没有转给居民")
    assert await town.request(1) == before


async def test_who_goes_himself_says_so_to_the_resident(town: Town, roof: Roof) -> None:
    grandma, group, chen, ma = roof
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await ma.says("1 我明天上午去看看")
    grandma.hears("马假设", "我明天上午去看看")
    ma.hears("#1")


async def test_who_gave_it_back_goes_on(town: Town, roof: Roof) -> None:
    _, group, chen, ma = roof
    await chen.says("退 1 归城管")
    town.skip(chen, town.member("邹仿真"))
    await ma.says("陈示例接着办")
    ma.hears("#1 交给陈示例了")
    group.hears("#1", "负责人：陈示例")
    request = await town.request(1)
    assert request.state is State.DISPATCHED


@pytest.mark.parametrize(("who", "words"), [("马假设", "1 让邹仿真也去"), ("陈示例", "1 我一个人弄不了 小邹来搭把手")])
async def test_somebody_is_asked_to_work_along(town: Town, roof: Roof, who: str, words: str) -> None:
    grandma, group, chen, _ = roof
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    holder = (await town.request(1)).holder
    await town.member(who).says(words)
    town.member("邹仿真").hears(f"{who}请您搭把手", "还由陈示例负责", "接 1")
    town.member(who).hears("#1 已经请邹仿真搭把手")
    town.skip(chen)
    await town.member("邹仿真").says("接 1")
    town.member("邹仿真").hears("协办")
    request = await town.request(1)
    assert (request.holder, len(request.co_workers)) == (holder, 1)


async def test_what_rests_is_told_to_all_with_its_reason(town: Town, roof: Roof) -> None:
    grandma, group, chen, ma = roof
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await ma.says("暂停 1 等天晴")
    ma.hears("#1 暂停了", "恢复 1")
    chen.hears("#1", "马假设让先放一放", "等天晴")
    grandma.hears("#1 先放一放", "等天晴")
    await grandma.says("怎么没来")
    grandma.hears("#1 现在先放一放", "等天晴", "陈示例")
    await grandma.says("进度")
    grandma.hears("#1", "暂停", "等天晴")


@pytest.mark.parametrize("is_merged", [False, True])
async def test_it_goes_on_by_itself_on_the_day(town: Town, roof: Roof, *, is_merged: bool) -> None:
    grandma, group, chen, ma = roof
    await chen.says("接 1", in_=group)
    await ma.says("暂停1到下周一 等材料")
    ma.hears("#1 暂停了", "11月30日", "自动接着办")
    if is_merged:  # what was joined and parted again still rests until that day
        await town.resident("周婶").scans("xy-01")
        await town.resident("周婶").says("楼道灯不亮了")
        await ma.says("并 1 到 2")
        await ma.says("拆 1")
        await chen.says("办结 2 灯泡换好了")
    await town.later(days=6)
    assert (await town.request(1)).state is State.SUSPENDED
    everybody = [*map(town.member, ("章模拟", "潘编写", "邹仿真", "毕比方", "邵范例", "汪比方")), town.resident("周婶")]
    town.skip(grandma, group, chen, ma, *everybody)
    await town.later(days=1)
    chen.hears("#1", "请接着办")
    assert (await town.request(1)).state is State.ACCEPTED
    town.skip(grandma, group, chen, ma, *everybody)


async def test_a_pause_that_was_ended_rings_no_more(town: Town, roof: Roof) -> None:
    grandma, group, chen, ma = roof
    await chen.says("接 1", in_=group)
    await ma.says("暂停1到下周一 等材料")
    await ma.says("恢复 1")
    await ma.says("暂停 1 等天晴")
    await town.later(days=8)
    assert (await town.request(1)).state is State.SUSPENDED
    everybody = map(town.member, ("潘编写", "邹仿真", "毕比方", "邵范例", "汪比方"))
    town.skip(grandma, group, chen, ma, *everybody)


@pytest.mark.parametrize("words", ["驳回 1 请联系城管一起办", "不同意退", "维持原判 陈示例办", "1 不同意退单"])
async def test_a_return_that_is_refused_stays_with_its_holder(town: Town, roof: Roof, words: str) -> None:
    _, group, chen, ma = roof
    await chen.says("退 1 归城管")
    town.skip(chen, town.member("邹仿真"))
    await ma.says(words)
    chen.hears("#1", "马假设没有同意退")
    ma.hears("#1 交给陈示例了")
    group.skip()
    assert (await town.request(1)).state is State.DISPATCHED


async def test_a_far_promise_is_told_only_when_it_is_granted(town: Town, roof: Roof) -> None:
    grandma, group, chen, ma = roof
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    for ruling, heard in (("不同意1 太晚了，这周内修", False), ("同意 1", True)):
        await chen.says("1 约好下个月二十五号修")
        town.skip(chen, ma, *map(town.member, ("汪比方", "毕比方", "邵范例")))
        grandma.hears_nothing()
        await ma.says(ruling)
        if heard:
            grandma.hears("#1 陈示例和您约", "12月25日")
        grandma.hears_nothing()
        town.skip(chen, ma)


async def test_a_peer_is_nobody_above(town: Town, roof: Roof) -> None:
    grandma, group, chen, _ = roof
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.member("邹仿真").says("1 注意安全 带上梯子")
    town.member("邹仿真").skip()
    chen.hears_nothing()
    await town.member("潘编写").says("1 注意安全 带上梯子")
    chen.hears("#1", "潘编写说")
    town.member("潘编写").hears("告诉陈示例了")
    assert [one.actor for one in await town.journal(1) if one.kind == "told_holder"] == [town.code("潘编写")]


async def test_who_may_not_hear_of_it_is_not_proposed_and_the_return_is_told(town: Town) -> None:
    grandma, ma = town.resident("吴奶奶"), town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says("我要举报陈示例打牌不干活")
    town.skip(grandma, ma)
    await ma.says("退 1 我接不了 李样本那边的")
    ma.hears("#1 已经退回，告诉了汪比方")
    town.member("汪比方").hears("马假设办不了这件事")
    request = await town.request(1)
    assert (request.state, request.return_count, request.offered_to) == (State.RETURNED, 1, "")
    assert next(one for one in await town.journal(1) if one.kind == "return").data["proposed"] == ""


async def test_what_nobody_can_do_goes_to_the_secretary(town: Town, roof: Roof) -> None:
    grandma, _, chen, ma = roof
    zou = town.member("邹仿真")
    await chen.says("退 1 我上不了房")
    town.skip(chen)
    zou.hears("陈示例办不了这件事")
    await zou.says("我也弄不了 退")
    ma.hears("#1 又退回来了", "邹仿真办不了", "请您定")
    zou.hears("#1 已经请马假设来定", "陈示例照应着")
    await zou.says("退 1 弄不了")
    zou.hears("知道了。#1 由陈示例负责")
    await ma.says("转 1 潘编写")
    grandma.hears("#1 已经请潘编写来办", "最晚今天11:00前")
    assert (await town.request(1)).holder == town.code("潘编写")
    town.skip(ma, chen, town.member("潘编写"), town.group("槐荫胡同群"))


@pytest.mark.parametrize("words", ["1 我去看过了", "1 告诉居民 明天去", "1 联系物业了"])
async def test_what_is_plainly_her_own_news_is_told(town: Town, roof: Roof, words: str) -> None:
    grandma, _, chen, ma = roof
    await ma.says(words)
    grandma.hears("#1", "马假设")
    town.skip(grandma, chen, ma)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("把1退了", "不予受理 1"),
        ("1不用办了", "不予受理 1"),
        ("没办完的", "没办完的有1件"),
        ("陈示例手上几件", "陈示例、没办完的有1件"),
        ("本周新增多少", "算不出来"),
        ("把1的类型改为公共设施", "改成“公共设施”"),
        ("老人多 小心点", "没有听懂"),
    ],
)
async def test_what_is_neither_news_nor_for_the_holder(town: Town, roof: Roof, words: str, answer: str) -> None:
    grandma, _, chen, ma = roof
    await ma.says(words)
    ma.hears(answer)
    grandma.hears_nothing()
    chen.hears_nothing()
    request = await town.request(1)
    assert (request.state, request.holder) == (State.DISPATCHED, town.code("陈示例"))


@pytest.mark.parametrize("words", ["1是水井胡同的 改到水井胡同", "把1转到水井胡同"])
async def test_it_goes_to_the_people_of_the_lane_she_names(town: Town, roof: Roof, words: str) -> None:
    grandma, group, _, ma = roof
    await ma.says(words)
    ma.hears("#1 转到水井胡同了")
    grandma.hears("#1 是水井胡同的事", "李样本")
    town.skip(group, town.group("水井胡同群"))
    assert (await town.request(1)).holder == town.code("李样本")


async def test_it_is_to_be_done_today(town: Town, roof: Roof) -> None:
    grandma, group, chen, ma = roof
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await ma.says("1按急件办 怕淋坏了")
    chen.hears("#1 更急了", "马假设要求当天办完", "怕淋坏了")
    ma.hears("#1 改成当天要办了")
    assert (await town.request(1)).urgency == "urgent"
    await ma.says("1改成急的")
    ma.hears("#1 本来就是“当天要办”")


@pytest.mark.parametrize("words", ["接1 再叫邹仿真协办", "请邹仿真协办", "协办 1 邹仿真", "接 叫上邹仿真一起"])
async def test_the_holder_adds_who_works_along_and_he_may_leave(town: Town, roof: Roof, words: str) -> None:
    grandma, group, chen, _ = roof
    zou = town.member("邹仿真")
    await chen.says(words)
    grandma.hears("陈示例接下了", not_=["邹仿真"])
    chen.hears("邹仿真记作协办了")
    zou.hears("陈示例请您协办", "还由陈示例负责")
    assert (await town.request(1)).co_workers == (town.code("邹仿真"),)
    await zou.says("我的任务")
    zou.hears("您协办的有1件", "#1", "陈示例")
    await zou.says("1我不协办了")
    zou.hears("#1 您不协办了")
    chen.hears("#1 邹仿真不协办了", "还由您负责")
    request = await town.request(1)
    assert (request.state, request.co_workers, request.holder) == (State.ACCEPTED, (), town.code("陈示例"))
    await zou.says("退出1")
    zou.hears("#1 您没有协办")
    town.skip(group)


async def test_wishes_for_more_time_are_ruled_on_without_a_number(town: Town, roof: Roof) -> None:
    grandma, group, chen, ma = roof
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await chen.says("1延期到下周五 沥青没到")
    chen.skip()
    ma.hears("沥青没到")
    await ma.says("不同意 太久了")
    chen.hears("延期没有同意：太久了")
    ma.hears("没有同意延期")
    await chen.says("那延到下周三 沥青没到")
    grandma.hears_nothing()
    town.skip(chen, ma)
    await ma.says("行")
    grandma.hears("#1 要晚一点办好", "12月2日", "沥青没到")
    town.skip(chen, ma)
    await chen.says("1延期到12月11日 沥青没到")
    town.skip(chen, ma)
    await ma.says("不同意 太久了 最多12月4日")
    grandma.hears("12月4日", "沥青没到")
    ma.hears("#1 延期到12月4日")
    town.skip(chen)
    await ma.says("行")
    ma.skip()
    assert (await town.request(1)).co_workers == ()


async def test_who_holds_it_may_wish_what_she_decides(town: Town, roof: Roof) -> None:
    grandma, group, chen, ma = roof
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await chen.says("暂停1 等天晴")
    chen.hears("#1 这个要书记来定", "马假设")
    ma.hears("#1", "陈示例想请您定", "暂停 1 等天晴")
    await ma.says("暂停 1 等天晴")
    town.skip(grandma, chen, ma)
    await chen.says("他提前回来了 1恢复吧")
    chen.hears("已经告诉马假设了")
    ma.hears("恢复 1 他提前回来了")
    await ma.says("恢复 1")
    town.skip(grandma, chen, ma)
    await chen.says("重办1")
    chen.hears("#1 正由陈示例办着")


async def test_she_assigns_by_a_nickname(town: Town, roof: Roof) -> None:
    grandma, group, chen, ma = roof
    await ma.says("1让小邹去办")
    town.member("邹仿真").hears("马假设想把这件事转给您")
    ma.hears("已经问邹仿真")
    await ma.says("接 1")
    town.member("邹仿真").hears("#1 马假设接下了，您不用管了")
    town.skip(grandma, group, chen, ma)
    await ma.says("退1 还是老陈去")
    chen.hears("马假设想把这件事转给您")
    ma.hears("已经问陈示例")
    assert (await town.request(1)).offered_to == town.code("陈示例")
