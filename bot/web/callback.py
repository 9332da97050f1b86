"""GET and POST /wechat: where the official account's platform knocks. Small bodies, short patience, few words."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from aiohttp import http_exceptions, web

from bot.channels.errors import NotOurs
from bot.channels.official_account import MAX_BODY, SUCCESS, Envelope, OfficialAccountDoor
from bot.channels.orderly import where
from bot.clock import Clock
from storage.records import Incoming

__all__ = ["add_callback"]

log = logging.getLogger(__name__)

PATH = "/wechat"
READ_WITHIN = 3.0  # seconds; the platform itself hangs up after five

_BROKEN_BODY = (aiohttp.ClientError, ConnectionError, http_exceptions.BadHttpMessage, web.RequestPayloadError)


def add_callback(
    app: web.Application, door: OfficialAccountDoor, receive: Callable[[Incoming], Awaitable[str]], clock: Clock
) -> None:
    """Serve the callback. `receive` returns the words of the answer, "" for none; it is finished even when the
    platform hangs up meanwhile, and awaited at shutdown.

    Answers: 200 the reply XML or `success` · 403 not from the platform · 408 too slow · 413 over 64 KiB · 400 broken
    transfer · 500 when `receive` raised, so that the platform delivers again.
    """
    callback = _Callback(door, receive, clock)
    app.router.add_get(PATH, callback.verify, allow_head=False)
    app.router.add_post(PATH, callback.push, expect_handler=_continue_if_small)
    app.on_shutdown.append(callback.finish)


class _Callback:
    def __init__(self, door: OfficialAccountDoor, receive: Callable[[Incoming], Awaitable[str]], clock: Clock) -> None:
        self._door = door
        self._receive = receive
        self._clock = clock
        self._work: set[asyncio.Task[str]] = set()

    async def verify(self, request: web.Request) -> web.Response:
        """The console's test of the URL: the echostr, verbatim."""
        try:
            return _plain(200, self._door.verify_url(request.query, self._clock.now()))
        except NotOurs as error:
            return _turned_away(error)

    async def push(self, request: web.Request) -> web.Response:
        """One delivery of one message or event."""
        try:
            async with asyncio.timeout(READ_WITHIN):
                body = await _read(request)
        except TimeoutError:
            return _closing(408)
        except _BROKEN_BODY:
            return _closing(400)
        if body is None:
            return _closing(413)
        try:
            envelope = self._door.open(body, request.query, self._clock.now())
        except NotOurs as error:
            return _turned_away(error)
        return await self._answered(envelope)

    async def finish(self, _app: web.Application) -> None:
        """What has begun comes to its end."""
        if self._work:
            await asyncio.wait(self._work)

    async def _answered(self, envelope: Envelope) -> web.Response:
        task = asyncio.ensure_future(self._receive(envelope.incoming))
        self._work.add(task)
        task.add_done_callback(self._done)
        try:
            text = await asyncio.shield(task)
        except Exception:
            return _plain(500, "")
        return _as_response(self._door.reply(envelope, text, self._clock.now()))

    def _done(self, task: asyncio.Task[str]) -> None:
        self._work.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("receiving a push failed: %s", where(error))


async def _read(request: web.Request) -> bytes | None:
    """The body, or None as soon as it proves too long; by its header already, before a byte of it is read."""
    if (request.content_length or 0) > MAX_BODY:
        return None
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


async def _continue_if_small(request: web.Request) -> web.StreamResponse | None:
    """Do not ask for a body that will be refused."""
    if (request.content_length or 0) > MAX_BODY:
        return _closing(413)
    if request.transport is not None:
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    return None


def _turned_away(error: NotOurs) -> web.Response:
    """The sender learns nothing; we note why."""
    log.info("callback refused: %s", error.reason)
    return _plain(403, "")


def _closing(status: int) -> web.Response:
    response = _plain(status, "")
    response.force_close()
    return response


def _plain(status: int, text: str) -> web.Response:
    return web.Response(status=status, text=text, headers={"X-Content-Type-Options": "nosniff"})


def _as_response(body: str) -> web.Response:
    if body == SUCCESS:
        return _plain(200, body)
    return web.Response(text=body, content_type="application/json" if body.startswith("{") else "text/xml")
