"""The official account's API as a server: api.weixin.qq.com and the QR picture of mp.weixin.qq.com (C, E2)."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import segno
from aiohttp import web

from bot.emulator.credentials import dice, letters
from bot.emulator.faults import drop, trouble
from bot.emulator.ledger import ApiError, Daily
from bot.emulator.screen import read_upload, roomy
from bot.emulator.templates import check_menu, fit_fields

if TYPE_CHECKING:
    from bot.emulator.wechat import WeChat

TEXT_LIMIT = 2048  # bytes
TYPING_WINDOW = timedelta(seconds=30)
DUPLICATE_WINDOW = timedelta(seconds=60)
SIZES = {"image": 10_000_000, "voice": 2_000_000, "video": 10_000_000, "thumb": 64_000}
STARTS: dict[str, tuple[bytes, ...]] = {
    "image": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    "voice": (b"#!AMR", b"ID3", b"\xff\xfb", b"\xff\xf3"),
    "thumb": (b"\xff\xd8\xff",),
}
_ESCAPED = re.compile(rb"(?<!\\)\\u(?!00[0-7])([0-9a-fA-F]{4})")
REASONS = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40003: "invalid openid",
    40007: "invalid media_id",
    40008: "invalid message type",
    40037: "invalid template_id",
    40053: "invalid action info",
    43004: "require subscribe",
    43019: "user in blacklist",
    44003: "empty news data",
    44004: "empty content",
    45002: "content size out of limit",
    45008: "article size out of limit",
    45009: "reach max api daily quota limit",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    45072: "invalid command",
    45080: "user no recent interaction",
    45081: "already typing",
    46003: "menu no exist",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A message the API accepted. `via` is custom or template; `cut` names template fields that lost something."""

    openid: str
    via: str
    kind: str
    text: str
    at: datetime
    body: Mapping[str, Any] = field(repr=False)
    cut: tuple[str, ...] = ()


@dataclass(slots=True)
class Call:
    """One API call. `body` is the JSON of a POST."""

    request: web.Request
    now: datetime
    body: dict[str, Any] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """A field of the body as text."""
        return str(self.body.get(name) or "")

    def asked(self, name: str) -> str:
        """A field of the query."""
        return self.request.query.get(name, "")

    def part(self, name: str) -> dict[str, Any]:
        """A table of the body; empty if it is missing."""
        value = self.body.get(name)
        return value if isinstance(value, dict) else {}


Answer = dict[str, Any] | web.Response
Handler = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    handler: Handler
    daily: int = 1_000_000
    needs_token: bool = True
    has_json: bool = True


def refuse(code: int) -> ApiError:
    return ApiError(code, REASONS.get(code, "error"))


class Api:
    """Every call answers HTTP 200 with an errcode, unless a fault says otherwise."""

    def __init__(self, wechat: WeChat) -> None:
        self.wechat = wechat
        self.calls: Counter[str] = Counter()
        self.daily = Daily()
        self.clears: Counter[str] = Counter()
        self._chance = dice("api", wechat.credentials.app_id)
        self._typing: dict[str, datetime] = {}
        self._templates_sent: dict[str, datetime] = {}
        self._message_id = self._chance.randrange(10**9, 10**10)
        self.routes = self._routes()

    def add_routes(self, app: web.Application, prefix: str) -> None:
        self._prefix = prefix
        for path, route in self.routes.items():
            app.router.add_route("*", f"{prefix}/cgi-bin/{path}", self._served(path, route))
        app.router.add_get(f"{prefix}/cgi-bin/showqrcode", self._show_qrcode)
        app.router.add_get(f"{prefix}/picture/{{key}}", self._show_picture)

    def _routes(self) -> dict[str, Route]:
        return {
            "token": Route("GET", self._token, needs_token=False),
            "stable_token": Route("POST", self._stable_token, needs_token=False),
            "message/custom/send": Route("POST", self._custom_send, 500_000),
            "message/custom/typing": Route("POST", self._custom_typing),
            "message/template/send": Route("POST", self._template_send, 100_000),
            "media/upload": Route("POST", self._media_upload, 100_000, has_json=False),
            "media/get": Route("GET", self._media_get, 200_000),
            "qrcode/create": Route("POST", self._qrcode_create, 100_000),
            "user/info": Route("GET", self._user_info, 5_000_000),
            "menu/create": Route("POST", self._menu_create, 1000),
            "menu/get": Route("GET", self._menu_get, 10_000),
            "menu/delete": Route("GET", self._menu_delete, 1000),
            "get_current_selfmenu_info": Route("GET", self._menu_current, 10_000),
            "getcallbackip": Route("GET", self._addresses),
            "get_api_domain_ip": Route("GET", self._addresses),
            "clear_quota": Route("POST", self._clear_quota),
        }

    # How a call goes.

    def _served(self, path: str, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            faults = self.wechat.faults
            early = await trouble(request, faults)
            if early is not None:
                return early
            self.calls[path] += 1
            self.wechat.base_url = self.wechat.base_url or f"{request.url.origin()}{self._prefix}"
            answer = await self._answer(path, route, request)
            if faults.take("lose_answer_next"):
                raise drop(request)
            if faults.take("late_answer_next"):
                raise web.HTTPGatewayTimeout
            return answer if isinstance(answer, web.Response) else _as_json(answer, path)

        return serve

    async def _answer(self, path: str, route: Route, request: web.Request) -> Answer:
        try:
            self._check(path, route, request)
            call = Call(request, self.wechat.clock.now())
            if route.method == "POST" and route.has_json:
                call.body = read_json(await roomy(request).read())
            return await route.handler(call)
        except ApiError as error:
            return {"errcode": error.code, "errmsg": f"{error.text} rid: {self._rid()}"}

    def _check(self, path: str, route: Route, request: web.Request) -> None:
        now, faults = self.wechat.clock.now(), self.wechat.faults
        if request.method != route.method:
            raise ApiError(43002 if route.method == "POST" else 43001, f"require {route.method} method")
        if code := faults.code():
            raise refuse(code)
        if not route.needs_token and faults.ip_not_allowed:
            raise ApiError(40164, "invalid ip 192.0.2.1 ipv6 ::ffff:192.0.2.1, not in whitelist")
        if route.needs_token:
            if faults.take("invalid_token_once"):
                raise refuse(40001)
            self.wechat.tokens.check(request.query.get("access_token", ""), now)
        if self.daily.count(path, now) > route.daily:
            raise refuse(45009)

    def _rid(self) -> str:
        return "-".join(letters(self._chance, 8, "0123456789abcdef") for _ in range(3))

    # Tokens.

    async def _token(self, call: Call) -> Answer:
        tokens = self.wechat.tokens
        tokens.check_caller(call.asked("appid"), call.asked("secret"), call.asked("grant_type"))
        value, seconds = tokens.fetch(call.now)
        return {"access_token": value, "expires_in": seconds}

    async def _stable_token(self, call: Call) -> Answer:
        tokens = self.wechat.tokens
        tokens.check_caller(call.word("appid"), call.word("secret"), call.word("grant_type"))
        value, seconds = tokens.fetch_stable(call.now, force=call.body.get("force_refresh") is True)
        return {"access_token": value, "expires_in": seconds}

    # Messages.

    async def _custom_send(self, call: Call) -> Answer:
        openid, kind = self._receiver(call), call.word("msgtype")
        text, more = self._payload(kind, call)
        code = self.wechat.ledger.check(openid, call.now)
        if code:
            self.wechat.ledger_refusals[code] += 1
            raise refuse(code)
        self.wechat.ledger.spend(openid, call.now)
        self._typing.pop(openid, None)
        self.wechat.sent.append(Sent(openid, "custom", kind, text, call.now, call.body))
        if kind == "text":
            self.wechat.show_words(openid, text, "custom")
        else:
            self.wechat.show(openid, _line_kind(kind), text, "custom", **more)
        return {"errcode": 0, "errmsg": "ok"}

    def _receiver(self, call: Call) -> str:
        openid = call.word("touser")
        if openid not in self.wechat.residents:
            raise refuse(40003)
        if openid in self.wechat.blacklist:
            raise refuse(43019)
        return openid

    def _payload(self, kind: str, call: Call) -> tuple[str, dict[str, Any]]:
        """The words of a message and what else its line shows. Raises ApiError for what is wrong with it."""
        if kind in {"image", "voice", "video"}:
            return "", {"media": self._fresh(call.part(kind).get("media_id"))}
        if kind == "news":
            return _news(call.part("news").get("articles"))
        if kind == "msgmenu":
            return _choices(call.part("msgmenu"))
        if kind != "text":
            raise refuse(40008)
        text = str(call.part("text").get("content") or "")
        if not text:
            raise refuse(44004)
        return _not_too_long(text), {}

    def _fresh(self, media_id: Any) -> str:
        media = self.wechat.screen.media.fresh(media_id)
        if media is None:
            raise refuse(40007)
        return media.id

    async def _custom_typing(self, call: Call) -> Answer:
        openid, command = self._receiver(call), call.word("command")
        if command not in {"Typing", "CancelTyping"}:
            raise refuse(45072)
        touched = self.wechat.last_touch.get(openid)
        if touched is None or call.now - touched > TYPING_WINDOW:
            raise refuse(45080)
        if command == "CancelTyping":
            self._typing.pop(openid, None)
        elif openid in self._typing and call.now - self._typing[openid] < TYPING_WINDOW:
            raise refuse(45081)
        else:
            self._typing[openid] = call.now
        return {"errcode": 0, "errmsg": "ok"}

    async def _template_send(self, call: Call) -> Answer:
        openid, template = self._receiver(call), call.word("template_id")
        self._check_template(openid, template)
        shown, cut = fit_fields(call.part("data"), self.wechat.templates.get(template, ()))
        self._check_repeated(call)
        text = "\n".join(shown.values())
        blocked = openid in self.wechat.template_blockers
        status = "failed:user block" if blocked else self.wechat.faults.template_status
        self.wechat.sent.append(Sent(openid, "template", "template", text, call.now, call.body, cut))
        if status == "success":
            links = (("查看详情", call.word("url")),) if call.word("url") else ()
            self.wechat.show(openid, "template", text, "template", links=links)
        self._message_id += 1
        self.wechat.errands.start(self.wechat.report_template(openid, self._message_id, status))
        return {"errcode": 0, "errmsg": "ok", "msgid": self._message_id}

    def _check_template(self, openid: str, template: str) -> None:
        known = self.wechat.templates
        if (known and template not in known) or not (known or template.startswith("TM")):
            raise refuse(40037)
        if not self.wechat.residents[openid].follows:
            raise refuse(43004)

    def _check_repeated(self, call: Call) -> None:
        """The same message within a minute is refused (C5)."""
        same = call.word("client_msg_id") or json.dumps(
            [call.body.get(name) for name in ("touser", "template_id", "data")], sort_keys=True
        )
        before = self._templates_sent.get(same)
        if before is not None and call.now - before < DUPLICATE_WINDOW:
            raise ApiError(40241, "duplicate client_msg_id or content")
        self._templates_sent[same] = call.now

    # Media, codes, people, menu.

    async def _media_upload(self, call: Call) -> Answer:
        kind = call.asked("type")
        if kind not in SIZES:
            raise ApiError(40004, "invalid media type")
        part = await read_upload(call.request)
        if part is None:
            raise ApiError(41005, "media data missing")
        content, content_type = part
        _check_media(kind, content)
        media = self.wechat.screen.media.keep(kind, content, content_type)
        name = "thumb_media_id" if kind == "thumb" else "media_id"
        return {"type": kind, name: media.id, "created_at": int(call.now.timestamp())}

    async def _media_get(self, call: Call) -> Answer:
        media = self.wechat.screen.media.fresh(call.asked("media_id"))
        if media is None:
            raise refuse(40007)
        if media.kind == "video":
            return {"video_url": f"{self.wechat.base_url}/picture/{media.id}"}
        name = f"{media.id[:12]}.{media.content_type.partition('/')[2]}"
        headers = {"Content-disposition": f'attachment; filename="{name}"'}
        return web.Response(body=media.content, content_type=media.content_type, headers=headers)

    async def _qrcode_create(self, call: Call) -> Answer:
        scene = _scene_of(call.word("action_name"), call.part("action_info").get("scene"))
        ticket = letters(self._chance, 94) + "=="
        self.wechat.scenes[ticket] = scene
        answer: dict[str, Any] = {"ticket": ticket, "url": _code_url(scene)}
        if "LIMIT" not in call.word("action_name"):
            answer["expire_seconds"] = min(int(call.body.get("expire_seconds") or 60), 2_592_000)
        return answer

    async def _user_info(self, call: Call) -> Answer:
        openid = call.asked("openid")
        resident = self.wechat.residents.get(openid)
        if resident is None:
            raise refuse(40003)
        if not resident.follows:
            return {"subscribe": 0, "openid": openid}
        at, scene = self.wechat.follow_notes.get(openid, (call.now, ""))
        return {
            "subscribe": 1,
            "openid": openid,
            "language": "zh_CN",
            "subscribe_time": int(at.timestamp()),
            "remark": "",
            "groupid": 0,
            "tagid_list": [],
            "subscribe_scene": "ADD_SCENE_QR_CODE" if scene else "ADD_SCENE_SEARCH",
            "qr_scene": 0,
            "qr_scene_str": scene,
        }

    async def _menu_create(self, call: Call) -> Answer:
        check_menu(call.body.get("button"))
        self.wechat.menu = call.body["button"]
        self.wechat.screen.changed()
        return {"errcode": 0, "errmsg": "ok"}

    async def _menu_get(self, call: Call) -> Answer:
        if not self.wechat.menu:
            raise refuse(46003)
        return {"menu": {"button": self.wechat.menu}}

    async def _menu_delete(self, call: Call) -> Answer:
        self.wechat.menu = []
        self.wechat.screen.changed()
        return {"errcode": 0, "errmsg": "ok"}

    async def _menu_current(self, call: Call) -> Answer:
        """The same menu in another dress: sub buttons stand in a list of their own."""
        buttons = [
            button | {"sub_button": {"list": button["sub_button"]}} if button.get("sub_button") else button
            for button in self.wechat.menu
        ]
        return {"is_menu_open": int(bool(buttons)), "selfmenu_info": {"button": buttons}}

    async def _addresses(self, call: Call) -> Answer:
        return {"ip_list": ["127.0.0.1/32", "192.0.2.0/24"]}

    async def _clear_quota(self, call: Call) -> Answer:
        if call.word("appid") != self.wechat.credentials.app_id:
            raise ApiError(40013, "invalid appid")
        month = f"{call.now:%Y-%m}"
        self.clears[month] += 1
        if self.clears[month] > 10:
            raise ApiError(48006, "forbid to clear quota because of reaching the limit")
        self.daily.clear()
        self.wechat.tokens.daily.clear()
        return {"errcode": 0, "errmsg": "ok"}

    async def _show_qrcode(self, request: web.Request) -> web.StreamResponse:
        scene = self.wechat.scenes.get(request.query.get("ticket", ""))
        if scene is None:
            raise web.HTTPNotFound
        picture = io.BytesIO()
        segno.make(_code_url(scene), error="m").save(picture, kind="png", scale=8)
        return web.Response(body=picture.getvalue(), content_type="image/png")

    async def _show_picture(self, request: web.Request) -> web.StreamResponse:
        try:
            media = self.wechat.screen.media.get(request.match_info["key"])
        except LookupError:
            raise web.HTTPNotFound from None
        return web.Response(body=media.content, content_type=media.content_type)


def read_json(raw: bytes) -> dict[str, Any]:
    r"""The body of a POST. Chinese written as \uXXXX stays so on the resident's screen (fact sheet C)."""
    if not raw:
        raise ApiError(44002, "empty post data")
    try:
        body = json.loads(_ESCAPED.sub(rb"\\\\u\1", raw))
    except ValueError:
        raise ApiError(47001, "data format error") from None
    if not isinstance(body, dict):
        raise ApiError(47001, "data format error")
    return body


def _as_json(answer: dict[str, Any], path: str) -> web.Response:
    """api.weixin.qq.com does not care much for content types (fact sheet F7)."""
    text = json.dumps(answer, ensure_ascii=False)
    if path.endswith("token"):
        return web.Response(body=text.encode(), headers={"Content-Type": "application/json; encoding=utf-8"})
    return web.Response(text=text, content_type="text/plain")


def _line_kind(kind: str) -> str:
    return {"news": "card", "msgmenu": "text"}.get(kind, kind)


def _not_too_long(text: str) -> str:
    if len(text.encode()) > TEXT_LIMIT:
        raise refuse(45002)
    return text


def _news(articles: Any) -> tuple[str, dict[str, Any]]:
    if not isinstance(articles, list) or not articles:
        raise refuse(44003)
    if len(articles) > 1:
        raise refuse(45008)
    title, description, url = (str(articles[0].get(name) or "") for name in ("title", "description", "url"))
    return f"{title}\n{description}".strip(), {"links": ((title, url),)}


def _choices(menu: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    items = menu.get("list")
    if not isinstance(items, list) or not items:
        raise refuse(44004)
    options = tuple((str(one.get("content")), str(one.get("content")), str(one.get("id"))) for one in items)
    words = [menu.get("head_content"), *(label for label, _, _ in options), menu.get("tail_content")]
    return _not_too_long("\n".join(str(word) for word in words if word)), {"options": options}


def _check_media(kind: str, content: bytes) -> None:
    if not content:
        raise ApiError(44001, "empty media data")
    if len(content) > SIZES[kind]:
        raise ApiError(45001, "media size out of limit")
    if not content.startswith(STARTS.get(kind, (b"",))):
        raise ApiError(40005, "invalid file type")


def _scene_of(action: str, scene: Any) -> str:
    """Raises ApiError 40053 for what no code can carry (C7)."""
    if not isinstance(scene, dict):
        raise refuse(40053)
    number, words = scene.get("scene_id"), scene.get("scene_str")
    top = 100_000 if action == "QR_LIMIT_SCENE" else 2**32 - 1
    if action in {"QR_SCENE", "QR_LIMIT_SCENE"} and isinstance(number, int) and 1 <= number <= top:
        return str(number)
    if action in {"QR_STR_SCENE", "QR_LIMIT_STR_SCENE"} and isinstance(words, str) and 1 <= len(words) <= 64:
        return words
    raise refuse(40053)


def _code_url(scene: str) -> str:
    return f"http://weixin.qq.com/q/{letters(dice('code', scene), 22)}?scene={scene}"
