"""What somebody above says is an order for the holder, and what is none."""

from __future__ import annotations

from time import perf_counter

import pytest

from classifiers.members.directives import (
    Directive,
    is_needless,
    read_along,
    read_directive,
    sends_to_lane,
    takes_along,
    tells_news,
)

PEOPLE = ("陈示例", "邹仿真", "潘编写")


@pytest.mark.parametrize(
    ("text", "directive", "person"),
    [
        ("1 催陈示例", Directive.ORDER, "陈示例"),
        ("1 陈示例赶紧去", Directive.ORDER, "陈示例"),
        ("1 让小陈快点", Directive.ORDER, "小陈"),
        ("1 让陈示例今天办完", Directive.ORDER, "陈示例"),
        ("1 明天之前办完", Directive.ORDER, ""),
        ("1 这周内必须修好", Directive.ORDER, ""),
        ("催一下1", Directive.ORDER, ""),
        ("1 到底修好没有", Directive.ORDER, ""),
        ("1 什么时候能修好", Directive.ORDER, ""),
        ("1 陈示例怎么还没去", Directive.ORDER, "陈示例"),
        ("1 陈示例去办", Directive.GOES_ON, "陈示例"),
        ("陈示例接着办", Directive.GOES_ON, "陈示例"),
        ("1 让邹仿真也去", Directive.ALONG, "邹仿真"),
        ("叫小邹一起去", Directive.ALONG, "小邹"),
        ("1 我盯着 三天内办完", Directive.ORDER, ""),
        ("请邹仿真协办", Directive.ALONG, "邹仿真"),
        ("协办 1 邹仿真", Directive.ALONG, "邹仿真"),
    ],
)
def test_an_order_for_who_holds_it(text: str, directive: Directive, person: str) -> None:
    said = read_directive(text, PEOPLE)
    assert said is not None
    assert (said.directive, said.person) == (directive, person)


@pytest.mark.parametrize(
    "text",
    [
        "1 我明天之前办完",
        "1 我赶紧去",
        "1 转陈示例",
        "1 派给陈示例办",
        "1 由陈示例办",
        "1 陈示例",
        "1 陈示例说明天去",
        "1 陈示例已经修好了",
        "1 明天下午供电公司来修好",
        "1 明天上午去",
        "1 今天办完了",
        "1 灯泡换好了",
        "可以",
    ],
)
def test_no_order(text: str) -> None:
    assert read_directive(text, PEOPLE) is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("我一个人弄不了 小邹来搭把手", "小邹"),
        ("请邹仿真帮个忙", "邹仿真"),
        ("转邹仿真", ""),
        ("谢谢邹仿真帮忙", ""),
        ("小邹也去", ""),
    ],
)
def test_who_is_asked_to_work_along(text: str, person: str) -> None:
    said = read_along(text, PEOPLE)
    assert (said.person if said else "") == person


@pytest.mark.parametrize("seed", ["1,", "今天现在", "明天之前办", "让陈示例", "陈示例一起来", "催一下", "到底没"])
def test_it_is_read_in_no_time(seed: str) -> None:
    start = perf_counter()
    read_directive(seed * 200, PEOPLE)
    assert perf_counter() - start < 0.02


@pytest.mark.parametrize(
    "text",
    [
        "1我去看过了",
        "1 我明天上午去看看",
        "1换好了",
        "1联系物业了",
        "1告诉他打12345",
        "1回复居民 周三来修",
        "1 和物业沟通好了",
    ],
)
def test_his_own_news(text: str) -> None:
    assert tells_news(text)


@pytest.mark.parametrize(
    "text",
    [
        "1老人多 小心点",
        "1注意安全",
        "1联系物业",
        "1把灯换了",
        "1让老陈去了",
        "1修好告诉我一声",
        "1我盯着",
        "1跟他解释一下",
        "1修好了吗",
        "1下午三点去",
        "1 居民说又坏了",
    ],
)
def test_words_for_who_holds_it(text: str) -> None:
    assert not tells_news(text)


def test_who_takes_it_brings_another_along() -> None:
    assert takes_along("接1 再叫邹仿真协办", PEOPLE) == ("接1", "叫邹仿真协办")
    assert takes_along("接 叫上邹仿真一起", PEOPLE) == ("接", "叫上邹仿真一起")
    assert takes_along("接1 邹仿真说没空", PEOPLE) is None
    assert takes_along("接1 明天上午去", PEOPLE) is None


@pytest.mark.parametrize(
    ("text", "sends"),
    [
        ("1是水井胡同的 改到水井胡同", True),
        ("把1转到水井胡同", True),
        ("1应该归水井胡同管", True),
        ("是水井胡同老李说的", False),
        ("水井胡同的灯也坏了", False),
        ("我在水井胡同口等他", False),
    ],
)
def test_it_belongs_to_another_lane(text: str, *, sends: bool) -> None:
    assert sends_to_lane(text, "水井胡同") is sends


def test_what_is_needless() -> None:
    assert is_needless("1不用办了")
    assert is_needless("1这个不用管了")
    assert not is_needless("1不用办手续")
    assert not is_needless("1 居民说不用了")


@pytest.mark.parametrize("seed", ["1,", "我盯着", "今天现在", "告诉他", "接 ", "是改到", "联系"])
def test_news_is_read_quickly(seed: str) -> None:
    text = seed * 200
    started = perf_counter()
    tells_news(text)
    takes_along(text, PEOPLE)
    sends_to_lane(text, "水井胡同")
    is_needless(text)
    assert perf_counter() - started < 0.05
