"""A resident with several open requests names the one he means, puts off, thinks better of it, says where it is."""

from __future__ import annotations

import pytest

from storage.records import State
from tests.stories.town import Neighbour, Town

pytestmark = pytest.mark.wordings


async def _three(town: Town) -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    for words in ("路灯不亮了", "我家下水道堵了", "门口垃圾没人清"):
        await grandma.says(words)
        await town.later(minutes=3)
    town.skip(grandma, town.group("槐荫胡同群"))
    return grandma


@pytest.mark.parametrize("words", ["撤销第一个", "1号不用弄了", "路灯那个不用修了", "1不用了"])
async def test_one_is_withdrawn_by_its_place_number_or_thing(town: Town, words: str) -> None:
    grandma = await _three(town)
    await grandma.says(words)
    grandma.hears("#1 已经撤销")
    town.group("槐荫胡同群").hears("#1")
    assert [one.state.is_open for one in await town.requests()] == [False, True, True]


@pytest.mark.parametrize("words", ["都撤了吧", "全部不用来了"])
async def test_all_are_withdrawn(town: Town, words: str) -> None:
    grandma = await _three(town)
    await grandma.says(words)
    grandma.hears("#1 已经撤销", "#2 已经撤销", "#3 已经撤销")
    town.group("槐荫胡同群").skip()


@pytest.mark.parametrize(("words", "number"), [("下水道那个咋样了", 2), ("3呢", 3), ("那第二个有人管没", 2)])
async def test_how_one_of_them_stands(town: Town, words: str, number: int) -> None:
    grandma = await _three(town)
    await grandma.says(words)
    grandma.hears(f"#{number}", "还没有回话", not_=[f"#{number % 3 + 1}"])
    town.group("槐荫胡同群").hears_nothing()


@pytest.mark.parametrize("which", ["下水道那个，我儿子给通开了", "第二个", "堵了的那件"])
async def test_the_answer_to_which_one_is_heard(town: Town, which: str) -> None:
    grandma = await _three(town)
    await grandma.says("不用来了")
    grandma.hears("要撤销哪一件")
    await grandma.says(which)
    grandma.hears("#2 已经撤销")
    town.group("槐荫胡同群").hears("#2")


async def _one(town: Town, words: str = "我家水管漏水") -> Neighbour:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says(words)
    await town.later(minutes=2)
    await town.member("陈示例").says("接 1")
    town.skip(grandma, town.group("槐荫胡同群"), town.member("陈示例"))
    return grandma


@pytest.mark.parametrize("words", ["下午别来了，家里没人", "今天先别来了，下雨呢"])
async def test_not_today_withdraws_nothing(town: Town, words: str) -> None:
    grandma = await _one(town)
    await grandma.says(words)
    grandma.hears("#1")
    await town.later(minutes=2)
    assert any(words[:4] in line.text for line in town.member("陈示例").unread())
    town.member("陈示例").skip()
    assert (await town.request(1)).state.is_open


@pytest.mark.parametrize("words", ["还是来吧，又漏上了", "哎我说的是今天不用来，明天再来"])
async def test_what_was_withdrawn_is_asked_for_again(town: Town, words: str) -> None:
    grandma, chen = await _one(town), town.member("陈示例")
    await grandma.says("不用来了")
    town.skip(grandma, chen, town.group("槐荫胡同群"))
    await town.later(minutes=10)
    await grandma.says(words)
    grandma.hears("#1 又接着办了", "陈示例")
    chen.hears("#1", "恢复了", words[:4])
    town.group("槐荫胡同群").hears("#1", "恢复了")
    assert (await town.request(1)).state is State.ACCEPTED


@pytest.mark.parametrize("words", ["她家在水井胡同", "地址是水井胡同"])
async def test_where_it_is_in_a_second_sentence(town: Town, words: str) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("我妈家水管漏水")
    await town.later(minutes=5)
    town.skip(grandma, town.group("槐荫胡同群"))
    await grandma.says(words)
    grandma.hears("#1", "水井胡同的李样本")
    town.group("水井胡同群").hears("#1")
    town.group("槐荫胡同群").hears("#1 是水井胡同的事")


async def _done(town: Town) -> Neighbour:
    grandma = await _one(town, "我家下水道堵了")
    await town.member("陈示例").says("办结 1 通了")
    town.skip(grandma, town.member("陈示例"))
    return grandma


@pytest.mark.parametrize("words", ["是通了", "是不堵了 挺好", "没堵了"])
async def test_well_is_well_though_it_says_not(town: Town, words: str) -> None:
    grandma = await _done(town)
    await grandma.says(words)
    grandma.hears("谢谢您")
    town.member("陈示例").hears("满意")


@pytest.mark.parametrize("words", ["我问问我妈", "我还没看呢，在外头", "早干嘛去了"])
async def test_who_has_not_judged_yet_has_not_judged(town: Town, words: str) -> None:
    grandma = await _done(town)
    await grandma.says(words)
    grandma.hears("#1", not_=["谢谢您", "没办好"])
    town.member("陈示例").skip()
    assert (await town.request(1)).state is State.RESOLVED


async def test_all_are_rated_at_once(town: Town) -> None:
    grandma, chen = await _three(town), town.member("陈示例")
    await chen.says("办结 1 换了灯泡")
    await chen.says("办结 2 通了")
    town.skip(grandma, chen)
    await grandma.says("都满意")
    grandma.hears("#1", "#2")
    chen.skip()
    assert [one.rating for one in await town.requests()] == ["good", "good", ""]


async def test_what_comes_to_light_bit_by_bit_goes_where_it_belongs(town: Town) -> None:
    grandma, ma = town.resident("吴奶奶"), town.member("马假设")
    await grandma.scans("xy-01")
    await grandma.says("我想反映个人")
    await town.later(seconds=20)
    town.skip(grandma, town.group("槐荫胡同群"))
    await grandma.says("上个月给我办那个补贴跟我要了两条烟")
    assert any("马假设" in line.text for line in grandma.unread())
    await town.later(minutes=3)
    assert any("两条烟" in line.text for line in ma.unread())
    town.skip(grandma, ma)
    assert not any("两条烟" in line.text for line in town.member("陈示例").chat)
    town.member("陈示例").skip()


async def test_a_secret_that_sounds_like_never_mind_is_no_withdrawal(town: Town) -> None:
    grandma, ma = await _one(town, "我家灯坏了"), town.member("马假设")
    await grandma.says("又是小陈啊 算了吧 上回他喝得醉醺醺的来 还摸我手")
    town.skip(grandma)
    assert any("摸我手" in line.text for line in ma.unread())
    assert (await town.request(1)).state.is_open
    town.skip(ma, town.member("汪比方"))
    town.member("陈示例").hears_nothing()


async def test_let_nobody_know_takes_it_out_of_the_group(town: Town) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    await grandma.says("我家玻璃让人砸了")
    await town.later(minutes=3)
    town.skip(grandma, town.group("槐荫胡同群"))
    await grandma.says("是我儿子喝多了砸的 可千万别让胡同里人知道")
    await town.later(minutes=3)
    town.group("槐荫胡同群").hears_nothing()
    town.member("陈示例").hears("#1", "别让胡同里人知道")
    town.skip(grandma)
    assert (await town.request(1)).sensitivity == "private"
