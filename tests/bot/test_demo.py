"""The demo as a newcomer meets it: the page in a real browser, the bot and the platforms behind it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from bot.clock import PushedClock
from bot.emulator.stage import Play, play
from tests.bot.newcomers import open_page, say, scan

MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Play]:
    async with play(tmp_path, PushedClock(MORNING)) as found:
        yield found


async def _picture(page: Page, name: str) -> None:
    """Keep what the browser shows when somebody wants to look at it: HUTONG_TEST_PICTURES names a folder."""
    folder = os.environ.get("HUTONG_TEST_PICTURES")
    if folder:
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_a_newcomer_plays_all_three_in_a_browser(browser: Browser, on_stage: Play) -> None:
    page, complaints = await open_page(browser, on_stage.url, 1440, 900)
    await scan(page, "xy-01")
    phone, room, ledger = page.locator("#phone-chat"), page.locator("#room-chat"), page.locator("#ledger")
    await expect(phone).to_contain_text("由陈示例负责")
    await say(page, "#phone-text", "厨房水管漏了，地板都泡了")
    await expect(phone).to_contain_text("编号 #1（报修）")
    await expect(room).to_contain_text("#1 报修")
    await expect(ledger).to_contain_text("已派单")
    await page.get_by_role("button", name="接", exact=True).click()
    await page.keyboard.press("Enter")
    await expect(phone).to_contain_text("陈示例接下了")
    await _picture(page, "accepted")
    await page.get_by_role("button", name="办结", exact=True).click()
    await say(page, "#room-text", "办结 1 换了新水管")
    await expect(phone).to_contain_text("换了新水管")
    await page.get_by_role("button", name="满意", exact=True).click()
    await expect(phone).to_contain_text("谢谢您")
    await expect(ledger).to_contain_text("已归档")
    await expect(page.locator("#guide .done")).to_have_count(5)
    await page.get_by_role("button", name="到傍晚 18:10").click()
    await expect(page.locator("#secretary-chat")).to_contain_text("日报", timeout=20_000)
    await expect(page.locator("#secretary-chat")).to_contain_text("条有着落")
    await _picture(page, "evening")
    assert complaints == []


async def test_on_a_phones_width(browser: Browser, on_stage: Play) -> None:
    page, complaints = await open_page(browser, on_stage.url, 390, 844)
    await scan(page, "xy-01")
    await say(page, "#phone-text", "老伴叫不应了")
    await expect(page.locator("#phone-chat")).to_contain_text("120")
    await _picture(page, "phone-resident")
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for tab in ("群聊", "书记"):
        await page.locator("#tabs").get_by_text(tab).click()
        await _picture(page, f"phone-{tab}")
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    await expect(page.locator("#ledger")).to_contain_text("养老助残")
    assert complaints == []
