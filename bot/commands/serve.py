"""`hutong serve`: the bot, until it is asked to stop."""

from __future__ import annotations

import asyncio
import signal

import click
from aiohttp import web

from bot import logs
from bot.app import STOP_WITHIN, Bot, build, web_app
from bot.commands.base import Context, fitting_vault, ready_schema, run, said_plainly
from bot.reasons import reason


@click.command()
@click.pass_obj
def serve(context: Context) -> None:
    """启动机器人。"""
    logs.set_up()
    run(_serve(context))


async def _serve(context: Context) -> None:
    settings = context.settings()
    if missing := settings.official_account.missing:
        names = "、".join(missing)
        raise click.ClickException(f"没有填 [official_account] {names}。不填,谁都能冒充居民,不能启动。")
    await ready_schema(settings.database.url)
    with said_plainly():
        async with build(settings, await fitting_vault(settings), context.clock) as bot:
            site = await listen(web_app(bot), settings.server.host, settings.server.port)
            bot.start()
            await until_asked_to_stop()
            await shut(bot, site)


async def listen(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Open the port. The access log would cost half of the speed and name every sender."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_WITHIN)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise click.ClickException(f"端口 {port} 打不开:{reason(error)}。换一个端口,或先停掉占用它的程序。") from None
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
