"""An operator with a folder, a clock and a configuration of his own, who calls commands; and an account to call."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from aiohttp import web
from aiohttp.typedefs import Handler
from click.testing import CliRunner, Result

from bot import sheets
from bot.clock import Clock, PushedClock
from bot.commands.base import Context
from bot.commands.roster import import_
from bot.emulator.credentials import Credentials
from bot.emulator.platforms import Platforms
from bot.emulator.sample_roster import sample_sheets
from storage.session import Session

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # 20:00 in Beijing
T = TypeVar("T")


@dataclass
class Operator:
    """Calls commands in-process, each with a fresh context, as a new process would have."""

    folder: Path
    clock: Clock = field(default_factory=lambda: PushedClock(NOW))
    url: str = ""  # of the database; empty: a SQLite file in the folder
    more: str = ""  # further tables of config.toml
    asked: list[str] = field(default_factory=list)  # paths that the account was asked for

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def context(self) -> Context:
        """Also writes the configuration, readable by its owner alone."""
        self.config.touch(mode=0o600)
        url = self.url or f"sqlite+aiosqlite:///{self.database}"
        tables = f'[database]\nurl = "{url}"\ndata_dir = "{self.data}"\n'
        self.config.write_text(tables + self.more, encoding="utf-8")
        return Context(config=self.config, clock=self.clock)

    def call(self, command: click.Command, *arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(command, [str(one) for one in arguments], obj=self.context, input=stdin)

    def import_sample(self) -> None:
        path = self.folder / "名册.xlsx"
        sheets.write_xlsx(path, sample_sheets())
        assert self.call(import_, path).exit_code == 0

    def write(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Change the database as the bot would."""

        async def inside() -> T:
            async with self.context.store(makes=True) as store:
                return await store.transact(work)

        return asyncio.run(inside())


@contextlib.contextmanager
def account_on(operator: Operator) -> Iterator[Platforms]:
    """An emulated official account on a port of its own, written into the operator's configuration."""
    credentials = Credentials.made_up("commands")
    assert isinstance(operator.clock, PushedClock)
    platforms = Platforms(operator.clock, credentials)
    with _served(platforms, operator.asked) as url:
        operator.more += (
            f'[official_account]\napp_id = "{credentials.app_id}"\napp_secret = "{credentials.app_secret}"\n'
            f'token = "{credentials.token}"\nencoding_aes_key = "{credentials.encoding_aes_key}"\n'
            f'api_base = "{url}/wechat"\nmp_base = "{url}/wechat"\ntemplate_id = "TM-1"\ntimeout = 5.0\n'
        )
        yield platforms


@contextlib.contextmanager
def _served(platforms: Platforms, asked: list[str]) -> Iterator[str]:
    """On a thread: the commands under test have an event loop of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def do(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(20)

    runner, url = do(_open(platforms, asked))
    try:
        yield url
    finally:
        do(_close(platforms, runner))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _open(platforms: Platforms, asked: list[str]) -> tuple[web.AppRunner, str]:
    @web.middleware
    async def note(request: web.Request, handler: Handler) -> web.StreamResponse:
        asked.append(request.path)
        return await handler(request)

    app = web.Application(middlewares=[note])
    platforms.add_routes(app)
    await platforms.start()
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


async def _close(platforms: Platforms, runner: web.AppRunner) -> None:
    await platforms.close()
    await runner.cleanup()
