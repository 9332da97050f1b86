"""What is measured, each a process of its own: `python -m bot.bench.targets NAME FOLDER CORE`.

Prints its port once it listens and ends when its stdin does. `echo` is aiohttp alone, `wechatpy` parses, decrypts and
answers with wechatpy and keeps nothing, `hutong` is the whole intake: known sender, durable commit, passive reply.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.bench.cores import pin
from bot.bench.words import PATH, openids
from bot.emulator.credentials import Credentials
from bot.memory import collect_seldom

if TYPE_CHECKING:
    from bot.app import Bot
    from storage.session import Session

CPU = "/cpu"  # seconds of CPU this process has used
FRESHNESS = 86_400  # pushes are made before they are sent

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def credentials() -> Credentials:
    return Credentials.made_up("bench")


@contextlib.asynccontextmanager
async def echo(_: Path) -> AsyncIterator[web.Application]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=await request.read(), content_type="text/xml")

    yield _app(answer)


@contextlib.asynccontextmanager
async def wechatpy(_: Path) -> AsyncIterator[web.Application]:
    """What its documentation shows: check, decrypt, parse, create_reply, encrypt."""
    from wechatpy import create_reply, parse_message
    from wechatpy.crypto import WeChatCrypto
    from wechatpy.utils import check_signature

    keys = credentials()
    crypto = WeChatCrypto(keys.token, keys.encoding_aes_key, keys.app_id)

    async def answer(request: web.Request) -> web.Response:
        query = request.query
        check_signature(keys.token, query["signature"], query["timestamp"], query["nonce"])
        inner = crypto.decrypt_message(await request.text(), query["msg_signature"], query["timestamp"], query["nonce"])
        reply = create_reply("收到了,我们马上看。", parse_message(inner))
        sealed = crypto.encrypt_message(reply.render(), query["nonce"], query["timestamp"])
        return web.Response(text=sealed, content_type="text/xml")

    yield _app(answer)


@contextlib.asynccontextmanager
async def hutong(folder: Path) -> AsyncIterator[web.Application]:
    """The bot with the sample neighbourhood, on SQLite with synchronous=FULL; nothing is delivered meanwhile."""
    from bot.app import build, web_app
    from bot.clock import SystemClock
    from bot.config import Settings
    from storage import schema
    from storage.vault import Vault, keep_key

    keys, url = credentials(), f"sqlite+aiosqlite:///{folder / 'hutong.db'}"
    account = {
        "app_id": keys.app_id,
        "token": keys.token,
        "encoding_aes_key": keys.encoding_aes_key,
        "freshness": FRESHNESS,
    }
    settings = Settings.model_validate({"database": {"url": url, "data_dir": str(folder)}, "official_account": account})
    await schema.upgrade(url)
    async with build(settings, Vault(keep_key(folder / "hutong.key")), SystemClock()) as bot:
        await _move_in(bot)
        bot.start(carrying=False)
        yield web_app(bot)


async def _move_in(bot: Bot) -> None:
    """The sample neighbourhood, and residents who live in its lanes and have read the notice."""
    from dataclasses import replace

    from bot.emulator.sample_roster import sample_sheets
    from handlers.roster.keeping import import_into

    now = bot.clock.now()
    await import_into(bot.store, sample_sheets(), now=now)

    async def work(session: Session) -> None:
        lanes = (await bot.store.roster(session)).lanes
        for number, openid in enumerate(openids()):
            resident, _, _ = await session.conversations.meet(openid, now)
            at_home = replace(resident, lane=lanes[number % len(lanes)].code, notice=bot.settings.privacy.notice)
            await session.conversations.save_resident(at_home)

    await bot.store.transact(work)
    await bot.store.transact(bot.warm_up)


TARGETS = {"echo": echo, "wechatpy": wechatpy, "hutong": hutong}


def _app(answer: Handler) -> web.Application:
    app = web.Application()
    app.router.add_post(PATH, answer)
    return app


async def _serve(name: str, folder: Path) -> None:
    async def cpu(_: web.Request) -> web.Response:
        return web.json_response(time.process_time())

    async with TARGETS[name](folder) as app:
        app.router.add_get(CPU, cpu)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        sys.stdout.write(f"{runner.addresses[0][1]}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
        await runner.cleanup()


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    pin(int(sys.argv[3]))
    collect_seldom()
    asyncio.run(_serve(sys.argv[1], Path(sys.argv[2])))
