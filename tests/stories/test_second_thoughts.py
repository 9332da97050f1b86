"""What members offer, put off, log twice and take back: each word is about the right request, and nobody hears lies."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, *words: str) -> tuple[Neighbour, ...]:
    """Residents of one lane tell one thing each, which get the numbers 1, 2, …"""
    people = tuple(town.resident(name) for name in ("吴奶奶", "郑师傅", "孙大爷"))[: len(words)]
    for person, said in zip(people, words, strict=True):
        await person.scans("xy-01")
        await person.says(said)
    await town.later(minutes=2)
    town.skip(*people, town.group("槐荫胡同群"))
    return people


async def _offered(town: Town) -> Neighbour:
    (grandma,) = await _told(town, "路灯不亮了")
    chen, li = town.member("陈示例"), town.member("李样本")
    await chen.says("接 1")
    await chen.says("让李样本去吧")
    town.skip(grandma, chen, li)
    return grandma


# ── what was offered ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "told", "state"),
    [
        ("好，下午三点去", "李样本和您约：下午三点去（11月23日 周一 15:00）", State.SCHEDULED),
        ("已经到门口了", "李样本说：已经到门口了", State.IN_PROGRESS),
        ("换了灯泡，修好了", "李样本说：换了灯泡", State.RESOLVED),
    ],
)
async def test_who_promises_or_reports_has_taken_what_was_offered(
    town: Town, said: str, told: str, state: State
) -> None:
    grandma, chen, li = await _offered(town), town.member("陈示例"), town.member("李样本")
    await li.says(said)
    li.hears("#1 现在由李样本负责")
    chen.hears("李样本接过去了")
    grandma.hears(told)
    request = await town.request(1)
    assert (request.holder, request.offered_to, request.state) == (town.code("李样本"), "", state)
    assert [one.kind for one in await town.journal(1)].count("take_over") == 1
    await town.later(hours=3)
    town.skip(grandma, li)  # reminded of the hour
    chen.hears_nothing()


async def test_a_yes_to_an_offer_is_not_about_what_he_holds_already(town: Town) -> None:
    grandma, neighbour = await _told(town, "路灯不亮了", "门锁坏了打不开")
    chen, li = town.member("陈示例"), town.member("李样本")
    await chen.says("接 1")
    await chen.says("转 2 李样本")
    await li.says("接 2")
    await chen.says("转 1 李样本")
    town.skip(grandma, neighbour, chen, li)
    await li.says("行，明天上午九点去")
    grandma.hears("李样本和您约", "11月24日")
    li.hears("#1 现在由李样本负责")
    chen.hears("#1 李样本接过去了")
    neighbour.hears_nothing()


# ── more time ────────────────────────────────────────────────────────────────────────────────────


async def test_a_wish_for_more_time_is_for_the_secretary_and_no_promise(town: Town) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    chen, ma = town.member("陈示例"), town.member("马假设")
    await chen.says("接 1")
    await ma.says("督办1 三天内办好")
    town.skip(grandma, chen, ma)
    await chen.says("三天不行，得等配件，申请延到下周五")
    chen.hears("#1 已经问马假设了")
    ma.hears("陈示例想延期到12月4日18:00", "三天不行,得等配件")
    grandma.hears_nothing()
    await ma.says("同意")
    ma.hears("#1 延期到12月4日18:00")
    chen.hears("同意延期")
    grandma.hears("12月4日18:00", "得等配件")


@pytest.mark.parametrize("words", ["1不行 本周必须弄完", "不行，本周必须弄完"])
async def test_a_no_of_the_secretary_is_for_who_asked(town: Town, words: str) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    chen, ma = town.member("陈示例"), town.member("马假设")
    await chen.says("接 1")
    await chen.says("延期 1 到下周五 等配件")
    town.skip(grandma, chen, ma)
    await ma.says(words)
    ma.hears("没有同意延期")
    chen.hears("延期没有同意:本周必须弄完")
    grandma.hears_nothing()
    assert (await town.request(1)).extension_until is None


# ── 第一个, 前两件 ────────────────────────────────────────────────────────────────────────────────


async def test_a_place_is_one_in_the_list_that_he_was_shown(town: Town) -> None:
    lamp, lock, drain = await _told(town, "路灯不亮了", "门锁坏了打不开", "下水道堵了")
    chen, zou = town.member("陈示例"), town.member("邹仿真")
    await chen.says("我的任务")
    chen.hears("3件")
    await chen.says("第一个我接了，第二个让小邹去")
    lamp.hears("陈示例接下了")
    chen.hears("#1 陈示例接下了", "已经问邹仿真能不能接 #2")
    zou.hears("#2", "门锁坏了")
    await chen.says("接 3")
    drain.hears("陈示例接下了")
    chen.hears("#3")
    await chen.says("前两件明天去，第三件后天")
    lamp.hears("和您约：明天去", "11月24日")
    drain.hears("和您约：后天", "11月25日")
    lock.hears("11月24日")
    zou.hears("#2 陈示例接下了，您不用管了")
    chen.skip()


async def test_without_a_list_a_place_is_asked_for_its_number(town: Town) -> None:
    lamp, lock = await _told(town, "路灯不亮了", "门锁坏了打不开")
    chen, zou = town.member("陈示例"), town.member("邹仿真")
    await chen.says("第一个我接了，第二个让小邹去")
    chen.hears("请说编号", "#1", "#2")
    for ear in (lamp, lock, zou):
        ear.hears_nothing()
    assert {one.state for one in await town.requests()} == {State.DISPATCHED}
    await chen.says("第一个我接了")  # the list came with the question
    chen.hears("#1 陈示例接下了")
    lamp.hears("陈示例接下了")
    await town.later(minutes=11)
    await chen.says("第二个我接了")
    chen.hears("请说编号")
    assert (await town.request(2)).state is State.DISPATCHED


async def test_a_place_in_something_else_is_no_request(town: Town) -> None:
    lamp, _ = await _told(town, "路灯不亮了", "门锁坏了打不开")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip(lamp, chen)
    await chen.says("1 第二个也换了，亮了")
    lamp.hears("第二个也换了")
    chen.hears("#1")


# ── logged twice, taken by mistake, said too early ───────────────────────────────────────────────


async def test_what_he_logged_twice_he_takes_back(town: Town) -> None:
    chen, group = town.member("陈示例"), town.group("槐荫胡同群")
    for _ in range(2):
        await chen.says("登记 槐荫胡同3号灯坏了")
    town.skip(chen, group)
    await chen.says("登记重了 那个删掉")
    chen.hears("#2 撤销了")
    group.hears("#2 陈示例登记错了")
    assert (await town.request(2)).state is State.CANCELLED
    assert [(one.kind, one.actor) for one in await town.journal(2)][-1] == ("cancel", town.code("陈示例"))
    await chen.says("作废1")
    chen.hears("#1 撤销了")
    group.hears("#1 陈示例登记错了")


async def test_what_is_one_matter_is_joined_and_not_lost(town: Town) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    chen, group = town.member("陈示例"), town.group("槐荫胡同群")
    await chen.says("登记 槐荫胡同3号灯坏了")
    town.skip(chen, group)
    await chen.says("2号删了吧，跟1号是一回事")
    chen.hears("#2 并到 #1")
    grandma.hears_nothing()
    assert (await town.request(2)).merged_into == 1


async def test_only_who_logged_it_and_nobody_has_touched_takes_it_back(town: Town) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    chen, zou, group = town.member("陈示例"), town.member("邹仿真"), town.group("槐荫胡同群")
    await chen.says("撤销1")
    chen.hears("只有居民能撤销", "并 1 到", "不予受理 1")
    await chen.says("登记 门锁坏了打不开")
    town.skip(chen, group)
    await zou.says("作废 2")
    zou.hears("#2 是陈示例登记的")
    await zou.says("接 2")
    zou.skip()
    chen.hears("#2 邹仿真接过去了")
    await chen.says("作废 2")
    chen.hears("#2 邹仿真已经在办了")
    assert [one.state for one in await town.requests()] == [State.DISPATCHED, State.ACCEPTED]
    grandma.hears_nothing()


@pytest.mark.parametrize("words", ["登记重了", "登记错了", "登记好了吗"])
async def test_a_word_about_the_registering_registers_nothing(town: Town, words: str) -> None:
    await town.member("陈示例").says(words)
    town.member("陈示例").skip()
    assert await town.requests() == []


async def test_who_took_the_wrong_one_takes_the_other_and_hears_what_is_left(town: Town) -> None:
    lamp, lock = await _told(town, "路灯不亮了", "门锁坏了打不开")
    chen = town.member("陈示例")
    await chen.says("接 2")
    town.skip(lock, chen)
    await chen.says("接错了，我是要接1")
    chen.hears("#1 陈示例接下了", "#2 也还在您手上", "退 2")
    lamp.hears("陈示例接下了")


async def test_what_was_said_to_be_done_by_mistake_goes_on(town: Town) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    chen, leader = town.member("陈示例"), town.member("潘编写")
    await chen.says("接 1")
    await chen.says("办结 1 换了灯泡")
    town.skip(grandma, chen)
    await chen.says("1还没修，刚才发错了")
    grandma.hears("#1 其实还没办好", "陈示例接着办")
    chen.hears("#1 重新办了")
    leader.hears("#1", "还没修")
    assert (await town.request(1)).state is State.IN_PROGRESS
    await chen.says("1还没修，刚才发错了")
    chen.hears("说错了不要紧")


async def test_it_is_not_done_and_he_names_no_number(town: Town) -> None:
    (grandma,) = await _told(town, "水池子裂了")
    chen = town.member("陈示例")
    await chen.says("接 1")
    await chen.says("1修好了")
    town.skip(grandma, chen)
    await chen.says("撤回 没修好 发错了")
    grandma.hears("#1 其实还没办好", "陈示例接着办")
    chen.hears("#1 重新办了")
    town.member("潘编写").hears("#1", "没修好")
    assert (await town.request(1)).state is State.IN_PROGRESS


async def test_the_one_that_was_meant_is_done_and_the_other_goes_on(town: Town) -> None:
    lamp, drain = await _told(town, "楼道灯不亮了", "下水道堵了")
    chen = town.member("陈示例")
    await chen.says("1 2都接")
    await chen.says("1修好了 下水道通了")
    town.skip(lamp, drain, chen)
    await chen.says("不对 发错了 是2好了 1还没弄")
    lamp.hears("#1 其实还没办好")
    drain.hears("#2", "办完了", "下水道通了")
    chen.hears("#1 重新办了", "#2 马上告诉居民")
    town.member("潘编写").hears("#1", "还没弄")


async def test_the_right_hour_behind_a_wrong_one(town: Town) -> None:
    (grandma,) = await _told(town, "马桶漏水")
    chen = town.member("陈示例")
    await chen.says("接 下午四点到")
    town.skip(grandma, chen)
    await chen.says("说错了 是五点")
    grandma.hears("改到今天17:00")
    chen.hears("17:00")


async def test_who_cannot_stand_in_says_so_in_his_own_words(town: Town) -> None:
    chen, zou, ma = (town.member(name) for name in ("陈示例", "邹仿真", "马假设"))
    await zou.says("不行我周四也不在 换别人吧")  # nobody counts on him: an excuse, and no danger
    zou.hears("没有替谁")
    await chen.says("请假 周四 邹仿真替")
    town.skip(chen, zou, ma)
    await zou.says("不行我周四也不在 换别人吧")
    zou.hears("已经告诉陈示例")
    chen.hears("邹仿真说替不了")
    ma.hears("邹仿真说替不了")


async def test_who_goes_along_works_along(town: Town) -> None:
    (grandma,) = await _told(town, "单元门口的地砖翘起来绊人")
    chen, zou = town.member("陈示例"), town.member("邹仿真")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await zou.says("我陪老陈一块去")
    zou.hears("#1 陈示例先接了", "协办")
    assert (await town.request(1)).co_workers


@pytest.mark.parametrize("words", ["协办1", "我来帮忙1"])
async def test_who_offers_to_help_works_along(town: Town, words: str) -> None:
    (grandma,) = await _told(town, "单元门口的地砖翘起来绊人")
    chen, zou = town.member("陈示例"), town.member("邹仿真")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await zou.says(words)
    zou.hears("#1 陈示例先接了", "协办")
    chen.hears("#1", "邹仿真来搭把手", "还由您负责")
    assert (await town.request(1)).state is State.ACCEPTED


async def test_the_holder_takes_it_before_who_was_asked(town: Town) -> None:
    (grandma,) = await _told(town, "楼道有股霉味")
    chen, zou, ma = (town.member(name) for name in ("陈示例", "邹仿真", "马假设"))
    await ma.says("1派给邹仿真")
    town.skip(zou, ma)
    await chen.says("接 1")
    town.skip(grandma, chen)
    zou.hears("#1 陈示例接下了，您不用管了")
    ma.hears("#1 陈示例接下了", "不用再等邹仿真")


# ── who has it now ───────────────────────────────────────────────────────────────────────────────


async def test_who_did_it_works_along_when_it_was_not_solved(town: Town) -> None:
    """By desk.md it goes back to the first responder; the repair was another's, and his words are about it."""
    grandma, chen, li = await _offered(town), town.member("陈示例"), town.member("李样本")
    await li.says("接 1")
    await li.says("办结 1 换了灯泡")
    town.skip(grandma, chen, li)
    await grandma.says("没解决")
    grandma.hears("陈示例接着办")
    chen.hears("请接着办")
    li.hears("现在由陈示例负责", "一起帮忙")
    town.member("潘编写").hears("没有解决")
    await li.says("那我再去看看")
    grandma.hears("李样本说：那我再去看看")
    town.skip(li, town.member("潘编写"))
    await li.says("这回真通了")
    grandma.hears("办完了", "李样本说：这回真通了")
    chen.hears("#1 李样本办完了")
    town.member("潘编写").hears("李样本办完了")
    li.hears("等居民评价")


async def test_whom_it_was_sent_to_hears_who_has_taken_it(town: Town) -> None:
    grandma, chen, ma = town.resident("吴奶奶"), town.member("陈示例"), town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says("我儿子不给我饭吃")
    await town.later(minutes=2)
    town.skip(grandma, chen)
    await ma.says("接 1")
    ma.hears("马假设接下了")
    grandma.hears("马假设接下了")
    chen.hears("#1 马假设接过去了")


@pytest.mark.parametrize("words", ["我要找书记", "陈示例骂人，我要找书记"])
async def test_what_is_for_the_secretary_leaves_the_repair_where_it_is(town: Town, words: str) -> None:
    grandma, chen, ma = town.resident("吴奶奶"), town.member("陈示例"), town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says("路灯不亮了")
    await chen.says("接 1")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await grandma.says(words)
    ma.hears("#2", "保密")
    grandma.hears("#2", "马假设", "不会发到群里")
    chen.hears_nothing()
    assert (await town.request(1)).holder == town.code("陈示例")


async def test_who_assigned_it_hears_the_refusal_with_its_reason(town: Town) -> None:
    await _told(town, "路灯不亮了")
    chen, ma, zhang = town.member("陈示例"), town.member("马假设"), town.member("章模拟")
    await chen.says("接 1", in_=town.group("槐荫胡同群"))
    await ma.says("派 1 章模拟")
    town.skip(ma, zhang, town.group("槐荫胡同群"), town.resident("吴奶奶"))
    await zhang.says("去不了 孩子病了")
    zhang.hears("还由陈示例负责")
    chen.hears("章模拟接不了", "孩子病了", "还由您负责")
    ma.hears("#1 章模拟接不了", "孩子病了", "还由陈示例负责")
    await ma.says("派 1 章模拟")
    town.skip(ma, zhang)
    await town.later(hours=2, minutes=1)
    chen.hears("一直没有回话")
    ma.hears("一直没有回话", "还由陈示例负责")


# ── away ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("我明天也不在", "11月24日"),
        ("我下周不在", "11月30日到12月6日"),
        ("明后两天我不在家，去县里开会，仿真替我", "11月24日到11月25日"),
    ],
)
async def test_who_is_away_is_heard_in_his_own_words(town: Town, words: str, days: str) -> None:
    await town.member("陈示例").says(words)
    town.member("陈示例").hears(days, "由邹仿真替")
    town.member("邹仿真").hears(days)
    town.member("马假设").hears(days)


async def test_what_is_offered_to_somebody_away_is_offered_to_who_stands_in(town: Town) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    chen, li, zhang = town.member("陈示例"), town.member("李样本"), town.member("章模拟")
    await li.says("请假 今天到周五 章模拟替")
    await chen.says("接 1")
    town.skip(grandma, chen, li, zhang, town.member("马假设"))
    await chen.says("转 1 李样本")
    chen.hears("李样本请假了，#1 改问替李样本的章模拟", "已经问章模拟")
    zhang.hears("#1", "路灯不亮了")
    li.hears_nothing()
    await zhang.says("接不了 在外地")
    town.skip(chen, zhang)
    await li.says("请假 今天到周五 陈示例替")
    town.skip(chen, li, zhang, town.member("马假设"))
    await chen.says("转 1 李样本")
    chen.hears("李样本请假了", "陈示例", "没有转")


# ── done, helped, given back ─────────────────────────────────────────────────────────────────────


async def test_done_by_whoever_was_called_is_no_call_for_help(town: Town) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await chen.says("1 请电工修好了,查了三遍")
    grandma.hears("办完了", "请电工修好了")
    chen.hears("等居民评价")


async def test_who_calls_for_help_is_not_called_himself(town: Town) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    ma = town.member("马假设")
    await ma.says("接 1")
    town.skip(grandma, ma, town.member("陈示例"))
    await ma.says("吹哨 1 要街道协调")
    ma.hears("已经告诉韦比方", not_=["马假设"])
    town.member("韦比方").hears("马假设请您帮忙")
    grandma.hears("请上级")


async def test_who_is_away_gives_it_back(town: Town) -> None:
    (grandma,) = await _told(town, "路灯不亮了")
    chen = town.member("陈示例")
    await chen.says("接 1")
    town.skip(grandma, chen)
    await chen.says("1我这几天不在，办不了")
    chen.hears("#1 已经退回")
    assert (await town.request(1)).state is State.RETURNED
    town.skip_everybody()


async def test_who_held_what_was_joined_hears_of_it(town: Town) -> None:
    grandma, zhao, ma = town.resident("吴奶奶"), town.resident("赵大爷"), town.member("马假设")
    chen, li = town.member("陈示例"), town.member("李样本")
    await grandma.scans("xy-01")
    await zhao.scans("xy-02")
    await grandma.says("路口的红绿灯不亮了")
    await zhao.says("水井胡同口的红绿灯坏了")
    await chen.says("接 1")
    await li.says("接 2")
    town.skip_everybody()
    await ma.says("并 2 到 1")
    ma.hears("#2 并到 #1 了")
    zhao.hears("您的 #2 和 #1 是同一件事")
    li.hears("您手上的 #2", "由陈示例一起办")
    chen.hears("马假设把 #2 并到 #1 了")
    await ma.says("拆 2")
    ma.hears("#2 分开了")
    zhao.hears("您的 #2 现在单独办，由李样本负责")
    li.hears("#2 从 #1 里拆出来了", "还请您接着办")


async def test_how_it_stands_names_the_day_that_was_granted(town: Town) -> None:
    (grandma,), chen, ma = await _told(town, "楼道灯不亮了"), town.member("陈示例"), town.member("马假设")
    await chen.says("接 1")
    await chen.says("延期 1 到后天 等材料")
    await ma.says("同意延期 1")
    town.skip_everybody()
    await grandma.says("进度")
    grandma.hears("由陈示例负责", "最晚后天18:00")
    await chen.says("1 明天下午三点去装")
    town.skip_everybody()
    await grandma.says("进度")
    grandma.hears("明天下午三点去装", not_=["说好晚一点"])
