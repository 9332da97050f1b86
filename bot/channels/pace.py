"""How often something may be done: a sliding window of moments. Pure: the moment is an argument."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta


class SlidingWindow:
    """At most `limit` in any `period`. Whether a platform's own window slides is unknown; sliding is the safe guess."""

    def __init__(self, limit: int, period: timedelta) -> None:
        self._limit = limit
        self._period = period
        self._moments: deque[datetime] = deque()

    def wait(self, now: datetime) -> float:
        """Seconds until the next is allowed; 0.0 when it is now."""
        self._forget(now)
        if len(self._moments) < self._limit:
            return 0.0
        return max(0.001, (self._moments[-self._limit] + self._period - now).total_seconds())

    def note(self, now: datetime) -> None:
        """It was done."""
        self._moments.append(now)

    def is_idle(self, now: datetime) -> bool:
        self._forget(now)
        return not self._moments

    def _forget(self, now: datetime) -> None:
        while self._moments and self._moments[0] + self._period <= now:
            self._moments.popleft()


class ConversationPace:
    """Several windows for every conversation, each conversation for itself; idle ones are forgotten."""

    def __init__(self, limits: Sequence[tuple[int, timedelta]], most: int = 4096) -> None:
        self._limits = tuple(limits)
        self._most = most
        self._windows: dict[str, tuple[SlidingWindow, ...]] = {}

    def __len__(self) -> int:
        """How many conversations are remembered."""
        return len(self._windows)

    def wait(self, conversation: str, now: datetime) -> float:
        """Seconds until the next is allowed in this conversation; 0.0 when it is now."""
        return max((window.wait(now) for window in self._windows.get(conversation, ())), default=0.0)

    def note(self, conversation: str, now: datetime) -> None:
        if conversation not in self._windows:
            if len(self._windows) >= self._most:
                self._forget_idle(now)
            self._windows[conversation] = tuple(SlidingWindow(limit, period) for limit, period in self._limits)
        for window in self._windows[conversation]:
            window.note(now)

    def _forget_idle(self, now: datetime) -> None:
        busy = {name: windows for name, windows in self._windows.items() if not all(w.is_idle(now) for w in windows)}
        self._windows = busy
