"""What is private is not named in a group, and what is confidential lies with the secretary, whoever wrote it down."""

from __future__ import annotations

import pytest

from tests.stories.town import Town

_QUARREL = "我儿媳妇天天跟我吵架,想请你们劝劝"
_BEATEN = "中心街9号小媳妇昨晚被男人打了,胳膊青了"


async def _tells(town: Town, name: str, words: str) -> None:
    await town.resident(name).scans("xy-01")
    await town.resident(name).says(words)


@pytest.mark.wordings
@pytest.mark.parametrize("said", ["接", "我去", "收到"])
async def test_a_word_in_the_group_is_of_what_the_group_knows(town: Town, said: str) -> None:
    await _tells(town, "吴奶奶", _QUARREL)
    await _tells(town, "老周", "楼道灯不亮")
    town.skip_everybody()
    group, chen = town.group("槐荫胡同群"), town.member("陈示例")
    await chen.says(said, in_=group)
    group.hears("#2", not_=["#1", "矛盾"])
    await chen.says(said, in_=group)
    for line in group.unread():
        assert "#1" not in line.text
    assert (await town.request(1)).accepted_at is None
    town.skip_everybody()


@pytest.mark.wordings
async def test_two_private_matters_are_counted_and_not_named(town: Town) -> None:
    await _tells(town, "吴奶奶", _QUARREL)
    await _tells(town, "小张", "我儿子欠了网贷天天有人上门要债,我心里害怕")
    town.skip_everybody()
    group = town.group("槐荫胡同群")
    await town.member("陈示例").says("接", in_=group)
    group.hears("2件不公开的事", not_=["#1", "矛盾"])
    await town.member("陈示例").says("查 1", in_=group)
    group.hears("请单独跟我说", not_=["矛盾", "负责人"])
    town.skip_everybody()


@pytest.mark.parametrize("words", [_BEATEN, "潘编写组长收了王家的红包,把低保给了他亲戚"])
async def test_who_wrote_down_a_secret_knows_its_state_and_no_more(town: Town, words: str) -> None:
    chen = town.member("陈示例")
    await chen.says(f"登记 {words}")
    chen.hears("登记好了：#1")
    town.skip_everybody()
    for said in ("接 1", "转 1 邹仿真", "办结 1 劝过了", "暂停 1 等等"):
        await chen.says(said)
        chen.hears("由书记来办")
    await chen.says("我的任务")
    chen.hears("没有要办的事")
    await chen.says("查 1")
    chen.hears("已派单", not_=["胳膊", "红包"])
    assert (await town.request(1)).holder == town.code("马假设")
    await chen.says("撤销 1")
    chen.hears("#1")
    town.skip_everybody()


@pytest.mark.wordings
async def test_the_secretary_takes_what_a_member_wrote_down(town: Town) -> None:
    await town.member("陈示例").says(f"登记 {_BEATEN}")
    town.skip_everybody()
    await town.member("马假设").says("接 1")
    town.member("马假设").hears("接下了")
    town.skip_everybody()


@pytest.mark.wordings
@pytest.mark.parametrize(
    "words",
    [
        "登记 有人反映李样本打牌不干活",
        "登记:居民反映李样本收红包",
        "登记 邹仿真天天喝酒不管事",
        "登记 李样本从来不接电话",
    ],
)
async def test_what_is_written_down_is_written_down(town: Town, words: str) -> None:
    chen = town.member("陈示例")
    await chen.says(words)
    chen.hears("登记好了：#1")
    assert (await town.request(1)).sensitivity == "confidential"
    for name in ("李样本", "邹仿真"):
        town.member(name).hears_nothing()
    town.skip_everybody()
