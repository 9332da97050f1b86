"""What can be made to go wrong on an emulated platform: knobs that a test or the demo page turns."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from aiohttp import web

from bot.emulator.credentials import dice


@dataclass(slots=True)
class Faults:
    """All off by default. Numbers named `…_next` count down; seconds are real ones.

    `duplicate_next`: so many extra deliveries of the next message, `together` with it or `after` its answer;
    the later sort is `redeliver()`. `template_status` is what TEMPLATESENDJOBFINISH reports (fact sheet A4).
    """

    api_down: bool = False  # connections are reset, sockets refused
    api_slow: float = 0.0  # every answer comes so many seconds later
    bad_gateway_next: int = 0  # 502 and a page of HTML
    late_answer_next: int = 0  # the call is done, but something on the way answers 504 for it
    error_code: int | None = None  # every call answers it
    error_rate: float = 0.0  # share of calls that answer -1
    lose_answer_next: int = 0  # the call is done, but its answer never arrives
    ip_not_allowed: bool = False  # 40164 for tokens
    invalid_token_once: bool = False  # the next call answers 40001
    duplicate_next: int = 0
    duplicate_how: Literal["together", "after"] = "after"
    overtaken_next: int = 0  # so many pushes wait until a later one has been delivered
    drop_passive: int = 0  # so many answers to pushes are lost on the way, so the push is delivered again
    push_jitter: float = 0.0  # a push waits up to so long, so that messages overtake each other
    template_status: str = "success"
    duplicate_after_reconnect: int = 0  # the last so many messages come again when the robot is back
    card_spelling: Literal["snake", "flat"] = "snake"  # event_key or eventkey: the pages disagree (D6)
    chance: Random = field(default_factory=lambda: dice("faults"))

    def take(self, name: str) -> bool:
        """Use up one of a counted (or once-only) fault; false when there is none left."""
        left = getattr(self, name)
        if left:
            setattr(self, name, left - 1 if type(left) is int else False)
        return bool(left)

    def code(self) -> int:
        """The error code this call shall answer, 0 for none."""
        if self.error_code is not None:
            return self.error_code
        return -1 if self.error_rate and self.chance.random() < self.error_rate else 0

    async def jitter(self) -> None:
        if self.push_jitter:
            await asyncio.sleep(self.chance.uniform(0, self.push_jitter))


class Dropped(web.HTTPException):
    """The connection is gone; what is answered reaches nobody."""

    status_code = 500


def drop(request: web.Request) -> Dropped:
    """Reset the connection under a request; raise what is returned."""
    if request.transport is not None:
        request.transport.abort()
    return Dropped()


async def trouble(request: web.Request, faults: Faults) -> web.Response | None:
    """What the network does to a call before the platform sees it; None lets it through."""
    if faults.api_slow:
        await asyncio.sleep(faults.api_slow)
    if faults.api_down:
        raise drop(request)
    if faults.take("bad_gateway_next"):
        return web.Response(
            status=502, text="<html><body><h1>502 Bad Gateway</h1></body></html>", content_type="text/html"
        )
    return None
