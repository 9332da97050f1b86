"""Members write as they talk. What is not for the resident stays inside, and what is finished is heard however said."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _taken(town: Town, words: str = "路灯不亮了") -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    await town.later(minutes=2)
    await town.member("陈示例").says("接 1", in_=town.group("槐荫胡同群"))
    town.skip(grandma, town.group("槐荫胡同群"))
    return grandma


async def test_the_number_is_for_the_desk_and_not_for_the_resident(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("停水了")
    await chen.says("接 1")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await chen.says("1 水管爆了 正在修 晚上六点来水")
    grandma.hears("陈示例说：水管爆了 正在修 晚上六点来水")
    chen.hears("马上转告")
    await chen.says("1 哪个水管")
    grandma.hears("想问您：哪个水管")
    chen.hears("已经问居民了")
    await chen.says("1 换了3米管子 好了")
    grandma.hears("陈示例说：换了3米管子")
    chen.hears("等居民评价")
    await grandma.says("好用")
    grandma.hears("谢谢您")
    chen.hears("满意")


@pytest.mark.parametrize("words", ["修好了叫我一声", "1 换个弯头就好了", "1 这老太太糊涂 说不清楚", "你是机器人吗"])
async def test_what_is_said_among_members_stays_inside(town: Town, words: str) -> None:
    grandma, group = await _taken(town), town.group("槐荫胡同群")
    await town.member("陈示例").says(words, in_=group)
    group.hears("没有转给居民")
    grandma.hears_nothing()
    assert (await town.request(1)).state is State.ACCEPTED


@pytest.mark.parametrize("words", ["1抓紧", "老陈 1那个灯抓点紧 居民都打到我这儿来了"])
async def test_who_urges_from_above_urges_nobody_outside(town: Town, words: str) -> None:
    grandma = await _taken(town)
    await town.member("马假设").says(words)
    town.member("马假设").hears("没有转给居民")
    town.member("陈示例").hears("#1", "马假设说")  # it is for him
    grandma.hears_nothing()


async def test_who_urges_takes_nothing_over(town: Town) -> None:
    grandma, leader = town.resident("吴奶奶"), town.member("韦比方")
    await grandma.scans("xy-01")
    await grandma.says("路灯不亮了")
    grandma.skip()
    await leader.says("1 赶紧派人去")
    leader.hears("没有转给居民")
    town.member("陈示例").hears("#1", "韦比方说")
    assert (await town.request(1)).holder == town.code("陈示例")
    town.group("槐荫胡同群").skip()


@pytest.mark.parametrize(
    "words",
    ["灯亮堂嘞", "通好了 掏出来一堆头发", "9号换了新表 好了", "那个灯我给换上了亮了你跟他说一声", "灯亮堂了 完活"],
)
async def test_done_is_done_however_said(town: Town, words: str) -> None:
    grandma, group = await _taken(town), town.group("槐荫胡同群")
    await town.member("陈示例").says(words, in_=group)
    grandma.hears("办完了")
    group.hears("等居民评价")


async def test_what_he_wants_told_is_told(town: Town) -> None:
    grandma, group = await _taken(town), town.group("槐荫胡同群")
    await town.member("陈示例").says("告诉居民：修好了叫您一声", in_=group)
    grandma.hears("陈示例说", "修好了叫您一声")
    group.hears("转告居民")


async def test_another_trouble_told_at_the_door_goes_to_nobody_else(town: Town) -> None:
    grandma, group = await _taken(town), town.group("槐荫胡同群")
    await town.member("陈示例").says("21号严例证腿摔了 在家躺着没人做饭", in_=group)
    group.hears("要登记")
    grandma.hears_nothing()


async def test_a_mistake_is_not_told_on(town: Town) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await chen.says("写错了 是2")
    chen.hears("重办")
    grandma.hears_nothing()


async def test_a_house_is_no_day_and_the_later_day_is_the_promise(town: Town) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await chen.says("刚去过3号了 灯座也得换")
    grandma.hears("灯座也得换", not_=["12月"])
    await chen.says("今天有事 明天一早准去")
    grandma.hears("11月24日")
    chen.skip()


async def test_of_two_requests_a_house_number_names_none(town: Town) -> None:
    """#1 is the bulb of house 3; 3号 must not close somebody else's #3."""
    grandma, chen, group = await _taken(town, "家里灯泡坏了"), town.member("陈示例"), town.group("槐荫胡同群")
    for name, words in (("郑师傅", "门锁坏了打不开"), ("孙大爷", "垃圾桶满了好几天没人清")):
        neighbour = town.resident(name)
        await neighbour.scans("xy-01")
        await neighbour.says(words)
        neighbour.skip()
    await chen.says("接 2")
    await chen.says("接 3")
    town.skip(group, chen, *map(town.resident, ("郑师傅", "孙大爷")))
    await chen.says("3号赵奶奶家灯泡换好了")
    chen.hears("哪一件")
    grandma.hears_nothing()
    assert [one.state for one in await town.requests()] == [State.ACCEPTED] * 3


async def test_an_offer_is_refused_and_taken_in_plain_words(town: Town) -> None:
    grandma, chen, li = await _taken(town), town.member("陈示例"), town.member("李样本")
    await chen.says("转李样本")
    chen.skip()
    li.hears("陈示例想把这件事转给您")
    await li.says("不去 家里有事")
    li.hears("还由陈示例负责")
    chen.hears("李样本接不了")
    await chen.says("转李样本")
    li.skip()
    await li.says("好的马上")
    grandma.hears("现在由李样本来办")
    town.skip(chen, li)
    assert (await town.request(1)).holder == town.code("李样本")


async def test_who_answers_an_alarm_is_heard(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("我老伴倒地上叫不醒")
    called = [town.member(name) for name in ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    town.skip(grandma, *called)
    await town.member("陈示例").says("吓死人了")
    town.member("陈示例").hears("接 1")
    assert (await town.request(1)).accepted_at is None
    await town.member("陈示例").says("跑着去")
    grandma.hears("陈示例正赶过去")
    assert (await town.request(1)).accepted_at is not None
    town.skip(grandma, *called)


@pytest.mark.parametrize("which", ["2", "第二个", "是第二件", "2号那件"])
async def test_which_one_is_said_afterwards(town: Town, which: str) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await grandma.says("我家下水道堵了")
    await town.later(minutes=2)
    await chen.says("接 2")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await chen.says("通开了 掏出来一堆头发")
    chen.hears("是哪一件", "#1", "#2")
    await chen.says(which)
    chen.hears("#2 马上告诉居民")
    grandma.hears("#2", "办完了", "一堆头发")


async def test_a_bare_number_otherwise_asks_how_it_stands(town: Town) -> None:
    await _taken(town)
    await town.member("陈示例").says("1")
    town.member("陈示例").hears("#1 公共设施", "首问")


async def test_what_a_member_writes_down_is_each_matter_and_danger_first(town: Town) -> None:
    chen, group = town.member("陈示例"), town.group("槐荫胡同群")
    await chen.says("登记 王奶奶家灯坏了 还有她家下水道堵了", in_=group)
    group.hears("登记好了：#1 报修", "#2 报修")
    group.hears("#1 报修")
    group.hears("#2 报修")
    await chen.says("登记 有人晕倒了")
    assert any("120" in line.text and "登记好了：#3" in line.text for line in chen.unread())
    town.skip(group, *map(town.member, ("陈示例", "邹仿真", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")))


@pytest.mark.parametrize("words", ["灯泡买好了", "尺寸量好了"])
async def test_a_step_on_the_way_is_not_the_end(town: Town, words: str) -> None:
    grandma = await _taken(town)
    await town.member("陈示例").says(words)
    grandma.hears("#1", words, not_=["满意"])
    town.member("陈示例").skip()
    assert (await town.request(1)).state is State.IN_PROGRESS


async def test_a_word_for_one_is_not_told_to_the_others(town: Town) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await grandma.says("我家下水道堵了")
    await town.later(minutes=2)
    await chen.says("接 2")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await chen.says("1办结 换了灯泡 2等配件")
    first, second = grandma.hears("#1", "#2").text.split("#2")
    assert "换了灯泡" in first
    assert "等配件" not in first
    assert "等配件" in second
    assert "换了灯泡" not in second
    chen.skip()


async def test_all_but_one(town: Town) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await grandma.says("我家下水道堵了")
    await town.later(minutes=2)
    await chen.says("接 2")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await chen.says("除了2都修好了 换了灯泡")
    grandma.hears("#1", "办完了")
    chen.skip()
    assert (await town.request(2)).state is State.ACCEPTED


async def test_yes_and_a_day_is_a_new_day(town: Town) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await chen.says("明天上午去")
    town.skip(grandma, chen)
    await grandma.says("后天上午我去打针 下午行不")
    await town.later(minutes=2)
    town.skip(grandma, chen)
    await chen.says("行 后天下午三点")
    grandma.hears("#1", "后天下午三点")
    chen.skip()


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("1问他是有线的还是无线的", "想问您：是有线的还是无线的"),
        ("问1 灯是什么样的", "想问您：灯是什么样的"),
        ("1问她家住几楼", "想问您：您家住几楼"),
        ("1让他带身份证去街道大厅", "陈示例说：请带身份证去街道大厅"),
        ("接1 我先去买灯泡", "陈示例说：我先去买灯泡"),
    ],
)
async def test_the_wish_to_tell_is_not_told(town: Town, said: str, heard: str) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await chen.says(said)
    grandma.hears(heard)
    chen.skip()


@pytest.mark.parametrize("taking", ["接", "接了，", "1接 "])
async def test_what_is_said_with_taking_is_heard(town: Town, taking: str) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("居住证怎么办")
    town.skip(grandma, town.group("槐荫胡同群"))
    await chen.says(f"{taking}让他带身份证和租房合同去街道大厅")
    grandma.hears("陈示例接下了", "请带身份证和租房合同去街道大厅")
    chen.skip()


@pytest.mark.parametrize("words", ["1还没接呢别催", "给我他电话", "1解除"])
async def test_words_to_the_desk_stay_inside(town: Town, words: str) -> None:
    grandma = await _taken(town)
    await town.member("陈示例").says(words)
    town.member("陈示例").skip()
    grandma.hears_nothing()


async def test_an_hour_is_no_number_of_a_request(town: Town) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await chen.says("1 下午1点去")
    grandma.hears("下午1点去（11月23日 周一 13:00）")
    chen.skip()
    await chen.says("1 行，下午1点半去")
    grandma.hears("13:30")
    chen.skip()
    await chen.says("5号填平了")  # nobody's: #1 is not done by it
    chen.hears("没有 #5")
    grandma.hears_nothing()


async def test_each_request_of_a_line_has_its_own_word(town: Town) -> None:
    grandma, chen, group = town.resident("吴奶奶"), town.member("陈示例"), town.group("槐荫胡同群")
    neighbour = town.resident("郑师傅")
    for who, words in ((grandma, "路灯不亮了"), (neighbour, "门锁坏了打不开")):
        await who.scans("xy-01")
        await who.says(words)
        who.skip()
    await chen.says("1接 2退 不是我的片")
    grandma.hears("#1", "陈示例接下了")
    town.member("邹仿真").hears("#2", "不是我的片")
    town.skip(chen, group, neighbour)
    assert [one.state for one in await town.requests()] == [State.ACCEPTED, State.RETURNED]


async def test_a_lane_is_no_word_for_the_resident(town: Town) -> None:
    grandma, chen = await _taken(town), town.member("陈示例")
    await chen.says("1转给水井胡同")
    grandma.hears("#1", "水井胡同", "李样本", not_=["转给水井胡同"])
    town.group("水井胡同群").hears("#1")
    chen.hears("#1")
    town.group("槐荫胡同群").skip()


async def test_a_nod_to_something_else_takes_nothing(town: Town) -> None:
    grandma, zou = town.resident("吴奶奶"), town.member("邹仿真")
    await grandma.scans("xy-01")
    await grandma.says("路灯不亮了")
    town.skip(grandma, town.group("槐荫胡同群"))
    await town.member("陈示例").says("请假 下周三 邹仿真替")
    zou.skip()
    await zou.says("好的")
    zou.hears("好的")
    grandma.hears_nothing()
    assert (await town.request(1)).holder == town.code("陈示例")
    town.skip(town.member("陈示例"), town.member("马假设"))


async def test_two_leaves_stand_beside_each_other(town: Town) -> None:
    chen = town.member("陈示例")
    await chen.says("12月1号到12月3号请假 李样本替")
    await chen.says("12月10号到12月12号请假 邹仿真替")
    await chen.says("周四、周五请假 邹仿真替")
    async with town.play.bot.store.reading() as session:
        roster = await town.play.bot.store.roster(session)
    mine = [(one.starts.day, one.ends.day) for one in roster.leaves_of[town.code("陈示例")]]
    assert sorted(mine) == [(1, 3), (10, 12), (26, 27)]
    await chen.says("我回来了 销假")
    assert "取消哪个" in chen.chat[-1].text  # none of them has begun
    await chen.says("12月1日")
    assert "12月1日到12月3日的假取消了" in chen.chat[-1].text
    town.skip(chen, *map(town.member, ("李样本", "邹仿真", "马假设")))


async def test_who_wrote_down_a_fight_is_not_shut_out_of_it(town: Town) -> None:
    chen = town.member("陈示例")
    await chen.says("登记 中心街9号两口子又打起来了 女的脸上有伤")
    assert any("110" in line.text for line in chen.unread())
    await chen.says("接 1")
    chen.skip()
    assert (await town.request(1)).holder == town.code("陈示例")
    town.skip(town.member("马假设"), town.member("汪比方"))


async def test_yes_grants_what_was_asked_for_just_now(town: Town) -> None:
    grandma, chen, ma = await _taken(town), town.member("陈示例"), town.member("马假设")
    await chen.says("1配件没到 想延到下周三")
    ma.hears("#1")
    town.skip(chen, grandma)
    await ma.says("可以")
    town.skip(ma, chen, grandma)
    assert (await town.request(1)).extension_until is None
    assert (await town.request(1)).clock_from is None  # granted: the end was promised


async def test_what_is_done_already_is_written_down_as_done(town: Town) -> None:
    chen = town.member("陈示例")
    await chen.says("登记并办结 给王奶奶换了水龙头")
    town.skip(chen, town.group("槐荫胡同群"))
    assert (await town.request(1)).state is State.CLOSED


async def test_words_of_a_private_matter_are_not_repeated_in_the_group(town: Town) -> None:
    grandma, chen, group = town.resident("吴奶奶"), town.member("陈示例"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    await grandma.says("我婆婆老年痴呆 白天没人看着")
    await chen.says("1接", in_=group)
    town.skip(grandma, chen, group)
    await chen.says("1明天下午三点带她婆婆去做痴呆评估", in_=group)
    grandma.hears("痴呆评估", "11月24日")
    (said,) = group.unread()
    assert "痴呆" not in said.text
    assert "单独跟我说" in said.text
    town.skip(group)


async def test_whom_no_message_reaches_is_told_in_person(town: Town) -> None:
    chen = town.member("陈示例")
    await chen.says("登记 东头张奶奶家灯泡坏了")
    town.skip(chen, town.group("槐荫胡同群"))
    for words in ("接1", "1已经买了灯泡", "1明天上午九点去换"):
        await chen.says(words)
        assert all("马上" not in line.text for line in chen.unread())
        town.skip(chen)
    assert (await town.request(1)).state is State.SCHEDULED


async def test_who_was_called_hears_how_it_goes_on_and_ends(town: Town) -> None:
    grandma, chen, zou = town.resident("吴奶奶"), town.member("陈示例"), town.member("邹仿真")
    everybody = [town.member(name) for name in ("陈示例", "章模拟", "苏虚拟", "潘编写", "韦比方", "马假设")]
    await grandma.scans("xy-01")
    await grandma.says("电梯卡住了里面有老人")
    await chen.says("接1 我打了119")
    town.skip(grandma, zou, town.group("槐荫胡同群"), *everybody)
    await town.later(minutes=3)
    await chen.says("人救出来了")
    zou.hears("#1（紧急）", "人救出来了")
    assert (await town.request(1)).state.is_open
    await chen.says("1处理完了 是门机坏了 换新的了")
    zou.hears("#1（紧急）结束了")
    town.skip(grandma, town.group("槐荫胡同群"), *everybody)


async def test_who_was_not_told_yet_has_nothing_to_be_relieved_of(town: Town) -> None:
    grandma, chen, zou = town.resident("吴奶奶"), town.member("陈示例"), town.member("邹仿真")
    await town.until(23, 30)
    await grandma.scans("xy-01")
    await grandma.says("电线打火了墙上冒火星")
    await zou.says("到了 拉了电闸")
    town.skip(grandma, zou)
    await town.until(7, 30)
    chen.hears_nothing()
    assert (await town.request(1)).state is State.IN_PROGRESS
    town.skip_everybody()  # the digest of the evening before


async def test_what_nobody_understands_reaches_the_resident_by_a_yes(town: Town) -> None:
    grandma, chen = await _taken(town, "家里突然没电了"), town.member("陈示例")
    town.skip(chen)
    await chen.says("合上闸了 是跳闸")
    chen.hears("没有听懂", "#1 的居民", "回：是")
    grandma.hears_nothing()
    await chen.says("是")
    grandma.hears("#1 陈示例说：合上闸了 是跳闸")
    town.skip(chen)
    await chen.says("中午吃啥")  # for colleagues, whoever works on it
    chen.hears("没有听懂", "我的任务")
