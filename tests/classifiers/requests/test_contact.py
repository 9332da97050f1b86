"""Who speaks and how to reach him stands beside the matter, and neither hides it nor makes one."""

from __future__ import annotations

import pytest

from classifiers.requests.contact import leaks_into_us, without_contact
from classifiers.understand import Understander


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("我家漏水了 我叫王桂兰", "我家漏水了"),
        ("我家漏水了,我电话13912345678", "我家漏水了"),
        ("我叫王桂兰 住402 我家漏水了", "我家漏水了"),
        ("马桶堵了 联系人李桂英 手机号是13912345678", "马桶堵了 联系人李桂英"),
        ("我叫王桂兰 住402", ""),
        ("我90了 门锁坏了", "我90了 门锁坏了"),
        ("我妈叫不醒了", "我妈叫不醒了"),
        ("我叫了车 还没来", "我叫了车 还没来"),
        ("他住院了", "他住院了"),
    ],
)
def test_what_is_told_beside_who_tells_it(text: str, rest: str) -> None:
    assert without_contact(text) == rest


@pytest.mark.parametrize("text", ["501漏到401来了", "老张家漏水到我家402了", "我家被楼上淹了", "渗水渗到我家厨房了"])
def test_water_from_one_door_into_another(text: str) -> None:
    assert leaks_into_us(text)


@pytest.mark.parametrize("text", ["轮到401了", "水流到沟里了", "我家被子晒了", "我家淹了点咸菜"])
def test_what_runs_elsewhere(text: str) -> None:
    assert not leaks_into_us(text)


@pytest.mark.parametrize(
    "text",
    [
        "我家漏水了 我电话13912345678",
        "我家漏水了 我叫王桂兰",
        "我叫王桂兰 住402 我家漏水了",
        "3号楼2单元501老刘家漏水到我家402了",
        "3号楼501漏到401来了",
    ],
)
def test_a_name_and_a_number_hide_no_request(understander: Understander, text: str) -> None:
    (matter,) = understander.understand(text).matters
    assert (matter.type, matter.urgency in ("normal", "urgent")) == ("repair", True)


def test_who_is_told_of_is_in_no_danger(understander: Understander) -> None:
    found = understander.understand("老刘叫刘建国 住501 白天在家 他手机13800001111")
    assert found.urgency == "normal"


def test_who_only_says_who_he_is_asks_nothing(understander: Understander) -> None:
    assert not understander.understand("我叫王桂兰 住402").is_request
