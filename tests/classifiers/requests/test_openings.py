"""A beginning is no request; what has begun to be told is none any more."""

from __future__ import annotations

import pytest

from classifiers.requests.openings import is_bare_subject, is_bare_thing, is_mere_abuse, is_opening, is_setting


@pytest.mark.parametrize(
    "text",
    [
        "我想问一下",
        "有个事",
        "求助",
        "我要反映个问题",
        "我想咨询一下",
        "帮帮忙吧",
        "来个人",
        "忙完了来我家一趟",
        "有空到我家来一下",
        "你好 我想问一下",
        "那个 我想问问",
        "有件事想麻烦你们",
        "想跟你们说个事",
        "能不能帮个忙",
        "喂 有个事",
        "我想打听个事",
        "我有点事",
        "请问一下",
        "想反映点情况",
        "我有个问题",
        "有个急事,我想反映个人",
    ],
)
def test_it_only_begins(text: str) -> None:
    assert is_opening(text)


@pytest.mark.parametrize(
    "text",
    [
        "我想问一下低保",
        "有个事 水管漏了",
        "求助 我妈摔了",
        "没事",
        "好的",
        "谢谢",
        "你好",
        "救命",
        "快来人",
        "来个人修水管",
        "帮忙看看",
        "说好了",
        "问题解决了",
        "没问题",
        "不是这个事",
        "这个事办好了",
        "情况好多了",
        "有人吗",
        "事办了吗",
        "啥事",
        "我说了",
        "说了",
        "就是这个事",
        "说一下情况",
        "",
    ],
)
def test_it_says_something_or_nothing_at_all(text: str) -> None:
    assert not is_opening(text)


@pytest.mark.parametrize(
    ("text", "is_abuse"),
    [
        ("你们这帮人干啥吃的", True),
        ("物业整天干嘛的", True),
        ("一群饭桶", True),
        ("你们小陈干啥吃的", False),
        ("你们是干啥的 我家没水", False),
    ],
)
def test_anger_of_nobody_and_nothing_says_not_yet_what_it_is_about(text: str, is_abuse: bool) -> None:
    assert is_mere_abuse(text) is is_abuse


@pytest.mark.parametrize(
    "text", ["我婆婆", "我公公他", "就是我老公", "楼上那个男的", "我儿媳妇最近", "邻居家", "我妈她…"]
)
def test_a_bare_subject(text: str) -> None:
    assert is_bare_subject(text)


@pytest.mark.parametrize(
    "text", ["我妈?", "我婆婆骂我", "我妈晕倒了", "我家漏水", "我老公不在", "楼上吵", "邻居家的狗"]
)
def test_no_bare_subject(text: str) -> None:
    assert not is_bare_subject(text)


@pytest.mark.parametrize("text", ["昨天晚上", "前天半夜", "三天前", "上周三", "我们家门口", "5号楼2单元", "昨晚上"])
def test_when_or_where_and_not_yet_what(text: str) -> None:
    assert is_setting(text)


@pytest.mark.parametrize("text", ["下午在家", "晚上吵", "路灯", "门口漏水", "昨天说的", "你好", ""])
def test_what_says_more_is_no_setting(text: str) -> None:
    assert not is_setting(text)


@pytest.mark.parametrize("text", ["门口的井盖", "厨房水管", "楼下那个井盖", "单元门的锁", "就是我们门口那个路灯"])
def test_a_thing_of_which_nothing_is_said(text: str) -> None:
    assert is_bare_thing(text)


@pytest.mark.parametrize("text", ["厨房漏水", "水管爆了", "井盖响", "对门老王天天吵", "暖气不热", "帮我买药", ""])
def test_a_thing_of_which_something_is_said(text: str) -> None:
    assert not is_bare_thing(text)
