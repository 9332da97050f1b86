"""What members say, in groups, alone with the robot, and in their own WeChat."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from storage.records import State
from tests.stories.town import ZONE, Colleague, Ear, Neighbour, Town


@pytest.fixture
async def leak(town: Town) -> tuple[Neighbour, Ear, Colleague]:
    """Grandma's pipe leaks, the group has heard of it."""
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("水管漏了")
    town.skip(grandma, group)
    await town.later(minutes=2)
    return grandma, group, chen


Leak = tuple[Neighbour, Ear, Colleague]


async def test_two_accept_in_the_same_second(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    zou = town.member("邹仿真")
    await asyncio.gather(chen.says("接 1", in_=group), zou.says("接 1", in_=group))
    texts = sorted(line.text for line in group.unread())
    group.skip()
    assert len(texts) == 2
    assert any("首问负责" in text for text in texts)
    assert any("记作协办" in text for text in texts)
    grandma.hears("接下了")
    request = await town.request(1)
    assert request.state is State.ACCEPTED
    assert {request.first_responder, *request.co_workers} == {town.code("陈示例"), town.code("邹仿真")}
    assert request.first_responder == request.holder


async def test_progress_claims_and_reaches_the_resident_in_the_members_words(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await chen.says("在路上了,十分钟到", in_=group)
    group.hears("#1 马上转告居民")
    grandma.hears("#1 陈示例说", "在路上")
    request = await town.request(1)
    assert (request.state, request.first_responder) == (State.IN_PROGRESS, town.code("陈示例"))
    assert request.first_response_at


async def test_a_question_to_the_resident_and_her_answer(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await chen.says("接 1", in_=group)
    town.skip(group, grandma)
    await chen.says("请补充 1 是几单元", in_=group)
    group.hears("已经问居民了")
    grandma.hears("陈示例想问您", "几单元")
    assert (await town.request(1)).state is State.WAITING_REQUESTER
    await grandma.says("二单元三楼")
    grandma.hears("#1 的补充已经转给陈示例")
    chen.hears("#1", "二单元三楼")
    group.hears_nothing()
    assert (await town.request(1)).state is State.IN_PROGRESS


async def test_a_quoted_card_says_which_one(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await grandma.says("另外楼道灯不亮了")
    grandma.hears("#2")
    card = group.hears("#2")
    await chen.says("收到", in_=group, quote=card)
    group.hears("#2 陈示例接下了")
    grandma.hears("#2")
    assert (await town.request(1)).state is State.DISPATCHED


async def test_without_a_number_the_robot_asks_which(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await grandma.says("另外楼道灯不亮了")
    town.skip(grandma, group)
    await chen.says("收到", in_=group)
    group.hears("是哪一件", "#1", "#2")
    await chen.says("接 1 2", in_=group)
    group.hears("#1 陈示例接下了", "#2 陈示例接下了")
    grandma.hears("#1", "#2")


async def test_hand_over_in_two_steps(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    zou = town.member("邹仿真")
    await chen.says("接 1", in_=group)
    town.skip(group, grandma)
    await chen.says("转 1 邹仿真", in_=group)
    group.hears("已经问邹仿真", "还由陈示例负责")
    zou.hears("陈示例想把这件事转给您", "#1")
    assert (await town.request(1)).holder == town.code("陈示例")
    await zou.says("接 1")
    zou.hears("#1 现在由邹仿真负责")
    chen.hears("#1 邹仿真接过去了")
    grandma.hears("#1 现在由邹仿真来办")
    request = await town.request(1)
    assert (request.holder, request.first_responder) == (town.code("邹仿真"), town.code("陈示例"))


async def test_a_hand_over_that_is_refused_stays(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    zou = town.member("邹仿真")
    await chen.says("接 1", in_=group)
    await chen.says("转 1 邹仿真", in_=group)
    town.skip(group, grandma, zou)
    await zou.says("退 1 我在外地")
    zou.hears("还由陈示例负责")
    chen.hears("邹仿真接不了", "还由您负责")
    assert (await town.request(1)).offered_to == ""


async def test_a_hand_over_nobody_answers_goes_back(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await chen.says("接 1", in_=group)
    await chen.says("转 1 邹仿真", in_=group)
    town.skip(group, grandma, town.member("邹仿真"))
    await town.later(hours=2, minutes=1)
    chen.hears("邹仿真一直没有回话", "还由您负责")


async def test_a_return_needs_a_reason_and_the_second_goes_to_the_secretary(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    zou, ma = town.member("邹仿真"), town.member("马假设")
    await chen.says("退 1", in_=group)
    group.hears("为什么办不了")
    await chen.says("退 1 这是物业的管道", in_=group)
    group.hears("#1 已经退回", "邹仿真")
    zou.hears("陈示例办不了", "物业的管道", "#1")
    request = await town.request(1)
    assert (request.state, request.holder) == (State.RETURNED, town.code("陈示例"))
    await zou.says("接 1")
    zou.hears("#1 邹仿真接下了")
    grandma.hears("邹仿真接下了")
    chen.hears("#1 邹仿真接过去了")  # until now it was his
    await zou.says("退 1 我也办不了")
    zou.hears("#1 已经退回", "马假设")
    ma.hears("邹仿真办不了", "我也办不了")


async def test_help_from_above(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await chen.says("接 1", in_=group)
    town.skip(group, grandma)
    await chen.says("吹哨 1 需要街道协调", in_=group)
    group.hears("#1 已经告诉", "韦比方", "马假设")
    for above in ("韦比方", "马假设"):
        town.member(above).hears("陈示例请您帮忙", "街道协调", "#1")
    grandma.hears("#1 已经请上级")
    request = await town.request(1)
    assert (request.state, request.holder) == (State.WAITING_AGENCY, town.code("陈示例"))


async def test_an_appointment_is_told_with_its_date_and_moves_what_is_due(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await chen.says("约好 1 周三上午", in_=group)
    group.hears("#1 马上告诉居民：周三上午（11月25日 周三）")
    grandma.hears("陈示例和您约", "周三上午（11月25日 周三）")
    request = await town.request(1)
    assert request.state is State.SCHEDULED
    assert request.due_resolution == datetime(2026, 11, 25, 12, tzinfo=ZONE)


async def test_an_hour_is_told_as_an_hour(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await chen.says("1 明天下午三点半上门", in_=group)
    group.hears("明天下午三点半上门", "15:30")
    grandma.hears("明天下午三点半上门", "15:30")
    await town.later(hours=3)
    await grandma.says("进度")
    grandma.hears("#1", "已约好时间", "陈示例今天", "说：", "明天下午三点半上门（11月24日 周二", "15:30")


async def test_a_visit_that_was_is_told_without_a_date(town: Town, leak: Leak) -> None:
    grandma, _, chen = leak
    await chen.says("1 周日来看过了,缺配件")
    grandma.skip()
    await grandma.says("进度")
    assert "（" not in grandma.hears("周日来看过了").text.split("说：")[1]
    await chen.says("办结 1 换了新的")
    await grandma.taps("没解决")
    grandma.skip()
    await grandma.says("进度")
    assert "周日" not in grandma.hears("#1").text, "it was said of the first time"
    town.skip(chen, *map(town.member, ("潘编写", "章模拟")))


async def test_a_time_that_cannot_be_reckoned_is_only_told(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    before = (await town.request(1)).due_resolution
    await chen.says("约好 1 国庆后", in_=group)
    group.hears("国庆后", "没听出是哪一天")
    grandma.hears("陈示例和您约", "国庆后")
    assert (await town.request(1)).due_resolution == before


async def test_a_far_promise_needs_the_secretary(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    before = (await town.request(1)).due_resolution
    await chen.says("约好 1 12月28号上午", in_=group)
    group.hears("#1 已经问马假设")
    grandma.hears("陈示例接下了", not_=["12月28"])
    ma = town.member("马假设")
    ma.hears("陈示例想延期", "同意 1")
    assert (await town.request(1)).due_resolution == before
    await ma.says("同意 1")
    ma.hears("#1 马上告诉居民", "12月28日")
    chen.hears("同意延期")
    grandma.hears("陈示例和您约", "12月28日")
    assert (await town.request(1)).due_resolution != before


async def test_what_was_told_at_the_door_is_written_down(town: Town) -> None:
    chen, group = town.member("陈示例"), town.group("槐荫胡同群")
    await chen.says("登记 三号院张大爷家灯坏了", in_=group)
    group.hears("登记好了:#1")
    group.hears("#1 报修", not_=["张大爷"])
    await chen.says("接 1", in_=group)
    group.hears("#1 陈示例接下了")
    chen.hears("#1 交给您了", "三号院张大爷家")
    await chen.says("办结 1", in_=group)
    group.hears("请带一句结果")
    await chen.says("办结 1 换了灯泡", in_=group)
    group.hears("#1 已办结", "当面告诉")
    request = await town.request(1)
    assert (request.state, request.logged_by, request.rating) == (State.CLOSED, town.code("陈示例"), "unrated")


async def test_tasks_and_details(town: Town, leak: Leak) -> None:
    _, group, chen = leak
    await chen.says("我的任务")
    chen.hears("1件", "#1 报修", "槐荫胡同")
    await chen.says("查 1", in_=group)
    group.hears("#1 报修", "陈示例")
    await chen.says("查 99", in_=group)
    group.hears("没有 #99")


async def test_what_is_over_is_over(town: Town, leak: Leak) -> None:
    grandma, group, chen = leak
    await chen.says("办结 1 修好了", in_=group)
    town.skip(group, grandma)
    await chen.says("接 1", in_=group)
    group.hears("#1", "不用再办了")


async def test_somebody_elses_lane_is_not_his(town: Town, leak: Leak) -> None:
    lu = town.member("吕模拟")
    await lu.says("接 1")
    lu.hears("没有 #1 这件事")
    assert (await town.request(1)).first_responder == ""


async def test_talk_without_a_mention_is_not_heard(town: Town, leak: Leak) -> None:
    _, group, chen = leak
    await chen.talks("我一会儿去看看", in_=group)
    group.hears_nothing()
    assert (await town.request(1)).state is State.DISPATCHED


async def test_a_member_without_wecom_works_from_his_own_wechat(town: Town, leak: Leak) -> None:
    grandma, _, chen = leak
    await chen.says("绑定码")
    told = chen.hears("您的绑定码")
    code = told.text.split("绑定 ")[-1].strip()
    own = town.resident("陈的手机")
    await own.follows()
    own.skip()
    await own.says(f"绑定 {code}")
    own.hears("陈示例您好,绑好了")
    await own.says("我的任务")
    own.hears("#1 报修")
    await own.says("接 1")
    own.hears("#1 陈示例接下了")
    grandma.hears("陈示例接下了")
    await own.says("办结 1 换了阀门")
    own.hears("等居民评价")
    grandma.hears("换了阀门")
    other = town.resident("陌生人")
    await other.follows()
    other.skip()
    await other.says(f"绑定 {code}")
    other.hears("绑定码不对")


async def test_a_group_is_bound_by_a_word_in_it(town: Town) -> None:
    zhao = town.member("赵范例")
    chat = town.wecom.add_group("wr-new", "铁匠胡同新群", (zhao.userid,))
    new = town.group(chat.name)
    await zhao.says("绑定 铁匠胡同", in_=new)
    new.hears("铁匠胡同的事会在这个群里说")
    await zhao.says("绑定 锅炉房胡同", in_=new)
    new.hears("没有找到您负责的")
    xiaoman = town.resident("周小满")
    await xiaoman.scans("xy-04")
    await xiaoman.says("路灯坏了")
    xiaoman.skip()
    new.hears("#1 公共设施")


async def test_a_stranger_in_wecom_is_told_so(town: Town) -> None:
    town.wecom.add_member("nobody", "新来的")
    stranger = town.member("新来的")
    await stranger.says("我的任务")
    stranger.hears("名册里还没有您")
    stranger.hears("名册里还没有您")  # once for opening the chat, once for the words
