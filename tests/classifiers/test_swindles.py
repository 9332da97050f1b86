"""A swindle that goes on is recognised by what is asked for; what was in the news is none."""

from __future__ import annotations

import pytest

from classifiers.swindles import sounds_like_swindle


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
