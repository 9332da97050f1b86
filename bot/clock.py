"""The only places where time is read. Everybody else is handed a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol


class Clock(Protocol):
    """Tells the time as an aware UTC datetime, and how long it has been going: a clock may be set, and then the two
    part."""

    def now(self) -> datetime: ...

    def running(self) -> timedelta: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def running(self) -> timedelta:
        return timedelta(seconds=monotonic())


class PushedClock:
    """A clock that can be pushed forward, for the demo, the tests and the simulation.

    With `start` it stands still there until it is pushed; without, it runs with the machine's clock,
    ahead of it by all that it was pushed.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        return (self._start or datetime.now(UTC)) + self._ahead

    def running(self) -> timedelta:
        """Pushed time has gone by like any other."""
        return (timedelta(0) if self._start else timedelta(seconds=monotonic())) + self._ahead

    def push(self, by: timedelta) -> None:
        """Move forward; a clock that people live by never runs back."""
        if by < timedelta(0):
            raise ValueError("a clock is only pushed forward")
        self._ahead += by
