"""Who knocks at the public pages: the real address behind our own proxies, and how often one address may come."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog
from aiohttp import web

from bot.channels.pace import ConversationPace
from bot.clock import Clock

A_MINUTE = 300  # page views of one address; a whole village may sit behind one

log = structlog.get_logger(__name__)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Addresses and networks (`10.0.0.2`, `10.0.0.0/8`). Raises ValueError."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def address_behind(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """The visitor's address. X-Forwarded-For is believed as far as trusted proxies wrote it, read from the end;
    anybody else may have written what stands before."""
    address = peer
    for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _is_in(address, trusted):
            break
        address = hop
    return address


def _is_in(address: str, trusted: Sequence[Network]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in trusted)


class Visitors:
    """Counts the visits of each address; who comes too often is asked to wait (429)."""

    def __init__(self, trusted: Sequence[str], clock: Clock, a_minute: int = A_MINUTE) -> None:
        self._trusted = networks(trusted)
        self._clock = clock
        self._pace = ConversationPace(((a_minute, timedelta(minutes=1)),))

    def address(self, request: web.Request) -> str:
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", ()))
        return address_behind(request.remote or "", forwarded, self._trusted)

    def slowed(self, handler: Handler) -> Handler:
        """The same page, for visitors who do not come too often."""

        async def show(request: web.Request) -> web.StreamResponse:
            address, now = self.address(request), self._clock.now()
            wait = self._pace.wait(address, now)
            if wait:
                log.warning("visitor_slowed", address=address)
                raise web.HTTPTooManyRequests(headers={"Retry-After": str(int(wait) + 1)})
            self._pace.note(address, now)
            return await handler(request)

        return show
