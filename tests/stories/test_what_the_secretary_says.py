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
    ["1 催陈示例", "1 陈示例赶紧去", "1 让陈示例今天办完", "1 明天之前办完", "催1", "1 到底修好没有", "1 陈示例去办"],
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
            grandma.hears("#1 要晚一点办好", "12月25日")
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
    _, _, chen, ma = roof
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
    assert (await town.request(1)).holder == town.code("潘编写")
    town.skip(ma, chen, town.member("潘编写"), town.group("槐荫胡同群"))
