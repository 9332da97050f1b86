"""A danger that the same breath denies rings nobody; one that it affirms, or that grows, rings."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers.denied import denied_kinds
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    [
        "暖气片漏气嘶嘶响，不是煤气，就是冒热气",
        "暖气片跑气，不是煤气味",
        "有股怪味，不是煤气，是下水道反味",
        "电梯到三楼咣当一下，门开着没夹住人，就是怪吓人的，检查检查",
        "电梯关门夹人，我胳膊被夹青了",
        "水没进屋，就是院里有积水",
        "厨房冒了点烟，是油烟，没着火",
    ],
)
def test_denied(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert said.is_request
    assert said.urgency != "emergency"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("不是油烟 是着火了", "fire"),
        ("没着火，就是插座一直冒烟", "fire"),
        ("还没着火，但是电线在冒黑烟", "fire"),
        ("有煤气味 不是饭糊了", "gas"),
        ("下水道臭鸡蛋味 一直这样 今天头晕恶心", "gas"),
        ("火灭了又着起来了", "fire"),
        ("三楼火灭了 人没事 可是还在冒烟", "fire"),
        ("不是煤气吧？屋里一股臭味，头晕", "gas"),
        ("有人说不是煤气，可我闻着就是煤气味", "gas"),
        ("水没进屋呢，就是涨得快，快到门槛了", "flood"),
        ("没夹住手，但是人困在电梯里了", "trapped"),
        ("电梯夹住我胳膊了，青了，还出不来", "trapped"),
    ],
)
def test_affirmed(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).emergency_kind == kind


def test_steam_is_for_the_plumber(understander: Understander) -> None:
    assert understander.understand("暖气片漏气嘶嘶响，不是煤气").type == "repair"


@pytest.mark.parametrize("seed", ["不是煤气", "没着火", "是", "没进", "电梯夹", "电梯", "1,", "今天现在"])
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    denied_kinds((seed * 400)[:800])
    assert time.perf_counter() - began < 0.1
