"""Wishes about all that the desk keeps of somebody, and what is said when he is asked whether it shall go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.residents.own_data import Consent, OwnData, read_consent, read_own_data


@pytest.mark.parametrize(
    "text",
    [
        *("帮我把资料全删了吧", "你们把我说过的话都删掉", "把我在你们这登记的电话姓名都给我去掉", "把我的都删了"),
        *("以后不用了，把我的资料删了", "清空我的记录", "别留我的电话", "注销账号", "能把我的信息删掉吗", "确认删除"),
        *("我不想让你们留着我的信息", "删除我的資料"),
    ],
)
def test_all_shall_go(text: str) -> None:
    assert read_own_data(text) is OwnData.ERASE


@pytest.mark.parametrize(
    "text",
    [
        *("我的资料", "你们那里存了我些啥东西", "你们有没有把我的名字电话记下来啊", "你们是不是记着我的手机号"),
        *("你们记了我电话没", "我在你们这儿留了哪些信息", "你们都知道我什么"),
    ],
)
def test_what_is_kept_shall_be_shown(text: str) -> None:
    assert read_own_data(text) is OwnData.SEE


@pytest.mark.parametrize(
    "text",
    [
        *(
            "监控录像被人删了",
            "把我家门口的杂物清了",
            "把楼下小广告去掉",
            "墙上有人写了我的电话 给我去掉",
            "我电话号码换了",
        ),
        *(
            "把我的自行车都给我去掉",
            "你们记下来了吗",
            "你们知道我家在哪吗",
            "医保账号注销怎么办",
            "我的东西被人清了",
            "",
        ),
    ],
)
def test_other_things_that_go_or_are_kept(text: str) -> None:
    assert read_own_data(text) is None


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        *((text, Consent.PLAINLY) for text in ("删吧 确定", "是的 删", "好吧，删", "全删了", "要删", "确认删除")),
        *((text, Consent.YES) for text in ("好", "嗯", "对", "行 可以", "确定", "好的好的")),
        *(
            (text, Consent.NO)
            for text in ("算了先不删 等修好再说", "我点错了", "我孙子乱按的 别删", "不", "不删了", "算了")
        ),
        *((text, Consent.NO) for text in ("先不删 我家灯又不亮了", "等办完再说吧", "孩子玩手机点着的")),
        *((text, Consent.ASKS) for text in ("删了修门的事还给办吗", "那我家灯还修吗", "删了还能找回来吗")),
        *((text, None) for text in ("我家灯又坏了", "是我点的", "好了吗", "对了 我家暖气不热", "")),
    ],
)
def test_what_is_said_to_the_question(text: str, consent: Consent | None) -> None:
    assert read_consent(text) is consent


@given(st.text(alphabet="把我的你们存了资料话都给删掉先不好是吗,。 再说", max_size=40))
def test_never_raises(text: str) -> None:
    read_own_data(text)
    read_consent(text)
