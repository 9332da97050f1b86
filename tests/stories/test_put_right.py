"""What was told wrongly is put right, what fits a question answers it, and what belongs together stays one matter."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


def _hush(town: Town) -> None:
    """What else anybody has heard is not what these stories tell."""
    town.skip(town.resident("吴奶奶"))
    town.skip(*(town.member(one.name) for one in town.wecom.members.values()))
    town.skip(*(town.group(one.name) for one in town.wecom.groups.values()))


async def _told(town: Town, *words: str, minutes: int = 1) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    for said in words:
        await grandma.says(said)
        await town.later(minutes=minutes)
    town.skip(grandma, town.group("槐荫胡同群"), town.member("陈示例"))
    return grandma


@pytest.mark.parametrize(
    ("told", "said", "place"),
    [
        (("中心街8号门口路面塌了个坑",), "说错了 是18号", "中心街18号"),
        (("中心街13号门锁坏了",), "不对不对 不是13号是31号", "中心街31号"),
        (("水龙头关不严 一直滴答", "中心街3号"), "说错了 是5号 3号是我妹妹家", "中心街5号"),
    ],
)
async def test_a_door_is_put_right_where_it_stands(town: Town, told: tuple[str, ...], said: str, place: str) -> None:
    grandma = await _told(town, *told)
    await grandma.says(said)
    grandma.hears(f"改成{place}")
    (request,) = await town.requests()
    assert request.place_text == place
    _hush(town)


@pytest.mark.parametrize("said", ["哦不对 是水井胡同", "应该是水井胡同", "哎呀 其实是水井胡同那边", "哦 水井胡同"])
async def test_another_lane_in_a_breath_is_the_right_one(town: Town, said: str) -> None:
    grandma = await _told(town, "胡同口的路灯不亮了", minutes=5)
    await grandma.says(said)
    (request,) = await town.requests()
    assert request.lane == "xy-02"
    _hush(town)


async def test_what_it_should_be_is_no_lane(town: Town) -> None:
    grandma = await _told(town, "胡同口的路灯不亮了", minutes=5)
    await grandma.says("应该是灯泡坏了")
    assert {one.lane for one in await town.requests()} == {"xy-01"}
    _hush(town)


async def test_where_the_other_party_lives_moves_nothing(town: Town) -> None:
    grandma = await _told(town, "我哥不养老娘 把老娘扔我这 他一分钱不出")
    await grandma.says("他住中心街12号")
    grandma.hears("补充到 #1 里了")
    (request,) = await town.requests()
    assert request.lane == "xy-01"
    _hush(town)


async def test_who_scanned_the_wrong_sign_lives_elsewhere_from_now_on(town: Town) -> None:
    grandma = await _told(town, "水龙头坏了")
    await town.member("陈示例").says("接 1")
    await grandma.says("哎 我扫错码了 我住水井胡同8号")
    await town.later(hours=1)
    await grandma.says("我家门口垃圾没人收")
    assert [one.lane for one in await town.requests()] == ["xy-02", "xy-02"]
    _hush(town)


async def test_a_home_that_no_lane_is_called_is_asked_about(town: Town) -> None:
    grandma = await _told(town, "楼道灯坏了")
    await grandma.says("错了 我家在前进胡同")
    grandma.hears("#1 到底在哪条胡同")
    await grandma.says("水井胡同8号")
    (request,) = await town.requests()
    assert request.lane == "xy-02"
    _hush(town)


async def test_an_answer_goes_to_the_request_that_asks_for_its_kind(town: Town) -> None:
    grandma, group = await _told(town, "屋顶漏水"), town.group("槐荫胡同群")
    await town.member("陈示例").says("接 1", in_=group)
    await town.member("陈示例").says("请问您家住几号？", in_=group)
    await grandma.says("对了 胡同口的健身器材也断了一根")
    await town.later(minutes=1)
    await grandma.says("我住21号")
    roof, rods = await town.requests()
    assert (roof.state, roof.text, "21号" in rods.text) == (State.IN_PROGRESS, "屋顶漏水 我住21号", False)
    _hush(town)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("中心街13号门锁坏了", "门锁不是我家的 是我邻居老太太家的"),
        ("路登坏了", "路灯坏了"),
        ("门锁坏了 打不开", "他修不了 还得麻烦你们来"),
        ("楼道里有人堆纸箱子 我怕着火", "是对门的 不要让她知道是我说的"),
    ],
)
async def test_what_puts_right_or_asks_again_is_no_second_matter(town: Town, told: str, said: str) -> None:
    grandma = await _told(town, told)
    await grandma.says(said)
    grandma.hears("#1")
    assert len(await town.requests()) == 1
    _hush(town)


@pytest.mark.parametrize(
    "said",
    ["还有啊 我家厕所水箱坏了 一直流水 关不住", "胡同口还有一堆建筑垃圾 绊倒人了", "我家墙也熏黑了 谁给赔"],
)
async def test_what_comes_of_a_trouble_is_told_with_it(town: Town, said: str) -> None:
    await _told(town, said)
    assert len(await town.requests()) == 1
    _hush(town)


@pytest.mark.parametrize("said", ["我老伴有糖尿病 胰岛素没了 我走不动 帮买一下", "老人的降压药吃完了 谁给捎一盒"])
async def test_what_a_body_needs_is_asked_for_beside_a_cut(town: Town, said: str) -> None:
    grandma = await _told(town, "停水了 一滴都没有")
    await town.member("陈示例").says("接 1")
    town.skip(grandma)
    await grandma.says(said)
    grandma.hears("#2")
    _hush(town)


@pytest.mark.parametrize(
    ("told", "said", "is_offered"),
    [
        ("我家狗丢了 白色泰迪 谁看见了说一声", "找着了谢谢大家", True),
        ("家里没电了", "来电了", True),
        ("下水道堵了", "师傅弄完走了 挺好", True),
        ("下水道堵了", "师傅来了 弄着呢", False),
        ("有野狗追人", "又来了", False),
    ],
)
async def test_the_end_of_a_trouble_brings_the_tap(town: Town, told: str, said: str, is_offered: bool) -> None:
    grandma = await _told(town, told, minutes=60)
    await grandma.says(said)
    grandma.hears("#1", "不用办了") if is_offered else grandma.hears("#1", not_=("不用办了",))
    _hush(town)


async def test_what_ends_with_the_wish_is_withdrawn_and_comes_back(town: Town) -> None:
    grandma = await _told(town, "帮我把我老娘的医保交了", minutes=60)
    await grandma.says("医保的事我闺女在手机上弄好了 撤了吧")
    grandma.hears("#1 已经撤销")
    await town.later(hours=1)
    await grandma.says("还是得办 闺女说没弄成")
    grandma.hears("#1 又接着办")
    _hush(town)


async def test_the_one_that_is_named_is_urged_and_not_the_one_that_quotes_it(town: Town) -> None:
    grandma = await _told(town, "暖气不热 温吞吞的", minutes=20)
    await town.member("陈示例").says("接 1")
    await grandma.says("哎呀不好了老头子倒地上了叫不应")
    await town.member("陈示例").says("接 2")
    await town.member("陈示例").says("2 已送医，人醒了")
    await town.later(days=1)
    town.skip(grandma)
    await grandma.says("暖气还是不热呢")
    grandma.hears("快办 #1")
    _hush(town)


async def test_who_goes_to_the_secretary_urges(town: Town) -> None:
    grandma = await _told(town, "垃圾堆了一个礼拜了 苍蝇嗡嗡的", minutes=60)
    await grandma.says("我找你们书记去")
    grandma.hears("#1")
    assert len(await town.requests()) == 1
    _hush(town)


async def test_all_results_that_wait_are_praised_at_once(town: Town) -> None:
    grandma, chen = await _told(town, "胡同口路灯不亮", "我家厕所水箱坏了 一直流水", minutes=60), town.member("陈示例")
    for said in ("接 1", "接 2", "1 修好了", "2 换好浮球了 好了"):
        await chen.says(said)
    town.skip(grandma)
    await grandma.says("都好了 满意")
    assert [one.state for one in await town.requests()] == [State.CLOSED, State.CLOSED]
    _hush(town)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("哎呀不对 我住水井胡同 不是槐荫", "水井胡同"),
        ("搞错了 我这是水井胡同的 不是槐荫胡同", "水井胡同"),
        ("我住的是水井胡同", "水井胡同"),
        ("说错了 是水井胡同的路灯", "水井胡同"),
    ],
)
async def test_the_lane_that_is_denied_is_not_the_place(town: Town, said: str, place: str) -> None:
    grandma = await _told(town, "门口路灯不亮")
    await town.member("陈示例").says("接 1", in_=town.group("槐荫胡同群"))
    town.skip(grandma, town.group("槐荫胡同群"))
    await grandma.says(said)
    grandma.hears("水井胡同的李样本")
    town.group("槐荫胡同群").hears("#1 是水井胡同的事")
    (request,) = await town.requests()
    assert (request.lane, request.place_text) == ("xy-02", place)
    _hush(town)


async def test_who_was_asked_while_nobody_knew_where_hears_that_it_moved(town: Town) -> None:
    passer = town.resident("吴奶奶")
    await passer.follows()
    await passer.says("下水道返味")
    await town.later(minutes=1)
    await passer.says("我在永安里3号楼")
    await town.later(minutes=5)
    town.member("戴假设").hears("#1", "永安里3号楼", not_=("地点：我在",))
    town.skip_everybody()
    await passer.says("不对 打错了 是水井胡同3号")
    town.member("戴假设").hears("#1 是水井胡同的事")
    town.group("水井胡同群").hears("#1", "打错了")
    assert (await town.request(1)).place_text == "水井胡同3号"
    _hush(town)


async def test_who_is_called_to_the_right_place_is_not_told_to_stay(town: Town) -> None:
    passer = town.resident("吴奶奶")
    await passer.scans("xy-01")
    await passer.says("我爸摔倒了起不来")
    town.skip_everybody()
    await passer.says("他在水井胡同6号")
    town.member("陈示例").hears("您不用管了")
    town.member("邹仿真").hears("紧急 #1")
    town.member("邹仿真").hears_nothing()
    _hush(town)


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("停电了", "家里停电了", "不是一回事 我家是电表烧了"),
        ("停水了", "我家停水了", "我家跟他家不一样 我家是水管冻裂了"),
    ],
)
async def test_what_was_joined_is_parted_in_his_own_words(town: Town, first: str, second: str, apart: str) -> None:
    await _told(town, first)
    neighbour = town.resident("郑师傅")
    await neighbour.scans("xy-01")
    await neighbour.says(second)
    await town.later(minutes=1)
    _hush(town)
    town.skip(neighbour)
    await neighbour.says(apart)
    neighbour.hears("编号 #2")
    one, two = await town.requests()
    assert (two.state, two.merged_into, one.text) == (State.DISPATCHED, None, first)
    assert two.text.endswith(apart.split()[1])
    town.skip_everybody()
