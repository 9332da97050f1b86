"""The clockwork: APScheduler ticks, the database says what is due. Jobs remember nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import metrics
from bot.clock import Clock
from handlers import chase, custody, digest, privacy, recount
from handlers.desk import Desk, House
from storage.records import Timer
from storage.session import Session
from storage.store import Store

log = structlog.get_logger(__name__)

SWEEP_EVERY = 1  # seconds
DIGEST_EVERY = 20
MEASURE_EVERY = 15
CUSTODY_EVERY = 30
RETENTION_EVERY = 3600


class Sweeper:
    """Does what is due at a moment: timers, digests. Safe to call from several processes at once."""

    def __init__(self, store: Store, house: House, clock: Clock) -> None:
        self._store = store
        self._house = house
        self._clock = clock
        self._looked_after: tuple[int, date] | None = None  # the roster and the day nobody was missing in

    async def timers(self) -> int:
        """Every timer whose moment has come, each in a transaction of its own; how many there were."""
        done = 0
        while True:
            async with self._store.reading() as session:
                due = await session.timers.due(self._clock.now())
            if not due:
                return done
            taken = [await self._one(timer) for timer in due]
            done += len(taken)
            if not any(taken):  # each of them failed: the next tick tries again
                return done

    async def _one(self, timer: Timer) -> bool:
        try:
            return await self._store.transact(lambda session: self._handle(session, timer))
        except Exception:
            log.exception("timer_failed", kind=timer.kind.value, request=timer.request)
            return False

    async def _handle(self, session: Session, timer: Timer) -> bool:
        if not await session.timers.take(timer):
            return True  # another process was first
        await chase.on_time(await self._desk(session), timer)
        return True

    async def digests(self) -> int:
        """The digests whose time has come."""

        async def work(session: Session) -> int:
            return await digest.send_due(await self._desk(session))

        return await self._store.transact(work)

    async def custody(self) -> int:
        """What is held by somebody who left or is away goes on, and deadlines follow the calendar. Only a new roster,
        a new day or a new start can change that."""

        async def work(session: Session) -> int:
            desk = await self._desk(session)
            if self._looked_after == (desk.roster.version, desk.today):
                return 0
            moved = await custody.look_after_all(desk) + await recount.recount_all(desk)
            self._looked_after = (desk.roster.version, desk.today)
            return moved

        return await self._store.transact(work)

    async def retention(self) -> int:
        """Content that is kept no longer."""

        async def work(session: Session) -> int:
            return await privacy.forget_old(await self._desk(session))

        return await self._store.transact(work)

    async def measure(self) -> None:
        """Figures for /metrics."""
        async with self._store.reading() as session:
            for state, count in (await session.outbox.counts()).items():
                metrics.OUTBOX.labels(state).set(count)
            earliest = await session.timers.earliest()
        late = (self._clock.now() - earliest).total_seconds() if earliest else 0
        metrics.TIMERS_LATE.set(max(0, late))

    async def _desk(self, session: Session) -> Desk:
        return Desk(session, self._clock.now(), self._house, await self._store.roster(session))


@dataclass
class Ticker:
    """Runs the sweeper's work again and again, and knows when each last succeeded."""

    clock: Clock
    last: dict[str, datetime] = field(default_factory=dict)
    _scheduler: AsyncIOScheduler | None = None

    def start(self, sweeper: Sweeper) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._every(SWEEP_EVERY, "timers", sweeper.timers)
        self._every(DIGEST_EVERY, "digests", sweeper.digests)
        self._every(CUSTODY_EVERY, "custody", sweeper.custody)
        self._every(MEASURE_EVERY, "measure", sweeper.measure)
        self._every(RETENTION_EVERY, "retention", sweeper.retention)
        self._scheduler.start()

    def _every(self, seconds: int, name: str, work: Callable[[], Awaitable[object]]) -> None:
        async def job() -> None:
            try:
                await work()
            except asyncio.CancelledError:  # we are asked to stop; what was not committed is done by the next process
                log.info("job_stopped", job=name)
            except Exception:
                log.exception("job_failed", job=name)
            else:
                self.last[name] = self.clock.now()

        assert self._scheduler is not None  # noqa: S101  started just above
        self._scheduler.add_job(job, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=60)

    def is_alive(self, now: datetime) -> bool:
        """The timers were looked at not long ago."""
        seen = self.last.get("timers")
        return seen is not None and now - seen < timedelta(seconds=60)

    def stop(self) -> None:
        if self._scheduler:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
