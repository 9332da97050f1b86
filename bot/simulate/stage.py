"""Where the month is played: the platforms on one port all the time, the bot on another; it may restart."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import Bot, build, web_app
from bot.channels.wecom_bot import WecomBot
from bot.clock import PushedClock
from bot.config import Settings
from bot.emulator.credentials import Credentials
from bot.emulator.platforms import Platforms
from bot.emulator.sample_roster import sample_sheets
from bot.emulator.stage import PREFIX, move_in, settings_for
from bot.scheduler import HEARTBEATS, RETENTION_EVERY
from handlers.desk import Desk
from storage import schema
from storage.records import Roster
from storage.session import Session
from storage.vault import Vault, keep_key

ROUNDS = 20  # of answers to answers at one moment
RETENTION = timedelta(seconds=RETENTION_EVERY)
CONNECTS_WITHIN = 60.0  # real seconds for the robot to find its way back


@dataclass
class Stage:
    """The platforms live on while the bot is closed and built again on the same database."""

    clock: PushedClock
    platforms: Platforms
    settings: Settings
    vault: Vault
    bot: Bot = field(init=False)
    roster: Roster = field(default_factory=Roster)
    _retained: datetime | None = None
    _open: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    async def start(self) -> None:
        """Build the bot, open its door, let its robot connect."""
        self.bot = await self._open.enter_async_context(build(self.settings, self.vault, self.clock))
        port = await self._open.enter_async_context(_served(web_app(self.bot)))
        self.platforms.callback_url = f"http://127.0.0.1:{port}/wechat"
        self.bot.start(ticking=False, carrying=False)
        await self.bot.sweeper.begin()
        await self.connected()

    async def stop(self) -> None:
        await self.bot.stop()
        await self._open.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def connected(self) -> None:
        """Until the robot is connected. Raises TimeoutError."""
        async with asyncio.timeout(CONNECTS_WITHIN):
            while not (self.platforms.wecom.is_connected and self.robot.is_up):  # noqa: ASYNC110  it does so by itself
                await asyncio.sleep(0.01)

    @property
    def robot(self) -> WecomBot:
        if self.bot.wecom is None:
            raise RuntimeError("the month needs WeCom")
        return self.bot.wecom

    async def settle(self) -> datetime | None:
        """Until nobody has anything more to do at this moment; when a timer or a message is due next.

        `Bot.settle` asks every part each time; a month has too many steps for that.
        """
        for _ in range(ROUNDS):
            await self.platforms.settle()
            await self.robot.settled()
            due = await self.bot.store.transact(_earliest)
            now = self.clock.now()
            is_due = any(moment and moment <= now for moment in due)
            if not is_due or not await self._work_off():
                break
        return min((moment for moment in due if moment and moment > now), default=None)

    async def _work_off(self) -> int:
        done = await self.bot.sweeper.timers()
        return done + sum([await carrier.drain() for carrier in self.bot.carriers])

    async def tick(self) -> None:
        """What the clockwork looks at now and then."""
        sweeper = self.bot.sweeper
        await sweeper.custody()
        await sweeper.digests()
        await self._retain()
        await sweeper.beat(*HEARTBEATS)
        await sweeper.audit()
        await self.bot.fetcher.drain()

    async def _retain(self) -> None:
        """As seldom as the clockwork does."""
        now = self.clock.now()
        if self._retained is None or now - self._retained >= RETENTION:
            await self.bot.sweeper.retention()
            self._retained = now

    async def desk(self, session: Session) -> Desk:
        return Desk(session, self.clock.now(), self.bot.house, await self.bot.store.roster(session))


async def _earliest(session: Session) -> tuple[datetime | None, ...]:
    return await session.timers.earliest(), await session.outbox.earliest()


@contextlib.asynccontextmanager
async def stage(folder: Path, clock: PushedClock, seed: int) -> AsyncIterator[Stage]:
    """Platforms, bot and the people of the sample neighbourhood, until the end of the `async with`."""
    database = f"sqlite+aiosqlite:///{folder / 'hutong.db'}"
    await schema.upgrade(database)
    credentials = Credentials.made_up(seed)
    platforms = Platforms(clock, credentials, seed=seed)
    app = web.Application()
    platforms.add_routes(app, PREFIX)
    await platforms.start()
    async with _served(app) as port:
        settings = settings_for(credentials, f"http://127.0.0.1:{port}", database, folder)
        made = Stage(clock, platforms, settings, Vault(keep_key(folder / "hutong.key")))
        await made.start()
        try:
            made.roster = await move_in(made.bot, platforms, sample_sheets())
            yield made
        finally:
            await made.stop()
            await platforms.close()


@contextlib.asynccontextmanager
async def _served(app: web.Application) -> AsyncIterator[Any]:
    """The port an application listens on."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
