"""The public pages: a lane's notice, links to single files, and who may come how often."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import PushedClock
from bot.emulator.stage import Play, play
from bot.web.visitors import Visitors, address_behind, networks

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OURS = networks(["10.0.0.0/8", "192.0.2.7"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # not our proxy: anybody can write a header
        ("10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # the visitor wrote 1.1.1.1 himself
        ("10.1.2.3", "198.51.100.1, 192.0.2.7", "198.51.100.1"),  # two proxies of ours
        ("10.1.2.3", "", "10.1.2.3"),
        ("10.1.2.3", " , ,", "10.1.2.3"),
        ("10.1.2.3", "nonsense", "nonsense"),
        ("", "198.51.100.1", ""),
    ],
)
def test_a_forwarded_address_counts_when_our_proxy_wrote_it(peer: str, forwarded: str, address: str) -> None:
    assert address_behind(peer, forwarded, OURS) == address


async def test_who_comes_too_often_waits_and_others_do_not() -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    clock, app = PushedClock(NOW), web.Application()
    app.router.add_get("/", Visitors(["127.0.0.1"], clock, a_minute=2).slowed(page))
    async with TestClient(TestServer(app)) as client:
        here, there = {"X-Forwarded-For": "198.51.100.1"}, {"X-Forwarded-For": "198.51.100.2"}
        assert [(await client.get("/", headers=here)).status for _ in range(3)] == [200, 200, 429]
        assert (await client.get("/", headers=there)).status == 200
        assert int((await client.get("/", headers=here)).headers["Retry-After"]) <= 61


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Play]:
    more = {"desk": {"public_url": "https://desk.example"}}
    async with play(tmp_path, PushedClock(NOW), in_background=False, more=more) as made:
        yield made


async def test_a_lane_says_who_answers_what_is_promised_and_shows_its_code(stage: Play) -> None:
    async with ClientSession(stage.url) as browser:
        page = await (await browser.get("/l/xy-01")).text()
        assert "陈示例" in page
        assert "2个工作小时内给您回话" in page
        assert "<svg" in page
        before = len(stage.platforms.wechat.scenes)
        await browser.get("/l/xy-01")
        assert len(stage.platforms.wechat.scenes) == before, "a code is asked for once"
        assert (await browser.get("/l/nowhere")).status == 404


async def test_without_the_platform_the_code_leads_to_the_page(stage: Play) -> None:
    stage.platforms.wechat.faults.api_down = True
    async with ClientSession(stage.url) as browser:
        answer = await browser.get("/l/xy-01")
        assert answer.status == 200
        assert "<svg" in await answer.text()
