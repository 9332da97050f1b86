"""Words that sound like a command, or go to the wrong ears: what a careful person at the desk would do."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Colleague, Ear, Neighbour, Town

pytestmark = pytest.mark.wordings


async def test_danger_is_heard_before_any_command(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.later(hours=1)
    await grandma.says("算了别来了,我老伴喘不上气了")
    grandma.hears("120", "#2")
    assert (await town.request(1)).state is State.ACCEPTED
    assert (await town.request(2)).urgency == "emergency"
    group.skip()
    for name in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设", "汪比方", "毕比方", "邵范例"):
        town.member(name).skip()


async def test_somebody_faints_while_the_house_burns(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    everybody = [town.member(n) for n in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    await grandma.scans("xy-01")
    await grandma.says("厨房着火了,快来人")
    town.skip(grandma, group, *everybody)
    await grandma.says("进度先别说,我妈晕倒了叫不醒")
    grandma.hears("120", "#1")
    for one in everybody:
        one.hears("紧急 #1", "晕倒")
    assert (await town.request(1)).sensitivity == "private", "health is nobody's but theirs who help"
    town.skip(group, *map(town.member, ("汪比方", "毕比方", "邵范例")))


@pytest.mark.parametrize(
    "words", ["1 哪家啊", "1 快去人啊", "1 打120了吗", "1 有人去了没", "1 要不要打120", "1 请马上处理"]
)
async def test_who_only_asks_does_not_take_an_emergency(town: Town, words: str) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    everybody = [town.member(n) for n in ("邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    await grandma.scans("xy-01")
    await grandma.says("老头子叫不应了,快来人")
    town.skip(grandma, group, chen, *everybody)
    await chen.says(words)
    chen.hears("#1 是急事", "接 1")
    assert (await town.request(1)).accepted_at is None
    grandma.hears_nothing()
    await chen.says("1 我马上到,哪个单元?")
    chen.skip()
    assert (await town.request(1)).first_responder == town.code("陈示例")
    grandma.skip()
    town.skip(group, *everybody, *map(town.member, ("汪比方", "毕比方", "邵范例")))


@pytest.mark.parametrize("words", ["转给陈示例 1", "派单 1 陈示例", "退 1 陈示例自己的事"])
async def test_a_confidential_complaint_never_goes_to_whom_it_is_about(town: Town, words: str) -> None:
    grandma, chen, secretary = town.resident("吴奶奶"), town.member("陈示例"), town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says("我要投诉胡同长陈示例,光拿补贴不干活")
    grandma.skip()
    secretary.hears("#1")
    await secretary.says(words)
    secretary.skip()
    chen.hears_nothing()
    request = await town.request(1)
    assert request.holder == town.code("马假设")
    assert request.offered_to != town.code("陈示例")
    town.skip(*map(town.member, ("汪比方", "毕比方", "邵范例")))


async def test_in_a_group_nothing_is_ordered_about_the_confidential(town: Town) -> None:
    grandma, group, secretary = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says("我要投诉胡同长陈示例,光拿补贴不干活")
    town.skip(grandma, secretary)
    await secretary.says("督办 1 抓紧", in_=group)
    group.hears("#1 是不公开的事，请单独跟我说")
    assert (await town.request(1)).supervisor == ""
    town.skip(*map(town.member, ("汪比方", "毕比方", "邵范例")))


async def test_in_a_group_nothing_is_said_of_what_is_not_open(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("我腿摔坏了,想请人帮着买几天菜")
    await grandma.says("另外路灯坏了")
    town.skip(grandma, group, chen)
    await chen.says("我的任务", in_=group)
    heard = group.hears("单独问我").text
    assert "#1" not in heard
    await chen.says("我的任务")
    chen.hears("#1")


async def test_a_secretary_speaks_to_the_holder_and_not_to_the_resident(town: Town) -> None:
    grandma, group, chen, secretary = (
        town.resident("吴奶奶"),
        town.group("槐荫胡同群"),
        town.member("陈示例"),
        town.member("马假设"),
    )
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await secretary.says("1 抓紧办")
    secretary.hears("没有转给居民", "陈示例")
    grandma.hears_nothing()
    await secretary.says("1 进展 灯泡已经买好了")
    secretary.skip()
    grandma.hears("灯泡已经买好了")
    chen.skip()


async def test_half_a_sentence_at_a_time(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    for words in ("俺家那个", "炕头那面墙", "潮得长绿毛"):
        await grandma.says(words)
    grandma.skip()
    town.skip(group, town.member("陈示例"))
    assert ["炕头那面墙" in one.text and "长绿毛" in one.text for one in await town.requests()] == [True]


async def test_what_is_meant_for_who_comes_is_passed_on(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    await chen.says("1 明天下午三点来", in_=group)
    town.skip(grandma, group, chen)
    await town.later(minutes=30)
    await grandma.says("明天我不在家,周四吧")
    grandma.hears("#1")
    await town.later(minutes=5)
    chen.hears("#1", "周四")
    town.skip(grandma)
    await town.later(minutes=30)
    for words in ("下午好", "今天天气真好"):
        await grandma.says(words)
    town.skip(grandma)
    await town.later(minutes=10)
    chen.hears_nothing()


async def test_impatience_presses_and_opens_nothing(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.later(hours=1)
    for words in ("到底管不管啊", "给个准话", "我等了一天了", "能不能快点"):
        await grandma.says(words)
        grandma.hears("#1")
    assert len(await town.requests()) == 1
    chen.hears("#1")
    chen.hears_nothing()


async def test_another_matter_with_its_words_in_one_breath(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await grandma.says("这是另一件事,东墙根下水井盖响")
    assert [one.text for one in await town.requests()] == ["路灯坏了", "东墙根下水井盖响"]
    town.skip(grandma, group, town.member("陈示例"))


async def test_nobody_is_satisfied_with_what_he_has_not_heard(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("接 1", in_=group)
    town.skip(grandma, group)
    await town.later(days=2, minutes=1)
    town.wechat.faults.error_code = 43101
    await chen.says("办结 1 换了灯", in_=group)
    await town.later(minutes=10)
    town.wechat.faults.error_code = None
    town.skip(group, chen, *map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))
    await grandma.says("今儿心情挺好")
    assert any("换了灯" in line.text for line in grandma.unread())
    assert not (await town.request(1)).rating
    grandma.skip()


async def test_who_says_i_go_goes_to_the_emergency(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await town.later(minutes=30)
    await grandma.says("厨房着火了,快来人")
    await chen.says("我去", in_=group)
    assert [one.state for one in await town.requests()] == [State.DISPATCHED, State.ACCEPTED]
    everybody = ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设", "汪比方", "毕比方", "邵范例")
    town.skip(grandma, group, *map(town.member, everybody))


async def test_a_doubt_about_a_member_by_his_nickname_is_not_told_to_him(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("小陈那人我信不过,办事不公道")
    group.hears_nothing()
    chen.hears_nothing()
    assert (await town.request(1)).sensitivity == "confidential"
    town.skip(grandma, *map(town.member, ("马假设", "汪比方", "毕比方", "邵范例")))


async def test_a_wrong_place_in_ones_own_words(town: Town) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await grandma.says("错了错了,我说的是我妈那儿,水井胡同")
    assert (await town.request(1)).lane == "xy-02"
    town.skip(grandma, group, town.group("水井胡同群"), town.member("陈示例"))


async def _lamp_is_mended(town: Town) -> tuple[Neighbour, Ear, Colleague]:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    await chen.says("办结 1 换了灯", in_=group)
    return grandma, group, chen


@pytest.mark.parametrize("words", ["1 居民说又坏了", "重办 1 居民说又坏了"])
async def test_who_did_it_says_that_it_is_not_well(town: Town, words: str) -> None:
    grandma, group, chen = await _lamp_is_mended(town)
    town.skip(grandma, group)
    await chen.says("1 收到")
    chen.hears("#1", "不用再办了", "重办 1")
    await chen.says(words)
    chen.hears("#1 重新办了，由陈示例接着办")
    town.member("潘编写").hears("#1", "陈示例说没有解决", "又坏了")
    grandma.hears("#1 又接着办了，由陈示例负责")
    request = await town.request(1)
    assert (request.state, request.reopen_count) == (State.IN_PROGRESS, 1)
    await town.member("马假设").says("1 居民说又坏了")
    chen.hears("#1", "马假设说：1 居民说又坏了")
    town.member("马假设").hears("没有转给居民")


async def test_a_secretary_has_it_done_again(town: Town) -> None:
    grandma, group, chen = await _lamp_is_mended(town)
    secretary = town.member("马假设")
    await grandma.taps("满意")
    town.skip(grandma, group, chen)
    await secretary.says("重办 1 我路过看还是黑的")
    secretary.hears("#1 重新办了，由陈示例接着办")
    chen.hears("#1", "马假设说没有解决", "还是黑的")
    grandma.hears("#1 又接着办了")
    assert (await town.request(1)).rating == ""
    town.skip(*map(town.member, ("潘编写",)))


async def test_what_was_erased_is_not_done_again(town: Town) -> None:
    grandma, group, chen = await _lamp_is_mended(town)
    secretary = town.member("马假设")
    await grandma.taps("满意")
    await grandma.says("删除我的资料")
    await grandma.taps("确认删除")
    town.skip(grandma, group, chen)
    await secretary.says("重办 1 还是黑的")
    secretary.hears("#1 不能重办了", "登记")
    assert (await town.request(1)).state is State.CLOSED


async def test_again_alone_is_no_complaint(town: Town) -> None:
    """又下雨了 says nothing of the lamp; 又不亮了 does."""
    grandma, group, chen = await _lamp_is_mended(town)
    town.skip(grandma, group)
    await grandma.says("又下雨了")
    assert (await town.request(1)).state is State.RESOLVED
    grandma.skip()
    await grandma.says("就好了一下,又不亮了")
    assert (await town.request(1)).reopen_count == 1
    town.skip(grandma, group, chen, *map(town.member, ("潘编写", "马假设")))
