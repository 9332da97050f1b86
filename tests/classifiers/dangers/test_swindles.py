"""A swindle that goes on is recognised by what is asked for; what was in the news is none."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers.swindles import costs_money_now, sounds_like_swindle
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    [
        "公安局来电话说我涉嫌洗钱 让我把钱转到安全账户 我在银行呢 是真的不",
        "说我儿子在外头撞人了让我赶紧打五万块钱 别跟别人说",
        "我转了一万八 是不是上当了",
        "有人来电话要我的验证码",
        "中奖了让先交手续费",
    ],
)
def test_a_swindle(text: str) -> None:
    assert sounds_like_swindle(text)


@pytest.mark.parametrize(
    "text",
    [
        "去年我被骗过,想听防诈讲座",
        "新闻上说有人冒充公安局来电话",
        "我儿子住院了想办报销",
        "银行卡丢了咋补",
        "水管漏了",
        "",
    ],
)
def test_none(text: str) -> None:
    assert not sounds_like_swindle(text)


@pytest.mark.parametrize(
    ("text", "is_pressing"),
    [
        ("接了个电话说我涉嫌洗钱，我已经转了两万", True),
        ("说能办养老金，让我先交五千保证金，我交了", True),
        ("骗子说投资稳赚，这会儿又让我再交一万", True),
        ("骗子让我转账，我没转钱", False),
        ("房东让我先交押金，我交了", False),
        ("物业费我已经交了两千", False),
        ("去年被骗子骗了，转了两万", False),
    ],
)
def test_money_that_goes_now(understander: Understander, text: str, is_pressing: bool) -> None:
    assert costs_money_now(text) is is_pressing
    assert not is_pressing or understander.understand(text).urgency == "urgent"


@pytest.mark.parametrize("seed", ["一万", "转了", "交了一", "又让我再交", "1,", "今天现在"])
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    costs_money_now(seed * 200)
    assert time.perf_counter() - began < 0.1
