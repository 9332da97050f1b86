"""Carries the outbox out: claim some receivers' words, send, mark; waits longer each time.

One carrier for each channel. A receiver who does not answer holds up nobody else: after a moment the next one is served
beside him. While the platforms answer at once one load is in flight, and a crash can double that one; of one receiver
it is always one, so that his words keep their order. A platform that does not answer pauses its channel, not
the messages: they stay in order and are not counted as failed.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot import metrics
from bot.channels.errors import ChannelError, TryLater, WindowClosed
from bot.channels.tokens import AccountTrouble
from bot.clock import Clock
from bot.loads import Load, Packer, windows_of
from bot.senders import Sender
from handlers.rules.delivery_budget import Way, exhausted, spend
from handlers.rules.masking import openid_for_log
from handlers.telling import delivered
from handlers.telling.lines import Lines
from storage.records import Channel, OutboxState
from storage.session import Session
from storage.store import Store, Unavailable

log = structlog.get_logger(__name__)

AT_ONCE = 8  # receivers served at the same time
HEAD_START = 0.2  # seconds a platform has to answer before another message leaves: quick ones are asked one by one
POLL = 1.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds a channel rests when its platform does not answer
# Kinds that may arrive twice rather than not at all: they carry the request's number.
REPEATABLE = frozenset(
    {"dispatch", "escalate", "reminder", "urge", "offer", "returned", "reopened", "help_wanted", "supplement", "digest"}
    | {"human", "details", "tell_in_person", "listen", "picture", "outage"}
)


class Flights:
    """All that is on its way, over all channels: one load while the platforms answer at once. A crash can double it."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._flying: set[asyncio.Task[None]] = set()
        self._taken: set[asyncio.Task[Any]] = set()  # what the platform has taken and we have not marked

    async def start(self, carry: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
        """The load on its way, once the ones before are marked or their platform has had time to answer."""
        async with self._turn:
            if self._flying:
                await asyncio.wait(self._flying, timeout=HEAD_START)
            if self._taken:
                await asyncio.wait(self._taken)
            task = asyncio.create_task(carry())
            self._flying.add(task)
            task.add_done_callback(self._flying.discard)
            return task

    def taken(self) -> None:
        """The platform has taken the load of the task that says so."""
        if task := asyncio.current_task():
            self._taken.add(task)
            task.add_done_callback(self._taken.discard)


class Carrier:
    """Carries one channel's messages until cancelled."""

    def __init__(
        self, store: Store, packer: Packer, sender: Sender, clock: Clock, lines: Lines, flights: Flights
    ) -> None:
        self._store = store
        self._packer = packer
        self._sender = sender
        self._clock = clock
        self._lines = lines
        self._pause = 0.0
        self._pauses_until: datetime | None = None
        self._arrivals = 0  # loads the platform has taken
        self._filled = store.wakeup()
        self._back = asyncio.Event()
        self._leased: dict[int, tuple[int, ...]] = {}
        self._flights = flights

    @property
    def channel(self) -> Channel:
        return self._sender.channel

    @property
    def in_hand(self) -> tuple[int, ...]:
        """Messages this process has a lease of."""
        return tuple(message for ids in self._leased.values() for message in ids)

    @property
    def is_paused(self) -> bool:
        return self._pauses_until is not None and self._clock.now() < self._pauses_until

    async def channel_is_back(self) -> None:
        """The connection has come up again: no more rest."""
        self._pause, self._pauses_until = 0.0, None
        await self._store.transact(lambda session: session.outbox.hurry(self.channel, self._clock.now()))
        self._back.set()

    async def run(self) -> None:
        """Work whenever something is due; rest when the platform does."""
        while True:
            try:
                await self.drain()
            except Unavailable:
                log.warning("outbox_unavailable", channel=self.channel.value)
            except Exception:
                log.exception("delivery_failed", channel=self.channel.value)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._filled.wait(), POLL)
            if self.is_paused:
                self._back.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._back.wait(), min(self._pause, POLL))

    async def drain(self) -> int:
        """Carry all that is due, until nothing is and nothing is in flight; how many loads there were."""
        carried, flying = 0, dict[str, asyncio.Task[None]]()
        try:
            while True:
                self._filled.clear()
                loads = await self._claim(AT_ONCE - len(flying))
                carried += len(loads)
                for load in loads:
                    if load.messages:
                        before = flying.get(load.first.to)  # marked a moment ago, and not quite at its end
                        carry = partial(self._carried, load, before)
                        flying[load.first.to] = await self._flights.start(carry)
                if not loads and not flying:
                    return carried
                await self._something_happens(flying)
                flying = {to: task for to, task in flying.items() if not task.done()}
        finally:
            for task in flying.values():
                task.cancel()
            await asyncio.gather(*flying.values(), return_exceptions=True)

    async def _something_happens(self, flying: Mapping[str, asyncio.Task[None]]) -> None:
        """A load has landed, or there may be something new to carry."""
        if not flying:
            return
        woken = asyncio.ensure_future(self._filled.wait())
        await asyncio.wait({*flying.values(), woken}, timeout=POLL, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()

    async def _claim(self, places: int) -> list[Load]:
        if not places or self.is_paused:
            return []

        async def claim(session: Session) -> list[Load]:
            loads = await self._packer.claim(session, places)
            self._leased |= {load.first.id: load.ids for load in loads if load.messages}  # even if nobody waits for it
            return loads

        return await self._store.transact(claim, key=f"outbox:{self.channel}")

    # ── sending ──────────────────────────────────────────────────────────────────────────────────

    async def _carried(self, load: Load, before: asyncio.Task[None] | None) -> None:
        """What goes wrong with one load stops no other: its lease ends, and it is tried again."""
        if before is not None:
            await before
        try:
            await self._carry(load)
        except Unavailable:
            log.warning("outbox_unavailable", channel=self.channel.value)
        except Exception:
            log.exception("delivery_failed", channel=self.channel.value)
        self._leased.pop(load.first.id, None)

    async def _carry(self, load: Load) -> None:
        arrivals = self._arrivals
        try:
            await self._sender.send(load)
        except (TryLater, AccountTrouble) as error:
            is_down = self._arrivals == arrivals  # what takes something else meanwhile is not down
            await self._store.transact(partial(self._later, load=load, error=error, is_down=is_down))
        except ChannelError as error:
            await self._store.transact(partial(self._refused, load=load, error=error))
        else:
            self._flights.taken()
            self._arrivals += 1
            was_resting, self._pause, self._pauses_until = self._pause > 0, 0.0, None
            if self._sender.is_up:  # what went by the spare does not mean that the line is back
                self._lines.came_back(self.channel)
            await self._store.transact(partial(self._arrived, load=load, hurry=was_resting))

    async def _arrived(self, session: Session, load: Load, *, hurry: bool) -> None:
        now = self._clock.now()
        desk = await self._packer.desk(session)
        for message in load.messages:
            metrics.SENT.labels(self.channel.value, message.kind.split("-")[0]).inc()
            if load.template:  # it said that there is news; the words themselves go at his next contact
                await session.outbox.mark(message.id, OutboxState.HELD, now, error="template", went=True)
            else:
                await session.outbox.mark(message.id, OutboxState.SENT, now)
                await delivered.on_arrived(desk, message)
        if load.template:
            await session.conversations.hold(load.first.to)
        await self._spend(session, load)
        if hurry:
            await session.outbox.hurry(self.channel, now)

    async def _spend(self, session: Session, load: Load) -> None:
        if load.way is Way.NONE:
            return
        found = await session.conversations.find(load.first.to)
        if found:
            await session.conversations.save_windows(load.first.to, *spend(*windows_of(found[1]), load.way))

    async def _later(self, session: Session, load: Load, error: TryLater | AccountTrouble, *, is_down: bool) -> None:
        """Not now. What may have arrived is not repeated blindly; a platform that is down pauses the channel."""
        now = self._clock.now()
        metrics.FAILED.labels(self.channel.value, "later").inc()
        log.warning("send_later", channel=self.channel.value, to=openid_for_log(load.first.to), why=error.reason)
        wait = error.wait if isinstance(error, TryLater) else None
        is_failure = wait is None
        if wait is None:
            wait = self._rest(now) if is_down else min(FIRST_PAUSE * 2.0**load.first.attempts, LONGEST_PAUSE)
        uncertain = isinstance(error, TryLater) and error.uncertain
        for message in load.messages:
            if uncertain and load.first.kind not in REPEATABLE:
                await session.outbox.mark(message.id, OutboxState.UNCERTAIN, now, error=error.reason)
                await delivered.on_unsure(await self._packer.desk(session), message)
            else:
                until = now + timedelta(seconds=wait)
                await session.outbox.put_off(message.id, until, error=error.reason, tried=is_failure and not is_down)

    def _rest(self, now: datetime) -> float:
        """Rest a little longer each time the platform does not answer; seconds from now on."""
        self._lines.went_down(self.channel, now)
        if self._pauses_until is None or self._pauses_until <= now:  # else others have failed at the same time
            self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
            wait = self._pause * random.uniform(0.8, 1.0)  # noqa: S311  jitter, no secret
            self._pauses_until = now + timedelta(seconds=wait)
        return (self._pauses_until - now).total_seconds()

    async def _refused(self, session: Session, load: Load, error: ChannelError) -> None:
        """Never this way: another way, or the people must know."""
        now = self._clock.now()
        metrics.FAILED.labels(self.channel.value, "refused").inc()
        log.warning("send_refused", channel=self.channel.value, to=openid_for_log(load.first.to), why=error.reason)
        if isinstance(error, WindowClosed):
            await self._window_was_closed(session, load, now)
            return
        desk = await self._packer.desk(session)
        for message in load.messages:
            if load.template:  # he takes no templates; the words themselves may still be said when he speaks to us
                await self._packer.hold(session, message, error.reason, is_told=True)
            else:
                await session.outbox.mark(message.id, OutboxState.DEAD, now, error=error.reason)
            await delivered.on_lost(desk, message)

    async def _window_was_closed(self, session: Session, load: Load, now: datetime) -> None:
        """Our ledger was wrong (45015, 45047): believe the platform, and take the way without a window at once."""
        found = await session.conversations.find(load.first.to)
        if found:
            await session.conversations.save_windows(load.first.to, *exhausted(*windows_of(found[1])))
        for message in load.messages:
            if load.template or not found:
                await self._packer.hold(session, message, "window closed")
            else:
                await session.outbox.put_off(message.id, now, error="window closed", tried=False)
