"""Carries the outbox out: claim one receiver's words, send, mark; waits longer each time.

One carrier for each channel, one message in flight each, so that a crash can double at most that one. A platform that
does not answer pauses its channel, not the messages: they stay in order and are not counted as failed.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog

from bot import metrics
from bot.channels.errors import ChannelError, TryLater, WindowClosed
from bot.channels.long_connection import StaleReply
from bot.channels.official_account import OfficialAccountClient
from bot.channels.text import with_options
from bot.channels.tokens import AccountTrouble
from bot.channels.wecom_bot import WecomBot
from bot.channels.wecom_webhook import WecomWebhook
from bot.clock import Clock
from bot.config import OfficialAccount
from handlers import delivered
from handlers.desk import Desk, House
from handlers.rules.delivery_budget import Way, choose, exhausted, spend
from handlers.rules.masking import openid_for_log
from handlers.rules.still_true import is_still_true
from storage.outbox import ALARM, REMINDER
from storage.records import Channel, Conversation, OutboxState, Outgoing, Request, Window
from storage.session import Session
from storage.store import Store, Unavailable

log = structlog.get_logger(__name__)

MENU_ID = "hutong"  # marks the answers we offered; what comes back is judged by its words all the same
LEASE = timedelta(seconds=12)  # longer than any send may take
POLL = 1.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds a channel rests when its platform does not answer
MERGE_BYTES = 1500  # several texts to one resident cost one message of his allowance
SPARE_AFTER = timedelta(seconds=60)  # the webhook robot helps out when the long connection is down for so long
# Kinds that may arrive twice rather than not at all: they carry the request's number.
REPEATABLE = frozenset(
    {"dispatch", "escalate", "reminder", "urge", "offer", "returned", "reopened", "help_wanted", "supplement", "digest"}
    | {"human", "details", "tell_in_person"}
)


class Sender(Protocol):
    """One channel's way of sending. Raises the errors of bot.channels.errors."""

    channel: Channel

    async def send(self, load: Load) -> None: ...


@dataclass(frozen=True)
class Load:
    """What goes to one receiver in one go: usually one message, for a resident several merged."""

    messages: tuple[Outgoing, ...]
    way: Way = Way.NONE
    template: bool = False

    @property
    def first(self) -> Outgoing:
        return self.messages[0]

    @property
    def text(self) -> str:
        return "\n\n".join(message.text for message in self.messages)

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        return tuple(option for message in self.messages for option in message.options)


class ToResident:
    """The official account: a customer-service message while the window is open, else a template message."""

    channel = Channel.OFFICIAL_ACCOUNT

    def __init__(self, client: OfficialAccountClient, settings: OfficialAccount) -> None:
        self._client = client
        self._settings = settings

    async def send(self, load: Load) -> None:
        if not load.template:
            await self._client.send_text(load.first.to, with_options(load.text, load.options, MENU_ID))
            return
        fields = {field: load.first.template.get(what, "") for field, what in self._settings.template_fields.items()}
        await self._client.send_template(load.first.to, self._settings.template_id, fields, f"hutong-{load.first.id}")


class ToMember:
    """The smart robot: an answer in place while its request id is good, else a push. While it is down, the spare."""

    channel = Channel.WECOM_BOT

    def __init__(self, bot: WecomBot, webhook: WecomWebhook | None, clock: Clock, spare_for: str = "") -> None:
        self._bot = bot
        self._webhook = webhook
        self._spare_for = spare_for
        self._clock = clock
        self._down_since: datetime | None = None

    async def send(self, load: Load) -> None:
        message, now = load.first, self._clock.now()
        self._down_since = None if self._bot.is_up else self._down_since or now
        is_down_long = self._down_since is not None and now - self._down_since >= SPARE_AFTER
        if self._webhook and is_down_long and message.is_group and self._spare_for in ("", message.to):
            await self._webhook.send(load.text)
            return
        if message.reply_token and message.reply_until and now < message.reply_until:
            with contextlib.suppress(StaleReply):
                await self._bot.reply(message.reply_token, load.text)
                return
        await self._bot.send(message.to, load.text, is_group=message.is_group)


class Carrier:
    """Carries one channel's messages until cancelled."""

    def __init__(self, store: Store, house: House, sender: Sender, clock: Clock, *, has_template: bool = False) -> None:
        self._store = store
        self._house = house
        self._sender = sender
        self._clock = clock
        self._has_template = has_template
        self._pause = 0.0
        self._pauses_until: datetime | None = None
        self._back = asyncio.Event()
        self.in_hand: tuple[int, ...] = ()  # messages this process has a lease of

    @property
    def channel(self) -> Channel:
        return self._sender.channel

    @property
    def is_paused(self) -> bool:
        return self._pauses_until is not None and self._clock.now() < self._pauses_until

    async def channel_is_back(self) -> None:
        """The connection has come up again: no more rest."""
        self._pause, self._pauses_until = 0.0, None
        await self._store.transact(lambda session: session.outbox.hurry(self._sender.channel, self._clock.now()))
        self._back.set()

    async def run(self, filled: asyncio.Event) -> None:
        """Work whenever something is due; rest when the platform does."""
        while True:
            filled.clear()
            try:
                await self.drain()
            except Unavailable:
                log.warning("outbox_unavailable", channel=self._sender.channel.value)
            except Exception:
                log.exception("delivery_failed", channel=self._sender.channel.value)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(filled.wait(), POLL)
            if self.is_paused:
                self._back.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._back.wait(), min(self._pause, POLL))

    async def drain(self) -> int:
        """Carry all that is due now; how many loads went out."""
        carried = 0
        while not self.is_paused:
            load = await self._store.transact(self._claim)
            if load is None:
                break
            if load.messages:
                await self._carry(load)
                carried += 1
        return carried

    # ── claiming ─────────────────────────────────────────────────────────────────────────────────

    async def _claim(self, session: Session) -> Load | None:
        """The next receiver's words, as far as they are still true and there is a way; None when nothing is due."""
        now = self._clock.now()
        claimed = await session.outbox.claim(now, LEASE, 1, [self._sender.channel])
        if not claimed:
            return None
        first = claimed[0]
        self.in_hand = (first.id,)
        if not await self._is_true(session, first):
            await session.outbox.mark(first.id, OutboxState.DROPPED, now, error="no longer true")
            return Load(())
        if self._sender.channel is Channel.OFFICIAL_ACCOUNT:
            return await self._load_for_resident(session, first, now)
        return Load((first,))

    async def _is_true(self, session: Session, message: Outgoing) -> bool:
        is_alarm = message.urgent and message.kind.startswith((ALARM, "dispatch"))
        if (is_alarm or message.kind == REMINDER) and await session.outbox.is_superseded(message):
            return False
        if not message.only_if:
            return True
        request: Request | None = await session.requests.get(message.request) if message.request else None
        return is_still_true(message.only_if, request)

    async def _load_for_resident(self, session: Session, first: Outgoing, now: datetime) -> Load:
        """Choose the allowance to use; without any a template, and without that the words wait for his next word."""
        found = await session.conversations.find(first.to)
        message_window, click_window = _windows(found[1] if found else None)
        way = choose(message_window, click_window, first.kind, now)
        if way is Way.NONE:
            return await self._without_window(session, first, now)
        merged = [first]
        for other in await session.outbox.waiting_for(first.to, now):
            size = sum(len(one.text.encode()) for one in (*merged, other))
            if other.id != first.id and size <= MERGE_BYTES and await self._is_true(session, other):
                merged.append(other)
        self.in_hand = tuple(one.id for one in merged)
        await session.outbox.lease(self.in_hand, now + LEASE)
        return Load(tuple(merged), way)

    async def _without_window(self, session: Session, first: Outgoing, now: datetime) -> Load:
        if self._has_template and first.template:
            return Load((first,), template=True)
        await self._hold(session, first, now, "no window is open")
        return Load(())

    async def _hold(self, session: Session, message: Outgoing, now: datetime, why: str) -> None:
        await session.outbox.mark(message.id, OutboxState.HELD, now, error=why)
        await session.conversations.hold(message.to)
        await delivered.on_lost(await self._desk(session, now), message)

    async def _desk(self, session: Session, now: datetime) -> Desk:
        return Desk(session, now, self._house, await self._store.roster(session))

    # ── sending ──────────────────────────────────────────────────────────────────────────────────

    async def _carry(self, load: Load) -> None:
        try:
            await self._sender.send(load)
        except (TryLater, AccountTrouble) as error:
            await self._store.transact(partial(self._later, load=load, error=error))
        except ChannelError as error:
            await self._store.transact(partial(self._refused, load=load, error=error))
        else:
            self._pause, self._pauses_until = 0.0, None
            await self._store.transact(lambda session: self._arrived(session, load))
        self.in_hand = ()

    async def _arrived(self, session: Session, load: Load) -> None:
        now = self._clock.now()
        desk = await self._desk(session, now)
        for message in load.messages:
            await session.outbox.mark(message.id, OutboxState.SENT, now)
            metrics.SENT.labels(self._sender.channel.value, message.kind.split("-")[0]).inc()
            if not load.template:
                await delivered.on_arrived(desk, message)
        await self._spend(session, load)

    async def _spend(self, session: Session, load: Load) -> None:
        if load.way is Way.NONE:
            return
        found = await session.conversations.find(load.first.to)
        if found:
            windows = spend(*_windows(found[1]), load.way)
            await session.conversations.save_windows(load.first.to, *windows)

    async def _later(self, session: Session, load: Load, error: TryLater | AccountTrouble) -> None:
        """Not now. What may have arrived is not repeated blindly; a platform that is down pauses the channel."""
        now = self._clock.now()
        metrics.FAILED.labels(self._sender.channel.value, "later").inc()
        log.warning(
            "send_later", channel=self._sender.channel.value, to=openid_for_log(load.first.to), why=error.reason
        )
        wait = error.wait if isinstance(error, TryLater) else None
        if wait is None:
            wait = self._rest(now)
        uncertain = isinstance(error, TryLater) and error.uncertain
        if uncertain and load.first.kind not in REPEATABLE:
            for message in load.messages:
                await session.outbox.mark(message.id, OutboxState.UNCERTAIN, now, error=error.reason)
            return
        for message in load.messages:
            await session.outbox.put_off(message.id, now + timedelta(seconds=wait), error=error.reason, tried=False)

    def _rest(self, now: datetime) -> float:
        """Rest a little longer each time the platform does not answer."""
        self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        wait = self._pause * random.uniform(0.8, 1.0)  # noqa: S311  jitter, no secret
        self._pauses_until = now + timedelta(seconds=wait)
        return wait

    async def _refused(self, session: Session, load: Load, error: ChannelError) -> None:
        """Never this way: another way, or the people must know."""
        now = self._clock.now()
        metrics.FAILED.labels(self._sender.channel.value, "refused").inc()
        log.warning(
            "send_refused", channel=self._sender.channel.value, to=openid_for_log(load.first.to), why=error.reason
        )
        if isinstance(error, WindowClosed):
            await self._window_was_closed(session, load, now)
            return
        desk = await self._desk(session, now)
        for message in load.messages:
            await session.outbox.mark(message.id, OutboxState.DEAD, now, error=error.reason)
            await delivered.on_lost(desk, message)

    async def _window_was_closed(self, session: Session, load: Load, now: datetime) -> None:
        """Our ledger was wrong (45015, 45047): believe the platform, and take the way without a window at once."""
        found = await session.conversations.find(load.first.to)
        if found:
            await session.conversations.save_windows(load.first.to, *exhausted(*_windows(found[1])))
        for message in load.messages:
            if self._has_template and message.template and not load.template:
                await session.outbox.put_off(message.id, now, error="window closed", tried=False)
            else:
                await self._hold(session, message, now, "window closed")


def _windows(talk: Conversation | None) -> tuple[Window, Window]:
    return (talk.message_window, talk.click_window) if talk else (Window(), Window())
