"""What the official account may still send and call: message windows, daily quotas, access tokens (C1 to C3)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.emulator.credentials import Credentials, dice, letters

BEIJING = ZoneInfo("Asia/Shanghai")
OUT_OF_TIME, OUT_OF_COUNT = 45015, 45047
ALLOWANCES: dict[str, tuple[int, timedelta]] = {
    "message": (5, timedelta(hours=48)),
    "touch": (3, timedelta(minutes=1)),  # menu click, tapped answer, follow, scan
}


@dataclass(frozen=True, slots=True)
class Window:
    left: int
    until: datetime


class Ledger:
    """How many free messages each resident has still to get (fact sheet C3)."""

    def __init__(self) -> None:
        self._windows: dict[str, dict[str, Window]] = {}

    def open(self, openid: str, trigger: Literal["message", "touch"], now: datetime) -> None:
        """The resident did something: the allowance of that kind starts anew, it does not add up."""
        count, length = ALLOWANCES[trigger]
        self._windows.setdefault(openid, {})[trigger] = Window(count, now + length)

    def close(self, openid: str) -> None:
        """He no longer follows."""
        self._windows.pop(openid, None)

    def check(self, openid: str, now: datetime) -> int:
        """0, or the error code a message would get now."""
        windows = self._open_windows(openid, now)
        if not windows:
            return OUT_OF_TIME
        return 0 if any(window.left for window in windows.values()) else OUT_OF_COUNT

    def spend(self, openid: str, now: datetime) -> None:
        """Take one from the window that allows it and closes first."""
        usable = {name: window for name, window in self._open_windows(openid, now).items() if window.left}
        name = min(usable, key=lambda name: usable[name].until)
        self._windows[openid][name] = replace(usable[name], left=usable[name].left - 1)

    def left(self, openid: str, now: datetime) -> int:
        return sum(window.left for window in self._open_windows(openid, now).values())

    def _open_windows(self, openid: str, now: datetime) -> dict[str, Window]:
        return {name: window for name, window in self._windows.get(openid, {}).items() if now < window.until}


class Daily:
    """Counters that start anew at midnight in Beijing (fact sheet C2)."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, object]] = Counter()

    def count(self, name: str, now: datetime) -> int:
        """One more; how many that makes today."""
        key = (name, now.astimezone(BEIJING).date())
        self._counts[key] += 1
        return self._counts[key]

    def clear(self) -> None:
        self._counts.clear()


@dataclass(frozen=True, slots=True)
class Token:
    value: str
    expires: datetime  # afterwards 42001
    dies: datetime | None = None  # superseded: afterwards 40001


@dataclass(slots=True)
class Kind:
    """One of the two families of tokens; they never invalidate each other."""

    current: Token | None = None
    fetches: int = 0
    forced_at: datetime | None = None


LIFE, GRACE, FORCE_PAUSE = timedelta(seconds=7200), timedelta(minutes=5), timedelta(seconds=30)
FETCHES_A_DAY, STABLE_A_DAY, FORCED_A_DAY = 2000, 500_000, 20
_SHAPE = re.compile(r"[0-9]{2}_[A-Za-z0-9]{100}")


class ApiError(Exception):
    """An answer with an errcode."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


@dataclass(slots=True)
class TokenDesk:
    """`/cgi-bin/token` and `/cgi-bin/stable_token` (fact sheet C1)."""

    credentials: Credentials
    seed: int = 0
    daily: Daily = field(default_factory=Daily)
    plain: Kind = field(default_factory=Kind)
    stable: Kind = field(default_factory=Kind)
    _issued: dict[str, Token] = field(default_factory=dict)

    def fetch(self, now: datetime) -> tuple[str, int]:
        """A new token each time; the one before stays good for five minutes."""
        self._spend("token", FETCHES_A_DAY, now)
        self.plain.fetches += 1
        return self._supersede(self.plain, now, GRACE).value, int(LIFE.total_seconds())

    def fetch_stable(self, now: datetime, *, force: bool = False) -> tuple[str, int]:
        """The same token until its last five minutes; forced, a new one that kills the old."""
        self._spend("stable_token", STABLE_A_DAY, now)
        self.stable.fetches += 1
        old = self.stable.current
        if force and not self._forced_just_now(now):
            self._spend("forced", FORCED_A_DAY, now)
            self.stable.forced_at = now
            token = self._supersede(self.stable, now, timedelta(0))
        elif old is None or (old.dies and now >= old.dies) or old.expires - now < GRACE:
            token = self._supersede(self.stable, now, GRACE)
        else:
            token = old
        return token.value, int((token.expires - now).total_seconds())

    def check(self, value: str, now: datetime) -> None:
        """Raises ApiError unless the token may be used now."""
        if not value:
            raise ApiError(41001, "access_token missing")
        if not _SHAPE.fullmatch(value):
            raise ApiError(40014, "invalid access_token")
        token = self._issued.get(value)
        if token is None or (token.dies and now >= token.dies):
            raise ApiError(40001, "invalid credential, access_token is invalid or not latest")
        if now >= token.expires:
            raise ApiError(42001, "access_token expired")

    def invalidate(self, now: datetime) -> None:
        """Somebody reset things in the console: every token is dead at once."""
        for value, token in self._issued.items():
            self._issued[value] = replace(token, dies=now)
        for kind in (self.plain, self.stable):
            kind.current = self._issued[kind.current.value] if kind.current else None

    def check_caller(self, app_id: str, secret: str, grant_type: str) -> None:
        """Raises ApiError for what is wrong with a request for a token."""
        wrong = [
            (not app_id, 41002, "appid missing"),
            (not secret, 41004, "appsecret missing"),
            (grant_type != "client_credential", 40002, "invalid grant_type"),
            (app_id != self.credentials.app_id, 40013, "invalid appid"),
            (secret != self.credentials.app_secret, 40125, "invalid appsecret"),
        ]
        for is_wrong, code, text in wrong:
            if is_wrong:
                raise ApiError(code, text)

    def _forced_just_now(self, now: datetime) -> bool:
        return self.stable.forced_at is not None and now - self.stable.forced_at < FORCE_PAUSE

    def _supersede(self, kind: Kind, now: datetime, grace: timedelta) -> Token:
        if kind.current:
            self._retire(kind.current, now + grace)
        count = self.plain.fetches + self.stable.fetches
        token = Token(f"{count % 90 + 10}_{letters(dice('token', self.seed, count), 100)}", now + LIFE)
        kind.current = self._issued[token.value] = token
        return token

    def _retire(self, token: Token, dies: datetime) -> None:
        known = self._issued[token.value]
        self._issued[token.value] = replace(known, dies=min(known.dies or dies, dies))

    def _spend(self, name: str, limit: int, now: datetime) -> None:
        if self.daily.count(name, now) > limit:
            raise ApiError(45009, "reach max api daily quota limit")
