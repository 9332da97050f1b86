"""What goes wrong in the month, and when: outages, cuts, restarts. Deliveries that double stand with the residents."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.simulate.agenda import Agenda, Deed
from bot.simulate.stage import Stage


@dataclass
class Faults:
    """`outages` are the times when something could not leave because a platform was away."""

    stage: Stage
    agenda: Agenda
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)
    happened: dict[str, int] = field(default_factory=dict)

    def plan_day(self, midnight: datetime, day: int) -> None:
        """A cut every second day, a restart every third, the account's API away for an hour once in five, WeCom's
        socket for twenty minutes once in seven, a busy platform and a lost answer now and then."""
        hour = timedelta(hours=1)
        if day % 2 == 1:
            self.agenda.plan(midnight + 11 * hour, self._cut)
        if day % 3 == 2:
            self.agenda.plan(midnight + 15.5 * hour, self._restart)
        if day % 5 == 1:
            self.agenda.plan(midnight + 10 * hour, self._account_away(hour))
        if day % 7 == 3:
            self.agenda.plan(midnight + 16 * hour, self._wecom_away(hour / 3))
        if day % 4 == 0:
            self.agenda.plan(midnight + 9 * hour, self._busy(hour))

    def _note(self, name: str) -> None:
        self.happened[name] = self.happened.get(name, 0) + 1

    async def _cut(self) -> None:
        """The long connection breaks, what was under way comes again; the robot is back after a moment."""
        self._note("cuts")
        self.stage.platforms.wecom.faults.duplicate_after_reconnect = 3
        await self.stage.platforms.wecom.kick(hard=True)
        while self.stage.bot.wecom and self.stage.bot.wecom.is_up:
            await self.stage.platforms.settle()
            await _a_moment()
        await self.stage.connected()

    async def _restart(self) -> None:
        self._note("restarts")
        await self.stage.restart()

    def _account_away(self, length: timedelta) -> Deed:
        faults = self.stage.platforms.wechat.faults

        async def begin() -> None:
            self._note("account_outages")
            faults.api_down = True
            self._outage(length)
            self.agenda.plan(self.stage.clock.now() + length, end)

        async def end() -> None:
            faults.api_down = False

        return begin

    def _wecom_away(self, length: timedelta) -> Deed:
        faults = self.stage.platforms.wecom.faults

        async def begin() -> None:
            self._note("wecom_outages")
            faults.api_down = True
            self._outage(length)
            await self.stage.platforms.wecom.kick(hard=True)
            self.agenda.plan(self.stage.clock.now() + length, end)

        async def end() -> None:
            faults.api_down = False
            await self.stage.connected()

        return begin

    def _busy(self, length: timedelta) -> Deed:
        """Every tenth call is answered -1, and one answer never arrives."""
        faults = self.stage.platforms.wechat.faults

        async def begin() -> None:
            self._note("busy_hours")
            faults.error_rate, faults.lose_answer_next = 0.1, 1
            self._outage(length)
            self.agenda.plan(self.stage.clock.now() + length, end)

        async def end() -> None:
            faults.error_rate = 0.0

        return begin

    def _outage(self, length: timedelta) -> None:
        now = self.stage.clock.now()
        self.outages.append((now, now + length + timedelta(minutes=10)))  # and the pauses that grew meanwhile


async def _a_moment() -> None:
    """Real time for a broken connection to be noticed."""
    await asyncio.sleep(0.01)
