"""`hutong serve`: the bot, until it is asked to stop."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import signal
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import click
import structlog
from aiohttp import web

from bot import logs
from bot.app import STOP_WITHIN, Bot, build, web_app
from bot.commands.base import Context, fitting_vault, ready_schema, run, said_plainly
from bot.commands.lint_settings import errors_of
from bot.config import Settings
from bot.reasons import reason
from storage.schema import make_private
from storage.store import sqlite_path

log = structlog.get_logger(__name__)


@click.command()
@click.pass_obj
def serve(context: Context) -> None:
    """启动机器人。"""
    logs.set_up()
    run(_serve(context))


async def _serve(context: Context) -> None:
    settings = context.settings()
    if errors := errors_of(settings):
        lines = "\n".join(f"  [{found.name}] {found.text}" for found in errors)
        raise click.ClickException(f"不能启动,先改好配置:\n{lines}")
    await _try_port(settings.server.host, settings.server.port)
    with alone_on(sqlite_path(settings.database.url)), said_plainly():
        await ready_schema(settings.database.url)
        async with build(settings, await fitting_vault(settings), context.clock) as bot:
            site = await listen(web_app(bot), settings.server.host, settings.server.port)
            bot.start()
            log.info("serving", **_about(settings, site))
            await until_asked_to_stop()
            await shut(bot, site)
    log.info("stopped")


def _about(settings: Settings, site: web.AppRunner) -> dict[str, str]:
    """What an operator wants to see at once in the journal; no secret, no address of a database."""
    host, port = site.addresses[0][:2] if site.addresses else (settings.server.host, settings.server.port)
    return {
        "version": metadata.version("hutong"),
        "address": f"http://{f'[{host}]' if ':' in host else host}:{port}",
        "database": "SQLite" if sqlite_path(settings.database.url) else "PostgreSQL",
        "official_account": "on" if settings.official_account.is_on else "off",
        "wecom_bot": "on" if settings.wecom_bot.is_on else "off",
    }


@contextlib.contextmanager
def alone_on(path: Path | None) -> Iterator[None]:
    """One `serve` a SQLite file: two would send twice what each has claimed for itself, and throw each other's robot
    out. The lock is the kernel's: it goes with the process, however that ends."""
    if path is None:
        yield
        return
    make_private(path.parent)
    lock = path.with_name(f"{path.name}.lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise click.ClickException(f"写不了 {lock}:{reason(error)}。") from None
    with os.fdopen(handle, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise click.ClickException(f"另一个 hutong serve 正在用数据库 {path}。请先停掉它。") from None
        yield


async def _try_port(host: str, port: int) -> None:
    """Before the database is touched: a port that is taken is mostly another desk, or this one a second time."""
    try:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port, start_serving=False)
    except OSError as error:
        raise click.ClickException(_shut_port(port, error)) from None
    server.close()
    await server.wait_closed()


def _shut_port(port: int, error: OSError) -> str:
    return f"端口 {port} 打不开:{reason(error)}。换一个端口,或先停掉占用它的程序。"


async def listen(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Open the port. The access log would cost half of the speed and name every sender."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_WITHIN)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise click.ClickException(_shut_port(port, error)) from None
    return runner


async def until_asked_to_stop() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, asked.set)
    await asked.wait()


async def shut(bot: Bot, site: web.AppRunner) -> None:
    """Readiness off, the door closed with every answer given, then the rest."""
    bot.is_ready = False
    await site.cleanup()
    await bot.stop()
