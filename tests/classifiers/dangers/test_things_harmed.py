"""A beast in the corn, a ridge run over, money lost: nobody lies there. Whom a beast or a machine struck does."""

from __future__ import annotations

import time

import pytest

from classifiers.dangers.things_harmed import (
    harms_only_things,
    loses_beasts,
    lost_only_a_thing,
    weather_spoils_the_field,
)
from classifiers.understand import Understander


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("老周家的羊跑俺家麦地里啃麦苗", "dispute"),
        ("俺家麦苗让老周家羊啃了", "dispute"),
        ("老李家的牛踩了俺家苞谷", "dispute"),
        ("收割机把俺家地埂轧了", "dispute"),
        ("庄稼让牛啃了", "other"),
        ("猪瘟了 死了好几头", "other"),
        ("羊跑了 帮忙找找", "other"),
        ("大棚让风刮塌了", "other"),
        ("孙子把压岁钱弄丢了", "other"),
        ("我妈把存折弄丢了", "other"),
    ],
)
def test_things(understander: Understander, text: str, type_: str) -> None:
    said = understander.understand(text)
    assert said.urgency == "normal"
    assert said.type == type_ or type_ == "other"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("俺爹让羊顶了一下，躺地上起不来了", "medical"),
        ("三轮车把俺娘轧了", "medical"),
        ("收割机把人轧了", "medical"),
        ("狗咬了俺娘的腿，流血", "medical"),
        ("大棚塌了压着人", "trapped"),
        ("苗让水淹了 房子也进水了", "flood"),
        ("鸡死了 人也中毒了", "medical"),
        ("奶奶把孙子弄丢了", "missing"),
        ("孙子拿着压岁钱跑丢了", "missing"),
    ],
)
def test_people(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).emergency_kind == kind


@pytest.mark.parametrize("seed", ["羊", "羊啃", "麦苗", "麦苗让", "把", "把钱", "1,", "今天现在"])
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    harms_only_things((seed * 400)[:800])
    loses_beasts((seed * 400)[:100])
    weather_spoils_the_field((seed * 400)[:100])
    lost_only_a_thing((seed * 400)[:800])
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("羊死了", True),
        ("好几头猪病了", True),
        ("马大爷病了", False),
        ("老牛病了", False),
        ("去年死了好几头猪", False),
        ("猪咬了孩子", False),
    ],
)
def test_lost_beasts(text: str, is_so: bool) -> None:
    assert loses_beasts(text) is is_so
