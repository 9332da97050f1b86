"""A complaint that names a member is found; his name in any other sentence is not."""

from __future__ import annotations

import pytest

from handlers.rules.complaints import (
    accused_in,
    accuses_secretary,
    blames_manners,
    blames_own_people,
    blames_whoever_came,
    complained_of,
    doubts_by_nickname,
    with_names,
    with_offices,
)
from storage.records import Member

NAMES = [Member("m1", "陈示例"), Member("m2", "李样本"), Member("m3", "赵例"), Member("m4", "态")]


@pytest.mark.parametrize(
    "text", ["我要投诉陈示例", "陈示例收了我200块钱不办事", "陈示例态度太差了，打电话骂人", "要求换掉陈示例"]
)
def test_a_complaint_by_name(text: str) -> None:
    assert complained_of(text, NAMES) == {"m1"}


@pytest.mark.parametrize("text", ["陈示例来看过水管了", "我要投诉楼上天天吵", "请陈示例来一趟", ""])
def test_everything_else(text: str) -> None:
    assert complained_of(text, NAMES) == frozenset()


@pytest.mark.parametrize(
    ("text", "blamed"),
    [("我要投诉网格员，从来不露面", True), ("网格员来看过水管了", False), ("我要投诉楼上天天吵", False), ("", False)],
)
def test_our_own_people_are_blamed_by_their_office(text: str, blamed: bool) -> None:
    assert blames_own_people(text) is blamed


def test_two_characters_are_a_name_and_one_is_none() -> None:
    assert complained_of("我要投诉赵例，态度差", NAMES) == {"m3"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("小张那人我信不过,上次修个水龙头要了我二百块钱", True),
        ("老张办事拖拖拉拉", True),
        ("小张真好,给他点赞", False),
        ("小李那人我信不过", False),
        ("张伟办事拖拉", False),  # a full name is looked for with the words of a complaint
    ],
)
def test_a_member_by_his_nickname(text: str, expected: bool) -> None:
    assert doubts_by_nickname(text, [Member("m1", "张示例"), Member("m2", "")]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我要投诉陈示例,收黑钱", {"m1"}),
        ("陈示例把我打了", {"m1"}),
        ("陈示例骂人,李样本也不管事", {"m1", "m2"}),
        ("找陈示例,我老公打我", set()),
        ("陈示例快来,我老公打我", set()),
        ("跟陈示例说了三回,网格员还是不管", set()),
        ("我不想活了,陈示例", set()),
    ],
)
def test_who_is_said_to_have_done_something(text: str, expected: set[str]) -> None:
    assert accused_in(text, NAMES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们村支书贪钱", True),
        ("书记吃拿卡要", True),
        ("举报支部书记,公家的地占了", True),
        ("跟书记说了三回,网格员还是不管", False),
        ("请书记管管,胡同长骂人", False),
        ("书记和网格员都不管事", False),  # not he alone: the nearest secretary may still be told
        ("书记您好,楼上打人", False),
        ("副书记不办事", False),
        ("书记,路灯坏了", False),
        ("网格员不露面", False),
    ],
)
def test_the_secretary_himself_is_accused(text: str, expected: bool) -> None:
    assert accuses_secretary(text) is expected


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("陈示例嘴太碎", "网格员嘴太碎"),
        ("陈示例书记嘴太碎", "书记嘴太碎"),
        ("陈示例说下午来修", "陈示例说下午来修"),
        ("谢谢陈示例", "谢谢陈示例"),
        ("楼上嘴太碎", "楼上嘴太碎"),
    ],
)
def test_a_name_is_read_as_an_office_unless_it_is_praised_or_expected(text: str, read: str) -> None:
    assert with_offices(text, NAMES) == read


def test_a_nickname_is_read_as_the_name() -> None:
    assert with_names("小陈不来，老陈家漏水，态态好", NAMES) == "陈示例不来，老陈家漏水，态态好"


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("态度不好", True),
        ("态度好差", True),
        ("态度能不能好点", True),
        ("说话难听", True),
        ("态度很好", False),
        ("修好了 师傅态度好得很", False),
        ("邻居态度不好", False),
    ],
)
def test_manners_of_whoever_came(text: str, blamed: bool) -> None:
    assert blames_manners(text) is blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("来的人态度不好", True),
        ("师傅说话难听", True),
        ("你们态度太差", True),
        ("态度太差", True),
        ("师傅态度很好", False),
        ("装修师傅态度不好", False),
        ("他态度不好", False),
        ("楼上的人说话难听", False),
        ("师傅明天来", False),
    ],
)
def test_whoever_came_of_ours(text: str, blamed: bool) -> None:
    assert blames_whoever_came(text) is blamed
