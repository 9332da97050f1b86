"""Who will do what, and when: the future of the people in the month."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

Deed = Callable[[], Awaitable[None]]
GRID = timedelta(seconds=30)  # people act on this grid, so that several act in one step
_EPOCH = datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC"))
MORNING, EVENING = 7, 21  # hours people are up


class Agenda:
    """Deeds by their moment; those of one moment in the order they were planned."""

    def __init__(self) -> None:
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._order = itertools.count()

    def plan(self, at: datetime, deed: Deed) -> None:
        heapq.heappush(self._deeds, (on_grid(at), next(self._order), deed))

    @property
    def next(self) -> datetime | None:
        return self._deeds[0][0] if self._deeds else None

    def due(self, now: datetime) -> Iterator[Deed]:
        """What is to be done by now; what is planned meanwhile for now comes too."""
        while self._deeds and self._deeds[0][0] <= now:
            yield heapq.heappop(self._deeds)[2]


def on_grid(moment: datetime) -> datetime:
    """The next moment on the grid, or this one."""
    return moment + (_EPOCH - moment) % GRID


def when_up(moment: datetime, zone: ZoneInfo, chance: Random) -> datetime:
    """This moment if people are up, else some time in the morning after."""
    local = moment.astimezone(zone)
    if MORNING <= local.hour < EVENING:
        return moment
    day = local if local.hour < MORNING else local + timedelta(days=1)
    return day.replace(hour=MORNING, minute=0, second=0) + timedelta(minutes=chance.uniform(0, 90))
