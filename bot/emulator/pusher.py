"""Carries pushes to the bot's callback: signed, encrypted, on a five-second timer, up to three times (A2, A5, E1)."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import aiohttp

from bot.clock import PushedClock
from bot.emulator.credentials import Credentials, dice, letters
from bot.emulator.crypt import encrypt, sign
from bot.emulator.faults import Faults
from bot.emulator.passive import Abnormal, Answer, read_answer, write_xml

Query = dict[str, str]


@dataclass(slots=True)
class Push:
    """One message or event. All its deliveries carry the same fields; it is answered once.

    `is_awaited` is true when the resident looks at the chat for an answer, so that a failure shows him the notice.
    """

    openid: str
    fields: Mapping[str, Any]
    is_awaited: bool = True
    is_answered: bool = False


@dataclass(slots=True)
class Pusher:
    """The platform's side of the callback. `delivery_timeout` and `redelivery_pause` are in real seconds."""

    credentials: Credentials
    clock: PushedClock
    faults: Faults
    callback_url: str = ""
    delivery_timeout: float = 5.0
    deliveries: int = 3
    seed: int = 0
    redelivery_pause: float = 0.0  # before a push that failed is delivered again
    other_key: str = ""  # while keys are being changed
    attempts: int = 0  # deliveries made so far
    session: aiohttp.ClientSession | None = None
    _chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = dice("pusher", self.seed)

    async def start(self) -> None:
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))

    async def close(self) -> None:
        if self.session is not None:
            await self.session.close()
            self.session = None

    async def deliver(self, push: Push) -> Answer | None:
        """The answer, None if the bot wants to say nothing. Raises Abnormal when the resident sees the notice."""
        for again in range(self.deliveries):
            if again:
                await asyncio.sleep(self.redelivery_pause)
            key = self._some_key()
            body = await self._post(push, key)
            if body is not None and not self.faults.take("drop_passive"):
                return read_answer(body, replace(self.credentials, encoding_aes_key=key), push.openid)
        raise Abnormal(f"no answer in {self.deliveries} deliveries")

    async def verify(self) -> bool:
        """What the console does when the URL is saved: the echo must come back as it is (A2)."""
        echo = letters(self._chance, 19, "123456789")
        try:
            async with (
                asyncio.timeout(self.delivery_timeout),
                self._http().get(
                    self.callback_url, params={**self.signed(), "echostr": echo}, allow_redirects=False
                ) as response,
            ):
                return response.status == 200 and await response.read() == echo.encode()
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def post_raw(self, query: Mapping[str, str], body: bytes) -> int:
        """Any bytes to the callback, as a stranger could send them; the HTTP status."""
        status, _ = await self._exchange(query, body)
        return status

    def seal(self, push: Push, key: str = "") -> tuple[Query, bytes]:
        """Query and body of one delivery, signed afresh; `key` stands in for the credentials' EncodingAESKey."""
        query = {**self.signed(), "openid": push.openid}
        text = write_xml(push.fields)
        if self.credentials.mode == "plain":
            return query, text.encode()
        encrypted = encrypt(key or self.credentials.encoding_aes_key, self.credentials.app_id, text)
        query |= {
            "encrypt_type": "aes",
            "msg_signature": sign(self.credentials.token, query["timestamp"], query["nonce"], encrypted),
        }
        shown = push.fields if self.credentials.mode == "compatible" else {"ToUserName": push.fields["ToUserName"]}
        return query, write_xml({**shown, "Encrypt": encrypted}).encode()

    def signed(self) -> Query:
        timestamp = str(int(self.clock.now().timestamp()))
        nonce = letters(self._chance, 10, "123456789")
        return {
            "signature": sign(self.credentials.token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
        }

    async def _post(self, push: Push, key: str) -> bytes | None:
        """One delivery. None when it failed: the connection is dropped and a late answer heard by nobody."""
        self.attempts += 1
        query, body = self.seal(push, key)
        try:
            status, answer = await self._exchange(query, body)
        except (aiohttp.ClientError, TimeoutError):
            return None
        return answer if status == 200 else None

    async def _exchange(self, query: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        headers = {"Content-Type": "text/xml"}
        async with (
            asyncio.timeout(self.delivery_timeout),
            self._http().post(
                self.callback_url, params=query, allow_redirects=False, data=io.BytesIO(body), headers=headers
            ) as response,
        ):
            return response.status, await response.read()

    def _some_key(self) -> str:
        known = self.credentials.encoding_aes_key
        return self._chance.choice((known, self.other_key or known))

    def _http(self) -> aiohttp.ClientSession:
        if self.session is None:
            raise RuntimeError("the platforms were not started")
        return self.session
