"""`hutong bench` runs and prints figures that can be true. How fast anything is, is not for a test to say."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from click.testing import CliRunner

from bot.bench.intake import Figures, Plan
from bot.bench.load import Run
from bot.bench.targets import TARGETS, credentials
from bot.bench.understand import fresh_process
from bot.bench.words import VISITS, Platform, openids
from bot.commands.bench import bench, table
from bot.emulator.crypt import encrypt


def call(*arguments: str) -> str:
    result = CliRunner().invoke(bench, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    given = ("--rounds", "1", "--seconds", "0.2", "--connections", "4", "--rate", "30", "--json")
    answer: dict[str, Any] = json.loads(call("intake", *given))
    return answer


def test_intake_measures_every_target_in_every_way(found: dict[str, Any]) -> None:
    assert set(found["targets"]) == set(TARGETS)
    for ways in found["targets"].values():
        assert set(ways) == {"closed", "30/s"}
        for one in ways.values():
            assert one["messages"] > 0
            assert one["rate"] > 0
            assert 0 < one["p50"] <= one["p99"] <= one["max"]
            assert one["cpu"] >= 0


def test_ratios_are_what_the_figures_of_the_round_say(found: dict[str, Any]) -> None:
    rates = {name: ways["closed"]["rate"] for name, ways in found["targets"].items()}
    assert found["ratios"] == {name: pytest.approx(rates["hutong"] / rates[name]) for name in ("echo", "wechatpy")}


def test_the_same_as_a_table_in_chinese(found: dict[str, Any]) -> None:
    targets = {name: {way: Figures(**one) for way, one in ways.items()} for name, ways in found["targets"].items()}
    text = "\n".join(table(found | {"targets": targets, "plan": Plan(**found["plan"])}))
    assert "4 个连接" in text
    assert "每秒到达 30 条" in text
    assert f"胡同 ÷ aiohttp 原样返回 = {found['ratios']['echo']:.3f}" in text


def test_start_says_seconds() -> None:
    found = json.loads(call("start", "--rounds", "1", "--json"))
    assert found["ready"] > 0
    assert found["help"] > 0


def test_figures_of_a_run() -> None:
    run = Run([n / 1000 for n in range(1, 101)], seconds=2.0, own_cpu=0.5, wrong=0, samples=[])
    one = Figures.of(run, cpu=0.01)
    assert (one.rate, one.messages, one.generator) == (50, 100, 0.5)
    assert (one.p50, one.p99, one.max, one.cpu) == pytest.approx((51, 100, 100, 100))


def test_everybody_speaks_in_order_and_no_message_comes_twice() -> None:
    people = openids(300)
    pushes = Platform(credentials(), people).take(600)
    assert len({push.body for push in pushes}) == 600
    assert {push.openid for push in pushes} <= set(people)
    longest = max(len(visit) for visit in VISITS)
    neighbours = [first.openid == second.openid for first, second in pairwise(pushes)]
    assert longest > 1
    assert sum(neighbours) < len(neighbours) / 4


def test_an_answer_is_known_from_what_is_none() -> None:
    keys = credentials()
    platform = Platform(keys, openids(1))
    push = platform.take(1)[0]
    inner = f"<xml><ToUserName><![CDATA[{push.openid}]]></ToUserName><Content><![CDATA[好]]></Content></xml>"
    sealed = encrypt(keys.encoding_aes_key, keys.app_id, inner)
    assert platform.is_answer(push, f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode())
    assert not platform.is_answer(push, b"success")
    assert not platform.is_answer(push, push.body)


def test_a_fresh_process_understands_its_first_message() -> None:
    seconds, megabytes = fresh_process()
    assert seconds > 0
    assert megabytes > 0
