"""What a member sees of a danger rings like anybody's word; an alarm ends by who goes, and by who may say that it is
none."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, words: str) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    town.skip_everybody()
    return grandma


@pytest.mark.parametrize("words", ["着火了,5号楼冒烟", "楼下有人晕倒了", "我这儿有人触电了", "楼里断电了,电梯里困着人"])
async def test_a_danger_needs_no_登记(town: Town, words: str) -> None:
    chen = town.member("陈示例")
    await chen.says(words)
    chen.hears("紧急 #1")
    chen.hears("请马上打", "登记好了：#1")
    town.member("邹仿真").hears("紧急 #1", words)
    assert (await town.request(1)).urgency == "emergency"
    town.skip_everybody()


@pytest.mark.parametrize("words", ["1 煤气味散了", "他家热水器漏电 已经断电 明天换", "他喝多了要打人 我按住了"])
async def test_a_report_of_what_was_done_rings_nobody(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "厨房水龙头滴水"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await chen.says(words)
    town.member("邹仿真").hears_nothing()
    town.skip_everybody()
    assert len(await town.requests()) == 1


async def test_a_danger_found_on_the_way_is_an_alarm_of_its_own(town: Town) -> None:
    grandma, chen = await _told(town, "厨房水龙头滴水"), town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await chen.says("1 屋里煤气味很大")
    town.member("邹仿真").hears("紧急 #2", "煤气味很大")
    grandma.hears_nothing()
    town.skip_everybody()
    calm, alarm = await town.request(1), await town.request(2)
    assert (calm.urgency, alarm.urgency, alarm.lane) == ("normal", "emergency", "xy-01")


async def test_a_second_danger_rings_beside_one_that_somebody_sees_to(town: Town) -> None:
    await _told(town, "我老伴倒地上没气了快来人")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip_everybody()
    await chen.says("他又晕倒了叫不醒")  # news of the first
    town.skip_everybody()
    assert len(await town.requests()) == 1
    await chen.says("着火了,5号楼冒烟")
    town.member("邹仿真").hears("紧急 #2", "冒烟")
    town.skip_everybody()


@pytest.mark.parametrize("words", ["我去买菜了", "我到家了", "我去接孩子", "在路上堵车呢,你们先吃", "我正往外地走"])
async def test_own_affairs_end_no_alarm(town: Town, words: str) -> None:
    grandma, chen = await _told(town, "我老伴倒地上没气了快来人"), town.member("陈示例")
    await chen.says(words)
    chen.hears("#1")
    grandma.hears_nothing()
    assert (await town.request(1)).accepted_at is None


async def test_who_has_been_there_took_it(town: Town) -> None:
    grandma = await _told(town, "楼下有人拿刀打架")
    await town.member("陈示例").says("已经上去说了，停了")
    grandma.hears("陈示例")
    town.skip_everybody()
    assert (await town.request(1)).state is State.ACCEPTED


async def test_the_secretary_says_that_it_is_none(town: Town) -> None:
    grandma, secretary = await _told(town, "楼下有人拿刀打架"), town.member("马假设")
    await secretary.says("1不是急事，按普通的办")
    secretary.hears("#1", "不是急事")
    grandma.hears("#1", "不是急事")
    town.group("槐荫胡同群").hears("#1", "不用赶过去")
    town.skip_everybody()
    await town.later(minutes=20)
    town.member("邹仿真").hears_nothing()
    request = await town.request(1)
    assert (request.urgency, request.emergency_kind, request.state) == ("normal", "", State.DISPATCHED)
    await secretary.says("1 不是急事")
    secretary.hears("本来就是")
    await town.member("陈示例").says("接 1")
    town.skip_everybody()


async def test_one_that_was_taken_calms_down_too(town: Town) -> None:
    await _told(town, "楼下有人拿刀打架")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip_everybody()
    await chen.says("不是什么急事")
    town.skip_everybody()
    request = await town.request(1)
    assert (request.urgency, request.state, request.holder) == ("normal", State.ACCEPTED, town.code("陈示例"))


@pytest.mark.parametrize(
    "words", ["陈示例把我家的事到处说,这人嘴太碎", "示例来了两回就知道训人", "陈示例上次来我家乱翻东西"]
)
async def test_a_complaint_by_name_is_for_the_secretary_alone(town: Town, words: str) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    grandma.skip()
    town.member("马假设").hears("保密", words)
    assert (await town.request(1)).sensitivity == "confidential"


async def test_the_secretary_never_holds_what_is_said_of_her(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("马假设书记把救济款扣了")
    grandma.skip()
    town.member("汪比方").hears("保密", "救济款")


@pytest.mark.parametrize("words", ["找陈示例帮忙换个灯泡", "陈示例上次修的水管又漏了", "陈示例说下午来修水管,还没来"])
async def test_a_name_is_no_complaint(town: Town, words: str) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.says(words)
    grandma.hears("陈示例")
    town.group("槐荫胡同群").hears("#1")


async def test_words_about_an_emergency_wait_for_no_morning(town: Town) -> None:
    await town.until(2, 0)
    await _told(town, "我家着火了,快来人")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip_everybody()
    await chen.says("吹哨 1 要担架和车")
    chen.skip()
    town.member("马假设").hears("#1", "要担架和车")
    town.skip_everybody()
