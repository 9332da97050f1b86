"""Who tells of a neighbour may ask not to be named; that says nothing of the matter."""

from __future__ import annotations

import pytest

from classifiers.requests.unnamed import without_wish


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("对门养鸡臭死了 别说是我说的", "对门养鸡臭死了"),
        ("隔壁又放炮仗 不要说是我说的啊", "隔壁又放炮仗"),
        ("楼道充电 别告诉他是我举报的", "楼道充电"),
        ("别让他知道是我反映的,楼上天天扔烟头", "楼上天天扔烟头"),
        ("路边烧烤冒烟,请不要透露我的名字", "路边烧烤冒烟"),
        ("匿名反映一下,三楼堆杂物", "三楼堆杂物"),
        ("别说是我说的", ""),
    ],
)
def test_the_wish_is_taken_out(text: str, left: str) -> None:
    assert without_wish(text) == left


@pytest.mark.parametrize(
    "text", ["不是我说的,是我邻居说的", "别告诉我闺女,我查出糖尿病", "我家水管漏了,别忘了", "是我报的警"]
)
def test_other_words_stay(text: str) -> None:
    assert without_wish(text) == text
