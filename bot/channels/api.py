"""One call to a platform's JSON API: what was sent, what came back, what went wrong. Nothing secret in any error."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import aiohttp

from bot.channels.errors import Refused, TryLater

MAX_ANSWER = 1024 * 1024  # bytes of a JSON answer
REPEATS = 2  # after the first try, and only of what may be repeated
BUSY = -1

_NO_CONTACT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
_LONG_WORD = re.compile(r"https?://\S+|[0-9A-Za-z_\-]{20,}")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status 200 and its body; `fields()` is None when that is no JSON object."""

    body: bytes
    content_type: str

    def fields(self) -> dict[str, Any] | None:
        if self.body.lstrip()[:1] != b"{":
            return None
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def code(self) -> int:
        """errcode; 0 if there is none."""
        code = (self.fields() or {}).get("errcode", 0)
        return code if isinstance(code, int) else 0

    def message(self) -> str:
        """errmsg without anything that could be a token, an open id or an address."""
        return _LONG_WORD.sub("…", str((self.fields() or {}).get("errmsg", "")))[:160]


class Upload(Protocol):
    """A file that goes as a multipart form (fact sheet C9)."""

    @property
    def data(self) -> bytes: ...

    @property
    def name(self) -> str: ...

    @property
    def content_type(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Call:
    """One call, to be run once or again. `what` names it in errors; `most` is the size of the answer in bytes."""

    what: str
    method: str
    url: str = field(repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    payload: Mapping[str, Any] | None = field(default=None, repr=False)
    upload: Upload | None = field(default=None, repr=False)
    most: int = MAX_ANSWER

    async def run(self, session: aiohttp.ClientSession, seconds: float, token: str = "") -> Answer:
        """Ends within `seconds`. Raises TryLater: uncertain when the call may have been carried out without our
        hearing of it, which is a time-out or an answer that broke off.

        A connection that is reset before a word of the answer, and 5xx from something on the way, are what an outage
        looks like: there the call was not carried out, and not to repeat it would lose a message for certain.

        An answer that is too long is Refused. JSON goes out as raw UTF-8: some fields show \\u escapes literally (C).
        """
        params = {"access_token": token, **self.params} if token else dict(self.params)
        body, headers = self._body()
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with session.request(
                self.method, self.url, params=params, data=body, headers=headers, timeout=limit
            ) as response:
                self._check_status(response.status)
                return Answer(await self._read(response), response.content_type)
        except (*_NO_CONTACT, aiohttp.ServerDisconnectedError, ConnectionResetError) as error:
            raise TryLater(f"{self.what}: {type(error).__name__}") from None
        except (aiohttp.ClientError, OSError) as error:  # a TimeoutError is an OSError
            raise TryLater(f"{self.what}: {type(error).__name__}", uncertain=True) from None

    def _body(self) -> tuple[bytes | aiohttp.FormData | None, Mapping[str, str] | None]:
        """Made anew for each try: a form can be sent only once."""
        if self.upload is not None:
            form = aiohttp.FormData()
            form.add_field("media", self.upload.data, filename=self.upload.name, content_type=self.upload.content_type)
            return form, None
        if self.payload is None:
            return None, None
        body = json.dumps(self.payload, ensure_ascii=False).encode("utf-8", "replace")
        return body, {"Content-Type": "application/json; charset=utf-8"}

    def _check_status(self, status: int) -> None:
        """The platforms answer 200 to everything; another status comes from something on the way."""
        if status != 200:
            raise TryLater(f"{self.what}: HTTP {status}", uncertain=status == 504)

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        parts, size = [], 0
        async for part in response.content.iter_any():
            size += len(part)
            if size > self.most:
                raise Refused(f"{self.what}: answer too long")
            parts.append(part)
        return b"".join(parts)


async def again(attempt: Callable[[], Awaitable[T]], repeats: int = REPEATS) -> T:
    """Run what may be repeated; after a busy platform or a broken connection at most `repeats` times more."""
    for number in range(repeats):
        try:
            return await attempt()
        except TryLater as error:
            if error.wait is not None or error.code not in (0, BUSY):
                raise
        await asyncio.sleep(random.uniform(0.5, 1.0) * 0.2 * 2**number)  # noqa: S311 - jitter is no secret
    return await attempt()
