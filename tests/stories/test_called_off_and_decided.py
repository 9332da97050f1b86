"""What members and secretaries put right, call off and decide in their own words, and who hears of it."""

from __future__ import annotations

import pytest

from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _told(town: Town, *words: str) -> tuple[Neighbour, ...]:
    """Residents of one lane tell one thing each, which get the numbers 1, 2, …"""
    people = tuple(town.resident(name) for name in ("吴奶奶", "老周", "孙姐"))[: len(words)]
    for person, said in zip(people, words, strict=True):
        await person.scans("xy-01")
        await person.says(said)
    await town.later(minutes=2)
    town.skip(*people, town.group("槐荫胡同群"))
    return people


# ── a leave ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("我请假到周五，邹仿真帮我顶", "11月23日到11月27日"),
        ("请假到月底", "11月23日到11月30日"),
        ("我从现在起请假到周五，邹仿真帮我顶一下", "11月23日到11月27日"),
        ("我明天起休年假，周五回来", "11月24日到11月26日"),
        ("我出差了，周五回来，邹仿真替我", "11月23日到11月26日"),
    ],
)
async def test_a_leave_lasts_from_today_until_the_day_that_is_said(town: Town, said: str, days: str) -> None:
    chen = town.member("陈示例")
    await chen.says(said)
    chen.hears(f"陈示例{days}请假", "邹仿真替")
    town.skip_everybody()


@pytest.mark.parametrize("words", ["不请了", "假不休了，取消", "后天的假不请了"])
async def test_a_leave_is_called_off(town: Town, words: str) -> None:
    chen, zou, ma = town.member("陈示例"), town.member("邹仿真"), town.member("马假设")
    await chen.says("后天请假")
    town.skip_everybody()
    await chen.says(words)
    for one in (chen, zou, ma):
        one.hears("陈示例11月25日的假取消了")


@pytest.mark.parametrize("words", ["销假", "陈示例销假", "陈示例回来了", "老陈回来上班了"])
async def test_a_secretary_ends_the_leave_of_another(town: Town, words: str) -> None:
    chen, zou, ma = town.member("陈示例"), town.member("邹仿真"), town.member("马假设")
    await ma.says("陈示例明天请假，让邹仿真替")
    town.skip_everybody()
    await ma.says(words)
    for one in (chen, zou, ma):
        one.hears("陈示例11月24日的假取消了")


async def test_nobody_else_ends_it(town: Town) -> None:
    li, ma = town.member("李样本"), town.member("马假设")
    await ma.says("陈示例明天请假，让邹仿真替")
    town.skip_everybody()
    await li.says("陈示例销假")
    li.hears("请书记来记")
    await li.says("陈示例回来了")
    li.hears("没有听懂")
    await town.later(minutes=11)
    await ma.says("销假")  # of herself: what she wrote down is long ago
    ma.hears("马假设现在没有请假")


# ── more time ────────────────────────────────────────────────────────────────────────────────────


async def _two_ask_for_time(town: Town) -> None:
    chen, li = town.member("陈示例"), town.member("李样本")
    zhou = town.resident("老周")
    await _told(town, "路面坑坑洼洼的")
    await zhou.scans("xy-02")
    await zhou.says("路灯坏了")
    await town.later(minutes=2)
    await chen.says("延期 1 到12月5日 等料")
    await li.says("延期 2 到12月8日 等灯具")
    town.skip_everybody()


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("1同意，2不行", "同意延期到12月5日", "延期没有同意"),
        ("1同意 2不同意 太晚了", "同意延期到12月5日", "延期没有同意：太晚了"),
        ("1不行，太久了。2可以", "延期没有同意：太久了", "同意延期到12月8日"),
        ("不同意1，同意2", "延期没有同意", "同意延期到12月8日"),
        ("都不同意，按期办", "延期没有同意：按期办", "延期没有同意：按期办"),
        ("1和2都同意", "同意延期到12月5日", "同意延期到12月8日"),
        ("都同意", "同意延期到12月5日", "同意延期到12月8日"),
    ],
)
async def test_every_wish_for_time_is_decided_on(town: Town, said: str, first: str, second: str) -> None:
    await _two_ask_for_time(town)
    await town.member("马假设").says(said)
    town.member("陈示例").hears("#1", first)
    town.member("李样本").hears("#2", second)
    town.skip_everybody()


@pytest.mark.parametrize("answers", [("延期 1 等料", "到下周三"), ("延期 1", "再延到下周三", "等料")])
async def test_the_answer_to_until_when_and_why_completes_the_wish(town: Town, answers: tuple[str, ...]) -> None:
    (grandma,) = await _told(town, "路面坑坑洼洼的")
    chen, ma = town.member("陈示例"), town.member("马假设")
    await chen.says("接 1")
    town.skip_everybody()
    for words in answers:
        await chen.says(words)
    ma.hears("陈示例想延期到12月2日", "说：等料")
    chen.skip()
    grandma.hears_nothing()


async def test_an_appointment_is_no_answer_to_until_when(town: Town) -> None:
    (grandma,) = await _told(town, "路面坑坑洼洼的")
    chen = town.member("陈示例")
    await chen.says("接 1")
    await chen.says("延期 1 等料")
    town.skip_everybody()
    await chen.says("明天上午九点我过去")
    grandma.hears("和您约")
    chen.skip()


# ── a hand-over ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", ["算了不转了，还是我去", "别转了，我自己去", "那不转了吧"])
async def test_a_handover_is_called_off(town: Town, words: str) -> None:
    (grandma,) = await _told(town, "厨房水龙头滴水")
    chen, zou = town.member("陈示例"), town.member("邹仿真")
    await chen.says("接 1")
    await chen.says("转给邹仿真")
    town.skip_everybody()
    await chen.says(words)
    zou.hears("#1 陈示例不转给您了")
    chen.hears("#1 不转了")
    grandma.hears_nothing()
    assert (await town.request(1)).offered_to == ""


async def test_who_was_asked_first_need_not_answer_when_another_is_asked(town: Town) -> None:
    await _told(town, "厨房水龙头滴水")
    chen, li = town.member("陈示例"), town.member("李样本")
    await chen.says("转1 李样本")
    town.skip_everybody()
    await chen.says("写错了，是转邹仿真")
    li.hears("#1 陈示例不转给您了")
    assert (await town.request(1)).offered_to == town.code("邹仿真")
    town.skip_everybody()


# ── the wrong one ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "slip"),
    [
        ("办结 1 换了灯泡", "打错了 是2不是1"),
        ("1换了灯泡，修好了", "是2换了灯泡，修好了，不是1"),
        ("办结 1 换了灯泡", "说错了，是2"),
    ],
)
async def test_the_wrong_one_that_was_closed_goes_on_and_the_right_one_is_closed(
    town: Town, said: str, slip: str
) -> None:
    grandma, zhou = await _told(town, "厨房水龙头滴水", "楼道灯不亮")
    chen = town.member("陈示例")
    await chen.says("接 1 2")
    await chen.says(said)
    town.skip_everybody()
    await chen.says(slip)
    grandma.hears("#1 其实还没办好")
    zhou.hears("#2（报修）办完了", "换了灯泡")
    chen.hears("#1 重新办了", not_=("没有转给居民",))
    town.skip_everybody()
    assert [(await town.request(number)).state.value for number in (1, 2)] == ["in_progress", "resolved"]


@pytest.mark.parametrize("slip", ["打错了 是2不是1", "不对，是接2"])
async def test_who_took_the_wrong_one_takes_the_right_one_and_hears_what_to_do(town: Town, slip: str) -> None:
    _, zhou = await _told(town, "厨房水龙头滴水", "楼道灯不亮")
    chen = town.member("陈示例")
    await chen.says("接1")
    town.skip_everybody()
    await chen.says(slip)
    zhou.hears("#2（报修）：陈示例接下了")
    chen.hears("#2 陈示例接下了", "#1 也还在您手上", "退 1 加原因")


async def test_who_gave_back_the_wrong_one_has_it_again(town: Town) -> None:
    await _told(town, "厨房水龙头滴水", "楼道灯不亮")
    chen, zou = town.member("陈示例"), town.member("邹仿真")
    await chen.says("退1 不归我管")
    town.skip_everybody()
    await chen.says("打错了 是2不是1")
    zou.hears("#1 陈示例说退错了")
    zou.hears("不归我管", "#2")
    chen.hears("#1 没有退，还由您负责", "#2 已经退回")
    first, second = await town.request(1), await town.request(2)
    assert (first.state.value, first.return_count, second.state.value) == ("dispatched", 0, "returned")


@pytest.mark.parametrize(("said", "told"), [("1 在路上了", "在路上了"), ("请补充 1 几单元", "几单元")])
async def test_whoever_was_told_something_false_hears_so(town: Town, said: str, told: str) -> None:
    grandma, zhou = await _told(town, "厨房水龙头滴水", "楼道灯不亮")
    chen = town.member("陈示例")
    await chen.says(said)
    town.skip_everybody()
    await chen.says("错了是2")
    grandma.hears(f"#1 陈示例刚才说的“{told}”不是说您这件事")
    zhou.hears("#2", told)
    chen.hears("退 1 加原因")
    await grandma.says("进度")
    grandma.hears("#1")
    assert (await town.request(1)).state.value == "in_progress"
    town.skip_everybody()


async def test_the_place_of_what_he_wrote_down_is_put_right(town: Town) -> None:
    chen = town.member("陈示例")
    await chen.says("登记 赵大爷家灯坏了 中心街15号")
    town.skip_everybody()
    await chen.says("不对，是中心街9号")
    chen.hears("#1 的地点改好了：中心街9号")
    request = await town.request(1)
    assert (request.place_text, "中心街9号" in request.text) == ("中心街9号", True)


# ── together, apart, and by whom ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("said", "into_first"), [("1 2 是一件事，合了吧", 1), ("1 2 3 是一件事，合了吧", 2)])
async def test_several_are_merged_in_own_words_and_the_holder_hears_it(town: Town, said: str, into_first: int) -> None:
    await _told(town, "楼道灯不亮", "路面坑坑洼洼的", "垃圾没人收")
    town.skip_everybody()
    await town.member("马假设").says(said)
    for number in range(2, 2 + into_first):
        town.member("陈示例").hears(f"马假设把 #{number} 并到 #1 了")
        assert (await town.request(number)).merged_into == 1
    town.skip_everybody()


async def test_what_is_parted_is_told_to_the_holder_unless_its_resident_is_content(town: Town) -> None:
    _, zhou = await _told(town, "楼道灯不亮", "路面坑坑洼洼的")
    chen, ma = town.member("陈示例"), town.member("马假设")
    await ma.says("并 2 到 1")
    town.skip_everybody()
    await ma.says("拆 2")
    chen.hears("#2 从 #1 里拆出来了", "接单请回：接 2")
    await ma.says("并 2 到 1")
    await chen.says("办结 1 换了灯泡")
    await zhou.says("满意")
    town.skip_everybody()
    await ma.says("拆 2")
    ma.hears("已经说满意了")
    zhou.hears_nothing()
    assert (await town.request(2)).state.value == "merged"


async def test_what_was_merged_just_now_is_parted_without_its_number(town: Town) -> None:
    _, zhou = await _told(town, "楼道灯不亮", "路面坑坑洼洼的")
    chen = town.member("陈示例")
    await chen.says("1和2是一回事")
    town.skip_everybody()
    await chen.says("看错了，不是一个楼的，拆开")
    chen.hears("#2 分开了")
    zhou.hears("您的 #2 现在单独办")


async def test_a_ruling_may_say_what_to_do(town: Town) -> None:
    await _told(town, "宽带断了")
    chen, zou, ma = town.member("陈示例"), town.member("邹仿真"), town.member("马假设")
    await chen.says("退1 不归我管")
    await zou.says("接1")
    await zou.says("退1 电信的事 我也弄不了")
    town.skip_everybody()
    await ma.says("1还是陈示例办，帮老人打个客服电话")
    chen.hears("马假设把这件事交给您", "帮老人打个客服电话")
    assert (await town.request(1)).holder == town.code("陈示例")
    town.skip_everybody()


async def test_who_has_looked_and_found_it_undone_has_it_done_again(town: Town) -> None:
    (grandma,) = await _told(town, "路面坑坑洼洼的")
    chen, ma = town.member("陈示例"), town.member("马假设")
    await chen.says("接 1")
    await chen.says("办结 1 填平了")
    town.skip_everybody()
    await ma.says("我去看了，1根本没填好，重新弄")
    grandma.hears("#1 又接着办了")
    chen.hears("#1", "根本没填好")
    town.skip_everybody()


async def test_two_orders_in_one_line_are_both_given(town: Town) -> None:
    await _told(town, "厨房水龙头滴水", "路灯坏了")
    ma, chen = town.member("马假设"), town.member("陈示例")
    await ma.says("1派邹仿真 2督办")
    town.member("邹仿真").hears("#1", "转给您")
    chen.hears("#2", "马假设督办")
    await ma.says("督办 1、2")
    town.skip(town.member("邹仿真"))
    assert {one.supervisor for one in await town.requests()} == {town.code("马假设")}
    town.skip_everybody()
