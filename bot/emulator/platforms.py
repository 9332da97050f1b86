"""Both emulated platforms in one: the other end of the wire for the demo, the simulation and the tests."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.clock import PushedClock
from bot.emulator.credentials import Credentials, dice
from bot.emulator.faults import Faults
from bot.emulator.pusher import Pusher
from bot.emulator.screen import Errands, Screen
from bot.emulator.wechat import WeChat
from bot.emulator.wecom import WeCom
from bot.emulator.world import Listener

__all__ = ["Credentials", "Platforms"]


class Platforms:
    """WeChat and WeCom over one clock.

    With `add_routes(app, prefix)` a bot finds the official account's API at `{prefix}/wechat`, the smart robot's
    socket at `{prefix}/wecom/ws` and the webhook robot at `{prefix}/wecom/cgi-bin/webhook/send?key=…`.
    `delivery_timeout` is in real seconds; `deliveries` counts all tries of one push (fact sheet A5).
    """

    def __init__(
        self,
        clock: PushedClock,
        credentials: Credentials,
        *,
        callback_url: str = "",
        seed: int = 0,
        delivery_timeout: float = 5.0,
        deliveries: int = 3,
    ) -> None:
        self.clock = clock
        self.credentials = credentials
        self.listeners: list[Listener] = []
        self._errands = Errands()
        faults = Faults(chance=dice("wechat faults", seed))
        self._pusher = Pusher(credentials, clock, faults, callback_url, delivery_timeout, deliveries, seed)
        screen = Screen(clock, self.listeners, seed)
        self.wechat = WeChat(credentials, screen, self._errands, self._pusher, seed)
        self.wecom = WeCom(credentials, screen, self._errands, seed)

    @property
    def callback_url(self) -> str:
        """Where the official account's pushes go; empty: nowhere yet."""
        return self._pusher.callback_url

    @callback_url.setter
    def callback_url(self, url: str) -> None:
        self._pusher.callback_url = url

    def add_routes(self, app: web.Application, prefix: str = "") -> None:
        self.wechat.add_routes(app, prefix)
        self.wecom.add_routes(app, prefix)
        app.on_shutdown.append(self._hang_up)

    async def start(self) -> None:
        await self._pusher.start()

    async def close(self) -> None:
        """Let go of every connection; what was under way is dropped."""
        for task in self._errands.pending:
            task.cancel()
        await asyncio.gather(*self._errands.pending, return_exceptions=True)
        await self.wecom.close()
        await self._pusher.close()

    async def _hang_up(self, app: web.Application) -> None:
        """A server that goes down would wait for its open sockets."""
        await self.wecom.close()

    async def settle(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - the interface of the tests
        """Wait until no push or delivery is under way. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while pending := self._errands.pending:
                await asyncio.wait(pending)
