"""The place of the campaign: lanes with a resident, two members and a group each, the platforms, the bot's port."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.clock import PushedClock
from bot.emulator.platforms import Credentials, Platforms
from bot.emulator.world import Group, Line, Resident
from bot.sheets import Rows
from handlers.roster.keeping import import_into
from storage import schema
from storage.store import Store
from storage.vault import Vault, keep_key
from tests.kill.nursery import Child, Nursery

LANES = 30  # a robot may say 30 things a minute in one group, so the work is spread over many
ROOM = "kt"
UP_WITHIN = 40.0  # seconds a start may take on a busy machine
_NAMES = ["".join(pair) for pair in product("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥")]


class Failed(AssertionError):
    """The bot did not do what a process must do: start, answer, end."""


@dataclass
class Town:
    """Everything but the bot. `database` is its URL, `folder` holds its key, its configuration and its log."""

    folder: Path
    database: str
    platforms: Platforms
    nursery: Nursery
    port: int
    http: aiohttp.ClientSession
    tables: dict[str, Any] = field(default_factory=dict)  # the bot's configuration
    residents: list[Resident] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def log(self) -> Path:
        return self.folder / "serve.log"

    @property
    def groups(self) -> list[Group]:
        return list(self.platforms.wecom.groups.values())

    def vault(self) -> Vault:
        return Vault(keep_key(self.folder / "hutong.key"))

    def store(self) -> Store:
        return Store(self.database, self.vault())

    async def start(self, config: Path | None = None, fail: str = "") -> Child:
        return await self.nursery.start(["serve", "-c", str(config or self.config)], self.log, fail)

    async def up(self, port: int = 0) -> None:
        """Wait until the bot answers at its port."""
        await until(lambda: self._answers(port or self.port), UP_WITHIN, f"the bot did not start; see {self.log}")

    async def connected(self) -> None:
        await until(lambda: _now(self.platforms.wecom.is_connected), UP_WITHIN, "the robot did not connect")

    async def end(self, child: Child, within: float = 15.0) -> int:
        """Ask it to stop; its exit code."""
        child.signal(signal.SIGTERM)
        async with asyncio.timeout(within):
            return await child.wait()

    async def _answers(self, port: int) -> bool:
        try:
            async with self.http.get(f"http://127.0.0.1:{port}/healthz") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False


async def _now(value: bool) -> bool:
    return value


async def until(holds: Callable[[], Any], within: float, else_say: str, every: float = 0.02) -> None:
    """Look again and again until `await holds()` is true. Raises Failed with `else_say`."""
    end = asyncio.get_running_loop().time() + within
    while not await holds():
        if asyncio.get_running_loop().time() > end:
            raise Failed(else_say)
        await asyncio.sleep(every)


def outbound(chat: list[Line]) -> list[Line]:
    """What came unasked: not said by a person, not the answer within a push, not the platform's own words."""
    return [line for line in chat if line.via not in ("said", "passive", "notice")]


# ── making it ────────────────────────────────────────────────────────────────────────────────────


@contextlib.asynccontextmanager
async def made(
    folder: Path, database: str, nursery: Nursery, seed: int, *, deliveries: int = 3, pause: float = 0.6
) -> AsyncIterator[Town]:
    """A town on a fresh database; `pause` is in seconds between two deliveries of a push."""
    if await schema.look(database) is not schema.Schema.CURRENT:
        await schema.upgrade(database)
    credentials = Credentials.made_up(seed)
    platforms = Platforms(PushedClock(), credentials, seed=seed, deliveries=deliveries)
    platforms.wechat.pusher.redelivery_pause = pause
    async with _served(platforms) as url, aiohttp.ClientSession() as http:
        town = Town(folder, database, platforms, nursery, free_port(), http)
        platforms.callback_url = f"http://127.0.0.1:{town.port}/wechat"
        town.tables = tables_for(town, credentials, url)
        town.config.write_text(toml(town.tables), encoding="utf-8")
        await _move_in(town)
        yield town


@contextlib.asynccontextmanager
async def _served(platforms: Platforms) -> AsyncIterator[str]:
    app = web.Application()
    platforms.add_routes(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    door = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, door).start()
    await platforms.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        await platforms.close()
        await runner.cleanup()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def tables_for(town: Town, credentials: Credentials, url: str) -> dict[str, Any]:
    """The bot's configuration: the platforms' addresses, short clocks, no quiet hours, no digest during a run."""
    return {
        "server": {"port": town.port},
        "database": {"url": town.database, "data_dir": str(town.folder)},
        "official_account": {
            "app_id": credentials.app_id,
            "app_secret": credentials.app_secret,
            "token": credentials.token,
            "encoding_aes_key": credentials.encoding_aes_key,
            "api_base": f"{url}/wechat",
            "mp_base": f"{url}/wechat",
        },
        "wecom_bot": {
            "bot_id": credentials.bot_id,
            "secret": credentials.bot_secret,
            "name": credentials.bot_name,
            "ws_url": f"{url.replace('http', 'ws', 1)}/wecom/ws",
        },
        "desk": {"gathering_window": "2s", "gathering_cap": "4s"},
        "clocks": {"normal": {"first_response": "15s", "resolution": "2h"}},
        "quiet_hours": {"from": "12:00", "to": "12:00"},
        "digest": {"at": "23:59"},
        # the leader of all lanes may be told 30 things a minute like anybody
        "ladder": [{"after": "0x", "tell": "member"}, {"after": "1x", "tell": "substitute"}, _LEADER],
    }


_LEADER = {"after": "4x", "tell": "leader"}


def toml(tables: Mapping[str, Any], above: str = "") -> str:
    """TOML of strings, numbers, tables and lists of tables."""
    lines = [f"{name} = {json.dumps(value)}" for name, value in tables.items() if not isinstance(value, dict | list)]
    for name, table in tables.items():
        if isinstance(table, dict):
            lines += [f"[{above}{name}]", toml(table, f"{above}{name}.")]
        elif isinstance(table, list):
            lines += [line for one in table for line in (f"[[{above}{name}]]", toml(one))]
    return "\n".join(lines)


async def _move_in(town: Town) -> None:
    """The roster into the database, everybody onto the platforms; each resident has scanned his lane's code."""
    async with town.store() as store:
        plan = await import_into(store, roster(), now=town.platforms.clock.now())
    if plan.errors:
        raise Failed("\n".join(map(str, plan.errors)))
    wecom, wechat = town.platforms.wecom, town.platforms.wechat
    for _, name, userid in members():
        wecom.add_member(userid, name).awake = True
    for lane in range(LANES):
        wecom.add_group(f"wr-{ROOM}-{lane}", f"演练{lane}胡同群", _pair(lane)).awake = True
        town.residents.append(wechat.add_resident(f"居民{lane}"))
    child = await town.start()
    await town.up()
    await asyncio.gather(*(wechat.follow(one.openid, f"{ROOM}-{lane}") for lane, one in enumerate(town.residents)))
    if await town.end(child):
        raise Failed(f"the bot did not end well; see {town.log}")


def _pair(lane: int) -> tuple[str, str]:
    return f"u{lane * 2}", f"u{lane * 2 + 1}"


def members() -> list[tuple[str, str, str]]:
    """Code, name and WeCom id: two for each lane, then the leader and the secretary."""
    return [(f"m{n}", _NAMES[n], f"u{n}") for n in range(LANES * 2 + 2)]


def roster() -> dict[str, Rows]:
    """One community of lanes, as the sheets of a roster file."""
    people = [[code, name, "", userid] for code, name, userid in members()]
    lanes = [[f"{ROOM}-{n}", f"演练{n}胡同", ROOM, f"wr-{ROOM}-{n}"] for n in range(LANES)]
    pairs = [
        [f"m{n * 2 + which}", f"{ROOM}-{n}", role] for n in range(LANES) for which, role in enumerate(("责任", "替补"))
    ]
    heads = [[f"m{LANES * 2}", ROOM, "组长"], [f"m{LANES * 2 + 1}", ROOM, "书记"]]
    return {
        "单位": [["编码", "名称", "级别", "上级"], [ROOM, "演练社区", "社区", ""]],
        "胡同": [["编码", "名称", "单位", "群聊"], *lanes],
        "人员": [["编号", "姓名", "手机", "企业微信"], *people],
        "职责": [["人员", "管辖", "角色"], *pairs, *heads],
    }
