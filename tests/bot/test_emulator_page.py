"""The demo page as a browser and its user meet it: JSON, guards, the live stream, and the walk in a real Chromium."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from bot.clock import PushedClock
from bot.emulator.page import LaneCard, LedgerRow, add_page
from bot.emulator.platforms import Credentials, Platforms
from bot.emulator.world import Colleague, Group, Line, Listener, Resident
from tests.bot.newcomers import open_page, say, scan

MORNING = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)  # a Wednesday, half past nine in Shanghai
MENU: list[dict[str, Any]] = [
    {"name": "我的诉求", "type": "click", "key": "mine"},
    {"name": "更多", "sub_button": [{"name": "找谁负责", "type": "click", "key": "who"}]},
]


@dataclass
class Knobs:
    api_down: bool = False


@dataclass
class Pen:
    """Writes the lines of both stand-in platforms."""

    clock: PushedClock
    listeners: list[Listener] = field(default_factory=list)
    written: int = 0

    def write(self, chat: list[Line], sender: str, text: str, **more: Any) -> Line:
        self.written += 1
        chat.append(Line(self.written, self.clock.now(), sender, **{"kind": "text", "text": text} | more))
        self.changed()
        return chat[-1]

    def changed(self) -> None:
        for listener in list(self.listeners):
            listener()


class StandInWeChat:
    """Official account with a desk of four sentences behind it."""

    def __init__(self, pen: Pen, town: Town) -> None:
        self.pen, self.town = pen, town
        self.faults = Knobs()
        self.menu = MENU
        self.residents: dict[str, Resident] = {}
        self.files: dict[str, tuple[bytes, str]] = {}
        self.heard: list[tuple[Any, ...]] = []

    def add_resident(self, name: str) -> Resident:
        resident = Resident(f"o-{len(self.residents) + 1}", name)
        self.residents[resident.openid] = resident
        self.pen.changed()
        return resident

    async def follow(self, openid: str, scene: str | None = None) -> list[Line]:
        self.residents[openid].follows = True
        return self.answer(
            openid, "您好，这里是胡同服务台。您这条胡同由张示例负责，有事说一句就行。\n看看谁负责", ("看看谁负责",)
        )

    async def scan(self, openid: str, scene: str) -> list[Line]:
        return self.answer(openid, f"您扫的是{scene}。")

    async def unfollow(self, openid: str) -> list[Line]:
        self.residents[openid].follows = False
        self.pen.changed()
        return []

    async def say(self, openid: str, text: str, *, menu_id: str = "") -> list[Line]:
        self.own(openid, text)
        self.heard.append(("say", openid, text))
        if self.faults.api_down:
            return [
                self.pen.write(
                    self.residents[openid].chat,
                    "",
                    "该公众号提供的服务出现故障，请稍后再试",
                    kind="notice",
                    via="notice",
                )
            ]
        if self.town.rows and self.town.rows[-1].state_name == "已办结待回访":
            self.town.move(state_name="已归档")
            return self.answer(openid, "谢谢您的评价，这件事归档了。")
        self.town.receive(text)
        return self.answer(
            openid, "收到了：报修，12号。张示例会来看，上午11:30前给您回话。\n不对，改一改", ("不对，改一改",)
        )

    async def tap(self, openid: str, line_id: int, index: int) -> list[Line]:
        line = next(one for one in self.residents[openid].chat if one.id == line_id)
        self.own(openid, line.options[index][1])
        return self.answer(openid, "责任党员：张示例")

    async def click_menu(self, openid: str, key: str) -> list[Line]:
        self.heard.append(("menu", openid, key))
        return []

    async def send_image(self, openid: str, data: bytes, content_type: str = "image/jpeg") -> list[Line]:
        key = f"picture-{len(self.files)}"
        self.files[key] = (data, content_type)
        self.own(openid, "", kind="image", media=key)
        return []

    async def send_voice(self, openid: str, data: bytes, recognition: str = "") -> list[Line]:
        self.heard.append(("voice", data, recognition))
        self.own(openid, recognition, kind="voice")
        return []

    async def send_location(self, openid: str, lat: float, lng: float, label: str) -> list[Line]:
        self.own(openid, label, kind="location")
        return []

    def media(self, key: str) -> tuple[bytes, str]:
        return self.files[key]

    def own(self, openid: str, text: str, **more: Any) -> None:
        self.pen.write(self.residents[openid].chat, openid, text, **more)

    def answer(self, openid: str, text: str, options: Sequence[str] = ()) -> list[Line]:
        chat = self.residents[openid].chat
        tappable = tuple((one, one, str(place)) for place, one in enumerate(options))
        return [self.pen.write(chat, "胡同服务台", text, via="passive", options=tappable)]


class StandInWeCom:
    """A group and its robot, which knows two words."""

    def __init__(self, pen: Pen, town: Town) -> None:
        self.pen, self.town = pen, town
        self.faults = Knobs()
        self.members = {
            one: Colleague(one, name) for one, name in (("zhang", "张示例"), ("li", "李示例"), ("shuji", "赵书记"))
        }
        self.groups = {
            "g1": Group("g1", "炮台街胡同群", ("zhang", "li")),
            "g2": Group("g2", "石佛路胡同群", ("li", "shuji")),
        }
        self.kicks = 0
        self.is_connected = True

    async def say(
        self,
        userid: str,
        text: str,
        *,
        chatid: str | None = None,
        quote: int | None = None,
        mention: bool | None = None,
    ) -> list[Line]:
        chat = self.groups[chatid].chat if chatid else self.members[userid].chat
        heard = bool(mention) or "@小助手" in text or not chatid
        quoted = next((one.text for one in chat if one.id == quote), "")
        self.pen.write(chat, userid, text, quoted=quoted, delivered=heard)
        if heard and text.startswith("接"):
            self.town.move(state_name="已接单", holder_name="张示例", first_responder="张示例")
            return [
                self.pen.write(chat, "小助手", "**12号**由张示例接单，已经告诉居民。", kind="markdown", via="reply")
            ]
        if heard and text.startswith("办结"):
            self.town.move(state_name="已办结待回访")
            return [self.pen.write(chat, "小助手", "办结了，正在请居民评价。", kind="markdown", via="reply")]
        return []

    async def open_chat(self, userid: str) -> bool:
        return False

    async def click(self, userid: str, line_id: int, key: str, chatid: str | None = None) -> list[Line]:
        return []

    async def kick(self) -> None:
        self.kicks += 1


class Town:
    """Platforms and stage in one: lanes, a ledger, a clock that stands still until pushed."""

    account_name = "胡同服务台"
    robot_name = "小助手"
    secretary = "shuji"
    zone = ZoneInfo("Asia/Shanghai")

    def __init__(self) -> None:
        self.clock = PushedClock(MORNING)
        self.pen = Pen(self.clock)
        self.listeners = self.pen.listeners
        self.wechat = StandInWeChat(self.pen, self)
        self.wecom = StandInWeCom(self.pen, self)
        self.wechat.add_resident("王示例")
        self.rows: list[LedgerRow] = []

    def lanes(self) -> list[LaneCard]:
        return [
            LaneCard("pts-1", "炮台街胡同", "示例村", "pts-1", "张示例", 38.1, 114.5),
            LaneCard("sfl-2", "石佛路胡同", "示例村", "sfl-2", "李示例"),
        ]

    async def ledger(self) -> list[LedgerRow]:
        return self.rows

    async def push_clock(self, minutes: int) -> None:
        self.clock.push(timedelta(minutes=minutes))
        await asyncio.sleep(0.05)

    async def push_to(self, hour: int, minute: int) -> None:
        local = self.clock.now().astimezone(self.zone)
        self.clock.push((local.replace(hour=hour, minute=minute) - local) % timedelta(days=1))

    async def send_digest(self) -> None:
        text = (
            '# 3月4日 日报\n昨天**42**条消息，42条有着落。\n> <font color="warning">1件快到期</font>\n回 `查 12` 看详情'
        )
        self.pen.write(self.wecom.members["shuji"].chat, "小助手", text, kind="markdown", via="push")

    def receive(self, text: str) -> None:
        now = self.clock.now()
        row = LedgerRow(12, "报修", "已派单", "炮台街胡同", "", "", 0, now, now + timedelta(hours=2), False, text)
        self.rows = [row]
        push = f'**#12 报修** 炮台街胡同\n> {text}\n<font color="comment">11:30前要有回音</font>，接请回 `接 12`'
        self.pen.write(self.wecom.groups["g1"].chat, "小助手", push, kind="markdown", via="push")

    def move(self, **changes: Any) -> None:
        self.rows = [replace(self.rows[-1], **changes)]
        self.pen.changed()


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
async def server(town: Town) -> AsyncIterator[TestServer]:
    app = web.Application()
    add_page(app, town, town)
    running = TestServer(app)
    async with running:
        yield running


@pytest.fixture
async def client(server: TestServer) -> AsyncIterator[ClientSession]:
    async with ClientSession(server.make_url("/")) as session:
        yield session


async def post(client: ClientSession, path: str, body: Any, **headers: str) -> tuple[int, str]:
    async with client.post(f"/demo/{path}", json=body, headers=headers) as answer:
        return answer.status, (await answer.json()).get("error", "")


# The JSON under the page


async def test_the_page_runs_only_its_own_scripts(client: ClientSession) -> None:
    async with client.get("/") as answer:
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        text = await answer.text()
    assert "http://" not in text
    assert "https://" not in text
    assert "<script>" not in text
    for name, kind in (("app.js", "text/javascript"), ("style.css", "text/css"), ("logo.svg", "image/svg+xml")):
        async with client.get(f"/demo/static/{name}") as answer:
            assert answer.content_type == kind
    async with client.get("/demo/static/..%2Fpage.py") as answer:
        assert answer.status == 404


async def test_the_state_names_what_the_screens_show(client: ClientSession) -> None:
    async with client.get("/demo/state") as answer:
        state = await answer.json()
    assert (state["now"], state["weekday"]) == ("2026-03-04T09:30", "星期三")
    assert state["residents"][0]["name"] == "王示例"
    assert [lane["point"] for lane in state["lanes"]] == [True, False]
    assert state["menu"][1]["items"][0]["key"] == "who"


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("say", {"openid": "o-9", "text": "在吗"}, 404, "没有这位居民"),
        ("say", {"openid": "o-1", "text": "在吗"}, 409, "还没有关注公众号，请先扫胡同的二维码"),
        ("say", {"openid": "o-1", "text": "长" * 601}, 400, "太长了，最多 600 个字"),
        ("say", {"openid": "o-1", "text": "  "}, 400, "还没有写内容"),
        ("say", {"openid": 1, "text": "在吗"}, 400, "这一项不对：openid"),
        ("say", {"openid": "o-1", "text": "在吗", "more": 1}, 400, "这一项不对：more"),
        ("scan", {"openid": "o-1", "scene": "nowhere"}, 404, "没有这条胡同"),
        ("menu", {"openid": "o-1", "key": "nothing"}, 404, "菜单里没有这一项"),
        ("resident", {"name": "王示例"}, 409, "已经有一位同名的居民了，换个名字吧"),
        ("talk", {"userid": "nobody", "text": "接"}, 404, "企业微信里没有这个人"),
        ("talk", {"userid": "zhang", "chatid": "g9", "text": "接"}, 404, "没有这个群"),
        ("talk", {"userid": "zhang", "chatid": "g2", "text": "接"}, 409, "张示例不在这个群里"),
        ("talk", {"userid": "zhang", "chatid": "g1", "text": "接", "quote": 77}, 404, "没有这条消息"),
        ("click", {"userid": "zhang", "line": 3, "key": "x"}, 404, "没有这条消息"),
        ("fault", {"platform": "qq", "down": True}, 400, "这一项不对：platform"),
        ("clock/push", {"minutes": -5}, 400, "这一项不对：minutes"),
        ("clock/to", {"hour": 25, "minute": 0}, 400, "这一项不对：hour"),
    ],
)
async def test_wrong_input_gets_a_sentence(
    client: ClientSession, path: str, body: dict[str, Any], status: int, sentence: str
) -> None:
    assert await post(client, path, body) == (status, sentence)


async def test_other_sites_cannot_act(client: ClientSession, town: Town) -> None:
    assert (await post(client, "kick", {}, **{"Sec-Fetch-Site": "cross-site"}))[0] == 403
    assert (await post(client, "kick", {}, Origin="http://elsewhere.example"))[0] == 403
    assert town.wecom.kicks == 0
    assert (await post(client, "kick", {}))[0] == 200
    async with client.post("/demo/kick", data="{}", headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    async with client.get("/demo/live", headers={"Origin": "http://elsewhere.example"}) as answer:
        assert answer.status == 403


async def test_a_voice_that_was_not_recognised_carries_no_words(client: ClientSession, town: Town) -> None:
    await post(client, "scan", {"openid": "o-1", "scene": "pts-1"})
    for recognised in (True, False):
        await post(client, "voice", {"openid": "o-1", "words": "漏水了", "recognised": recognised})
    assert [words for _, _, words in town.wechat.heard] == ["漏水了", ""]
    assert town.wechat.heard[0][1].startswith(b"#!AMR\n")


async def test_only_pictures_are_taken_and_given_back(client: ClientSession, town: Town) -> None:
    await post(client, "scan", {"openid": "o-1", "scene": "pts-1"})
    async with client.post("/demo/image/o-1", data=b"<svg onload=alert(1)>") as answer:
        assert answer.status == 415
    async with client.post("/demo/image/o-1", data=BytesIO(b"\xff\xd8\xff" + bytes(3 * 1024 * 1024))) as answer:
        assert answer.status == 413
    town.wechat.files["page"] = (b"<script>", "text/html")
    async with client.get("/demo/media/page") as answer:
        assert answer.content_type == "application/octet-stream"
    async with client.get("/demo/media/none") as answer:
        assert answer.status == 404


async def test_the_live_stream_joins_many_changes_and_forgets_closed_tabs(client: ClientSession, town: Town) -> None:
    async with client.ws_connect("/demo/live") as tab:
        assert (await tab.receive_json(timeout=2))["ledger"] == []
        for word in "一二三四五六七八九十":
            town.pen.write(town.wecom.groups["g1"].chat, "li", word)
        assert len((await tab.receive_json(timeout=2))["groups"][0]["chat"]) == 10
        await silence(tab)
    assert len(town.listeners) == 1


async def silence(tab: ClientWebSocketResponse) -> None:
    with pytest.raises(TimeoutError):
        await tab.receive(timeout=0.3)


async def test_nothing_listens_after_the_end(town: Town) -> None:
    app = web.Application()
    add_page(app, town, town, prefix="/play")
    async with TestServer(app) as running, ClientSession(running.make_url("/")) as session:
        async with session.ws_connect("/play/demo/live") as tab:
            await tab.receive_json(timeout=2)
        async with session.get("/play/") as answer:
            assert answer.status == 200
    assert town.listeners == []


async def test_time_moves_once_at_a_time(client: ClientSession) -> None:
    answers = await asyncio.gather(*(post(client, "clock/push", {"minutes": 30}) for _ in range(2)))
    assert sorted(status for status, _ in answers) == [200, 409]


async def test_the_emulated_platforms_fit_under_the_page(town: Town) -> None:
    platforms = Platforms(town.clock, Credentials.made_up())
    resident = platforms.wechat.add_resident("孙示例")
    platforms.wecom.add_member("zhang", "张示例")
    platforms.wecom.add_group("g1", "炮台街胡同群", ["zhang"])
    app = web.Application()
    add_page(app, platforms, town)
    async with TestServer(app) as running, ClientSession(running.make_url("/")) as session:
        assert await post(session, "scan", {"openid": resident.openid, "scene": "pts-1"}) == (200, "")
        assert await post(session, "say", {"openid": resident.openid, "text": "在吗"}) == (200, "")
        assert await post(session, "talk", {"userid": "zhang", "chatid": "g1", "text": "吃了吗"}) == (200, "")
        async with session.get("/demo/state") as answer:
            state = await answer.json()
    assert state["residents"][0]["chat"][-1]["text"] == "在吗"
    assert not state["groups"][0]["chat"][-1]["delivered"]
    assert not state["connected"]
    await platforms.close()


# In a browser


async def test_the_whole_walk_on_a_desktop(browser: Browser, server: TestServer, town: Town) -> None:
    page, complaints = await open_page(browser, str(server.make_url("/")), 1440, 900)
    await scan(page, "pts-1")
    await expect(page.locator("#phone-chat")).to_contain_text("由张示例负责")
    await say(page, "#phone-text", "厨房水管漏水了<img src=x onerror=alert(1)>")
    await expect(page.locator("#room-chat .bubble").last).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(page.locator("#ledger")).to_contain_text("已派单")
    await page.get_by_role("button", name="接", exact=True).click()
    await expect(page.locator("#room-text")).to_have_value("接 12")
    await page.keyboard.press("Enter")
    await expect(page.locator("#ledger")).to_contain_text("张示例")
    await page.locator("#room-chat .bubble").first.click()
    await expect(page.locator("#quote-bar")).to_be_visible()
    await say(page, "#room-text", "办结 换了新垫圈")
    await expect(page.locator("#ledger")).to_contain_text("待回访")
    await say(page, "#phone-text", "1")
    await expect(page.locator("#guide .done")).to_have_count(5)
    await page.get_by_role("button", name="@小助手").click()
    await say(page, "#room-text", "晚上吃什么")
    await expect(page.locator("#room-chat")).to_contain_text("未@小助手，机器人听不到")
    assert complaints == []


async def test_the_desk_of_the_secretary(browser: Browser, server: TestServer, town: Town) -> None:
    page, complaints = await open_page(browser, str(server.make_url("/")), 1440, 900)
    await page.get_by_role("button", name="到傍晚 18:10").click()
    await expect(page.locator("#clock-time")).to_have_text("18:10")
    await page.get_by_role("button", name="现在发日报").click()
    await expect(page.locator("#secretary-chat .fc-warning")).to_have_text("1件快到期")
    await page.get_by_role("switch", name="公众号接口故障").click()
    await expect(page.locator("#fault-wechat")).to_have_attribute("aria-checked", "true")
    assert town.wechat.faults.api_down
    town.wechat.residents.clear()
    await page.locator("#tool-scan").click()
    await page.locator("[data-scene='pts-1']").click()
    await expect(page.locator(".toast.bad")).to_have_text("没有这位居民")
    assert [one for one in complaints if "404" not in one] == []


async def test_everything_fits_a_phone(browser: Browser, server: TestServer, town: Town) -> None:
    await town.wechat.follow("o-1")
    page, complaints = await open_page(browser, str(server.make_url("/")), 390, 844)
    await page.locator("#tool-image").click()
    await page.locator("[data-sample='leak']").click()
    await expect(page.locator("#phone-chat .photo")).to_be_visible()
    data, content_type = town.wechat.files["picture-0"]
    assert content_type == "image/png"
    assert data.startswith(b"\x89PNG")
    await say(page, "#phone-text", "很长的一句话" * 30 + "a" * 100)
    await expect(page.locator("#tabs [data-tab=group] .dot")).to_be_visible()
    for tab in ("resident", "group", "secretary"):
        await page.locator(f"#tabs [data-tab={tab}]").click()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        assert await page.evaluate(TOO_SMALL) == []
    await expect(page.locator("#ledger")).to_contain_text("报修")
    assert complaints == []


TOO_SMALL = """[...document.querySelectorAll("button, select, textarea")]
  .filter((one) => one.offsetParent && !one.matches(".quote-it, .link"))
  .filter((one) => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().right > 391)
  .map((one) => one.outerHTML)"""
