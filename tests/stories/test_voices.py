"""Voices without words: somebody listens, types what was said, and the resident hears it read back."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from storage.records import State
from tests.stories.town import VOICE, Town


async def test_the_responsible_member_listens_and_types(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.sends_voice()
    grandma.hears("语音收到了", "#1")
    await town.later(minutes=6)
    grandma.hears("#1", "陈示例", "来听")
    chen.hears("#1", "请听一听", "听写 1")
    line = chen.hears("")
    assert (line.kind, town.medium(line)) == ("voice", VOICE)
    group.hears_nothing()
    await chen.says("听写 1")
    chen.hears("#1 听到了什么")
    await chen.says("听写 1 厨房水管漏水了，流了一地")
    chen.hears("#1 记下了", "报修", "陈示例")
    group.hears("#1 报修", "水管漏水", "接 1")
    grandma.hears("#1", "我们听到的是", "厨房水管漏水了", "不对就回一句", "陈示例")
    request = await town.request(1)
    assert (request.type, request.sensitivity, request.state) == ("repair", "open", State.DISPATCHED)
    await grandma.says("对的")
    grandma.hears("#1 就按这个办")
    await chen.says("接 1", in_=group)
    group.hears("#1 陈示例接下了")
    grandma.hears("陈示例接下了")
    chen.hears("#1 交给您了", "一段语音")


async def test_what_was_heard_wrongly_is_put_right(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.sends_voice()
    await town.later(minutes=6)
    await chen.says("听写 1 路灯坏了")
    town.skip(grandma, group, chen)
    await grandma.says("不对")
    grandma.hears("听错了")
    await grandma.says("不对，是楼上往下漏水")
    grandma.hears("#1(报修)", "陈示例")
    group.hears("#1 报修", "楼上往下漏水")
    assert (await town.request(1)).text == "楼上往下漏水"


async def test_what_it_is_not_is_left_out(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.sends_voice()
    await chen.says("听写 1 楼上吵架 天天半夜")
    town.skip(grandma, group, chen)
    await grandma.says("不是吵架 是漏水")
    grandma.hears("#1(报修)")
    group.hears("#1 报修", "漏水", not_=["吵架"])
    assert (await town.request(1)).text == "漏水"


async def test_nobody_listens_and_the_next_step_is_asked(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.sends_voice()
    await town.later(minutes=6)
    town.skip(grandma, chen)
    await town.later(minutes=16)
    entries = [entry for entry in await town.journal(1) if entry.kind == "unheard"]
    assert len(entries) == 1
    told = [town.play.roster.member[code].name for code in entries[0].data["told"]]
    assert told
    for name in told:
        town.member(name).hears("#1", "请听一听")
        assert town.member(name).hears("").kind == "voice"
    helper = town.member(told[0])
    await helper.says("听写 1 有人晕倒了，快来救人")
    helper.hears("紧急 #1", "有人晕倒了")
    assert any("#1 记下了" in line.text for line in helper.unread())
    grandma.hears("120", "有人晕倒了")
    assert (await town.request(1)).urgency == "emergency"
    for ear in (*map(town.member, [m.name for m in town.play.roster.members if m.wecom_id]), town.group("槐荫胡同群")):
        ear.skip()


async def test_a_confidential_voice_stays_with_the_secretary(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.sends_voice()
    await town.later(minutes=6)
    town.skip(grandma, chen)
    await chen.says("听写 1 我要举报，村干部贪污低保款")
    chen.hears("#1 记下了")
    request = await town.request(1)
    assert request.sensitivity == "confidential"
    group.hears_nothing()
    secretary = town.member(town.play.roster.member[request.holder].name)
    secretary.hears("#1", "举报")
    assert secretary.hears("").kind == "voice"
    grandma.hears("我们听到的是", "不会发到群里")


def _recogniser(script: str, timeout: str = "10s") -> dict[str, Any]:
    return {"voice": {"recogniser": [sys.executable, "-c", script, "{file}"], "timeout": timeout}}


HEARS = "import sys; assert open(sys.argv[1], 'rb').read(6) == b'#!AMR\\n'; print('家里水管漏了', '快来人')"


@pytest.mark.parametrize("settings", [_recogniser(HEARS)])
async def test_a_recogniser_of_the_place_understands_at_once(town: Town, settings: dict[str, Any]) -> None:
    grandma, group = town.resident("吴奶奶"), town.group("槐荫胡同群")
    await grandma.scans("xy-01")
    grandma.skip()
    await grandma.sends_voice()
    grandma.hears("语音收到了", "正在听")
    grandma.hears("我们听到的是", "家里水管漏了 快来人", "陈示例")
    group.hears("#1 报修", "水管漏了")


@pytest.mark.parametrize(
    "settings",
    [
        _recogniser("raise SystemExit(3)"),
        _recogniser("print()"),
        _recogniser("import time; time.sleep(60)", timeout="1s"),
        {"voice": {"recogniser": ["/no/such/program", "{file}"]}},
    ],
)
async def test_a_recogniser_that_fails_leaves_it_to_the_member(town: Town, settings: dict[str, Any]) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.sends_voice()
    await town.later(minutes=6)
    grandma.skip()
    chen.hears("#1", "请听一听")
    assert chen.hears("").kind == "voice"
