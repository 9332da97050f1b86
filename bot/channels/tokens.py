"""The access token of the official account: one for all, fetched by one at a time, never more often than needed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from bot.channels.api import BUSY, Answer, Call
from bot.channels.errors import ChannelError, Refused, TryLater
from bot.channels.pace import SlidingWindow
from bot.clock import Clock
from bot.config import OfficialAccount

STALE_TOKEN = frozenset({40001, 40014, 42001})  # renew once, repeat once (C1)
# Nothing but a person at the console can help: secret, app id, allow-list, frozen secret (C1, C12).
ACCOUNT_CODES = frozenset({40001, 40002, 40013, 40125, 40164, 40243, 41002, 41004, 48004, 50007, 61004, 89503})
TOO_OFTEN = frozenset({45009, 45011})

EARLY = timedelta(minutes=5)  # the platform has a new token ready in the last five minutes
FORCED_A_DAY = 20
FORCED_APART = timedelta(seconds=30)
FETCHES_A_MINUTE = 3
FIRST_PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(minutes=5)


class AccountTrouble(Refused):
    """The account itself is refused (secret, allow-list): no message is at fault, an operator must act."""


def refusal(what: str, answer: Answer) -> ChannelError:
    """What an errcode that is not a token's means: a later try or a last no."""
    code = answer.code()
    if code == BUSY:
        return TryLater(f"{what}: platform busy", code)
    if code in TOO_OFTEN:
        return TryLater(f"{what}: too often", code, wait=60.0)
    return Refused(f"{what}: {code} {answer.message()}", code)


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    expires_at: datetime


class TokenKeeper:
    """Keeps the token of `/cgi-bin/stable_token` (C1).

    Normal mode gives every caller, also another process, the same token. A forced renewal, which makes all others'
    invalid, is only asked for when normal mode insists on the token that was just rejected.
    """

    def __init__(self, settings: OfficialAccount, session: aiohttp.ClientSession, clock: Clock) -> None:
        self._settings = settings
        self._session = session
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token: _Token | None = None
        self._fetches = SlidingWindow(FETCHES_A_MINUTE, timedelta(minutes=1))
        self._forced = SlidingWindow(FORCED_A_DAY, timedelta(days=1))
        self._forced_apart = SlidingWindow(1, FORCED_APART)
        self._failures = 0
        self._trouble: ChannelError | None = None
        self._quiet_until: datetime | None = None

    async def token(self) -> str:
        """A token that is good now. Raises TryLater, or AccountTrouble when the account is refused."""
        if self._is_good(EARLY):
            return self._value()
        async with self._lock:
            if not self._is_good(EARLY):
                await self._refresh()
            return self._value()

    async def renew(self, bad: str) -> str:
        """Another token than `bad`, which the platform rejected. Everybody who waits shares one fetch."""
        async with self._lock:
            if self._token is None or self._token.value != bad:
                if not self._is_good(timedelta(0)):
                    self._token = await self._fetch(force=False)
                return self._value()
            fresh = await self._fetch(force=False)
            if fresh.value == bad:
                fresh = await self._fetch(force=True)
            self._token = fresh
            return fresh.value

    async def _refresh(self) -> None:
        """An old token that still lives is better than none: it is kept when the fetch fails."""
        try:
            self._token = await self._fetch(force=False)
        except ChannelError:
            if not self._is_good(timedelta(0)):
                raise

    def _is_good(self, margin: timedelta) -> bool:
        return self._token is not None and self._token.expires_at - self._clock.now() > margin

    def _value(self) -> str:
        return self._token.value if self._token else ""

    async def _fetch(self, *, force: bool) -> _Token:
        now = self._clock.now()
        self._check_pace(now, force=force)
        self._fetches.note(now)
        if force:
            self._forced.note(now)
            self._forced_apart.note(now)
        try:
            fresh = await self._ask(force=force)
        except ChannelError as error:
            self._failed(error, now)
            raise
        self._failures, self._trouble, self._quiet_until = 0, None, None
        return fresh

    def _check_pace(self, now: datetime, *, force: bool) -> None:
        """A broken account is not asked again and again: it would use up the day's quota."""
        if self._trouble and self._quiet_until and now < self._quiet_until:
            raise _repeated(self._trouble, (self._quiet_until - now).total_seconds())
        wait = self._fetches.wait(now)
        if force:
            wait = max(wait, self._forced.wait(now), self._forced_apart.wait(now))
        if wait:
            raise TryLater("token: asked too often", wait=wait)

    def _failed(self, error: ChannelError, now: datetime) -> None:
        self._trouble = error
        self._quiet_until = now + min(FIRST_PAUSE * 2 ** min(self._failures, 10), LONGEST_PAUSE)
        self._failures += 1

    async def _ask(self, *, force: bool) -> _Token:
        call = Call(
            "token",
            "POST",
            self._settings.api_base.rstrip("/") + "/cgi-bin/stable_token",
            payload={
                "grant_type": "client_credential",
                "appid": self._settings.app_id,
                "secret": self._settings.app_secret.get_secret_value(),
                "force_refresh": force,
            },
        )
        try:
            answer = await call.run(self._session, self._settings.timeout)
        except TryLater as error:  # nothing was sent to anybody: a failed fetch leaves no doubt
            raise TryLater(error.reason, error.code) from None
        return self._token_of(answer)

    def _token_of(self, answer: Answer) -> _Token:
        code = answer.code()
        if code in ACCOUNT_CODES:
            raise AccountTrouble(f"token: {code} {answer.message()}", code)
        if code:
            raise refusal("token", answer)
        fields = answer.fields() or {}
        value, seconds = fields.get("access_token"), fields.get("expires_in")
        if not (isinstance(value, str) and value and isinstance(seconds, int)):
            raise TryLater("token: unreadable answer")
        return _Token(value, self._clock.now() + timedelta(seconds=seconds))


def _repeated(error: ChannelError, wait: float) -> ChannelError:
    """The same trouble again, without having asked again."""
    if isinstance(error, TryLater):
        return TryLater(error.reason, error.code, wait=wait)
    return type(error)(error.reason, error.code)
