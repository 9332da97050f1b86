"""One live WebSocket to WeCom: frames out, acknowledgements back by req_id, a heartbeat (fact sheet D7)."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp

from bot.channels.errors import ChannelError, Refused, TryLater

log = logging.getLogger(__name__)

Frame = Mapping[str, Any]

MISSED_PINGS = 2  # two heartbeats without an answer: the other side is gone

STALE_REPLY = 846605
NOT_SUBSCRIBED = 846609
BUSY = -1
TOO_OFTEN = 45009


class StaleReply(Refused):
    """This message can no longer be answered in place (old, or from an earlier connection): push instead."""


class LongConnection:
    """Asks and acknowledgements over one socket; it ends once and is not opened again."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, patience: float) -> None:
        self._socket = socket
        self._patience = patience  # seconds an acknowledgement may take
        self._waiting: dict[str, asyncio.Future[Frame]] = {}

    async def ask(self, cmd: str, body: Mapping[str, Any] | None = None, req_id: str = "") -> Mapping[str, Any]:
        """Send one frame and return the body of its acknowledgement. Raises what its errcode means, or TryLater.

        Two frames with one req_id (answers to the same message) go one after the other.
        """
        req_id = req_id or f"{cmd}_{secrets.token_hex(12)}"
        while req_id in self._waiting:
            await asyncio.wait([self._waiting[req_id]])
        answer = self._waiting[req_id] = asyncio.get_running_loop().create_future()
        try:
            await self._send({"cmd": cmd, "headers": {"req_id": req_id}} | ({"body": body} if body else {}))
            async with asyncio.timeout(self._patience):
                frame = await answer
        except TimeoutError:
            raise TryLater(f"{cmd}: no acknowledgement", uncertain=True) from None
        finally:
            self._waiting.pop(req_id, None)
            _settle(answer)
        check_ack(cmd, frame)
        given = frame.get("body")
        return given if isinstance(given, dict) else {}

    async def read(self, on_callback: Callable[[Frame], None]) -> None:
        """Hand every callback to `on_callback`, which must not block, until the socket closes."""
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(message.data, on_callback)
        finally:
            self._give_up()

    async def beat(self, every: float) -> None:
        """Ping every so many seconds; returns when the other side has not answered twice in a row."""
        missed = 0
        while missed < MISSED_PINGS:
            await asyncio.sleep(every)
            try:
                await self.ask("ping")
                missed = 0
            except ChannelError:
                missed += 1

    async def close(self) -> None:
        self._give_up()
        await self._socket.close()

    async def _send(self, frame: Frame) -> None:
        text = json.dumps(frame, ensure_ascii=False).encode("utf-8", "replace").decode()
        try:
            await self._socket.send_str(text)
        except (ConnectionError, aiohttp.ClientError):
            raise TryLater("connection lost before sending") from None

    def _take(self, text: str, on_callback: Callable[[Frame], None]) -> None:
        """Acknowledgements have no cmd; everything that is neither is noted and passed over."""
        frame = _parsed(text)
        if "cmd" in frame:
            on_callback(frame)
            return
        waiting = self._waiting.get(req_id_of(frame))
        if waiting is None:
            log.info("wecom bot: an acknowledgement nobody waits for")
        elif not waiting.done():
            waiting.set_result(frame)

    def _give_up(self) -> None:
        """What was sent and not acknowledged may have arrived."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(TryLater("connection lost", uncertain=True))


def req_id_of(frame: Frame) -> str:
    headers = frame.get("headers")
    return str(headers.get("req_id", "")) if isinstance(headers, dict) else ""


def check_ack(cmd: str, frame: Frame) -> None:
    """Raise what an errcode means; nothing of errmsg is passed on, it may quote what was sent."""
    code = frame.get("errcode", 0)
    if code == 0:
        return
    if not isinstance(code, int) or code == BUSY:
        raise TryLater(f"{cmd}: platform busy", BUSY)
    if code == STALE_REPLY:
        raise StaleReply(f"{cmd}: {code}", code)
    if code == TOO_OFTEN:
        raise TryLater(f"{cmd}: too often", code, wait=60.0)
    if code == NOT_SUBSCRIBED:
        raise TryLater(f"{cmd}: not subscribed", code)
    raise Refused(f"{cmd}: {code}", code)


def _settle(answer: asyncio.Future[Frame]) -> None:
    """Nobody waits any more: what came, or comes, is not to be reported as forgotten."""
    if not answer.cancel() and not answer.cancelled():
        answer.exception()


def _parsed(text: str) -> Frame:
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}
