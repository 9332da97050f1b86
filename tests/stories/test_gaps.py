"""When somebody is missing: nobody on a step, nobody for a place, a robot that is not in the group."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.emulator.sample_roster import sample_sheets
from bot.sheets import Rows
from storage.records import Channel, State
from tests.stories.town import Ear, Neighbour, Town

SPARE = {"wecom_webhook": {"chat_id": "wr-lane-ch-01"}}


@pytest.fixture
def sheets() -> dict[str, Rows]:
    """A neighbourhood without any substitute, team or leader."""
    made = dict(sample_sheets())
    made["职责"] = [row for row in made["职责"] if row[2] not in ("替补", "组员", "组长")]
    return made


async def test_a_step_nobody_stands_on_is_passed_at_once_and_reported(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    town.skip(grandma, group)
    await town.later(hours=2)
    chen.skip()
    town.member("韦比方").hears("#1", "没有人接")
    await town.until(18, 10)
    chen.skip()
    town.member("马假设").hears("日报", "没找到人的环节", "#1 替补", "#1 组员", "#1 组长")
    for other in ("汪比方", "毕比方", "邵范例"):
        town.member(other).skip()
    journal = [(entry.data["rung"], entry.data["told"]) for entry in await town.journal(1) if entry.kind == "escalate"]
    assert journal[:4] == [("substitute", []), ("team", []), ("leader", []), ("cadre", [town.code("韦比方")])]


async def test_a_group_the_robot_cannot_write_to_does_not_swallow_a_request(town: Town) -> None:
    grandma, chen = town.resident("吴奶奶"), town.member("陈示例")
    town.wecom.groups[town.group("槐荫胡同群").own].awake = False
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    grandma.skip()
    chen.hears("#1 公共设施", "接 1")
    await chen.says("接 1")
    chen.hears("#1 陈示例接下了")
    grandma.hears("陈示例接下了")
    assert (await town.request(1)).state is State.ACCEPTED


async def test_a_window_the_platform_says_is_closed_is_believed(town: Town) -> None:
    grandma, group, chen = town.resident("吴奶奶"), town.group("槐荫胡同群"), town.member("陈示例")
    await grandma.scans("xy-01")
    await grandma.says("路灯坏了")
    town.skip(grandma, group)
    town.wechat.faults.error_code = 45015
    await chen.says("接 1", in_=group)
    group.hears("#1")
    chen.hears_nothing()  # perhaps she looks in again soon
    await town.later(hours=2, minutes=1)
    chen.hears("#1 的消息送不到", "接下了", "告知了 1")
    town.wechat.faults.error_code = None
    await grandma.says("进度")
    grandma.hears("#1 公共设施", "陈示例")
    grandma.hears("陈示例接下了")


async def _lives_by_the_spare(town: Town) -> tuple[Neighbour, Ear]:
    """A resident of the lane whose group has the webhook robot, and that group."""
    chat = town.wecom.groups[town.wecom.webhook.group]
    grandma = town.resident("吴奶奶")
    await grandma.scans(next(lane.code for lane in town.play.roster.lanes if lane.chat_id == chat.chatid))
    grandma.skip()
    return grandma, town.group(chat.name)


@pytest.mark.parametrize("settings", [SPARE])
async def test_the_webhook_robot_helps_out_while_the_connection_is_taken(town: Town, settings: dict[str, Any]) -> None:
    grandma, first = await _lives_by_the_spare(town)
    async with _somebody_else_connects(town):
        await grandma.says("路灯坏了")
        grandma.hears("#1")
        first.hears_nothing()
        await town.later(minutes=2)
        assert first.hears("#1 公共设施").via == "webhook"
        assert town.play.bot.house.lines.down_since(Channel.WECOM_BOT), "the spare says nothing of the line"


@pytest.mark.parametrize("settings", [SPARE])
async def test_the_minute_of_the_spare_begins_when_the_line_is_lost(town: Town, settings: dict[str, Any]) -> None:
    grandma, first = await _lives_by_the_spare(town)
    async with _somebody_else_connects(town):
        await town.later(minutes=2)
        await grandma.says("路灯坏了")
        grandma.hears("#1")
        assert first.hears("#1 公共设施").via == "webhook"


@pytest.mark.parametrize("settings", [{}, SPARE])
async def test_the_spare_speaks_for_no_other_group(town: Town, settings: dict[str, Any]) -> None:
    grandma = town.resident("吴奶奶")
    await grandma.scans("xy-01")
    grandma.skip()
    async with _somebody_else_connects(town):
        await town.later(minutes=2)
        await grandma.says("单元门关不严")
        grandma.hears("#1")
        await town.later(minutes=2)
        assert not town.wecom.webhook.sent
    town.skip_everybody()


@contextlib.asynccontextmanager
async def _somebody_else_connects(town: Town) -> AsyncIterator[None]:
    """A second robot with the same secret: the platform turns ours away, and ours does not fight back (D7)."""
    robot = town.play.bot.settings.wecom_bot
    body = {"bot_id": robot.bot_id, "secret": robot.secret.get_secret_value()}
    async with aiohttp.ClientSession() as http, http.ws_connect(robot.ws_url) as other:
        await other.send_json({"cmd": "aibot_subscribe", "headers": {"req_id": "other"}, "body": body})
        await other.receive_json()
        assert town.play.bot.wecom
        async with asyncio.timeout(5):
            while town.play.bot.wecom.is_up:  # noqa: ASYNC110  it hears of it by itself
                await asyncio.sleep(0.01)
        yield


async def test_who_urges_while_the_line_is_down_is_not_told_that_it_went(town: Town) -> None:
    grandma, _ = await _lives_by_the_spare(town)
    await grandma.says("路灯坏了")
    town.skip_everybody()
    async with _somebody_else_connects(town):
        await town.later(minutes=1)
        town.skip_everybody()
        await grandma.says("催")
        grandma.hears("线路不太通", "还没能告诉", not_=["已经提醒"])
        town.skip_everybody()
