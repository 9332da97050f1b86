"""A newcomer at the demo's page, in a real browser: opens it, scans a sign, says something."""

from __future__ import annotations

from playwright.async_api import Browser, Page, expect

PATIENCE = 20_000  # ms: a busy machine draws late; what never comes still fails

expect.set_options(timeout=PATIENCE)


async def open_page(browser: Browser, url: str, width: int, height: int) -> tuple[Page, list[str]]:
    """The page, drawn, and a list that gathers what its console complains of."""
    page = await browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    await page.goto(url)
    await expect(page.locator("#account")).to_have_text("胡同服务台")
    return page, complaints


async def scan(page: Page, scene: str) -> None:
    await page.get_by_role("button", name="扫胡同二维码").click()
    await page.locator(f"[data-scene='{scene}']").click()


async def say(page: Page, where: str, words: str) -> None:
    """Type and press Enter once no sheet lies over the page: under a modal one nothing can be typed, and the page
    may well be drawn anew before the answer comes that closes it."""
    await expect(page.locator("#sheet")).to_be_hidden()
    await page.locator(where).fill(words)
    await page.keyboard.press("Enter")
