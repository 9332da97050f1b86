"""What sounds like danger beside a matter that goes on, and is none; and what must ring all the same. An alarm answers
each word as it is meant, and everybody who was rung hears its end."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, words: str, name: str = "周婶") -> Neighbour:
    neighbour = town.resident(name)
    await neighbour.scans("xy-01")
    await neighbour.says(words)
    town.skip_everybody()
    return neighbour


@pytest.mark.parametrize(
    "words", ["我到门口了 没人开门", "敲门没人", "1 敲了半天门没人应", "没人开门,您在家吗", "到门口了敲门没人应"]
)
async def test_a_door_that_nobody_opens_is_news_of_a_repair(town: Town, words: str) -> None:
    aunt, chen = await _told(town, "水龙头坏了 一直滴水"), town.member("陈示例")
    await chen.says("接 1")
    town.skip_everybody()
    await chen.says(words)
    aunt.hears("#1 陈示例")
    town.member("邹仿真").hears_nothing()
    town.skip_everybody()
    assert len(await town.requests()) == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("对门张奶奶两天没见着了 你们去看看", "敲门没人"),
        ("水龙头坏了 一直滴水", "没人开门 屋里有煤气味"),
        ("水龙头坏了 一直滴水", "对门奶奶家敲门没人应 两天没见她了"),
    ],
)
async def test_a_door_that_nobody_opens_may_be_an_alarm(town: Town, told: str, words: str) -> None:
    await _told(town, told)
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip_everybody()
    await chen.says(words)
    town.member("邹仿真").hears("紧急 #2")
    town.skip_everybody()


async def test_the_answer_to_a_question_stays_with_what_was_asked(town: Town) -> None:
    sun, ma = await _told(town, "老公昨晚打我了", "孙姨"), town.member("马假设")
    await ma.says("1 您现在安全吗")
    town.skip(sun, ma)
    await sun.says("他出去了 我一个人")
    ma.hears("#1", "居民回答", "我一个人")
    sun.hears("#1")
    town.member("陈示例").hears_nothing()
    assert (await town.request(1)).state is State.IN_PROGRESS
    assert len(await town.requests()) == 1


@pytest.mark.parametrize("words", ["他又打我了 快来", "他在砸门 我害怕"])
async def test_violence_now_rings_though_it_answers_a_question(town: Town, words: str) -> None:
    sun, ma = await _told(town, "老公昨晚打我了", "孙姨"), town.member("马假设")
    await ma.says("1 您现在安全吗")
    town.skip(sun, ma)
    await sun.says(words)
    sun.hears("110")
    ma.hears("紧急 #2")
    town.member("陈示例").hears_nothing()
    town.skip_everybody()
    assert (await town.request(2)).sensitivity == "confidential"


async def test_a_guess_beside_a_secret_is_for_the_same_ears(town: Town) -> None:
    sun = await _told(town, "老公昨晚打我了", "孙姨")
    await town.member("马假设").says("接 1")
    await town.later(hours=3)
    town.skip_everybody()
    await sun.says("他出去了 我一个人")
    town.member("陈示例").hears_nothing()
    town.skip_everybody()


@pytest.mark.parametrize("words", ["出不去 腿疼", "下不了楼 腰疼"])
async def test_frailty_answers_whether_she_is_at_home(town: Town, words: str) -> None:
    aunt, chen = await _told(town, "想领老年卡"), town.member("陈示例")
    await chen.says("接 1")
    await chen.says("您在家吗")
    town.skip_everybody()
    await aunt.says(words)
    chen.hears("#1", "居民回答", words)
    aunt.hears("#1")
    town.member("邹仿真").hears_nothing()


@pytest.mark.parametrize("words", ["我摔了 动不了", "在家 胸口疼", "门打不开 我出不去了"])
async def test_a_danger_rings_though_it_answers_a_question(town: Town, words: str) -> None:
    aunt, chen = await _told(town, "想领老年卡"), town.member("陈示例")
    await chen.says("接 1")
    await chen.says("您在家吗")
    town.skip_everybody()
    await aunt.says(words)
    aunt.hears("马上打", "120")
    town.member("邹仿真").hears("紧急 #2")
    town.skip_everybody()


async def test_a_danger_rings_behind_a_matter_that_was_taken_a_minute_ago(town: Town) -> None:
    aunt = await _told(town, "我妈腿脚不好 想找人送饭")
    await town.member("陈示例").says("接 1")
    town.skip_everybody()
    await aunt.says("我妈晕倒了")
    aunt.hears("120")
    town.member("邹仿真").hears("紧急 #2", "晕倒")
    town.skip_everybody()


async def test_what_he_always_does_is_more_of_the_secret(town: Town) -> None:
    sun = await _told(town, "老公昨晚打我了", "孙姨")
    await town.later(minutes=10)
    town.skip_everybody()
    await sun.says("他喝了酒就打人")
    sun.hears("#1")
    assert len(await town.requests()) == 1
    town.skip_everybody()


async def _rung(town: Town, words: str, name: str = "周婶") -> Neighbour:
    neighbour = await _told(town, words, name)
    assert (await town.request(1)).urgency == "emergency"
    return neighbour


@pytest.mark.parametrize("words", ["谁来啊", "到哪了", "人走到哪儿了?", "还要多久到"])
async def test_who_asks_in_an_alarm_hears_who_has_gone(town: Town, words: str) -> None:
    aunt, zou = await _rung(town, "厨房着火了"), town.member("邹仿真")
    await aunt.says("谁来啊")
    aunt.hears("还没有人回话", "119")
    await zou.says("接 1")
    town.skip_everybody()
    await aunt.says(words)
    aunt.hears("邹仿真", "赶过去")
    zou.hears(words[:3])
    town.skip_everybody()


async def test_relief_is_nothing_to_pass_on(town: Town) -> None:
    aunt, zou = await _rung(town, "厨房着火了"), town.member("邹仿真")
    await zou.says("接 1")
    town.skip_everybody()
    await aunt.says("那就好")
    aunt.hears("#1")
    zou.hears_nothing()


async def test_who_asks_what_to_do_hears_whom_to_call_again(town: Town) -> None:
    aunt = await _rung(town, "厨房着火了")
    await town.member("邹仿真").says("接 1")
    town.skip_everybody()
    await aunt.says("我该咋办啊")
    aunt.hears("119")
    town.skip_everybody()


async def test_self_harm_in_an_alarm_has_its_own_number(town: Town) -> None:
    aunt = await _rung(town, "厨房着火了")
    await aunt.says("我不想活了")
    aunt.hears("12356")
    town.skip_everybody()


async def test_who_speaks_of_his_own_death_is_not_told_the_same_twice(town: Town) -> None:
    aunt = await _rung(town, "活着没意思")
    answers = []
    for words in ("不想活了", "撑不下去了", "药就在手边"):
        await aunt.says(words)
        answers.append(aunt.hears("12356", not_=("撤销",)).text)
    assert len(set(answers)) == len(answers)
    town.skip_everybody()


@pytest.mark.parametrize("words", ["老年卡的事呢", "老年卡办好了吗"])
async def test_another_matter_is_answered_while_there_is_danger(town: Town, words: str) -> None:
    aunt, zou = await _told(town, "我想问问老年卡怎么办"), town.member("邹仿真")
    await town.later(minutes=20)
    await aunt.says("着火了")
    zou.hears("紧急 #2", "着火了")
    assert "老年卡" not in (await town.request(2)).text  # nobody who runs need read that
    await zou.says("接 2")
    town.skip_everybody()
    await aunt.says(words)
    aunt.hears("#1")
    zou.hears_nothing()


@pytest.mark.parametrize(("told", "alarm"), [("家里插座打火花", "着火了 快来"), ("楼道里堆满纸箱", "着火了")])
async def test_what_a_danger_came_of_is_told_with_it(town: Town, told: str, alarm: str) -> None:
    aunt = await _told(town, told)
    await town.later(minutes=20)
    town.skip_everybody()
    await aunt.says(alarm)
    aunt.hears("119")
    town.member("邹仿真").hears("紧急 #2", told)
    town.skip_everybody()


async def test_what_is_left_to_mend_is_a_plain_repair(town: Town) -> None:
    aunt = await _rung(town, "我被困在电梯里了")
    await aunt.says("出来了")
    aunt.hears("撤销1")
    town.skip_everybody()
    await aunt.says("电梯还得修啊")
    aunt.hears("#2", "报修")
    town.member("邹仿真").hears_nothing()
    town.skip_everybody()
    assert (await town.request(2)).urgency != "emergency"


@pytest.mark.parametrize(
    ("alarm", "words"),
    [
        ("对门着火了 冒黑烟", "不是着火 是人家做饭糊锅了"),
        ("对门着火了 冒黑烟", "是炒菜的油烟"),
        ("我老公正在打我", "他走了"),
    ],
)
async def test_an_all_clear_is_heard(town: Town, alarm: str, words: str) -> None:
    aunt = await _rung(town, alarm)
    await aunt.says(words)
    aunt.hears("要是真的不用来人了")
    town.skip_everybody()


@pytest.mark.parametrize(
    ("alarm", "words"),
    [("我爸喘不上气了", "他走了"), ("对门着火了 冒黑烟", "不是做饭 是着火了"), ("我老公正在打我", "他没走")],
)
async def test_these_are_none(town: Town, alarm: str, words: str) -> None:
    aunt = await _rung(town, alarm)
    await aunt.says(words)
    aunt.hears("急救电话")
    town.skip_everybody()


@pytest.mark.parametrize("words", ["我看了 是做饭的油烟 没事", "1 去看了 虚惊一场"])
async def test_who_has_looked_gives_the_all_clear(town: Town, words: str) -> None:
    aunt, zou = await _rung(town, "对门着火了 冒黑烟"), town.member("邹仿真")
    await zou.says(words)
    aunt.hears("邹仿真说", "不是急事")
    town.member("陈示例").hears("不用赶过去")
    town.skip_everybody()
    request = await town.request(1)
    assert (request.urgency, request.holder) == ("normal", "m031")
    await town.later(minutes=10)
    town.member("章模拟").hears_nothing()


@pytest.mark.parametrize("words", ["没事吧", "我看了 好像没事", "去看看 可能是油烟", "我看了 烟挺大 不是做饭"])
async def test_a_guess_of_a_member_ends_no_alarm(town: Town, words: str) -> None:
    await _rung(town, "对门着火了 冒黑烟")
    await town.member("邹仿真").says(words)
    assert (await town.request(1)).urgency == "emergency"
    town.skip_everybody()


async def test_everybody_who_was_rung_hears_the_end(town: Town) -> None:
    await _rung(town, "屋里有股煤气味")
    zou = town.member("邹仿真")
    await zou.says("接 1")
    town.skip_everybody()
    await zou.says("办结 1 换了胶管")
    for name in ("陈示例", "章模拟", "马假设"):
        town.member(name).hears("#1", "结束了", "换了胶管")
    town.group("槐荫胡同群").hears("#1", "结束了", "换了胶管")
    town.skip_everybody()


async def test_more_of_a_secret_danger_comes_once(town: Town) -> None:
    sun = await _rung(town, "我老公正在打我", "孙姨")
    await sun.says("家里灯也让他砸了")
    ma = town.member("马假设")
    ma.hears("又说")
    await town.later(minutes=2)
    ma.hears_nothing()
    town.skip_everybody()
    assert len(await town.requests()) == 1


@pytest.mark.parametrize(("alarm", "words"), [("隔壁拿刀砍人了", "会有人去看一眼"), ("我老公正在打我", "来看看您")])
async def test_who_is_looked_in_on(town: Town, alarm: str, words: str) -> None:
    sun = await _rung(town, alarm, "孙姨")
    await sun.says("撤销1")
    sun.hears(words)
    town.skip_everybody()


_LOST = "我爹早上出去到现在没回来，他老年痴呆"


@pytest.mark.parametrize("order", ["群里说 1", "1 可以在群里说", "可以在群里说", "发群里 1"])
async def test_the_group_looks_for_a_lost_person_with_the_secretarys_word(town: Town, order: str) -> None:
    son = town.resident("赵铁柱")
    await son.scans("xy-01")
    await son.says(_LOST)
    ma, group = town.member("马假设"), town.group("槐荫胡同群")
    ma.hears("紧急 #1", "要不要在群里说", "群里说 1")
    group.hears_nothing()
    town.skip_everybody()
    await ma.says(order)
    ma.hears("#1 在群里说了")
    group.hears("帮忙找人", "没回来")
    await ma.says("群里说 1")
    ma.hears("已经在群里说过了")
    group.hears_nothing()
    zou = town.member("邹仿真")
    await zou.says("接 1")
    await zou.says("办结 1 人找到了 在派出所")
    group.hears("#1 不用再找了")
    town.skip_everybody()


async def test_nobody_else_tells_the_group_of_it(town: Town) -> None:
    await _told(town, _LOST, "赵铁柱")
    pan = town.member("潘编写")
    await pan.says("群里说 1")
    pan.hears("书记")
    town.group("槐荫胡同群").hears_nothing()


async def test_nothing_else_that_is_private_is_told_to_the_group(town: Town) -> None:
    await _told(town, "我妈腿脚不好 想找人送饭")
    ma = town.member("马假设")
    await ma.says("群里说 1")
    ma.hears("不能在群里说")
    town.group("槐荫胡同群").hears_nothing()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("我查出来乳腺癌 没跟家里说", "不要在群里说"),
        ("我想申请低保 家里男人瘫了", "不要往群里发"),
        ("前天我在院里摔了 在家躺着呢 没人陪", "别告诉我闺女 她忙"),
        ("我借给侄子三万块钱 他不认账了", "他住10号"),
    ],
)
async def test_secrecy_and_facts_are_of_what_he_told(town: Town, told: str, words: str) -> None:
    aunt = await _told(town, told)
    await town.later(minutes=10)
    town.skip_everybody()
    await aunt.says(words)
    aunt.hears("#1", not_=("马上打", "12356"))
    town.member("马假设").hears_nothing()
    town.group("槐荫胡同群").hears_nothing()
    town.skip_everybody()
    assert [(one.urgency == "emergency", one.sensitivity) for one in await town.requests()] == [(False, "private")]


async def test_what_is_not_for_the_neighbours_is_what_he_told_last(town: Town) -> None:
    aunt, chen = await _told(town, "胡同口那个路灯不亮了"), town.member("陈示例")
    await chen.says("接 1")
    await town.later(hours=2)
    await aunt.says("我儿子三个月没给我生活费了 我想让你们给说说")
    await town.later(minutes=3)
    town.skip_everybody()
    await aunt.says("别让街坊们知道啊")
    aunt.hears("#2")
    town.skip_everybody()
    assert [one.sensitivity for one in await town.requests()] == ["open", "private"]


async def test_what_he_does_is_for_the_ears_that_hear_of_him(town: Town) -> None:
    aunt = await _told(town, "我想反映个事 关于你们管片儿那个人的")
    await town.later(minutes=1)
    town.skip_everybody()
    await aunt.says("说话太冲 把我老伴儿都说哭了")
    aunt.hears("#1", not_=("120",))
    town.member("陈示例").hears_nothing()
    town.group("槐荫胡同群").hears_nothing()
    town.skip_everybody()
    assert len(await town.requests()) == 1


async def test_a_guess_behind_violence_stays_with_it(town: Town) -> None:
    sun = await _told(town, "他又打我了", "孙姨")
    await town.later(minutes=1)
    town.skip_everybody()
    await sun.says("现在在里屋睡了 我不敢出声")
    town.member("马假设").hears("紧急 #1", "不敢出声")
    town.member("陈示例").hears_nothing()
    town.group("槐荫胡同群").hears_nothing()
    town.skip_everybody()
    assert len(await town.requests()) == 1


async def test_a_pipe_that_bursts_is_no_despair(town: Town) -> None:
    aunt, chen = await _told(town, "厨房水管滴水"), town.member("陈示例")
    await chen.says("接 1")
    await town.later(hours=3)
    town.skip_everybody()
    await aunt.says("不好了 水管崩了 满屋子水")
    aunt.hears("#1", "急", not_=("12356",))
    town.skip_everybody()
    assert [one.urgency for one in await town.requests()] == ["urgent"]


@pytest.mark.parametrize("words", ["春天？那雪一压房不就塌了", "我不同意"])
async def test_who_refuses_a_result_brings_it_back(town: Town, words: str) -> None:
    aunt, chen = await _told(town, "邻居家树枝压着我家房顶了"), town.member("陈示例")
    await chen.says("接 1")
    await chen.says("办结 1 邻居答应春天锯")
    town.skip_everybody()
    await aunt.says(words)
    town.member("邹仿真").hears_nothing()
    town.skip_everybody()
    assert [one.state for one in await town.requests()] == [State.IN_PROGRESS]


@pytest.mark.parametrize("words", ["可吓死我了 谢谢", "太好了 这下我放心了", "哎 麻烦你了孩子"])
async def test_relief_calls_nobody_again(town: Town, words: str) -> None:
    aunt, chen = await _told(town, "厨房着火了 快来人"), town.member("陈示例")
    await chen.says("接 1")
    await aunt.says("灭了 没事了")
    town.skip_everybody()
    await aunt.says(words)
    aunt.hears("#1")
    chen.hears_nothing()
    town.skip_everybody()
