"""Words are taken for what they are about: this request and no other, this day, these ears."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, words: str, name: str = "吴奶奶") -> Neighbour:
    resident = town.resident(name)
    await resident.scans("xy-01")
    await resident.says(words)
    town.skip(resident, town.group("槐荫胡同群"))
    return resident


async def test_the_thing_named_says_whose_request_it_is(town: Town) -> None:
    grandma, grandpa = await _told(town, "楼道灯坏了"), await _told(town, "水管漏了", "李大爷")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await chen.says("水管那边我明天去")
    grandpa.hears("#2", "11月24日")
    await chen.says("水管修好了")
    grandpa.hears("#2", "办完了")
    chen.skip()
    assert (await town.request(1)).state is State.ACCEPTED


@pytest.mark.parametrize("words", ["会开完了", "饭做好了", "下班了下班了", "谁接快递了 放门卫了"])
async def test_what_else_was_done_ends_nothing(town: Town, words: str) -> None:
    await _told(town, "水龙头滴水")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip(town.resident("吴奶奶"), chen)
    await chen.says(words)
    chen.skip()
    assert (await town.request(1)).state is State.ACCEPTED


@pytest.mark.parametrize(
    "words", ["快好了", "今天弄不完了", "换了个开关还是不亮 再查线路", "拍完照了", "查清楚了 是三楼漏的"]
)
async def test_a_step_is_news_and_no_end(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "水龙头滴水"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await chen.says(words)
    grandma.hears("陈示例说", not_=["办完了"])
    chen.skip()
    assert (await town.request(1)).state is State.IN_PROGRESS


async def test_a_yes_to_a_resident_reaches_him(town: Town) -> None:
    grandma, chen = await _told(town, "水龙头滴水"), town.member("陈示例")
    await chen.says("接 1")
    await grandma.says("下午四点来行吗")
    await town.later(minutes=3)
    town.skip(grandma, chen)
    await chen.says("可以")
    grandma.hears("陈示例说：可以")
    await chen.says("收到")
    chen.hears("马上转告")
    chen.hears("已经是您在办")


async def test_another_thing_is_another_request(town: Town) -> None:
    grandma = await _told(town, "水管漏了")
    await town.later(minutes=3)
    await grandma.says("灯不亮")
    grandma.hears("编号 #2")
    await town.later(minutes=3)
    await grandma.says("灯亮了 不用管了")
    grandma.hears("#2 已经撤销")
    town.skip(town.group("槐荫胡同群"))
    assert (await town.request(1)).state is State.DISPATCHED


async def test_who_goes_out_puts_it_off(town: Town) -> None:
    grandma, chen = await _told(town, "下水道堵了"), town.member("陈示例")
    await chen.says("接 1 下午三点去")
    grandma.hears("和您约：下午三点去")
    chen.skip()
    await grandma.says("别来了 我要出去")
    town.skip(grandma)
    await town.later(minutes=3)
    chen.hears("#1", "别来了 我要出去")
    assert (await town.request(1)).state is State.SCHEDULED


@pytest.mark.parametrize(
    "words",
    [
        "负责我们胡同的那个人打电话就骂人",
        "管事的把我骂了一顿",
        "你们派来的人把我家东西顺走了",
        "那个负责人喝多了来敲门",
    ],
)
async def test_a_complaint_without_a_name_is_for_other_ears(town: Town, words: str) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says(words)
    grandma.hears("只告诉", "马假设")
    town.member("马假设").hears(words)
    town.member("陈示例").hears_nothing()
    town.group("槐荫胡同群").hears_nothing()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("单元门口的路砖塌了一块", "单元门对讲不响了"),
        ("33号广场舞扰民", "34号烧烤油烟大"),
        ("1号楼电梯困人了", "2号楼电梯有响声"),
    ],
)
async def test_two_matters_of_two_neighbours_stay_two(town: Town, first: str, second: str) -> None:
    await _told(town, first)
    await _told(town, second, "王大爷")
    for one in town.wecom.members.values():
        town.member(one.name).skip()
    assert (await town.request(2)).state is not State.MERGED


async def test_a_card_of_the_night_names_its_day(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await town.until(22)
    await grandma.says("路灯不亮")
    town.skip(grandma, *map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))
    await town.until(7, 1)
    town.group("槐荫胡同群").hears("11月24日10:00前", not_=["明天"])


async def test_who_supervises_hears_how_it_goes(town: Town) -> None:
    grandma, chen, ma = await _told(town, "下水道堵了"), town.member("陈示例"), town.member("马假设")
    await chen.says("接 1")
    await ma.says("督办 1 今天必须通")
    town.skip(grandma, chen, ma)
    await chen.says("正在通 管子太长")
    ma.hears("陈示例说：正在通")
    await chen.says("通了")
    ma.hears("陈示例办完了：通了")
    await grandma.says("3 还堵")
    ma.hears("没有解决：还堵")
    town.skip(grandma, chen)


async def test_a_ruling_may_go_to_who_returned_it(town: Town) -> None:
    grandma, chen, ma = await _told(town, "下水道堵了"), town.member("陈示例"), town.member("马假设")
    await chen.says("退 1 不归我")
    town.skip(chen, town.member("邹仿真"))
    await ma.says("1 裁定 陈示例")
    town.skip(grandma, chen, ma, town.group("槐荫胡同群"))
    assert (await town.request(1)).state is State.DISPATCHED


async def test_a_number_that_is_not_his_hits_nothing_else(town: Town) -> None:
    grandma, chen = await _told(town, "下水道堵了"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    for words in ("告诉居民 9 我明天过来", "请补充 9 几楼", "办结 2 路砖铺好了"):
        await chen.says(words)
        chen.hears("没有 #")
    await chen.says("转 1 给")
    chen.hears("转给谁")
    assert (await town.request(1)).state is State.ACCEPTED


@pytest.mark.parametrize("words", ["我不想让你们留我的信息,都删掉", "把我的资料删了吧"])
async def test_who_wants_to_be_forgotten_is_asked(town: Town, words: str) -> None:
    grandma = await _told(town, "路灯不亮")
    await grandma.says(words)
    grandma.hears("删除", not_=["记下了"])
    await town.later(minutes=2)
    assert len(await town.requests()) == 1


async def test_the_second_return_is_the_secretarys_to_rule(town: Town) -> None:
    grandma, chen, ma = await _told(town, "下水道堵了"), town.member("陈示例"), town.member("马假设")
    await chen.says("退 1 不归我")
    zou = town.member("邹仿真")
    await zou.says("接 1")
    await zou.says("退 1 我也弄不了")
    ma.hears("#1 又退回来了", "转 1 姓名")
    await ma.says("转 1 章模拟")
    assert (await town.request(1)).holder == town.code("章模拟")
    town.skip(grandma, chen, zou, ma, town.member("章模拟"), town.group("槐荫胡同群"))


async def test_what_is_named_goes_before_what_is_accepted(town: Town) -> None:
    lamp, lock = await _told(town, "楼道灯坏了"), await _told(town, "门锁坏了打不开", "周姐")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip(lamp, lock, chen, town.group("槐荫胡同群"))
    await chen.says("到单元门口了")  # a door that he stands before is none that is broken
    lamp.hears("到单元门口了")
    town.skip(chen)
    await chen.says("门锁我下午去换")
    lock.hears("陈示例说：门锁我下午去换")
    chen.hears("#2")
    lamp.hears_nothing()
    await chen.says("锁换好了")
    lock.hears("#2", "办完了")
    chen.hears("#2")
    assert (await town.request(1)).state.is_open


async def test_several_are_taken_by_their_things(town: Town) -> None:
    for words, name in (("楼道灯坏了", "刘师傅"), ("门锁坏了", "周姐"), ("想要个轮椅坡道", "钱哥")):
        town.skip(await _told(town, words, name))
    chen = town.member("陈示例")
    town.skip(town.group("槐荫胡同群"))
    await chen.says("楼道灯 门锁我接")
    chen.hears("#1 陈示例接下了", "#2 陈示例接下了")
    town.skip(town.resident("刘师傅"), town.resident("周姐"))
    assert (await town.request(3)).accepted_at is None


async def test_a_part_closes_nothing(town: Town) -> None:
    grandma, chen = await _told(town, "厨房和厕所的水龙头都坏了"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await chen.says("厨房的修好了 厕所的明天修")
    grandma.hears("陈示例和您约：厨房的修好了 厕所的明天修")
    chen.hears("马上告诉居民")
    await town.later(days=1)
    town.skip_everybody()  # the secretaries have had the digest
    await chen.says("厕所的也修好了")
    grandma.hears("办完了")
    chen.hears("等居民评价")


async def test_a_result_said_again_closes_nobody_elses(town: Town) -> None:
    """It would tell a stranger of another home, and leave his matter undone."""
    grandma, zou = await _told(town, "门口台阶碎了一块"), town.member("邹仿真")
    chen = town.member("陈示例")
    grandpa = await _told(town, "路灯不亮了", "李大爷")
    town.skip_everybody()
    await zou.says("接 2")
    await zou.says("办结 2 已经找人接好了")
    grandpa.hears("#2", "邹仿真接下了")
    grandpa.hears("#2", "办完了", "已经找人接好了")
    town.skip(zou, chen)
    await zou.says("办结 已经找人接好了")
    zou.hears("#2", "刚才已经办结了", "办结 1")
    assert (await town.request(1)).state is State.DISPATCHED
    grandma.hears_nothing()
    await zou.says("办结 1 已经找人补好了")
    grandma.hears("#1", "补好了")
    town.skip(zou, chen, grandma)


@pytest.mark.parametrize("words", ["办结 都处理完了", "修好了", "弄好了 没问题了"])
async def test_a_result_of_what_another_holds_has_to_say_which(town: Town, words: str) -> None:
    grandma, zou, group = await _told(town, "门口台阶碎了一块"), town.member("邹仿真"), town.group("槐荫胡同群")
    await zou.says(words)
    zou.hears("是哪一件", "#1")
    assert (await town.request(1)).state is State.DISPATCHED
    grandma.hears_nothing()
    await zou.says("1")
    zou.skip()
    town.skip(grandma, group, town.member("陈示例"))


async def test_a_result_that_names_the_thing_closes_it(town: Town) -> None:
    grandma, zou = await _told(town, "门口台阶碎了一块"), town.member("邹仿真")
    await zou.says("台阶补好了")
    grandma.hears("#1", "台阶补好了")
    town.skip(zou, town.member("陈示例"))
