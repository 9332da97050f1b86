"""The month itself: the clock is pushed from one event to the next, everybody acts and looks, nothing sleeps."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import PushedClock
from bot.simulate.agenda import Agenda, on_grid
from bot.simulate.faults import Faults
from bot.simulate.figures import Figures, count
from bot.simulate.members import Staff
from bot.simulate.residents import Residents
from bot.simulate.stage import Stage, stage

START = datetime(2026, 9, 21, 7, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # two holidays lie ahead
TICK = timedelta(minutes=4)  # how often the clockwork looks after what is not urgent
HOP = timedelta(minutes=10)  # the longest leap: digests and the audit are looked for at each stop
PEOPLE_PER_MESSAGE = 0.45  # residents, for each message of a day
VISITS_PER_MESSAGE = 0.216  # the rest are answers, ratings, second halves, and what members say


@dataclass(frozen=True, slots=True)
class Plan:
    """What to play: so many days, so many messages a day, residents' and members', all by chance of one seed."""

    days: int = 30
    messages: int = 500
    seed: int = 1


@dataclass
class Month:
    """One run. `tell` hears of each day that has gone by."""

    stage: Stage
    plan: Plan
    tell: Callable[[int], None]
    agenda: Agenda = field(default_factory=Agenda)

    def __post_init__(self) -> None:
        self.residents = Residents(self.stage, self.agenda, self.plan.seed)
        self.staff = Staff(self.stage, self.agenda, self.plan.seed)
        self.faults = Faults(self.stage, self.agenda)
        self._planned = 0
        self._ticked = START

    async def live(self) -> None:
        """From the first morning to the last midnight."""
        await self.residents.move_in(max(10, int(self.plan.messages * PEOPLE_PER_MESSAGE)))
        end = self._midnight(self.plan.days)
        while (now := self.stage.clock.now()) < end:
            self._plan_today(now)
            await self._go_on(now, await self._step(now), end)
        await self.stage.settle()
        await self.stage.tick()

    def _midnight(self, day: int) -> datetime:
        return START.replace(hour=0) + timedelta(days=day)

    def _plan_today(self, now: datetime) -> None:
        while self._planned < self.plan.days and now >= self._midnight(self._planned):
            day, midnight = self._planned, self._midnight(self._planned)
            self.residents.plan_day(midnight, int(self.plan.messages * VISITS_PER_MESSAGE), day)
            self.staff.plan_day(midnight, day)
            self.faults.plan_day(midnight, day)
            self._planned += 1
            self.tell(day)

    async def _step(self, now: datetime) -> datetime | None:
        """All that happens at this moment; when the desk has something to do next."""
        for deed in self.agenda.due(now):
            await deed()
        if now - self._ticked >= TICK:
            await self.stage.tick()
            self._ticked = now
        due = await self.stage.settle()
        self.residents.look()
        self.staff.look()
        return due

    async def _go_on(self, now: datetime, due: datetime | None, end: datetime) -> None:
        """To whatever comes next: somebody's deed, a timer, a message that is due."""
        stops = [self.agenda.next, on_grid(due) if due else None, now + HOP, end]
        goal = min(moment for moment in stops if moment is not None)
        self.stage.clock.push(max(goal - now, timedelta(0)))


async def play_month(folder: Path, plan: Plan, tell: Callable[[int], None]) -> Figures:
    """Play it in this folder and count what became of everything."""
    began, busy = time.perf_counter(), time.process_time()
    async with stage(folder, PushedClock(START), plan.seed) as on_stage:
        month = Month(on_stage, plan, tell)
        await month.live()
        return await count(month, time.perf_counter() - began, time.process_time() - busy)
