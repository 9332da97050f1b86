"""What members and secretaries order in set words, and what the others hear of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from storage.records import State
from tests.stories.town import ZONE, Colleague, Ear, Neighbour, Town

pytestmark = pytest.mark.wordings

Leak = tuple[Neighbour, Ear, Colleague, Colleague]


@pytest.fixture
async def leak(town: Town) -> Leak:
    """Grandma's pipe leaks, Chen has taken it; Ma is the community's secretary."""
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("水管漏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    return grandma, group, chen, town.member("马假设")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("延期 1 到周五 沥青没到", "说：沥青没到"),
        ("延期1到周五 师傅还没到", "说：师傅还没到"),
        ("延期 1 厂家配件要下周二才到", "说：厂家配件要下周二才到"),
        ("延期 1 因为下雨 到周五", "说：因为下雨"),
        ("延期 1 三天 等配件", "说：等配件"),
    ],
)
async def test_the_reason_is_whole(town: Town, leak: Leak, words: str, reason: str) -> None:
    _, group, chen, ma = leak
    await chen.says(words, in_=group)
    group.hears("已经问")
    ma.hears("#1", reason)
    for other in ("汪比方", "毕比方", "邵范例"):
        town.member(other).skip()


async def test_a_far_appointment_that_is_granted_is_one(town: Town, leak: Leak) -> None:
    grandma, group, chen, ma = leak
    await chen.says("约好 1 12月20号上午", in_=group)
    group.hears("已经问")
    town.skip(ma, *map(town.member, ("汪比方", "毕比方", "邵范例")))
    await ma.says("同意 1")
    ma.hears("#1", "12月20日 周日")
    grandma.hears("#1 陈示例和您约：12月20号上午（12月20日 周日）")
    chen.hears("同意延期")
    request = await town.request(1)
    assert request.state is State.SCHEDULED
    assert request.due_resolution is not None
    assert f"{request.due_resolution.astimezone(ZONE):%m-%d %H:%M}" == "12-20 12:00"


async def test_more_time_is_asked_granted_and_told(town: Town, leak: Leak) -> None:
    grandma, group, chen, ma = leak
    await chen.says("延期 1 到12月8日 等配件", in_=group)
    group.hears("已经问", "按原来的时间办")
    ma.hears("#1", "陈示例想延期到12月8日", "等配件", "同意 1")
    for other in ("汪比方", "毕比方", "邵范例"):
        town.member(other).skip()
    await ma.says("同意 1")
    ma.hears("#1 延期到12月8日")
    grandma.hears("#1 要晚一点办好", "12月8日", "等配件")
    chen.hears("同意延期")
    due = (await town.request(1)).due_resolution
    assert due is not None
    assert due.astimezone(ZONE).date() == datetime(2026, 12, 8, tzinfo=ZONE).date()


async def test_more_time_that_is_not_granted(town: Town, leak: Leak) -> None:
    _, group, chen, ma = leak
    before = await town.request(1)
    await chen.says("延期 1 到12月8日 等配件", in_=group)
    town.skip(group, ma)
    await ma.says("不同意 1 先借一个")
    ma.hears("没有同意")
    chen.hears("延期没有同意", "先借一个")
    after = await town.request(1)
    assert (after.due_resolution, after.extension_until) == (before.due_resolution, None)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("延期 1", "要延到什么时候"),
        ("延期 1 到周五", "为什么要延期"),
        ("同意 1", "要书记来定"),
        ("督办 1", "要书记来定"),
    ],
)
async def test_what_is_missing_or_not_his_is_said(town: Town, leak: Leak, words: str, answer: str) -> None:
    _, group, chen, _ = leak
    await chen.says(words, in_=group)
    group.hears(answer)


async def test_the_secretary_looks_over_the_shoulder(town: Town, leak: Leak) -> None:
    _, _, chen, ma = leak
    await ma.says("督办 1 今天必须上门")
    ma.hears("您在督办", "陈示例")
    chen.hears("马假设督办", "今天必须上门")
    assert (await town.request(1)).supervisor == town.code("马假设")


async def test_a_request_rests_and_its_clock_with_it(town: Town, leak: Leak) -> None:
    grandma, _, chen, ma = leak
    before = (await town.request(1)).due_resolution
    await ma.says("暂停 1 等天暖和再换管子")
    ma.hears("#1 暂停了")
    grandma.hears("#1 先放一放", "等天暖和再换管子")
    chen.hears("马假设让先放一放", "等天暖和再换管子")
    await town.later(days=7)
    town.skip(ma, *(town.member(name) for name in ("汪比方", "毕比方", "邵范例")))
    chen.hears_nothing()
    await ma.says("恢复 1")
    ma.hears("#1 恢复了")
    grandma.hears("接着办理")  # a week later only a template message reaches her
    chen.hears("#1", "请接着办")
    request = await town.request(1)
    assert request.state is State.ACCEPTED
    assert before
    assert request.due_resolution
    assert 6 <= (request.due_resolution - before).days <= 8


async def test_not_ours_is_said_with_the_right_door(town: Town, leak: Leak) -> None:
    grandma, group, chen, ma = leak
    await chen.says("不予受理 1 请找物业", in_=group)
    group.hears("要书记来定")
    await ma.says("不予受理 1")
    ma.hears("该找谁")
    await ma.says("不予受理 1 小区管道请找物业,电话贴在门卫室")
    ma.hears("不予受理")
    grandma.hears("不归这里办", "请找物业")
    chen.hears("您不用管了")
    assert (await town.request(1)).state is State.DECLINED
    await grandma.says("凭什么不管")
    grandma.hears("告诉马假设了", "#1")
    ma.hears("#1", "居民不同意", "凭什么不管", "恢复 1")


async def test_a_second_return_waits_for_the_secretarys_ruling(town: Town, leak: Leak) -> None:
    grandma, group, chen, ma = leak
    zou = town.member("邹仿真")
    await chen.says("退 1 修不了", in_=group)
    group.skip()
    zou.hears("#1")
    await zou.says("接 1")
    await zou.says("退 1 我也修不了")
    zou.skip()
    town.skip(grandma)
    ma.hears("#1 又退回来了", "邹仿真办不了")
    await town.later(hours=3)
    ma.hears("#1 退回以后还没有人接", "转 1 姓名")
    due = (await town.request(1)).due_resolution
    await ma.says("转 1 李样本")
    grandma.hears("#1 已经请李样本来办", "前办好")
    ma.hears("#1 交给李样本了")
    town.member("李样本").hears("#1")
    zou.hears("李样本接下之前，还请您照应着")  # nobody has it yet
    group.skip()
    request = await town.request(1)
    assert (request.holder, request.state) == (town.code("李样本"), State.DISPATCHED)
    assert request.first_responder == town.code("陈示例")
    assert request.due_resolution == due  # other hands move no promise
    chen.skip()


async def test_a_corrected_type_is_kept_to_learn_from(town: Town, leak: Leak) -> None:
    _, group, chen, _ = leak
    await chen.says("改类 1 矛盾纠纷", in_=group)
    group.hears("#1 改成“矛盾纠纷”了")
    await chen.says("改类 1 天气", in_=group)
    group.hears("改成哪一类", "报修")
    async with town.play.bot.store.reading() as session:
        assert await session.corrections.rows() == [("水管漏了", "dispute")]


async def test_a_wrong_lane_is_put_right_by_the_member(town: Town, leak: Leak) -> None:
    grandma, group, chen, _ = leak
    well = town.group("水井胡同群")
    await chen.says("改地点 1 水井胡同", in_=group)
    group.hears("#1 转到水井胡同了", "李样本")
    well.hears("#1", "李样本")
    grandma.hears("#1 是水井胡同的事", "李样本")
    request = await town.request(1)
    assert (request.lane, request.state, request.first_responder) == ("xy-02", State.DISPATCHED, town.code("陈示例"))


async def test_a_wrong_lane_is_put_right_by_the_resident(town: Town) -> None:
    grandma, group, well = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.group("水井胡同群")
    await grandma.scans("xy-01")
    await grandma.says("门口的路灯坏了")
    town.skip(grandma, group)
    await grandma.says("地址说错了,是水井胡同")
    grandma.hears("#1", "水井胡同的李样本")
    group.hears("#1 是水井胡同的事", "不用管了")
    well.hears("#1")
    assert (await town.request(1)).lane == "xy-02"


async def test_who_cannot_stand_in_says_so(town: Town) -> None:
    chen, zou, ma = town.member("陈示例"), town.member("邹仿真"), town.member("马假设")
    await zou.says("我替不了")
    zou.hears("没有替谁")
    await chen.says("请假 周三到周五 邹仿真替")
    town.skip(chen, zou, ma)
    await zou.says("不好意思 我那几天也不在 替不了")
    for one in (chen, ma):
        one.hears("邹仿真说替不了陈示例", "11月25日到11月27日")
    zou.hears("已经告诉陈示例", "先看着点")
    await chen.says("请假 11月25日到11月27日 李样本替")
    chen.hears("由李样本替")
    town.skip(ma, town.member("李样本"), zou)


async def test_leave_by_a_line_with_a_substitute(town: Town, leak: Leak) -> None:
    grandma, group, chen, ma = leak
    await chen.says("请假 今天到周五 李样本替", in_=group)
    group.hears("陈示例11月23日到11月27日请假", "由李样本替")
    li = town.member("李样本")
    li.hears("这段时间请您替他")
    li.hears("陈示例不在", "#1")
    ma.hears("陈示例", "由李样本替")
    chen.hears("#1 您不在的时候由李样本照看")
    grandma.hears("#1 现在由李样本来办")
    await grandma.says("另外楼道灯不亮了")
    grandma.hears("#2", "李样本")
    group.hears("#2")
    li.hears("#2")
    for other in ("汪比方", "毕比方", "邵范例"):
        town.member(other).skip()
    assert (await town.request(2)).holder == town.code("李样本")
    await chen.says("销假", in_=group)
    chen.hears("由李样本照看", "还没有动", "接 1")
    group.hears("陈示例回来了")
    li.hears("陈示例回来了")
    li.hears("#2 陈示例接过去了")  # it was sent to him, and nobody had begun with it
    grandma.hears("#2 现在由陈示例来办")
    group.hears("#2", "负责人：陈示例")
    ma.hears("陈示例回来了")
    await town.later(minutes=2)
    await grandma.says("门口的垃圾桶满了")
    grandma.hears("#3", "陈示例")
    group.hears("#3")


@pytest.mark.parametrize(("words", "answer"), [("请假", "从哪天到哪天"), ("请假 周三到周五 外星人替", "谁替您")])
async def test_leave_with_something_missing(town: Town, leak: Leak, words: str, answer: str) -> None:
    _, group, chen, _ = leak
    await chen.says(words, in_=group)
    group.hears(answer)


async def test_more_days_in_plain_words(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await chen.says("1 再宽限十天 等配件")
    chen.hears("#1 已经问马假设了")
    town.member("马假设").hears("#1", "陈示例想延期到12月3日", "等配件", "同意 1")
    town.skip(*map(town.member, ("汪比方", "毕比方", "邵范例")))


@pytest.mark.parametrize("words", ["同意", "准了", "同意延期"])
async def test_the_only_extension_asked_for_needs_no_number(town: Town, words: str) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    chen, ma = town.member("陈示例"), town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says("路灯不亮了")
    await chen.says("接 1", in_=group)
    await ma.says(words)
    ma.hears("哪一件")
    await chen.says("延期 1 到12月8日 等配件", in_=group)
    town.skip(grandma, group, chen, ma)
    await ma.says(words)
    ma.hears("#1 延期到12月8日")
    grandma.hears("12月8日")
    chen.hears("同意延期")


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (("请假 周三 王老五替",), "谁替您"),  # a surname alone is nobody
        (("请假 周三 老潘替",), "由潘编写替"),
        (("请假 12月1日到11月28日 邹仿真替",), "从哪天到哪天"),
        (("请假 12月1日到11月28日 邹仿真替", "11月28日到12月1日"), "11月28日到12月1日请假，由邹仿真替"),
        (("请假 周三 外星人替", "潘编写"), "11月25日请假，由潘编写替"),
        (("请假 周三 王演示替",), "王演示11月23日到11月29日也请假"),
        (("请假 周三 王演示替", "让邹仿真替吧"), "11月25日请假，由邹仿真替"),
        (("请假 周三 邹仿真替", "那让潘编写顶"), "11月25日请假，由潘编写替"),
        (("我周四要去医院做检查 一天不在 让邹仿真帮我盯着",), "11月26日请假，由邹仿真替"),
        (("请假 周三到周四 邹仿真替", "改成周四到周五"), "11月26日到11月27日请假，由邹仿真替"),
        (("我下周一到周五出差", "出差取消了 不去了"), "11月30日到12月4日的假取消了"),
        (("请假 下周一到周五 邹仿真替", "下周的假取消"), "11月30日到12月4日的假取消了"),
        (("今天下午请假",), "11月23日下午不在，已经请邹仿真"),
        (("下午家里有点事 两点到五点不在",), "下午两点到五点不在，已经请邹仿真"),
        (("出差取消了 不去了",), "没有正在办的事"),
    ],
)
async def test_leave_and_its_changes_in_plain_words(town: Town, lines: tuple[str, ...], answer: str) -> None:
    chen = town.member("陈示例")
    for line in lines:
        await chen.says(line)
    chen.skip()
    assert answer in chen.chat[-1].text
    town.skip(*map(town.member, ("邹仿真", "潘编写", "马假设")))


async def test_who_is_away_for_hours_keeps_what_comes(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await chen.says("今天下午请假 邹仿真替")
    chen.hears("邹仿真", "还在您手上")
    town.member("邹仿真").hears("陈示例11月23日下午不在", "多照看")
    town.member("马假设").hears("陈示例11月23日下午不在")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says("路面有坑")
    grandma.hears("陈示例")
    town.group("槐荫胡同群").hears("陈示例")


async def test_a_secretary_writes_down_the_leave_of_a_member(town: Town) -> None:
    chen, zou, pan, ma = map(town.member, ("陈示例", "邹仿真", "潘编写", "马假设"))
    await pan.says("陈示例明后两天请假 邹仿真替")
    pan.hears("请书记来记")
    await ma.says("陈示例明后两天请假 邹仿真替")
    ma.hears("陈示例11月24日到11月25日请假", "由邹仿真替")
    chen.hears("陈示例11月24日到11月25日请假")
    zou.hears("请您替他")


async def test_a_substitute_who_is_away_himself_is_not_taken(town: Town) -> None:
    chen, zou, pan, ma = map(town.member, ("陈示例", "邹仿真", "潘编写", "马假设"))
    await zou.says("请假 周三到周五 潘编写替")
    town.skip(zou, pan, ma)
    await chen.says("请假 周四 邹仿真替")
    chen.hears("邹仿真11月25日到11月27日也请假", "换谁替")
    zou.hears_nothing()
    await chen.says("潘编写")
    chen.hears("11月26日请假", "由潘编写替")
    town.skip(pan, ma)


async def test_the_reason_asked_for_is_what_he_says_next(town: Town, leak: Leak) -> None:
    _, _, chen, _ = leak
    await chen.says("退 1")
    chen.hears("为什么办不了")
    await chen.says("家里有事")
    chen.hears("#1 已经退回")
    town.member("邹仿真").hears("家里有事")


@pytest.mark.parametrize("said", ["我马上去", "5号楼着火了"])
async def test_what_is_no_reason_gives_nothing_back(town: Town, leak: Leak, said: str) -> None:
    grandma, group, chen, ma = leak
    await chen.says("退 1")
    await chen.says(said)
    assert (await town.request(1)).state is not State.RETURNED
    town.skip(grandma, group, chen, ma, *map(town.member, ("邹仿真", "潘编写", "章模拟", "苏虚拟", "韦比方")))


async def test_what_was_only_lent_is_offered_back(town: Town, leak: Leak) -> None:
    grandma, group, chen, ma = leak
    zou = town.member("邹仿真")
    await chen.says("接 1", in_=group)
    await chen.says("请假 今天到明天 邹仿真替")
    town.skip(grandma, group, chen, zou, ma)
    await chen.says("销假")
    chen.hears("回来了")
    chen.hears("由邹仿真照看，还没有动", "接 1")
    assert (await town.request(1)).holder == town.code("邹仿真")
    await chen.says("接 1")
    assert (await town.request(1)).holder == town.code("陈示例")
    town.skip(grandma, group, chen, zou, ma)


async def test_what_the_substitute_took_as_his_own_stays_with_him(town: Town, leak: Leak) -> None:
    grandma, group, chen, ma = leak
    zou = town.member("邹仿真")
    await chen.says("接 1", in_=group)
    await chen.says("请假 今天到明天 邹仿真替")
    await zou.says("接 1")
    town.skip(grandma, group, chen, zou, ma)
    await chen.says("销假")
    chen.hears("回来了")
    assert (await town.request(1)).offered_to == ""
    town.skip(zou, ma)


async def test_who_is_away_and_near_runs_to_an_alarm(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await chen.says("请假 今天 邹仿真替")
    await grandma.scans("xy-01")
    await grandma.says("我妈晕倒了叫不醒")
    await chen.says("我就在附近 我去")
    assert (await town.request(1)).holder == town.code("陈示例")
    town.skip(grandma, chen, *map(town.member, ("邹仿真", "潘编写", "马假设", "章模拟", "苏虚拟", "韦比方")))


@pytest.mark.parametrize(
    ("lines", "types"),
    [
        (("刚才王婶打电话来说她家厕所堵了",), ["repair"]),
        (("登记 5号院赵大爷来说他家电视看不了 请人教他用机顶盒",), ["repair"]),
        (("登记 1号院灯坏了，2号院门坏了，3号院水管漏",), ["repair"] * 3),
        (("张奶奶刚打电话让我帮她买降压药",), ["errand"]),
        (("王婶打电话说她家灯不亮",), ["repair"]),  # no danger because of the telephone
        (("老王家反映房顶漏雨",), ["repair"]),
        (("有个事 胡同口那家饭馆油烟太大 好几户都说", "登记"), ["environment"]),
        (("有个事 胡同口那家饭馆油烟太大 好几户都说", "算了"), []),
    ],
)
async def test_what_somebody_told_a_member(town: Town, lines: tuple[str, ...], types: list[str]) -> None:
    chen = town.member("陈示例")
    for line in lines:
        await chen.says(line)
    assert [one.type for one in await town.requests()] == types
    town.skip(chen, town.group("槐荫胡同群"))


async def test_a_place_that_the_roster_lacks_is_said(town: Town) -> None:
    chen = town.member("陈示例")
    await chen.says("登记 和平路25号水管漏了")
    chen.hears("“和平路25号”名册里没有", "先放在槐荫胡同", "改地点 1")
    town.group("槐荫胡同群").skip()
