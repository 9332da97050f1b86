"""The page of the demo: three screens (resident, group, secretary) in a browser, over the emulated platforms."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic import Field as Limit

from bot.clock import Clock
from bot.emulator.world import Colleague, Group, Line, Listener, Resident

log = logging.getLogger(__name__)

STATIC = Path(__file__).with_name("static")
LINES_SHOWN = 200  # of each chat; a long demo must not make every update heavy
LONGEST_TEXT = 600  # characters
LARGEST_PICTURE = 3 * 1024 * 1024  # bytes; the page shrinks what people choose before it sends it
SHORTEST_PAUSE = 0.1  # seconds between two updates of a tab
IDLE_PAUSE = 2.0  # seconds after which the clock and the ledger are looked at again without being called
SILENT_VOICE = b"#!AMR\n" + b"\x7c" * 50  # one second of AMR frames that carry no sound (RFC 4867, frame type 15)
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


# What the page asks of the others.


@dataclass(frozen=True, slots=True)
class LaneCard:
    """A lane as its QR sign shows it. `scene` is what the code carries; the point (GCJ-02) is missing if unknown."""

    code: str
    name: str
    village: str
    scene: str
    responsible: str  # name of the responsible member, "" if there is none
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One request in the ledger, in words for people; times are aware."""

    number: int
    type_name: str
    state_name: str
    lane_name: str
    holder_name: str
    first_responder: str
    level: int  # how far up the ladder it was told
    created_at: datetime
    due_at: datetime | None
    overdue: bool
    text: str  # a short piece of what was said


class Stage(Protocol):
    """What the demo lays under the platforms: the neighbourhood, the ledger, and time."""

    @property
    def account_name(self) -> str: ...  # the official account, as its name bar shows it
    @property
    def robot_name(self) -> str: ...  # the smart robot, as people mention it
    @property
    def secretary(self) -> str: ...  # WeCom userid
    @property
    def zone(self) -> tzinfo: ...
    def lanes(self) -> Sequence[LaneCard]: ...
    async def ledger(self) -> Sequence[LedgerRow]: ...
    async def push_clock(self, minutes: int) -> None: ...
    async def push_to(self, hour: int, minute: int) -> None: ...
    async def send_digest(self) -> None: ...


class Faults(Protocol):
    """What can be made to go wrong on one platform."""

    api_down: bool


class WeChatScreen(Protocol):
    """The part of the emulated WeChat that a resident's thumb reaches. Answers are the lines that were added."""

    residents: dict[str, Resident]
    menu: list[dict[str, Any]]  # as menu/create takes it (fact sheet C10)

    @property
    def faults(self) -> Faults: ...
    def add_resident(self, name: str) -> Resident: ...
    async def follow(self, openid: str, scene: str | None = None) -> list[Line]: ...
    async def scan(self, openid: str, scene: str) -> list[Line]: ...
    async def unfollow(self, openid: str) -> list[Line]: ...
    async def say(self, openid: str, text: str, *, menu_id: str = "") -> list[Line]: ...
    async def tap(self, openid: str, line_id: int, index: int) -> list[Line]: ...
    async def click_menu(self, openid: str, key: str) -> list[Line]: ...
    async def send_image(self, openid: str, data: bytes, content_type: str = ...) -> list[Line]: ...
    async def send_voice(self, openid: str, data: bytes, recognition: str = "") -> list[Line]: ...
    async def send_location(self, openid: str, lat: float, lng: float, label: str) -> list[Line]: ...
    def media(self, key: str) -> tuple[bytes, str]: ...


class WeComScreen(Protocol):
    """The part of the emulated WeCom that a colleague's thumb reaches."""

    members: dict[str, Colleague]
    groups: dict[str, Group]

    @property
    def faults(self) -> Faults: ...
    async def say(
        self,
        userid: str,
        text: str,
        *,
        chatid: str | None = None,
        quote: int | None = None,
        mention: bool | None = None,
    ) -> list[Line]: ...
    async def click(self, userid: str, line_id: int, key: str, chatid: str | None = None) -> list[Line]: ...
    async def open_chat(self, userid: str) -> bool: ...
    @property
    def is_connected(self) -> bool: ...
    async def kick(self) -> None: ...


class Screens(Protocol):
    """Both platforms, their clock, and whom to call when something on a screen has changed."""

    @property
    def wechat(self) -> WeChatScreen: ...
    @property
    def wecom(self) -> WeComScreen: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def listeners(self) -> list[Listener]: ...


# What a browser may send.


class Oops(Exception):
    """Something the person at the browser can put right; `sentence` is what he reads."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Nothing(Body):
    pass


class NewResident(Body):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12)]


class OfResident(Body):
    openid: Short


class Scan(OfResident):
    scene: Short


class Say(OfResident):
    text: Text


class Tap(OfResident):
    line: int
    index: int = Limit(ge=0, le=99)


class Menu(OfResident):
    key: Annotated[str, StringConstraints(min_length=1, max_length=1024)]


class Voice(OfResident):
    words: Text
    recognised: bool


class Place(OfResident):
    lane: Short


class OfColleague(Body):
    userid: Short


class Talk(Body):
    userid: Short
    chatid: Short | None = None
    text: Text
    quote: int | None = None
    mention: bool | None = None  # null: only if the text has the @


class Click(Body):
    userid: Short
    chatid: Short | None = None
    line: int
    key: Annotated[str, StringConstraints(min_length=1, max_length=1024)]


class Fault(Body):
    platform: Literal["wechat", "wecom"]
    down: bool


class Push(Body):
    minutes: int = Limit(ge=1, le=7 * 24 * 60)


class PushTo(Body):
    hour: int = Limit(ge=0, le=23)
    minute: int = Limit(ge=0, le=59)


B = TypeVar("B", bound=Body)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def check_same_origin(request: web.Request) -> None:
    """Refuse what another site makes a browser send (Fetch Metadata; Origin for browsers without it)."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin") or (origin is not None and origin.partition("://")[2] != request.host):
        raise Oops(403, "只能在演示页面里操作")


async def read_body(request: web.Request, model: type[B]) -> B:
    if request.content_type != "application/json":
        raise Oops(415, "这里只收 JSON")
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        raise Oops(400, explain(error)) from error


def explain(error: ValidationError) -> str:
    """The first thing wrong with the input, as a sentence."""
    first = error.errors()[0]
    match first["type"]:
        case "string_too_long":
            return f"太长了，最多 {first['ctx']['max_length']} 个字"
        case "string_too_short":
            return "还没有写内容"
        case "json_invalid":
            return "内容不是 JSON"
    return f"这一项不对：{'.'.join(str(part) for part in first['loc']) or '内容'}"


async def read_picture(request: web.Request) -> tuple[bytes, str]:
    """The picture in the body and its true type; what it says of itself is not believed."""
    if (request.content_length or 0) > LARGEST_PICTURE:
        raise Oops(413, "图片太大了，最多 3 MB")
    data = await request.content.read(LARGEST_PICTURE + 1)
    while len(data) <= LARGEST_PICTURE and (more := await request.content.read(LARGEST_PICTURE + 1)):
        data += more
    if len(data) > LARGEST_PICTURE:
        raise Oops(413, "图片太大了，最多 3 MB")
    for start, content_type in PICTURES.items():
        if data.startswith(start):
            return data, content_type
    raise Oops(415, "只能发 PNG 或 JPEG 图片")


# What a browser is shown.


def show_line(line: Line, zone: tzinfo) -> dict[str, Any]:
    return {
        "id": line.id,
        "at": wall(line.at, zone),
        "sender": line.sender,
        "kind": line.kind,
        "text": line.text,
        "via": line.via,
        "options": [{"label": label, "text": text, "id": key} for label, text, key in line.options],
        "links": [{"label": label, "url": address} for label, address in line.links],
        "media": line.media,
        "quoted": line.quoted,
        "delivered": line.delivered,
    }


def show_chat(chat: Sequence[Line], zone: tzinfo) -> list[dict[str, Any]]:
    return [show_line(line, zone) for line in chat[-LINES_SHOWN:]]


def show_lane(lane: LaneCard) -> dict[str, Any]:
    return {
        "code": lane.code,
        "name": lane.name,
        "village": lane.village,
        "scene": lane.scene,
        "responsible": lane.responsible,
        "point": lane.latitude is not None and lane.longitude is not None,
    }


def show_row(row: LedgerRow, zone: tzinfo) -> dict[str, Any]:
    return {
        "number": row.number,
        "type": row.type_name,
        "state": row.state_name,
        "lane": row.lane_name,
        "holder": row.holder_name,
        "first_responder": row.first_responder,
        "level": row.level,
        "created_at": wall(row.created_at, zone),
        "due_at": wall(row.due_at, zone) if row.due_at else None,
        "overdue": row.overdue,
        "text": row.text,
    }


def show_menu(menu: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The account's buttons; those with a menu of their own carry it in `items`."""
    return [
        {
            "name": str(button.get("name", "")),
            "key": str(button.get("key") or ""),
            "url": str(button.get("url") or ""),
            "items": show_menu(button.get("sub_button") or ()),
        }
        for button in menu
    ]


def menu_keys(menu: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The key of every button that sends a click, of both levels."""
    for button in menu:
        if button.get("key"):
            yield str(button["key"])
        yield from menu_keys(button.get("sub_button") or ())


def wall(moment: datetime, zone: tzinfo) -> str:
    """The local time as ISO 8601 to the minute, without an offset: the page shows it as it stands."""
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


class Feed:
    """Renders the world once for all open tabs and wakes them, at most ten times a second; without a tab, never."""

    def __init__(self, render: Callable[[], Awaitable[str]]) -> None:
        self._render = render
        self._changed = asyncio.Event()
        self._tabs: dict[web.WebSocketResponse, asyncio.Event] = {}
        self._latest = ""

    @property
    def tabs(self) -> int:
        """How many tabs are open."""
        return len(self._tabs)

    def call(self) -> None:
        """Say that something changed; many calls make one update."""
        self._changed.set()

    async def run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), IDLE_PAUSE if self._tabs else None)
            self._changed.clear()
            if self._tabs:
                await self._update()
            await asyncio.sleep(SHORTEST_PAUSE)

    async def _update(self) -> None:
        try:
            fresh = await self._render()
        except Exception:  # one bad moment must not freeze the page for good
            log.exception("the demo page could not be drawn")
            return
        if fresh != self._latest:
            self._latest = fresh
            for wake in self._tabs.values():
                wake.set()

    async def serve(self, tab: web.WebSocketResponse) -> None:
        """Keep one tab up to date until it closes."""
        wake = self._tabs[tab] = asyncio.Event()
        sender = asyncio.create_task(self._send(tab, wake))
        try:
            async for _ in tab:  # a tab says nothing; its closing ends the loop
                pass
        finally:
            del self._tabs[tab]
            sender.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await sender

    async def _send(self, tab: web.WebSocketResponse, wake: asyncio.Event) -> None:
        await tab.send_str(await self._render())
        while not tab.closed:
            await wake.wait()
            wake.clear()
            await tab.send_str(self._latest)

    async def close(self) -> None:
        for tab in list(self._tabs):
            await tab.close(code=1001)


class Page:
    """Routes and actions of the page. Every action answers `{"ok": true}` or `{"error": sentence}`."""

    def __init__(self, platforms: Screens, stage: Stage) -> None:
        self.platforms = platforms
        self.stage = stage
        self.feed = Feed(self.render)
        self._time_moves = asyncio.Lock()

    def routes(self, prefix: str) -> list[web.RouteDef]:
        actions = (
            self._action("resident", NewResident, self.add_resident),
            self._action("unfollow", OfResident, self.unfollow),
            self._action("scan", Scan, self.scan),
            self._action("say", Say, self.say),
            self._action("tap", Tap, self.tap),
            self._action("menu", Menu, self.click_menu),
            self._action("voice", Voice, self.send_voice),
            self._action("location", Place, self.send_location),
            self._action("open", OfColleague, self.open_chat),
            self._action("talk", Talk, self.talk),
            self._action("click", Click, self.click),
            self._action("kick", Nothing, self.kick),
            self._action("fault", Fault, self.set_fault),
            self._action("clock/push", Push, self.push_clock),
            self._action("clock/to", PushTo, self.push_to),
            self._action("digest", Nothing, self.send_digest),
        )
        return [
            web.get(f"{prefix}/", self.show_page),
            web.get(f"{prefix}/demo/static/{{name}}", self.show_file),
            web.get(f"{prefix}/demo/state", guarded(self.show_state)),
            web.get(f"{prefix}/demo/live", guarded(self.show_live)),
            web.get(f"{prefix}/demo/media/{{key}}", guarded(self.show_media)),
            web.post(f"{prefix}/demo/image/{{openid}}", guarded(self.send_image)),
            *(web.post(f"{prefix}/demo/{name}", handler) for name, handler in actions),
        ]

    def _action(
        self, name: str, model: type[B], do: Callable[[B], Awaitable[Mapping[str, Any] | None]]
    ) -> tuple[str, Handler]:
        async def handle(request: web.Request) -> web.StreamResponse:
            check_same_origin(request)
            more = await do(await read_body(request, model))
            self.feed.call()
            return answer({"ok": True, **(more or {})})

        return name, guarded(handle)

    # Looking

    async def show_page(self, request: web.Request) -> web.StreamResponse:
        return send_file("index.html")

    async def show_file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in {path.name for path in STATIC.iterdir()}:
            raise web.HTTPNotFound
        return send_file(name)

    async def show_state(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=await self.render(), content_type="application/json", headers=HEADERS)

    async def show_live(self, request: web.Request) -> web.StreamResponse:
        check_same_origin(request)
        tab = web.WebSocketResponse(heartbeat=20, compress=False)
        await tab.prepare(request)
        await self.feed.serve(tab)
        return tab

    async def show_media(self, request: web.Request) -> web.StreamResponse:
        try:
            data, content_type = self.platforms.wechat.media(request.match_info["key"])
        except LookupError as error:
            raise Oops(404, "这张图片已经不在了") from error
        if content_type not in PICTURES.values():
            content_type = "application/octet-stream"
        return web.Response(body=data, content_type=content_type, headers=HEADERS)

    async def render(self) -> str:
        """All that the screens show, as JSON."""
        return json.dumps(
            {
                **self._surroundings(),
                **self._chats(),
                "lanes": [show_lane(lane) for lane in self.stage.lanes()],
                "ledger": [show_row(row, self.stage.zone) for row in await self.stage.ledger()],
            },
            ensure_ascii=False,
        )

    def _surroundings(self) -> dict[str, Any]:
        now = self.platforms.clock.now().astimezone(self.stage.zone)
        return {
            "account": self.stage.account_name,
            "robot": self.stage.robot_name,
            "secretary": self.stage.secretary,
            "now": wall(now, self.stage.zone),
            "weekday": WEEKDAYS[now.weekday()],
            "connected": self.platforms.wecom.is_connected,
            "menu": show_menu(self.platforms.wechat.menu),
            "time_moves": self._time_moves.locked(),
            "faults": {
                "wechat": self.platforms.wechat.faults.api_down,
                "wecom": self.platforms.wecom.faults.api_down,
            },
        }

    def _chats(self) -> dict[str, Any]:
        zone = self.stage.zone
        wechat, wecom = self.platforms.wechat, self.platforms.wecom
        return {
            "residents": [
                {"openid": r.openid, "name": r.name, "follows": r.follows, "chat": show_chat(r.chat, zone)}
                for r in wechat.residents.values()
            ],
            "members": [
                {"userid": m.userid, "name": m.name, "chat": show_chat(m.chat, zone)} for m in wecom.members.values()
            ],
            "groups": [
                {"chatid": g.chatid, "name": g.name, "members": list(g.members), "chat": show_chat(g.chat, zone)}
                for g in wecom.groups.values()
            ],
        }

    # The resident's phone

    def _resident(self, openid: str, *, following: bool = True) -> Resident:
        resident = self.platforms.wechat.residents.get(openid)
        if resident is None:
            raise Oops(404, "没有这位居民")
        if following and not resident.follows:
            raise Oops(409, "还没有关注公众号，请先扫胡同的二维码")
        return resident

    async def add_resident(self, body: NewResident) -> Mapping[str, Any]:
        if any(one.name == body.name for one in self.platforms.wechat.residents.values()):
            raise Oops(409, "已经有一位同名的居民了，换个名字吧")
        return {"openid": self.platforms.wechat.add_resident(body.name).openid}

    async def scan(self, body: Scan) -> None:
        """A first scan follows the account; later ones are plain scans (fact sheet A4)."""
        resident = self._resident(body.openid, following=False)
        if body.scene not in {lane.scene for lane in self.stage.lanes()}:
            raise Oops(404, "没有这条胡同")
        if resident.follows:
            await self.platforms.wechat.scan(body.openid, body.scene)
        else:
            await self.platforms.wechat.follow(body.openid, body.scene)

    async def unfollow(self, body: OfResident) -> None:
        await self.platforms.wechat.unfollow(self._resident(body.openid).openid)

    async def say(self, body: Say) -> None:
        await self.platforms.wechat.say(self._resident(body.openid).openid, body.text)

    async def tap(self, body: Tap) -> None:
        line = find_line(self._resident(body.openid).chat, body.line)
        if body.index >= len(line.options):
            raise Oops(404, "没有这个选项")
        await self.platforms.wechat.tap(body.openid, body.line, body.index)

    async def click_menu(self, body: Menu) -> None:
        if body.key not in set(menu_keys(self.platforms.wechat.menu)):
            raise Oops(404, "菜单里没有这一项")
        await self.platforms.wechat.click_menu(self._resident(body.openid).openid, body.key)

    async def send_image(self, request: web.Request) -> web.StreamResponse:
        check_same_origin(request)
        resident = self._resident(request.match_info["openid"])
        data, content_type = await read_picture(request)
        await self.platforms.wechat.send_image(resident.openid, data, content_type)
        self.feed.call()
        return answer({"ok": True})

    async def send_voice(self, body: Voice) -> None:
        """The words reach the desk only if WeChat recognised them; else it gets a sound it cannot read."""
        recognition = body.words if body.recognised else ""
        await self.platforms.wechat.send_voice(self._resident(body.openid).openid, SILENT_VOICE, recognition)

    async def send_location(self, body: Place) -> None:
        resident = self._resident(body.openid)
        for lane in self.stage.lanes():
            if lane.code == body.lane and lane.latitude is not None and lane.longitude is not None:
                await self.platforms.wechat.send_location(resident.openid, lane.latitude, lane.longitude, lane.name)
                return
        raise Oops(404, "这条胡同没有登记位置")

    # WeCom

    def _room(self, userid: str, chatid: str | None) -> list[Line]:
        """The chat in which this colleague speaks."""
        colleague = self.platforms.wecom.members.get(userid)
        if colleague is None:
            raise Oops(404, "企业微信里没有这个人")
        if chatid is None:
            return colleague.chat
        group = self.platforms.wecom.groups.get(chatid)
        if group is None:
            raise Oops(404, "没有这个群")
        if group.members and userid not in group.members:
            raise Oops(409, f"{colleague.name}不在这个群里")
        return group.chat

    async def open_chat(self, body: OfColleague) -> None:
        """Somebody looks into the talk with the robot; the platform tells the robot once a day."""
        self._room(body.userid, None)
        await self.platforms.wecom.open_chat(body.userid)

    async def talk(self, body: Talk) -> None:
        room = self._room(body.userid, body.chatid)
        if body.quote is not None:
            find_line(room, body.quote)
        await self.platforms.wecom.say(
            body.userid, body.text, chatid=body.chatid, quote=body.quote, mention=body.mention
        )

    async def click(self, body: Click) -> None:
        line = find_line(self._room(body.userid, body.chatid), body.line)
        if body.key not in {key for _, _, key in line.options}:
            raise Oops(404, "没有这个按钮")
        await self.platforms.wecom.click(body.userid, body.line, body.key, chatid=body.chatid)

    # The secretary's desk

    async def kick(self, body: Nothing) -> None:
        await self.platforms.wecom.kick()

    async def set_fault(self, body: Fault) -> None:
        side = self.platforms.wechat if body.platform == "wechat" else self.platforms.wecom
        side.faults.api_down = body.down

    async def push_clock(self, body: Push) -> None:
        async with self._moving_time():
            await self.stage.push_clock(body.minutes)

    async def push_to(self, body: PushTo) -> None:
        async with self._moving_time():
            await self.stage.push_to(body.hour, body.minute)

    @contextlib.asynccontextmanager
    async def _moving_time(self) -> AsyncIterator[None]:
        if self._time_moves.locked():
            raise Oops(409, "时间正在往前走，请稍等一下")
        async with self._time_moves:
            self.feed.call()
            yield

    async def send_digest(self, body: Nothing) -> None:
        await self.stage.send_digest()


def find_line(chat: Sequence[Line], line_id: int) -> Line:
    for line in reversed(chat):
        if line.id == line_id:
            return line
    raise Oops(404, "没有这条消息")


def answer(body: Mapping[str, Any], status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers={**HEADERS, "Cache-Control": "no-store"})


def send_file(name: str) -> web.FileResponse:
    return web.FileResponse(STATIC / name, headers={**HEADERS, "Content-Type": TYPES[Path(name).suffix]})


def guarded(handler: Handler) -> Handler:
    """Answer what the person can put right with its sentence; everything else stays a bug and is logged as one."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Oops as error:
            return answer({"error": error.sentence}, error.status)

    return handle


def add_page(app: web.Application, platforms: Screens, stage: Stage, prefix: str = "") -> None:
    """Put the page at `{prefix}/` and its JSON under `{prefix}/demo/`. `app` must not have started yet."""
    page = Page(platforms, stage)

    async def keep_alive(_: web.Application) -> AsyncIterator[None]:
        platforms.listeners.append(page.feed.call)
        drawing = asyncio.create_task(page.feed.run())
        yield
        drawing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await drawing
        platforms.listeners.remove(page.feed.call)

    async def close_tabs(_: web.Application) -> None:
        await page.feed.close()

    app.add_routes(page.routes(prefix))
    app.cleanup_ctx.append(keep_alive)
    app.on_shutdown.append(close_tabs)
