"""When nobody answers: the ladder, emergencies, deadlines, silence of the resident, the night."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.records import State, TimerKind
from storage.session import Session
from tests.stories.town import Neighbour, Town


async def test_silence_climbs_the_ladder(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    chen = town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    town.skip(grandma)
    group.hears("#1")
    await town.later(hours=2)  # 11:00, one first-response time of two working hours
    chen.hears("#1", "还没有人接")
    for name in ("邹仿真", "章模拟", "苏虚拟"):
        town.member(name).hears("#1", "没有人接", "陈示例")
    await town.until(15, 0)  # two more working hours: the noon is none
    chen.skip()
    town.member("潘编写").hears("#1")
    await town.until(17, 0)
    chen.skip()
    town.member("韦比方").hears("#1")
    assert (await town.request(1)).escalation_level == 4
    await town.until(20, 0)
    town.member("马假设").hears("日报", "超时1件")
    await town.later(days=1)
    chen.skip()
    town.member("马假设").hears("#1", "没有人接")
    grandma.hears("#1", "还没有人接手", "马假设")
    town.member("马假设").skip()
    for secretary in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.member(secretary).skip()
    assert (await town.request(1)).holder == town.code("陈示例")


async def test_what_nobody_takes_is_asked_for_every_working_day(town: Town) -> None:
    grandma, chen, ma = town.resident("吴奶奶"), town.member("陈示例"), town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await town.later(days=1, hours=1)  # the ladder is over
    everybody = [chen, ma, grandma, town.group("槐荫胡同群"), *map(town.member, ("邹仿真", "章模拟", "苏虚拟"))]
    town.skip(*everybody, *map(town.member, ("潘编写", "韦比方", "汪比方", "毕比方", "邵范例")))
    for _ in range(2):
        await town.later(days=1)
        chen.hears("#1", "等了", "还没有人接")
        assert any("#1" in line.text and "还没有人接" in line.text for line in ma.unread())
        town.skip(ma, *map(town.member, ("汪比方", "毕比方", "邵范例")))
    grandma.hears_nothing()  # once is enough
    await chen.says("接 1")
    town.skip(chen, grandma)
    await town.later(days=1)
    assert not any("还没有人接" in line.text for line in (*chen.unread(), *ma.unread()))
    town.skip(chen, ma, *map(town.member, ("汪比方", "毕比方", "邵范例")))


async def test_a_leap_over_several_steps_reminds_everybody_once(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    everybody = [town.member(name) for name in ("邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    town.skip(grandma, group)
    town.play.clock.push(timedelta(days=3))  # somebody sets the clock, or the machine was off
    await town.settle()
    chen.hears("#1", "已经等了3天")
    chen.hears_nothing()
    for ear in everybody:
        assert sum("#1" in line.text for line in ear.unread()) == 1
        ear.skip()
    grandma.hears("1\n还没人接")  # that nobody has taken it; only a template reaches her by now
    town.skip(*map(town.member, ("汪比方", "毕比方", "邵范例")))
    levels = [entry.data["level"] for entry in await town.journal(1) if entry.kind == "escalate"]
    assert levels == [step.level for step in (await town.request(1)).ladder]


async def test_an_accepted_request_is_not_chased(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接", in_=group)
    town.skip(grandma, group)
    await town.until(17, 50)
    chen.hears_nothing()


async def test_an_emergency_reaches_everybody_at_once_and_again(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    grandma.skip()
    await town.until(3, 0)  # at night
    for secretary in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.member(secretary).hears("日报")
    await grandma.says("厨房着火了,快来人")
    grandma.hears("119", "#1", "陈示例")
    everybody = [town.member(name) for name in ("邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    for ear in (group, chen, *everybody):
        ear.hears("紧急 #1")
    await town.later(minutes=3, seconds=1)
    for ear in (group, chen, *everybody):
        ear.hears("等了3分钟", "紧急 #1")  # one message that says both
        ear.hears_nothing()
    await everybody[1].says("接 1")
    everybody[1].hears("#1 章模拟接下了")
    grandma.hears("章模拟正赶过去")
    for ear in (group, chen, *everybody):
        if ear is not everybody[1]:
            ear.hears("#1（紧急）：章模拟已经去了")
    await town.later(minutes=30)


async def test_at_night_a_calm_matter_waits_for_the_morning(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await town.until(22, 0)
    for secretary in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.member(secretary).skip()
    grandma.skip()
    await grandma.says("路灯坏了")
    grandma.hears("#1", "明天07:00就告诉槐荫胡同的陈示例", "最晚明天10:00")
    group.hears_nothing()
    await town.until(7, 0)
    await town.later(minutes=1)
    group.hears("#1 公共设施")


async def test_a_withdrawn_matter_is_not_told_in_the_morning(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await town.until(22, 0)
    for secretary in ("马假设", "汪比方", "毕比方", "邵范例"):
        town.member(secretary).skip()
    await grandma.says("路灯坏了")
    await grandma.says("撤销")
    town.skip(grandma)
    await town.until(7, 30)
    group.hears_nothing()


async def _by_night(town: Town, words: str) -> Neighbour:
    """A resident speaks at ten past ten in the evening."""
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await town.until(22, 10)
    town.skip(grandma, *map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))
    await grandma.says(words)
    await town.later(minutes=5)
    return grandma


async def test_what_was_added_at_night_stands_under_the_card(town: Town) -> None:
    grandma = await _by_night(town, "水龙头漏水，明天修也行")
    await grandma.says("就是北屋那个")
    grandma.skip()
    await town.until(7, 1)
    town.group("槐荫胡同群").hears("#1 报修", "明天（就是今天）", "居民补充：就是北屋那个")


async def test_what_was_added_to_a_withdrawn_matter_is_not_told_in_the_morning(town: Town) -> None:
    grandma = await _by_night(town, "水龙头漏水")
    await grandma.says("就是北屋那个")
    await grandma.sends_picture()
    await town.later(minutes=20)
    await grandma.says("撤销")
    grandma.skip()
    await town.until(7, 30)
    town.group("槐荫胡同群").hears_nothing()
    town.member("陈示例").hears_nothing()


async def test_who_moves_his_matter_by_night_wakes_nobody_in_the_old_lane(town: Town) -> None:
    grandma = await _by_night(town, "墙皮掉了")
    await grandma.says("我说错了 我是水井胡同的")
    grandma.skip()
    await town.until(7, 1)
    town.group("水井胡同群").hears("#1 报修", "李样本")
    town.group("槐荫胡同群").hears_nothing()


async def test_words_of_the_night_are_true_in_the_morning(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("下水道堵了")
    await chen.says("接 1")
    await town.until(22, 30)
    town.skip(grandma, chen, town.group("槐荫胡同群"), *map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))
    await chen.says("1 疏通工明天来")
    chen.hears("明天07:00告诉居民", not_="马上")
    await town.until(7, 1)
    grandma.hears("昨晚22:30 陈示例", "疏通工明天（就是今天）来")


@pytest.mark.wordings
@pytest.mark.parametrize("words", ["接 1", ""])
async def test_who_knows_of_it_at_night_hears_of_the_withdrawal(town: Town, words: str) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await town.until(22, 0)
    town.skip(*map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))
    await grandma.says("路灯坏了")
    await (chen.says(words) if words else grandma.says("催"))
    await grandma.says("撤销")
    town.skip(grandma, chen)
    await town.until(7, 30)
    assert any("#1 居民撤销了" in line.text for ear in (group, chen) for line in (*ear.unread(),))
    town.skip(group, chen, *map(town.member, ("邹仿真", "章模拟")))


async def test_a_deadline_that_passes(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    secretaries = [town.member(name) for name in ("马假设", "汪比方", "毕比方", "邵范例")]
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.later(days=7)  # five working days and a weekend
    town.skip(*secretaries)
    chen.hears("#1", "居民好几天没听到消息了")
    chen.hears("#1", "到了该办完的时间")
    await town.later(days=1, minutes=5)
    grandma.hears("1\n超时在催")  # that it takes longer; only a template message reaches her by now
    chen.hears("#1", "到了该办完的时间")
    assert any("到了该办完的时间" in line.text for line in secretaries[0].unread())
    town.skip(*secretaries)


async def test_not_solved_comes_back_to_the_first_responder(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("办结 1 换了灯", in_=group)
    town.skip(grandma, group)
    await grandma.says("3 晚上还是不亮")
    grandma.hears("#1 没办好", "陈示例接着办")
    chen.hears("#1", "没有解决", "晚上还是不亮")
    town.member("潘编写").hears("#1", "没有解决")
    request = await town.request(1)
    assert (request.state, request.reopen_count, request.holder) == (State.IN_PROGRESS, 1, town.code("陈示例"))
    await chen.says("办结 1 换了线路", in_=group)
    group.hears("#1")
    grandma.hears("换了线路")
    town.member("潘编写").hears("#1 陈示例办完了", "换了线路")  # who looks over his shoulder hears how it goes
    await grandma.says("1")
    grandma.hears("谢谢您")
    chen.hears("#1 居民评价:满意")
    town.member("潘编写").hears("#1 居民评价:满意")


async def _says_not_solved(town: Town) -> Neighbour:
    """She taps 没解决 on what was done. Everybody who is told has heard it."""
    grandma = town.resident("吴奶奶")
    chen, group = town.member("陈示例"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("水龙头滴水")
    await chen.says("接 1", in_=group)
    await chen.says("办结 换了垫圈")
    await grandma.taps("没解决")
    town.skip(grandma, chen, group, town.member("潘编写"))
    return grandma


@pytest.mark.parametrize("words", ["我是说满意", "点错了 已经好了", "手滑了，应该是满意", "满意 #1"])
async def test_a_finger_slips_on_not_solved(town: Town, words: str) -> None:
    grandma = await _says_not_solved(town)
    await grandma.says(words)
    grandma.hears("谢谢您", "#1")
    town.member("陈示例").hears("#1", "满意")
    town.member("潘编写").hears("#1", "点错了", "不用再看着")
    request = await town.request(1)
    assert (request.state, request.rating, request.supervisor) == (State.CLOSED, "good", "")


async def test_who_slipped_is_asked_again(town: Town) -> None:
    grandma = await _says_not_solved(town)
    await grandma.says("点错了")
    grandma.hears("#1", "再点一下")
    await grandma.taps("一般")
    town.skip(grandma, town.member("陈示例"), town.member("潘编写"))
    assert (await town.request(1)).rating == "fair"
    await grandma.says("点错了 还漏着呢")
    grandma.hears("#1", "没办好")
    town.member("陈示例").hears("#1", "还漏着呢")
    town.member("潘编写").hears("#1", "还漏着呢")


async def test_a_slip_hides_no_danger(town: Town) -> None:
    grandma = await _says_not_solved(town)
    await grandma.says("打错了 厨房着火了")
    assert (await town.request(2)).urgency == "emergency"
    town.skip(grandma, town.group("槐荫胡同群"), *map(town.member, [one.name for one in town.wecom.members.values()]))


async def test_a_silent_resident_is_unrated_and_may_still_complain(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    secretaries = [town.member(name) for name in ("马假设", "汪比方", "毕比方", "邵范例")]
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("办结 1 换了灯", in_=group)
    town.skip(grandma, group)
    await town.later(days=3, minutes=1)
    town.skip(*secretaries)
    request = await town.request(1)
    assert (request.state, request.rating) == (State.CLOSED, "unrated")
    await grandma.says("没解决")
    grandma.hears("#1 没办好")
    chen.hears("没有解决")
    town.member("潘编写").hears("没有解决")


async def test_what_is_brought_back_owes_its_next_news_from_then_on(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    secretaries = [town.member(name) for name in ("马假设", "汪比方", "毕比方", "邵范例")]
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("办结 1 换了灯", in_=group)
    await town.later(days=10)
    town.skip(grandma, group, chen, *secretaries)
    await grandma.says("没解决")
    await town.later(hours=1)
    town.skip(grandma, town.member("潘编写"))
    chen.hears("没有解决")
    chen.hears_nothing()
    due = (await town.request(1)).due_next_update
    assert due
    assert due > town.now
    await town.later(days=5)  # a weekend lies between
    chen.hears("#1", "居民好几天没听到消息了")
    town.skip(grandma, *secretaries)


async def test_the_digest_comes_once_a_day_with_true_numbers(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await town.later(minutes=10)
    await chen.says("接 1", in_=group)
    await grandma.says("谢谢")
    town.skip(grandma, group)
    await town.until(18, 10)
    town.member("马假设").hears(
        "杏园社区",
        "日报",
        "一天里3条消息,3条有着落",
        "新增1件",
        "正在办1件",
        "超时0件",
        "10分钟",
        "公共设施 1",
        "槐荫胡同 1",
    )
    town.member("毕比方").hears("石桥村", "一天里0条消息", "新增0件")
    town.member("邵范例").hears("春晖社区")
    town.member("汪比方").hears("柳河街道", "一天里3条消息")
    await town.until(20, 0)


async def test_leave_with_a_substitute(town: Town) -> None:
    xiaoman, zhao = town.resident("周小满"), town.member("赵范例")
    await xiaoman.scans("xy-03")
    xiaoman.hears("由赵范例负责")
    await xiaoman.says("我和老公吵架,想请人劝劝")
    xiaoman.hears("单独告诉粮店胡同的赵范例")
    zhao.hears("#1")
    town.member("王演示").hears_nothing()


async def test_a_door_nobody_opens_is_an_emergency(town: Town) -> None:
    xiaoman, group = town.resident("周小满"), town.group("槐荫胡同群")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("我妈敲门不应，电话也不接")
    xiaoman.hears("120", "#1")
    for name in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设"):
        town.member(name).hears("紧急 #1", "敲门不应")
    town.skip(group)


async def test_a_danger_that_seems_over_gets_a_kind_word_and_calls_nobody_off(town: Town) -> None:
    xiaoman, chen = town.resident("周小满"), town.member("陈示例")
    await xiaoman.scans("xy-01")
    xiaoman.skip()
    await xiaoman.says("我爸老年痴呆，出去三个小时没回来")
    xiaoman.hears("#1")
    everybody = [town.member(name) for name in ("邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    town.skip(town.group("槐荫胡同群"), chen, *everybody)
    await xiaoman.says("还没找到，急死了")
    xiaoman.hears("接着打急救电话")
    town.skip(chen, *everybody)
    await xiaoman.says("找着了，在菜市场")
    xiaoman.hears("管这件事", "#1", "撤销1", not_=["急救"])
    chen.hears("#1", "找着了")
    town.skip(*everybody)
    assert (await town.request(1)).state.is_open


async def test_the_clock_for_news_goes_on_behind_a_deadline_that_passed(town: Town) -> None:
    """Who is late is reminded of the whole every day; put off, he owes news again."""
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    secretaries = [town.member(name) for name in ("马假设", "汪比方", "毕比方", "邵范例")]
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    await town.later(days=12)
    town.skip(grandma, group, chen, *secretaries)
    request = await town.request(1)
    assert request.due_resolution
    assert request.due_next_update
    assert request.due_resolution < town.now < request.due_next_update
    async with town.play.bot.store.reading() as session:
        kinds = {timer.kind for timer in await session.timers.of(1)}
    assert kinds == {TimerKind.RESOLUTION, TimerKind.UPDATE}


@pytest.mark.parametrize(
    "settings", [{"ladder": [{"after": "1x", "tell": "substitute"}, {"after": "1x", "tell": "team"}]}]
)
async def test_who_stands_on_two_steps_at_once_is_told_once(town: Town, settings: dict[str, Any]) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    chen, zou, su = (town.member(name) for name in ("陈示例", "邹仿真", "苏虚拟"))
    await grandma.scans("xy-01")
    await su.says("请假 今天 邹仿真替")
    town.skip(grandma, su, zou, *map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))
    await grandma.says("路灯坏了")
    town.skip(grandma, group)
    await town.later(hours=2, minutes=1)
    assert [entry.data["told"] for entry in await town.journal(1) if entry.kind == "escalate"] == [
        [town.code("邹仿真")],
        [town.code("章模拟"), town.code("邹仿真")],
    ]
    zou.hears("没有人接")
    grandma.hears("还没有人接手", "章模拟、邹仿真")
    town.skip(chen, su, town.member("章模拟"))


async def test_no_clock_for_news_is_left_where_nobody_waits_for_any(town: Town) -> None:
    """A pressing request that took a calm one's place has its clocks, and its own rules."""
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)

    async def press(session: Session) -> None:
        request = await session.requests.get(1)
        assert request
        await session.requests.save(replace(request, urgency="urgent"))

    await town.play.bot.store.transact(press)
    await town.later(days=4)
    assert "no_news" in [entry.kind for entry in await town.journal(1)]
    assert (await town.request(1)).due_next_update is None
    town.skip(grandma, group, chen, *map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))
