"""The clockwork: APScheduler ticks, the database says what is due. Jobs remember nothing.

The machine's clock may be set while we run. What is due is due by what the clock says; how often we look, whether we
still do, and how long the clock has gone evenly is measured by time that nobody sets.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import metrics
from bot.clock import Clock, SystemClock
from handlers.desk import Desk, House
from handlers.residents import privacy
from handlers.watching import audit, chase, custody, digest, outage, recount
from storage.records import Channel, Timer
from storage.session import Session
from storage.store import Store

log = structlog.get_logger(__name__)

SWEEP_EVERY = 1  # seconds
DIGEST_EVERY = 20
MEASURE_EVERY = 15
LINES_EVERY = 5
CUSTODY_EVERY = 30
RETENTION_EVERY = 3600
AUDIT_EVERY = 60
HEARTBEATS = ("timers", "custody", "digests", "retention")  # the audit's own beats when it has really looked
BEAT_EVERY = timedelta(minutes=1)  # a heartbeat is written down no more often
LETS_GO_WITHIN = 5.0  # seconds for work that was told to stop
ALIVE_WITHIN = 60.0  # seconds since the timers were last looked at
A_SET = timedelta(seconds=1)  # a clock that differs more from the time gone by was set
CATCH_UP = timedelta(minutes=1)  # so long all jobs need to do what became due when the clock was set


class Sweeper:
    """Does what is due at a moment: timers, digests. Safe to call from several processes at once."""

    def __init__(self, store: Store, house: House, clock: Clock) -> None:
        self._store = store
        self._house = house
        self._clock = clock
        self._looked_after: tuple[int, date] | None = None  # the roster and the day nobody was missing in
        self._reported: dict[Channel, datetime] = {}  # channels the secretaries know to be down, since when
        self._audited: date | None = None
        self._ahead: timedelta | None = None  # of the time that the clock has been running
        self._set_at = -CATCH_UP  # when it was last set, by that time
        self._beats: dict[str, datetime] = {}

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

        async def work(session: Session) -> tuple[int, tuple[int, date]]:
            desk = await self._desk(session)
            seen = (desk.roster.version, desk.today)
            if self._looked_after == seen:
                return 0, seen
            return await custody.look_after_all(desk) + await recount.recount_all(desk), seen

        moved, self._looked_after = await self._store.transact(work)  # what was rolled back was not looked after
        return moved

    async def retention(self) -> int:
        """Content that is kept no longer."""

        async def work(session: Session) -> int:
            return await privacy.forget_old(await self._desk(session))

        return await self._store.transact(work)

    async def audit(self) -> int:
        """Once a night: is every promise kept? How many were told that it is not."""
        now = self._clock.now()
        day = self._house.calendar.day_of(now)
        if not self._has_caught_up() or day == self._audited or not audit.is_time(self._house.settings, now):
            return 0
        async with self._store.reading(frozen=True) as session:
            desk = await self._desk(session)
            is_done = await session.reports.is_claimed(audit.KIND, "", day)
            report = None if is_done else await audit.look(desk, by_night=True)
        self._audited = day
        if report is None:
            return 0
        for finding in report.findings:
            log.warning("audit_found", what=finding.trouble.value, count=finding.count)

        async def work(session: Session) -> int:
            return await audit.tell(await self._desk(session), report)

        told = await self._store.transact(work)
        await self.beat("audit")
        return told

    def _has_caught_up(self) -> bool:
        """What became due because the clock was set a moment ago is not late: all jobs have had a turn since."""
        running = self._clock.running()
        ahead = self._clock.now() - datetime.fromtimestamp(0, UTC) - running
        if self._ahead is not None and abs(ahead - self._ahead) > A_SET:
            self._set_at = running
        self._ahead = ahead
        return running - self._set_at >= CATCH_UP

    async def lines(self) -> int:
        """Channels that are down for long, or up again: the secretaries hear of both; how many were told."""
        now, lines = self._clock.now(), self._house.lines
        told = 0
        for channel in (Channel.OFFICIAL_ACCOUNT, Channel.WECOM_BOT):
            since = lines.down_since(channel)
            if since is not None and channel not in self._reported and now - since >= outage.DOWN_FOR:
                if await self._is_untried(channel):
                    lines.came_back(channel)
                    continue
                told += await self._tell(outage.tell_down, channel, since)
                self._reported[channel] = since
            elif since is None and channel in self._reported:
                told += await self._tell(outage.tell_back, channel, self._reported[channel])
                del self._reported[channel]
        return told

    async def _is_untried(self, channel: Channel) -> bool:
        """One call that hung, and nothing to say since then, is no outage; that a robot's line is cut is known."""

        async def nothing_waits(session: Session) -> bool:
            return not await session.outbox.count_waiting(channel)

        return channel is Channel.OFFICIAL_ACCOUNT and await self._store.transact(nothing_waits)

    async def _tell(
        self, tell: Callable[[Desk, Channel, datetime], Awaitable[int]], channel: Channel, since: datetime
    ) -> int:
        async def work(session: Session) -> int:
            return await tell(await self._desk(session), channel, since)

        return await self._store.transact(work)

    async def beat(self, *names: str) -> None:
        """Write down that these jobs have done their work just now, unless that was written a moment ago."""
        now = self._clock.now()
        due = [name for name in names if name not in self._beats or abs(now - self._beats[name]) >= BEAT_EVERY]
        if due:
            await self._store.transact(lambda session: session.jobs.ran(due, now))
            self._beats.update(dict.fromkeys(due, now))

    async def begin(self) -> None:
        """Write down since when there is a clockwork."""
        await self._store.transact(lambda session: session.jobs.began(audit.STARTED, self._clock.now()))

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
    """Runs the sweeper's work again and again, and knows when each last succeeded.

    APScheduler reckons by the machine's clock: set back by an hour, it would do nothing for an hour. So `keep_going`
    looks every second whether a job waits longer than it ever should.
    """

    scheduler: AsyncIOScheduler = field(default_factory=lambda: AsyncIOScheduler(timezone="UTC"))
    last: dict[str, float] = field(default_factory=dict)  # by `monotonic`
    _doing: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self, sweeper: Sweeper) -> None:
        self.last["start"] = monotonic()
        self._every(sweeper, SWEEP_EVERY, "timers", sweeper.timers)
        self._every(sweeper, DIGEST_EVERY, "digests", sweeper.digests)
        self._every(sweeper, CUSTODY_EVERY, "custody", sweeper.custody)
        self._every(sweeper, LINES_EVERY, "lines", sweeper.lines)
        self._every(sweeper, MEASURE_EVERY, "measure", sweeper.measure)
        self._every(sweeper, RETENTION_EVERY, "retention", sweeper.retention)
        self._every(sweeper, AUDIT_EVERY, "audit", sweeper.audit)
        self.scheduler.start()

    async def keep_going(self) -> None:
        """Until cancelled: a job that would wait longer than from one turn to the next has its turn now."""
        while True:
            await asyncio.sleep(SWEEP_EVERY)
            now = SystemClock().now()
            late = [job for job in self.scheduler.get_jobs() if job.next_run_time - now > job.trigger.interval]
            for job in late:
                job.modify(next_run_time=now)
            if late:
                log.warning("clock_set_back", jobs=len(late))

    def _every(self, sweeper: Sweeper, seconds: int, name: str, work: Callable[[], Awaitable[object]]) -> None:
        async def job() -> None:
            if doing := asyncio.current_task():
                self._doing.add(doing)
                doing.add_done_callback(self._doing.discard)
            try:
                await work()
                if name in HEARTBEATS:
                    await sweeper.beat(name)
            except asyncio.CancelledError:  # we are asked to stop; what was not committed is done by the next process
                log.info("job_stopped", job=name)
            except Exception:
                log.exception("job_failed", job=name)
            else:
                self.last[name] = monotonic()

        # However late it is, as after the clock was set forward, it is done at once, and once.
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self.scheduler.add_job(job, "interval", seconds=seconds, **options)

    def is_alive(self) -> bool | None:
        """Were the timers looked at not long ago? None where nothing ticks."""
        if "start" not in self.last:
            return None
        return monotonic() - self.last.get("timers", self.last["start"]) < ALIVE_WITHIN

    async def stop(self) -> None:
        """Nothing ticks any more, and what was being done has let go of the database before that is closed."""
        if self.last.pop("start", None) is not None:
            self.scheduler.shutdown(wait=False)  # cancels what is being done
        if self._doing:
            await asyncio.wait(self._doing, timeout=LETS_GO_WITHIN)
