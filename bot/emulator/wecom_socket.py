"""One long connection of a smart robot, from its subscribe to its end (fact sheet D7, E3.4)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from aiohttp import WSMsgType, web

from bot.emulator.cards import BadCard, check_card, face
from bot.emulator.credentials import uuid
from bot.emulator.ledger import ApiError
from bot.emulator.world import Line

if TYPE_CHECKING:
    from bot.emulator.wecom import Room, WeCom

Kind = Literal["message", "enter_chat", "card", "other"]
REPLY_WINDOW, STREAM_WINDOW = timedelta(hours=24), timedelta(minutes=6)
GLANCE = 0.25  # real seconds; how soon an idle connection notices that the platform is down
MARKDOWN_BYTES = 20_480
MEDIA = frozenset({"file", "image", "voice", "video"})
CODES = {40008: "invalid message type", 45009: "api freq out of limit", 846605: "invalid req_id"}


@dataclass(slots=True)
class Parcel:
    """A message or event on its way to the robot; delivered again it keeps its body, and with it the msgid."""

    kind: Kind
    body: dict[str, Any]
    at: datetime
    userid: str = ""
    chatid: str = ""
    task_id: str = ""


@dataclass(slots=True)
class Stream:
    line_id: int
    since: datetime
    is_finished: bool = False


@dataclass(slots=True)
class Callback:
    """A parcel under the req_id it was delivered by. `heard` is in the loop's seconds."""

    parcel: Parcel
    heard: float
    is_used: bool = False
    streams: dict[str, Stream] = field(default_factory=dict)


def refuse(code: int) -> ApiError:
    return ApiError(code, CODES[code])


class Socket:
    """Reads frames, answers each with an acknowledgement without cmd."""

    def __init__(self, wecom: WeCom, request: web.Request, ws: web.WebSocketResponse) -> None:
        self.wecom = wecom
        self.request = request
        self.ws = ws
        self.is_subscribed = False
        self._callbacks: dict[str, Callback] = {}
        self._commands: dict[str, Callable[[str, dict[str, Any]], dict[str, Any] | None]] = {
            "aibot_subscribe": self._subscribe,
            "ping": lambda req_id, body: None,
            "aibot_respond_msg": self._respond,
            "aibot_respond_welcome_msg": self._welcome,
            "aibot_respond_update_msg": self._update,
            "aibot_send_msg": self._send,
            "aibot_upload_media_init": lambda _, body: wecom.uploads.begin(body, wecom.clock.now()),
            "aibot_upload_media_chunk": lambda _, body: wecom.uploads.add(body, wecom.clock.now()),
            "aibot_upload_media_finish": lambda _, body: wecom.uploads.finish(body, wecom.clock.now()),
        }

    async def serve(self) -> None:
        """Until the client leaves, is cut, or is silent for too long."""
        try:
            while (text := await self._next()) is not None:
                await self._hear(text)
        except ConnectionError:
            pass
        finally:
            self.wecom.left(self)
            await self.close(hard=self.wecom.faults.api_down)

    async def close(self, *, hard: bool = False) -> None:
        """Say goodbye, or `hard`: be gone without a word."""
        if hard and self.request.transport is not None:
            self.request.transport.abort()
        else:
            await self.ws.close()

    async def deliver(self, parcel: Parcel) -> bool:
        """Send a callback under a req_id of its own; false when the connection is gone."""
        req_id = uuid(self.wecom.chance)
        cmd = "aibot_msg_callback" if parcel.kind == "message" else "aibot_event_callback"
        self._callbacks[req_id] = Callback(parcel, asyncio.get_running_loop().time())
        try:
            await self._write({"cmd": cmd, "headers": {"req_id": req_id}, "body": parcel.body})
        except ConnectionError:
            return False
        return True

    async def displace(self, parcel: Parcel) -> None:
        """Another connection took the robot over: say so and close."""
        await self.deliver(parcel)
        await self.close()

    async def _next(self) -> str | None:
        """The next frame. None when the client has left or is silent for too long, or the platform went down."""
        silent, limit = 0.0, self.wecom.idle_limit
        while silent < limit and not self.wecom.faults.api_down:
            glance = min(GLANCE, limit - silent)
            try:
                message = await self.ws.receive(timeout=glance)
            except TimeoutError:
                silent += glance
                continue
            return str(message.data) if message.type is WSMsgType.TEXT else None
        return None

    async def _hear(self, text: str) -> None:
        try:
            frame = json.loads(text)
            cmd, req_id, body = frame["cmd"], str(frame["headers"]["req_id"]), frame.get("body") or {}
        except (ValueError, LookupError, TypeError):
            await self._acknowledge("", 40058, "invalid frame", None)
            return
        code, words, answer = self._done(cmd, req_id, body)
        if self.wecom.faults.api_slow:
            await asyncio.sleep(self.wecom.faults.api_slow)
        if not self.wecom.faults.take("lose_answer_next"):
            await self._acknowledge(req_id, code, words, answer)
        if cmd == "aibot_subscribe" and code == 0:
            await self.wecom.catch_up()

    def _done(self, cmd: str, req_id: str, body: dict[str, Any]) -> tuple[int, str, dict[str, Any] | None]:
        """Carry a command out: code, words and body of its acknowledgement."""
        try:
            self._check(cmd)
            return 0, "ok", self._commands[cmd](req_id, body)
        except ApiError as error:
            self.wecom.refusals[error.code] += 1
            return error.code, self.wecom.hinted(error.code, error.text), None

    def _check(self, cmd: str) -> None:
        if code := self.wecom.faults.code():
            raise ApiError(code, "system error")
        if not self.is_subscribed and cmd != "aibot_subscribe":
            raise ApiError(846609, "not subscribed")
        if cmd not in self._commands:
            raise ApiError(40058, "invalid cmd")

    async def _acknowledge(self, req_id: str, code: int, words: str, body: dict[str, Any] | None) -> None:
        frame: dict[str, Any] = {"headers": {"req_id": req_id}, "errcode": code, "errmsg": words}
        await self._write(frame | ({"body": body} if body is not None else {}))

    async def _write(self, frame: dict[str, Any]) -> None:
        await self.ws.send_str(json.dumps(frame, ensure_ascii=False))

    # Commands.

    def _subscribe(self, req_id: str, body: dict[str, Any]) -> None:
        known = self.wecom.credentials
        if body.get("bot_id") != known.bot_id:
            raise ApiError(93019, "invalid bot_id")
        if body.get("secret") != known.bot_secret:
            raise ApiError(40001, "invalid secret")
        if self.is_subscribed:
            raise ApiError(40058, "already subscribed")
        self.is_subscribed = True
        self.wecom.joined(self)

    def _respond(self, req_id: str, body: dict[str, Any]) -> None:
        """A reply to a message, for 24 hours."""
        callback = self._callback(req_id, "message")
        if self.wecom.clock.now() - callback.parcel.at > REPLY_WINDOW:
            raise refuse(846605)
        room, kind = self.wecom.room_of(callback.parcel), body.get("msgtype")
        if kind == "stream":
            self._stream(room, callback, body.get("stream") or {})
        elif kind in {"markdown", "template_card", *MEDIA}:
            self._show(room, kind, body, "reply")
        else:
            raise refuse(40008)

    def _welcome(self, req_id: str, body: dict[str, Any]) -> None:
        callback = self._quick(req_id, "enter_chat")
        room, kind = self.wecom.room_of(callback.parcel), body.get("msgtype")
        if kind == "text":
            content = _content(body.get("text"))
            self._count(room)
            self.wecom.show(room, "text", content, "reply")
        elif kind == "template_card":
            self._show(room, kind, body, "reply")
        else:
            raise refuse(40008)
        callback.is_used = True

    def _update(self, req_id: str, body: dict[str, Any]) -> None:
        """The answer to a pressed button: the card as it looks from now on, under the same task_id."""
        callback = self._quick(req_id, "card")
        if body.get("response_type") != "update_template_card":
            raise ApiError(40058, "invalid response_type")
        card = _checked(body.get("template_card"))
        if card.get("task_id") != callback.parcel.task_id:
            raise ApiError(40058, "invalid task_id")
        self.wecom.redraw_card(card)
        callback.is_used = True

    def _send(self, req_id: str, body: dict[str, Any]) -> None:
        """A push, to whoever wrote to the robot before."""
        kind = body.get("msgtype")
        if kind not in {"markdown", "template_card", *MEDIA}:
            raise refuse(40008)
        room = self.wecom.room_named(str(body.get("chatid") or ""), body.get("chat_type") or 0)
        if room is None or not room.is_awake:
            raise ApiError(40058, "the robot cannot push to this conversation")
        if kind == "template_card" and room.is_group:
            raise refuse(40008)
        self._show(room, kind, body, "push")

    # Parts of them.

    def _callback(self, req_id: str, kind: Kind) -> Callback:
        callback = self._callbacks.get(req_id)
        if callback is None or callback.parcel.kind != kind or callback.is_used:
            raise refuse(846605)
        return callback

    def _quick(self, req_id: str, kind: Kind) -> Callback:
        callback = self._callback(req_id, kind)
        if asyncio.get_running_loop().time() - callback.heard > self.wecom.quick_reply:
            raise refuse(846605)
        return callback

    def _count(self, room: Room) -> None:
        """Replies and pushes together."""
        now, rates = self.wecom.clock.now(), self.wecom.rates_of(room)
        if not all(rate.has_room(now) for rate in rates):
            raise refuse(45009)
        for rate in rates:
            rate.count(now)

    def _show(self, room: Room, kind: str, body: dict[str, Any], via: str) -> Line:
        part = body.get(kind)
        if kind == "template_card":
            return self._show_card(room, part, via)
        if kind == "markdown":
            content = _content(part)
            self._count(room)
            return self.wecom.show(room, "markdown", self.wecom.with_names(content), via)
        media = self.wecom.screen.media.fresh((part or {}).get("media_id"))
        if media is None or media.kind != f"robot {kind}":
            raise ApiError(40007, "invalid media_id")
        self._count(room)
        return self.wecom.show(room, kind, "", via, media=media.id)

    def _show_card(self, room: Room, card: Any, via: str) -> Line:
        card = _checked(card)
        task_id = str(card.get("task_id") or "")
        if task_id in self.wecom.cards:
            raise ApiError(40058, "task_id was used before")
        self._count(room)
        shown = face(card)
        line = self.wecom.show(room, "card", shown.text, via, options=shown.options, links=shown.links, task_id=task_id)
        self.wecom.keep_card(room, line, card)
        return line

    def _stream(self, room: Room, callback: Callback, part: dict[str, Any]) -> None:
        """The whole text each time; `finish` closes it."""
        stream_id, now = str(part.get("id") or ""), self.wecom.clock.now()
        stream = callback.streams.get(stream_id)
        if not stream_id or part.get("msg_item"):
            raise ApiError(40058, "invalid stream")
        if stream and (stream.is_finished or now - stream.since > STREAM_WINDOW):
            raise ApiError(40058, "stream is closed")
        content = str(part.get("content") or "") if stream else _content(part)
        if len(content.encode()) > MARKDOWN_BYTES:
            raise ApiError(45002, "content exceed max length")
        self._count(room)
        text = self.wecom.with_names(content)
        if stream is None:
            line = self.wecom.show(room, "markdown", text, "reply")
            stream = callback.streams[stream_id] = Stream(line.id, now)
        elif content:
            self.wecom.screen.redraw(room.chat, stream.line_id, text=text)
        stream.is_finished = part.get("finish") is True


def _content(part: Any) -> str:
    content = part.get("content") if isinstance(part, dict) else None
    if not isinstance(content, str) or not content:
        raise ApiError(44004, "empty content")
    if len(content.encode()) > MARKDOWN_BYTES:
        raise ApiError(45002, "content exceed max length")
    return content


def _checked(card: Any) -> dict[str, Any]:
    try:
        check_card(card)
    except BadCard as error:
        raise ApiError(40058, str(error)) from None
    return dict(card)
