"""The group's webhook robot: it speaks into one group and hears nothing (fact sheet D5, E3.9)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.emulator.cards import BadCard, check_card, face
from bot.emulator.faults import drop, trouble
from bot.emulator.ledger import ApiError
from bot.emulator.screen import Rate, read_links, read_upload, roomy

if TYPE_CHECKING:
    from bot.emulator.wecom import WeCom
    from bot.emulator.world import Line

NAME = "群机器人"
A_MINUTE = 20
LIMITS = {"text": 2048, "markdown": 4096, "markdown_v2": 4096}  # bytes
PICTURE_BYTES, ARTICLES = 2_000_000, 8
MEDIA_SIZES = {"file": 20_000_000, "voice": 2_000_000}


class WebhookRobot:
    """`group` is the chatid of the group it was added to; without one it answers 93008."""

    def __init__(self, wecom: WeCom) -> None:
        self.wecom = wecom
        self.group = ""
        self.sent: list[Line] = []
        self.rate = Rate(A_MINUTE, timedelta(minutes=1))
        self._payloads: dict[str, Callable[[Any], dict[str, Any]]] = {
            "text": self._text,
            "markdown": lambda part: self._markdown(part, "markdown"),
            "markdown_v2": lambda part: self._markdown(part, "markdown_v2"),
            "image": self._image,
            "news": _news,
            "file": self._media,
            "voice": self._media,
            "template_card": _card,
        }

    def add_routes(self, app: web.Application, prefix: str) -> None:
        app.router.add_post(f"{prefix}/cgi-bin/webhook/send", self._send)
        app.router.add_post(f"{prefix}/cgi-bin/webhook/upload_media", self._upload)

    async def _send(self, request: web.Request) -> web.StreamResponse:
        return await self._answered(request, self._say)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await self._answered(request, self._keep)

    async def _answered(self, request: web.Request, work: Callable[[web.Request], Any]) -> web.StreamResponse:
        faults = self.wecom.faults
        early = await trouble(request, faults)
        if early is not None:
            return early
        try:
            self._check(request)
            answer = {"errcode": 0, "errmsg": "ok"} | (await work(request) or {})
        except ApiError as error:
            answer = {"errcode": error.code, "errmsg": self.wecom.hinted(error.code, error.text)}
        if faults.take("lose_answer_next"):
            raise drop(request)
        return web.json_response(answer)

    def _check(self, request: web.Request) -> None:
        if request.query.get("key", "") != self.wecom.credentials.webhook_key:
            raise ApiError(93000, "invalid webhook url")
        if code := self.wecom.faults.code():
            raise ApiError(code, "system error")
        if self.group not in self.wecom.groups:
            raise ApiError(93008, "robot is not in the chat")

    async def _say(self, request: web.Request) -> None:
        now = self.wecom.clock.now()
        if not self.rate.has_room(now):
            raise ApiError(45009, "api freq out of limit")
        self.rate.count(now)
        body = _read(await roomy(request).read())
        kind = str(body.get("msgtype"))
        if kind not in self._payloads:
            raise ApiError(40008, "invalid message type")
        part = body.get(kind)
        if not isinstance(part, dict):
            raise ApiError(40058, f"missing {kind}")
        line = {"kind": {"news": "card", "template_card": "card", "markdown_v2": "markdown"}.get(kind, kind)}
        chat = self.wecom.groups[self.group].chat
        self.sent.append(self.wecom.screen.show(chat, NAME, via="webhook", **line, **self._payloads[kind](part)))

    async def _keep(self, request: web.Request) -> dict[str, Any]:
        kind = request.query.get("type", "")
        if kind not in MEDIA_SIZES:
            raise ApiError(40004, "invalid media type")
        content, _ = await read_upload(request) or (b"", "")
        if not 5 <= len(content) <= MEDIA_SIZES[kind]:
            raise ApiError(40006, "invalid media size")
        media = self.wecom.screen.media.keep(f"webhook {kind}", content, "application/octet-stream")
        return {"type": kind, "media_id": media.id, "created_at": str(int(media.at.timestamp()))}

    # What each kind of message shows.

    def _text(self, part: dict[str, Any]) -> dict[str, Any]:
        content = _within(part.get("content"), "text")
        named = [self.wecom.name_of(str(one)) for one in part.get("mentioned_list") or ()]
        return {"text": " ".join([content, *(f"@{name}" for name in named)])}

    def _markdown(self, part: dict[str, Any], kind: str) -> dict[str, Any]:
        content = _within(part.get("content"), kind)
        return {"text": self.wecom.with_names(content) if kind == "markdown" else content}

    def _image(self, part: dict[str, Any]) -> dict[str, Any]:
        try:
            content = base64.b64decode(str(part.get("base64") or ""), validate=True)
        except binascii.Error:
            raise ApiError(40058, "invalid base64") from None
        if hashlib.md5(content, usedforsecurity=False).hexdigest() != part.get("md5"):
            raise ApiError(40058, "invalid md5")
        if len(content) > PICTURE_BYTES:
            raise ApiError(45001, "image size out of limit")
        if not content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            raise ApiError(40058, "invalid image type")
        kind = "image/png" if content.startswith(b"\x89") else "image/jpeg"
        return {"text": "", "media": self.wecom.screen.media.keep("image", content, kind).id}

    def _media(self, part: dict[str, Any]) -> dict[str, Any]:
        """Only what was uploaded for this robot."""
        media = self.wecom.screen.media.fresh(part.get("media_id"))
        if media is None or not media.kind.startswith("webhook"):
            raise ApiError(40007, "invalid media_id")
        return {"text": "", "media": media.id}


def _read(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        raise ApiError(47001, "data format error") from None
    if not isinstance(body, dict):
        raise ApiError(40058, "invalid Request Parameter")
    return body


def _within(content: Any, kind: str) -> str:
    if not content:
        raise ApiError(44004, "empty content")
    if len(str(content).encode()) > LIMITS[kind]:
        raise ApiError(45002 if kind == "text" else 40058, "content exceed max length")
    return str(content)


def _news(part: dict[str, Any]) -> dict[str, Any]:
    articles = part.get("articles")
    if not isinstance(articles, list) or not 1 <= len(articles) <= ARTICLES:
        raise ApiError(45008, "article size out of limit")
    if any(not one.get("title") or not one.get("url") for one in articles):
        raise ApiError(40058, "missing title or url")
    titles = [(str(one["title"]), str(one["url"])) for one in articles]
    return {"text": "\n".join(title for title, _ in titles), "links": tuple(titles)}


def _card(part: dict[str, Any]) -> dict[str, Any]:
    if part.get("card_type") not in {"text_notice", "news_notice"}:
        raise ApiError(40058, "invalid card_type")
    try:
        check_card(part)
    except BadCard as error:
        raise ApiError(40058, str(error)) from None
    shown = face(part)
    return {"text": read_links(shown.text).text, "links": shown.links}
