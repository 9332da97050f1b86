"""What cannot wait until tomorrow: all that is electric fails, water runs on; a lamp, a drip and a fault can."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from classifiers.dangers.today import cannot_wait_until_tomorrow, tells_of_no_power
from classifiers.requests.duplicates import likeness
from classifiers.understand import Understander


@pytest.mark.parametrize(
    "text",
    ["灯都不亮了 电视也开不了", "家里灯也不亮冰箱也不转", "家里啥电器都用不了", "空调打不开 灯也不亮"],
)
def test_no_power_told_by_its_signs(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert (said.type, said.urgency) == ("repair", "urgent")
    assert tells_of_no_power(text)


def test_water_that_runs_and_cannot_be_shut(understander: Understander) -> None:
    text = "厕所那个按下去它不回来了水哗哗的一直流我也关不上"
    assert understander.understand(text).urgency == "urgent"


@pytest.mark.parametrize(
    "text",
    [
        "路灯不亮 电视也没信号",
        "楼道灯不亮了",
        "灯不亮",
        "冰箱不制冷",
        "灯亮了电视也能看了",
        "昨天灯不亮电视也开不了",
        "水龙头滴水关不严",
        "",
    ],
)
def test_what_can(text: str) -> None:
    assert not cannot_wait_until_tomorrow(text)


@dataclass(frozen=True)
class _Told:
    text: str
    number: int = 1
    reporter: int = 0
    created_at: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)
    types_all: tuple[str, ...] = ("repair",)
    lane: str = "xy-02"
    place_text: str = ""
    emergency_kind: str = ""


def test_neighbours_tell_of_one_power_cut() -> None:
    assert likeness(_Told("灯都不亮了 电视也开不了"), _Told("没电了")).may_join
    assert not likeness(_Told("灯不亮了"), _Told("没电了")).may_join


@pytest.mark.parametrize("seed", ["灯", "电视", "水哗哗", "水一直", "灯不", "家里啥", "1,", "今天现在"])
def test_long_texts_are_read_quickly(seed: str) -> None:
    began = time.perf_counter()
    cannot_wait_until_tomorrow(seed * 200)
    assert time.perf_counter() - began < 0.05


@pytest.mark.parametrize(
    "text", ["楼上水漏下来了，顺着灯往下淌", "天花板漏水，灯里都往外滴水", "墙里渗水，插座都进水了"]
)
def test_water_at_the_wires_cannot_wait(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency == "urgent"
