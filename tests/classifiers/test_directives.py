"""What somebody above says is an order for the holder, and what is none."""

from __future__ import annotations

from time import perf_counter

import pytest

from classifiers.directives import Directive, read_along, read_directive

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
    [("我一个人弄不了 小邹来搭把手", "小邹"), ("请邹仿真帮个忙", "邹仿真"), ("转邹仿真", ""), ("小邹也去", "")],
)
def test_who_is_asked_to_work_along(text: str, person: str) -> None:
    said = read_along(text, PEOPLE)
    assert (said.person if said else "") == person


@pytest.mark.parametrize("seed", ["1,", "今天现在", "明天之前办", "让陈示例", "陈示例一起来", "催一下", "到底没"])
def test_it_is_read_in_no_time(seed: str) -> None:
    start = perf_counter()
    read_directive(seed * 200, PEOPLE)
    assert perf_counter() - start < 0.02
