"""The clockwork goes on when somebody sets the machine's clock, and raises no false alarm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.scheduler import Sweeper, Ticker
from handlers.desk import House
from handlers.settings import DeskSettings
from handlers.watching import audit
from storage import schema
from storage.records import Channel, Incoming, MessageKind
from storage.session import Session
from storage.store import Store
from storage.vault import Vault

NIGHT = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)  # half past three in the morning in Shanghai
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass
class SetClock:
    """A clock that goes when it is told to, and may be set to anything meanwhile."""

    shown: datetime
    gone: timedelta = timedelta(0)

    def now(self) -> datetime:
        return self.shown

    def running(self) -> timedelta:
        return self.gone

    def goes(self, by: timedelta) -> None:
        self.shown, self.gone = self.shown + by, self.gone + by


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'hutong.db'}"
    await schema.upgrade(url)
    async with Store(url, Vault(bytes(32))) as opened:
        yield opened


def _sweeper(store: Store, clock: SetClock) -> Sweeper:
    return Sweeper(store, House.furnish(DeskSettings()), clock)


async def _looks_again(ticker: Ticker, since: float | None) -> None:
    async with asyncio.timeout(10):
        while ticker.last.get("timers") == since:  # noqa: ASYNC110  it looks by itself
            await asyncio.sleep(0.05)


async def test_a_clock_that_is_set_back_stops_nothing(store: Store) -> None:
    ticker = Ticker()
    assert ticker.is_alive() is None
    ticker.start(_sweeper(store, SetClock(NIGHT)))
    going = asyncio.create_task(ticker.keep_going())
    try:
        assert ticker.is_alive()  # it has just begun
        await _looks_again(ticker, None)
        for job in ticker.scheduler.get_jobs():  # as APScheduler sees it, all that it waits for is an hour farther off
            job.modify(next_run_time=job.next_run_time + HOUR)
        await _looks_again(ticker, ticker.last["timers"])
        now = datetime.now(UTC)
        assert all(job.next_run_time - now <= job.trigger.interval for job in ticker.scheduler.get_jobs())
    finally:
        going.cancel()
        await ticker.stop()


async def test_who_has_not_looked_for_a_minute_is_not_alive(store: Store) -> None:
    ticker = Ticker()
    ticker.start(_sweeper(store, SetClock(NIGHT)))
    ticker.last["timers"] = ticker.last["start"] - 61
    assert ticker.is_alive() is False
    await ticker.stop()
    assert ticker.is_alive() is None


class _Reading(Sweeper):
    """Reads for ever, and needs a moment to let go."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, House.furnish(DeskSettings()), SetClock(NIGHT))
        self.begun, self.has_let_go = asyncio.Event(), False

    async def timers(self) -> int:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)
            self.has_let_go = True
        return 0


async def test_what_is_being_done_has_let_go_before_the_database_is_closed(store: Store) -> None:
    ticker, reading = Ticker(), _Reading(store)
    ticker.start(reading)
    async with asyncio.timeout(10):
        await reading.begun.wait()
    await ticker.stop()
    assert reading.has_let_go


async def test_a_clock_that_was_set_forward_a_moment_ago_is_no_news(store: Store) -> None:
    """Nothing had a turn since: in a minute the audit looks again."""
    clock = SetClock(NIGHT - HOUR)
    sweeper = _sweeper(store, clock)

    async def somebody_writes(session: Session) -> None:
        message = Incoming(Channel.OFFICIAL_ACCOUNT, "k", "o", "o", MessageKind.TEXT, clock.now(), "您好")
        await session.inbox.receive(message, clock.now())
        await session.jobs.ran([*audit.JOBS], clock.now())

    await store.transact(somebody_writes)
    assert await sweeper.audit() == 0  # not yet three
    clock.goes(MINUTE)
    clock.shown += HOUR
    await sweeper.audit()
    assert await _audited(store) is None
    clock.goes(MINUTE)
    await sweeper.audit()
    assert await _audited(store) == clock.now()


async def _audited(store: Store) -> datetime | None:
    async with store.reading() as session:
        last = (await session.jobs.last())["audit"]
    return last if last > NIGHT else None


async def test_a_heartbeat_is_written_by_the_clock_that_was_set_back(store: Store) -> None:
    clock = SetClock(NIGHT)
    sweeper = _sweeper(store, clock)
    await sweeper.beat("timers")
    clock.shown -= HOUR
    await sweeper.beat("timers")
    async with store.reading() as session:
        assert (await session.jobs.last())["timers"] == NIGHT - HOUR
