"""Who goes to an emergency himself, and who only asks or calls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.members.going import (
    asks_or_calls,
    found_nobody_home,
    goes_along_with,
    offers_to_help,
    says_he_goes,
    takes_it_by_name,
)


@pytest.mark.parametrize(
    "said",
    [
        "1 我马上到,哪个单元?",
        "1 我去看看怎么回事",
        "1 正在赶去,几楼?",
        "1 到了,没什么大事",
        "1 动身了",
        "1 往那边跑",
        "1 骑车过去呢",
        "跑着去",
        "1 快到了呢",
        "1 在路上,五分钟到",
        "1 马上到",
        "1 到现场了",
        "1 已打120",
        "5分钟到",
        "1 这就去",
    ],
)
def test_who_goes(said: str) -> None:
    assert says_he_goes(said)


@pytest.mark.parametrize(
    "said",
    [
        "1 有人去了没",
        "1 要不要打120",
        "1 快过去看看",
        "1 你们出发了没",
        "1 120来了没",
        "1 请马上处理",
        "1 赶快处理",
        "1 马上派人",
        "1 明天过去",
        "1 我这边没车",
        "1 哪家啊",
        "1 快去人啊",
        "1 打120了吗",
        "1 严重吗",
        "",
    ],
)
def test_who_does_not(said: str) -> None:
    assert not says_he_goes(said)


def test_a_call_for_help_is_told_from_a_question() -> None:
    assert asks_or_calls("1 要不要打120")
    assert not asks_or_calls("吹哨 1 要街道来人")


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    says_he_goes(text)
    asks_or_calls(text)


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ("我到门口了 没人开门", True),
        ("2 到门口了敲门没人应", True),
        ("3 敲了半天门没人应", True),
        ("去了两趟都没人", True),
        ("家里没人 您在家吗", True),
        ("到了 门锁着", True),
        ("进不去 门锁着", True),
        ("敲了半天没人开", True),
        ("门锁着没人", True),
        ("进不去 里面有人喊", False),
        ("对门张奶奶敲门没人", False),
        ("敲门没人 屋里有煤气味", False),
        ("敲门没人应 里面有人喊", False),
        ("我到了", False),
        ("没人管", False),
        ("", False),
    ],
)
def test_nobody_was_at_home(said: str, is_so: bool) -> None:
    assert found_nobody_home(said) is is_so


@pytest.mark.parametrize(
    ("said", "takes"),
    [
        ("接1 我给他打电话了", True),
        ("接 1，已经打了120", True),
        ("接1", True),
        ("接1 去不了", False),
        ("接1 让小邹去", False),
        ("接2 我给他打电话了", False),
        ("接1吗", False),
        ("接1点的车", False),
    ],
)
def test_the_word_of_command_takes_it_whatever_follows(said: str, takes: bool) -> None:
    assert takes_it_by_name(said, 1) is takes


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("我陪老陈一块去", "老陈"),
        ("行 我跟陈示例一起去看看", "陈示例"),
        ("我去", ""),
        ("老陈一个人去", ""),
        ("我和他吵了一架", ""),
    ],
)
def test_whom_he_goes_along_with(said: str, name: str) -> None:
    assert goes_along_with(said) == name


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("协办1", 1),
        ("我来帮忙1", 1),
        ("1我来搭把手", 1),
        ("1也算我一个", 1),
        ("我帮1", None),
        ("谁来帮忙1", None),
        ("协办", None),
    ],
)
def test_where_he_offers_to_help(said: str, number: int | None) -> None:
    assert offers_to_help(said) == number
