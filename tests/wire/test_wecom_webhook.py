"""The group robot against a small WeCom, and the windows that pace it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.channels.errors import Refused, TryLater
from bot.channels.pace import ConversationPace, SlidingWindow
from bot.channels.wecom_webhook import WecomWebhook
from bot.clock import PushedClock
from bot.config import WecomWebhook as WecomWebhookSettings
from tests.wire.senders import NOW

KEY = "00000000-made-up-key-000000000000"


@dataclass
class Group:
    bodies: list[Any] = field(default_factory=list)
    code: int = 0

    async def send(self, request: web.Request) -> web.Response:
        assert request.query["key"] == KEY
        self.bodies.append(await request.json())
        hint = f"invalid webhook url, hint: [1], more info at https://x.example/?e={self.code}&key={KEY}"
        return web.json_response({"errcode": self.code, "errmsg": hint if self.code else "ok"})


@dataclass
class Set:
    group: Group
    robot: WecomWebhook
    clock: PushedClock


@pytest.fixture
async def world() -> AsyncIterator[Set]:
    group, clock = Group(), PushedClock(NOW)
    app = web.Application()
    app.router.add_post("/cgi-bin/webhook/send", group.send)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        url = SecretStr(str(server.make_url(f"/cgi-bin/webhook/send?key={KEY}")))
        yield Set(group, WecomWebhook(WecomWebhookSettings(url=url), session, clock), clock)


async def test_markdown_is_posted_and_cut_kindly(world: Set) -> None:
    await world.robot.send("**今日小结**\n办结 3 件")
    await world.robot.send("一行字。\n" * 1000)
    assert world.group.bodies[0] == {"msgtype": "markdown", "markdown": {"content": "**今日小结**\n办结 3 件"}}
    content = world.group.bodies[1]["markdown"]["content"]
    assert len(content.encode()) <= 4096
    assert content.endswith("一行字。")


async def test_twenty_a_minute(world: Set) -> None:
    await asyncio.gather(*(world.robot.send("好") for _ in range(20)))
    world.clock.push(timedelta(seconds=20))
    with pytest.raises(TryLater) as caught:
        await world.robot.send("好")
    assert (caught.value.wait, len(world.group.bodies)) == (40.0, 20)
    world.clock.push(timedelta(seconds=40))
    await world.robot.send("好")


@pytest.mark.parametrize(("code", "error"), [(93000, Refused), (45009, TryLater), (-1, TryLater), (40058, Refused)])
async def test_what_an_errcode_means(world: Set, code: int, error: type[TryLater]) -> None:
    world.group.code = code
    with pytest.raises(error) as caught:
        await world.robot.send("好")
    assert caught.value.code == code
    assert KEY not in str(caught.value)


async def test_nobody_there_and_nothing_configured() -> None:
    async with aiohttp.ClientSession() as session:
        nobody = WecomWebhookSettings(url=SecretStr(f"http://127.0.0.1:1/send?key={KEY}"))
        with pytest.raises(TryLater) as caught:
            await WecomWebhook(nobody, session, PushedClock(NOW)).send("好")
        assert not caught.value.uncertain
        assert KEY not in str(caught.value)
        with pytest.raises(Refused):
            await WecomWebhook(WecomWebhookSettings(), session, PushedClock(NOW)).send("好")


def test_a_window_slides() -> None:
    window = SlidingWindow(2, timedelta(minutes=1))
    window.note(NOW)
    window.note(NOW + timedelta(seconds=30))
    assert window.wait(NOW + timedelta(seconds=40)) == 20.0
    assert window.wait(NOW + timedelta(seconds=60)) == 0.0
    assert window.is_idle(NOW + timedelta(seconds=90))


def test_idle_conversations_are_forgotten() -> None:
    pace = ConversationPace(((1, timedelta(seconds=1)),), most=3)
    for number in range(100):
        now = NOW + timedelta(seconds=number)
        pace.note(str(number), now)
        assert pace.wait(str(number), now) == 1.0
    assert len(pace) <= 4
