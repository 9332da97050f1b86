"""The smart robot 智能机器人 over its long connection: stays connected, hears, answers, pushes (fact sheet D6, D7).

State of the connection:

    down ──subscribed──▶ up ──socket lost, pings unanswered──▶ down: again after 1 to 30 s
    down ──refused (secret, bot id)──▶ down: again after a minute, then longer
    up ──disconnected_event──▶ down: somebody else is connected; again after 5 s, then ever longer

There is one connection for each robot: whoever subscribes later throws the earlier one out. Mostly that is our own
earlier self, or a slip, so the first try comes soon. Two robots that live side by side would throw each other out for
ever: each waits twice as long every time, up to a quarter of an hour, until it has been left alone for that long.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import logging
import random
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import aiohttp

from bot.channels.errors import ChannelError, NotOurs, Refused, TryLater
from bot.channels.long_connection import Frame, LongConnection, StaleReply, req_id_of
from bot.channels.media import Media
from bot.channels.orderly import Orderly
from bot.channels.pace import ConversationPace
from bot.channels.text import fit_text
from bot.channels.wecom_messages import Mention, event_type, incoming_of
from bot.clock import Clock
from bot.config import WecomBot as WecomBotSettings
from storage.records import Incoming, MessageKind

__all__ = ["Patience", "StaleReply", "WecomBot"]

log = logging.getLogger(__name__)

MAX_CONTENT = 20480  # bytes of markdown
RATES = ((30, timedelta(minutes=1)), (1000, timedelta(hours=1)))  # replies and pushes of one conversation together
REPLY_WITHIN = timedelta(hours=24)
EVENT_REPLY_WITHIN = timedelta(seconds=5)
MOST_TOKENS = 20_000
MEDIA_SIZES = {"image": 2_000_000, "voice": 2_000_000, "video": 10_000_000, "file": 20_000_000}  # bytes (D7)
PIECE = 512 * 1024  # bytes of an upload's piece
UPLOADS = "media"  # uploads have a pace of their own, over all conversations: 30/min, 1000/h
UPLOAD_KEPT = timedelta(days=2, hours=23)
MOST_UPLOADS = 1000
MAX_FRAME = 4 * 1024 * 1024
_CLOSE = aiohttp.ClientWSTimeout(ws_close=2.0)  # seconds a dead other side may take to say goodbye


class _End(StrEnum):
    LOST = "connection lost"
    DENIED = "subscription refused"
    KICKED = "another connection took over"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds before the next try, doubled after each failure: from `first` to `longest` after a loss, from `long` to
    `longest_long` after a refusal, from `taken_over` to `longest_long` when another connection took over.

    `settled` is how long a connection must hold to start over (after being thrown out, `longest_long`); `drain` how
    long handlers may finish at shutdown.
    """

    first: float = 1.0
    longest: float = 30.0
    long: float = 60.0
    taken_over: float = 5.0
    longest_long: float = 900.0
    settled: float = 60.0
    drain: float = 5.0

    def after(self, end: str, failures: int) -> float:
        """Seconds to wait after the `failures`th failure in a row (from 0), before jitter."""
        start = {_End.LOST: self.first, _End.KICKED: self.taken_over}.get(_End(end), self.long)
        most = self.longest if end == _End.LOST else self.longest_long
        return min(start * 2.0 ** min(failures, 16), most)

    def is_settled(self, end: str, lasted: float) -> bool:
        return lasted > (self.longest_long if end == _End.KICKED else self.settled)


@dataclass(frozen=True, slots=True)
class _Token:
    """What must be known to answer a frame; good on its own connection only."""

    conversation: str
    event: str
    until: datetime


class WecomBot:
    """`run()` it as a task; `send` and `reply` from anywhere.

    `on_message` is awaited for one message of a conversation at a time, for several conversations at once; what it
    raises is logged and forgotten. Errors: errors.py, StaleReply.
    """

    def __init__(
        self,
        settings: WecomBotSettings,
        clock: Clock,
        on_message: Callable[[Incoming], Awaitable[None]],
        session: aiohttp.ClientSession,
        *,
        patience: Patience | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._session = session
        self._patience = patience or Patience()
        self._mention = Mention(settings.name)
        self._handlers = Orderly(on_message)
        self._pace = ConversationPace(RATES)
        self._tokens: OrderedDict[str, _Token] = OrderedDict()
        self._uploads: OrderedDict[tuple[str, str], tuple[str, datetime]] = OrderedDict()
        self._listeners: list[Callable[[bool, str], None]] = []
        self._connection: LongConnection | None = None
        self.down_since: datetime | None = None  # None while it is up, and before the first try
        self._kicked = asyncio.Event()

    @property
    def is_up(self) -> bool:
        return self._connection is not None

    def state_changes(self, on_state: Callable[[bool, str], None]) -> None:
        """`on_state(is_up, why)` is called whenever the connection comes up or goes down, and for every failed try."""
        self._listeners.append(on_state)

    async def run(self) -> None:
        """Stay connected until cancelled."""
        try:
            await self._stay_connected()
        finally:
            await self._handlers.finish(self._patience.drain)

    async def settled(self) -> None:
        """Until all that was said to the robot so far is handled: a ping's answer comes behind all earlier frames."""
        if self._connection is not None:
            with contextlib.suppress(ChannelError):
                await self._connection.ask("ping")
        await self._handlers.idle()

    # ── sending ──────────────────────────────────────────────────────────────────────────────────

    async def send(self, chatid: str, text: str, *, is_group: bool) -> None:
        """Push markdown. Refused where the robot was never spoken to."""
        body = {"chatid": chatid, "chat_type": 2 if is_group else 1} | _markdown(text)
        await self._ask(chatid, "aibot_send_msg", body)

    async def send_medium(self, chatid: str, medium: Media) -> None:
        """Push a picture, voice, video or file to one person: uploaded in pieces first, and only once in three days.

        Pictures and voices too big for their kind go as files (D7). Raises Refused over 20 MB.
        """
        kind = medium.kind.value if len(medium.data) <= MEDIA_SIZES.get(medium.kind.value, 0) else "file"
        if len(medium.data) > MEDIA_SIZES["file"]:
            raise Refused("aibot_upload_media: too big")
        media_id = await self._uploaded(kind, medium)
        body = {"chatid": chatid, "chat_type": 1, "msgtype": kind, kind: {"media_id": media_id}}
        await self._ask(chatid, "aibot_send_msg", body)

    async def _uploaded(self, kind: str, medium: Media) -> str:
        """The platform's id of this content, from before if it still has it."""
        digest, now = (kind, hashlib.sha256(medium.data).hexdigest()), self._clock.now()
        known = self._uploads.get(digest)
        if known is not None and known[1] > now:
            return known[0]
        pieces = [medium.data[start : start + PIECE] for start in range(0, len(medium.data), PIECE)]
        head = {"type": kind, "filename": medium.name, "total_size": len(medium.data), "total_chunks": len(pieces)}
        upload_id = (await self._ask(UPLOADS, "aibot_upload_media_init", head)).get("upload_id")
        for index, piece in enumerate(pieces):
            part = {"upload_id": upload_id, "chunk_index": index, "base64_data": base64.b64encode(piece).decode()}
            await self._connected("aibot_upload_media_chunk").ask("aibot_upload_media_chunk", part)
        done = await self._connected("aibot_upload_media_finish").ask(
            "aibot_upload_media_finish", {"upload_id": upload_id}
        )
        media_id = str(done.get("media_id", ""))
        self._uploads[digest] = (media_id, now + UPLOAD_KEPT)
        while len(self._uploads) > MOST_UPLOADS:
            self._uploads.popitem(last=False)
        return media_id

    async def reply(self, token: str, text: str) -> None:
        """Answer in place, quoting the message; after enter_chat the welcome. Raises StaleReply: then push instead."""
        known = self._known(token)
        if known.event == "enter_chat":
            await self.reply_welcome(token, text)
            return
        if known.event:
            raise StaleReply("this event takes a card as its answer")
        stream = {"id": secrets.token_hex(16), "finish": True, "content": fit_text(text, MAX_CONTENT)[0]}
        await self._ask(known.conversation, "aibot_respond_msg", {"msgtype": "stream", "stream": stream}, token)

    async def reply_card(self, token: str, card: Mapping[str, Any]) -> None:
        """Answer with a template card (D8); after a click on a card, put this one (same task_id) in its place."""
        known = self._known(token)
        if known.event == "template_card_event":
            update = {"response_type": "update_template_card", "template_card": card}
            await self._ask(known.conversation, "aibot_respond_update_msg", update, token)
            return
        cmd = "aibot_respond_welcome_msg" if known.event == "enter_chat" else "aibot_respond_msg"
        await self._ask(known.conversation, cmd, {"msgtype": "template_card", "template_card": card}, token)

    async def reply_welcome(self, token: str, text: str) -> None:
        """The first words to somebody who opened the chat, within five seconds."""
        known = self._known(token)
        body = {"msgtype": "text", "text": {"content": fit_text(text)[0]}}
        await self._ask(known.conversation, "aibot_respond_welcome_msg", body, token)

    def _known(self, token: str) -> _Token:
        known = self._tokens.get(token)
        if known is None or known.until < self._clock.now():
            raise StaleReply("unknown or old message")
        return known

    def _connected(self, cmd: str) -> LongConnection:
        if self._connection is None:
            raise TryLater(f"{cmd}: not connected")
        return self._connection

    async def _ask(self, conversation: str, cmd: str, body: Mapping[str, Any], req_id: str = "") -> Mapping[str, Any]:
        connection = self._connected(cmd)
        now = self._clock.now()
        wait = self._pace.wait(conversation, now)
        if wait:
            raise TryLater(f"{cmd}: too often in this conversation", wait=wait)
        self._pace.note(conversation, now)
        return await connection.ask(cmd, body, req_id)

    # ── staying connected ────────────────────────────────────────────────────────────────────────

    async def _stay_connected(self) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        while True:
            started = loop.time()
            end = await self._live()
            if self._patience.is_settled(end, loop.time() - started):
                failures = 0
            pause = self._patience.after(end, failures) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter is no secret
            failures += 1
            log.warning("wecom bot: %s; next try in %.1f s", end.value, pause)
            await asyncio.sleep(pause)

    async def _live(self) -> _End:
        """One connection from its opening to its end."""
        end = _End.LOST
        self._kicked.clear()
        try:
            socket = await self._opened()
        except (aiohttp.ClientError, OSError):
            self._tell(False, _End.LOST)
            return _End.LOST
        connection = LongConnection(socket, self._settings.timeout)
        reader = asyncio.create_task(connection.read(self._on_callback))
        try:
            await self._subscribe(connection)
            await self._until_dead(connection, reader)
        except Refused:
            end = _End.DENIED
        except ChannelError:
            pass
        finally:
            end = _End.KICKED if self._kicked.is_set() else end
            self._set_down(end)
            reader.cancel()
            await connection.close()
            await asyncio.gather(reader, return_exceptions=True)
        return end

    async def _opened(self) -> aiohttp.ClientWebSocketResponse:
        async with asyncio.timeout(self._settings.timeout * 2):
            return await self._session.ws_connect(self._settings.ws_url, max_msg_size=MAX_FRAME, timeout=_CLOSE)

    async def _subscribe(self, connection: LongConnection) -> None:
        credentials = {"bot_id": self._settings.bot_id, "secret": self._settings.secret.get_secret_value()}
        await connection.ask("aibot_subscribe", credentials)
        self._connection = connection
        self._tell(True, "subscribed")

    async def _until_dead(self, connection: LongConnection, reader: asyncio.Task[None]) -> None:
        heart = asyncio.create_task(connection.beat(self._settings.ping_every))
        kick = asyncio.create_task(self._kicked.wait())
        try:
            await asyncio.wait([heart, reader, kick], return_when=asyncio.FIRST_COMPLETED)
        finally:
            heart.cancel()
            kick.cancel()

    def _set_down(self, end: _End) -> None:
        """A req_id does not survive its connection."""
        self._connection = None
        self._tokens.clear()
        self._tell(False, end)

    def _tell(self, is_up: bool, why: str) -> None:
        self.down_since = None if is_up else self.down_since or self._clock.now()
        for listener in self._listeners:
            listener(is_up, str(why))

    # ── hearing ──────────────────────────────────────────────────────────────────────────────────

    def _on_callback(self, frame: Frame) -> None:
        body = frame.get("body")
        if frame.get("cmd") not in ("aibot_msg_callback", "aibot_event_callback") or not isinstance(body, dict):
            log.info("wecom bot: a frame of an unknown kind")
            return
        if event_type(body) == "disconnected_event":
            self._kicked.set()
            return
        try:
            incoming = incoming_of(body, req_id_of(frame), self._mention, self._clock.now())
        except NotOurs as error:
            log.warning("wecom bot: %s", error.reason)
            return
        self._remember(incoming)
        self._handlers.put(incoming)

    def _remember(self, incoming: Incoming) -> None:
        is_event = incoming.kind is MessageKind.EVENT
        until = self._clock.now() + (EVENT_REPLY_WITHIN if is_event else REPLY_WITHIN)
        self._tokens[incoming.reply_token] = _Token(incoming.conversation, incoming.event, until)
        while len(self._tokens) > MOST_TOKENS:
            self._tokens.popitem(last=False)


def _markdown(text: str) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"content": fit_text(text, MAX_CONTENT)[0]}}
