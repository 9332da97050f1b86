"""Rosters change while requests are open: nothing moves silently and nothing is left behind."""

from __future__ import annotations

from bot.emulator.sample_roster import sample_sheets
from bot.sheets import Rows
from handlers.roster.keeping import import_into
from storage.records import State
from tests.stories.town import Neighbour, Town


async def _roster(town: Town, sheets: dict[str, Rows]) -> None:
    """The operator imports another roster while the desk runs."""
    plan = await import_into(town.play.bot.store, sheets, now=town.play.clock.now(), prune=True)
    assert not plan.errors
    await town.settle()


def _without(code: str) -> dict[str, Rows]:
    """The sample neighbourhood without one member."""
    sheets = dict(sample_sheets())
    for name in ("人员", "职责", "请假"):
        sheets[name] = [row for row in sheets[name] if row[0] != code]
    return sheets


async def test_what_a_member_held_who_left_goes_to_who_stands_in(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("水管漏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await _roster(town, _without("m001"))
    zou = town.member("邹仿真")
    zou.hears("陈示例不在", "#1", "水管漏了")
    grandma.hears("#1 现在由邹仿真来办")
    chen.hears_nothing()
    request = await town.request(1)
    assert (request.holder, request.first_responder, request.state) == ("m031", "m001", State.ACCEPTED)
    await zou.says("办结 1 换了水管")
    zou.hears("#1")
    grandma.hears("#1", "换了水管")


async def test_what_nobody_has_taken_goes_to_the_new_responsible_member(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("水管漏了")
    town.skip(grandma, group)
    sheets = dict(sample_sheets())
    sheets["职责"] = [
        ["m002", *row[1:]] if row[:3] == ["m001", "xy-01", "责任"] else list(row) for row in sheets["职责"]
    ]
    await _roster(town, sheets)
    assert (await town.request(1)).holder == town.code("李样本")
    grandma.hears("#1 现在由李样本来办")
    group.hears("#1", "李样本")
    chen.hears("李样本接过去了")


async def test_a_new_responsible_member_takes_nothing_from_the_old_one(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("水管漏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    sheets = dict(sample_sheets())
    sheets["职责"] = [
        ["m002", *row[1:]] if row[:3] == ["m001", "xy-01", "责任"] else list(row) for row in sheets["职责"]
    ]
    await _roster(town, sheets)
    assert (await town.request(1)).holder == town.code("陈示例")
    await grandma.says("另外楼道灯不亮了")
    grandma.hears("#2", "李样本")
    group.hears("#2", "李样本")


async def test_a_leave_that_begins_passes_on_what_is_open(town: Town) -> None:
    grandma, zhao, group = town.resident("吴奶奶"), town.member("赵范例"), town.group("杏园社区群")
    sheets = dict(sample_sheets())
    sheets["请假"] = [sheets["请假"][0], ["m004", "2026-11-25", "2026-11-27", "m002"]]
    await _roster(town, sheets)
    await grandma.scans("xy-04")
    await grandma.says("路灯坏了")
    grandma.skip()
    group.hears("#1", "赵范例")
    await zhao.says("接 1")
    zhao.hears("#1 赵范例接下了")
    grandma.hears("赵范例接下了")
    await town.later(days=1, hours=23)  # Wednesday morning
    town.member("李样本").hears("赵范例不在", "#1")
    zhao.hears("#1 您不在的时候由李样本照看")
    grandma.hears("#1 现在由李样本来办")
    for name in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.member(name).skip()
    assert (await town.request(1)).holder == "m002"


async def _agreed_for_tomorrow(town: Town) -> Neighbour:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("厨房水龙头坏了,拧不紧")
    await chen.says("接 1 明天下午三点过去修", in_=group)
    town.skip(grandma, group, chen)
    return grandma


async def test_what_was_agreed_on_outlives_a_hand_over(town: Town) -> None:
    grandma, chen, zou = await _agreed_for_tomorrow(town), town.member("陈示例"), town.member("邹仿真")
    await chen.says("转 1 给邹仿真")
    zou.hears("和居民约好了", "明天下午三点过去修", "11月24日")
    await zou.says("接 1")
    grandma.hears("现在由邹仿真来办", "原来约的不变", "明天下午三点过去修")
    town.skip(chen, zou)
    await zou.says("我的任务")
    zou.hears("#1", "约好：明天下午三点过去修")


async def test_what_was_agreed_on_outlives_a_leave(town: Town) -> None:
    grandma, chen, zou = await _agreed_for_tomorrow(town), town.member("陈示例"), town.member("邹仿真")
    await chen.says("今天请假 邹仿真替")
    zou.hears("请您替他")
    zou.hears("和居民约好了", "明天下午三点过去修", "15:00")
    grandma.hears("现在由邹仿真来办", "原来约的不变")
    town.skip(chen, town.member("马假设"))


async def test_a_date_that_was_put_off_is_not_told_again(town: Town) -> None:
    grandma, chen, zou = await _agreed_for_tomorrow(town), town.member("陈示例"), town.member("邹仿真")
    await chen.says("延期 1 到周五 等配件")
    await town.member("马假设").says("同意 1")
    town.skip(grandma, chen, town.member("马假设"))
    await chen.says("转 1 给邹仿真")
    chen.skip()
    zou.hears("#1", "11月27日", "前要办好")


async def test_what_was_offered_by_mistake_stays(town: Town) -> None:
    grandma, chen, zou = await _agreed_for_tomorrow(town), town.member("陈示例"), town.member("邹仿真")
    await chen.says("不转了")
    chen.hears("没有正在等人接的转单")
    await chen.says("转 1 给邹仿真")
    town.skip(chen, zou)
    await zou.says("不转了 我自己去")  # not his to call off
    zou.skip()
    await chen.says("转错了，不转了，还是我去")
    chen.hears("#1", "不转了")
    zou.hears("#1", "不用管了")
    await town.later(hours=2)
    town.skip(chen, zou)
    grandma.hears_nothing()
    request = await town.request(1)
    assert (request.holder, request.offered_to) == (town.code("陈示例"), "")


async def test_given_back_because_it_is_another_lanes(town: Town) -> None:
    grandma, group, other = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.group("水井胡同群")
    await grandma.scans("xy-01")
    await grandma.says("厨房水龙头坏了,拧不紧")
    town.skip(grandma, group)
    await town.member("陈示例").says("退 1 这家是水井胡同的", in_=group)
    group.hears("#1", "水井胡同", "李样本")
    other.hears("#1", "厨房水龙头坏了", "李样本")
    grandma.hears("#1", "水井胡同", "李样本")
    assert (await town.request(1)).lane == "xy-02"


def _without_lane(code: str) -> dict[str, Rows]:
    """The sample neighbourhood without one lane, and what hangs on it."""
    sheets = dict(sample_sheets())
    sheets["胡同"] = [row for row in sheets["胡同"] if row[0] != code]
    sheets["职责"] = [row for row in sheets["职责"] if row[1] != code]
    sheets["住户"] = [row for row in sheets.get("住户", []) if code not in row]
    return sheets


async def test_who_lived_in_a_lane_that_is_gone_is_asked_where_once(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("楼道灯不亮了")
    town.skip(grandma, group)
    await _roster(town, _without_lane("xy-01"))
    await town.later(minutes=30)
    await grandma.says("井盖坏了")
    grandma.hears("#2", "哪条胡同")
    await grandma.says("水井胡同")
    grandma.hears("#2", "水井胡同", "李样本")
    town.group("水井胡同群").hears("#2")
    await town.later(minutes=10)
    await grandma.says("垃圾没人收，臭得很")
    grandma.hears("#3", "水井胡同", not_=["哪条胡同"])
    town.group("水井胡同群").hears("#3")


async def test_the_sign_of_a_lane_that_is_gone_greets_and_asks_where_he_lives(town: Town) -> None:
    grandma, xiaoman = town.resident("吴奶奶"), town.resident("周小满")
    await grandma.scans("xy-01")
    grandma.skip()
    await _roster(town, _without_lane("xy-01"))
    for resident in (grandma, xiaoman):
        await resident.scans("xy-01")
        resident.hears("您好，这里是", "您住哪条胡同")
    await grandma.says("水井胡同")
    grandma.hears("您住的水井胡同", "李样本")
    await xiaoman.says("路灯坏了")  # no answer to that
    xiaoman.hears("#1", "哪条胡同")
    await xiaoman.says("水井胡同")
    xiaoman.hears("#1", "李样本")
    town.group("水井胡同群").hears("#1")
