"""The group robot 群机器人 (消息推送): one way, one group, twenty a minute; a spare (fact sheet D5)."""

from __future__ import annotations

from datetime import timedelta

import aiohttp

from bot.channels.api import Call
from bot.channels.errors import Refused, TryLater
from bot.channels.pace import SlidingWindow
from bot.channels.text import fit_text
from bot.channels.tokens import refusal
from bot.clock import Clock
from bot.config import WecomWebhook as WecomWebhookSettings

MAX_CONTENT = 4096  # bytes of markdown
A_MINUTE = 20
TIMEOUT = 8.0  # seconds


class WecomWebhook:
    """Posts markdown to the one group its URL belongs to. The URL is the secret: it stands in no error."""

    def __init__(self, settings: WecomWebhookSettings, session: aiohttp.ClientSession, clock: Clock) -> None:
        self._url = settings.url
        self._session = session
        self._clock = clock
        self._window = SlidingWindow(A_MINUTE, timedelta(minutes=1))

    async def send(self, text: str) -> None:
        """Raises TryLater, also unasked after twenty in a minute, and Refused (93000: bad key)."""
        if not self._url.get_secret_value():
            raise Refused("webhook: not configured")
        now = self._clock.now()
        wait = self._window.wait(now)
        if wait:
            raise TryLater("webhook: twenty in the last minute", wait=wait)
        self._window.note(now)
        payload = {"msgtype": "markdown", "markdown": {"content": fit_text(text, MAX_CONTENT)[0]}}
        call = Call("webhook", "POST", self._url.get_secret_value(), payload=payload)
        answer = await call.run(self._session, TIMEOUT)
        if answer.fields() is None:
            raise TryLater("webhook: unreadable answer", uncertain=True)
        if answer.code():
            raise refusal("webhook", answer)
