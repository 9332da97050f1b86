"""`hutong check`: everything that can be looked at before the first resident writes, as named findings."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
import click

from bot.channels.errors import ChannelError
from bot.channels.tokens import TokenKeeper
from bot.clock import Clock
from bot.commands.account import explain
from bot.commands.base import Context, is_key_lost, key_file, lost_key_words, open_vault, run
from bot.commands.lint_settings import Finding, errors_of_key, lint_settings
from bot.commands.roster import lint_contents
from bot.config import ConfigError, OfficialAccount, Settings, load
from bot.reasons import reason
from handlers.desk import House
from handlers.roster.contents import Contents
from handlers.roster.keeping import in_use
from handlers.roster.keeping import load as load_roster
from handlers.roster.planning import InUse
from storage import schema
from storage.records import OutboxState
from storage.session import Session
from storage.store import Store, Unavailable, sqlite_path
from storage.vault import Vault, VaultError

SAFE_SQLITE = (3, 51, 3)  # before it, a reset of the write-ahead log could lose a commit of another connection
SKEW = 60  # seconds our clock may be off
LITTLE_DISK = 2_000_000_000  # bytes
NO_DISK = 200_000_000
_SCHEMA_WORDS = {
    schema.Schema.EMPTY: ("error", "数据库里还没有表。请运行:hutong db upgrade"),
    schema.Schema.BEHIND: ("error", "数据库还没有升级。请运行:hutong db upgrade"),
    schema.Schema.AHEAD: ("error", "数据库比这个程序新。请升级程序,或恢复旧的备份"),
    schema.Schema.CURRENT: ("ok", "数据库的表是最新的"),
}


class _Undo(Exception):
    """Raised to take a trial back."""


@click.command(help="检查配置、名册、数据库、公众号、时钟和磁盘;有错误以 1 退出。")
@click.option("--offline", is_flag=True, help="不连网络")
@click.pass_obj
def check(context: Context, offline: bool) -> None:
    levels = run(_tell(context, offline=offline))
    errors, warnings = levels.count("error"), levels.count("warning")
    click.echo(f"检查完了:{errors} 处错误,{warnings} 处提醒。")
    if errors:
        click.get_current_context().exit(1)


async def _tell(context: Context, *, offline: bool) -> list[str]:
    """Print every finding when it is there, for some take seconds."""
    levels = []
    async for finding in _findings(context, offline=offline):
        click.echo(str(finding))
        levels.append(finding.level)
    return levels


async def _findings(context: Context, *, offline: bool) -> AsyncIterator[Finding]:
    try:
        settings = load(context.config_path)
    except ConfigError as error:
        for line in error.findings:
            yield Finding("error", "config", line)
        return
    for found in (
        *_config(context.config_path, settings),
        *lint_settings(settings),
        *_calendar(settings, context.clock.now().date()),
        *_folder(settings),
    ):
        yield found
    async for found in _database(context, settings):
        yield found
    if not offline and settings.official_account.is_on:
        async for found in _network(settings.official_account, context.clock):
            yield found


# ── the configuration ────────────────────────────────────────────────────────────────────────────


def _config(path: Path | None, settings: Settings) -> Iterator[Finding]:
    if path is None:
        yield Finding("warning", "config", "没有配置文件,用的是默认值和环境变量。生成一份:hutong init")
    elif path.stat().st_mode & 0o077:
        yield Finding("warning", "config.mode", f"{path} 别的用户也能读,里面有密码。请运行:chmod 600 {path}")
    else:
        yield Finding("ok", "config", f"{path} 读得懂")
    if not settings.official_account.is_on and not settings.wecom_bot.is_on:
        yield Finding("warning", "config.channels", "公众号和智能机器人都没有配置,谁也说不上话")


def _calendar(settings: Settings, today: date) -> Iterator[Finding]:
    soon = today + timedelta(days=60)
    if House.furnish(settings).calendar.is_provisional(soon):
        text = f"{soon.year} 年的放假和调休还没有公布,先按平常的周末算;公布以后升级程序,期限会自动重算"
        yield Finding("warning", "working_time", text)
    else:
        yield Finding("ok", "working_time", "节假日和调休都知道")


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = Path(settings.database.data_dir)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding("error", "data_dir", f"数据文件夹 {folder} 写不了:{reason(error)}")
        return
    yield Finding("ok", "data_dir", f"数据文件夹 {folder} 可以写")
    level = "error" if free < NO_DISK else "warning" if free < LITTLE_DISK else "ok"
    yield Finding(level, "disk", f"磁盘还剩 {free / 1_000_000_000:.1f} GB" + ("" if level == "ok" else ",快满了"))
    key = key_file(settings)
    if key.exists() and key.stat().st_mode & 0o077:
        yield Finding("warning", "key.mode", f"密钥 {key} 别的用户也能读。请运行:chmod 600 {key}")


# ── the database and what is in it ───────────────────────────────────────────────────────────────


async def _database(context: Context, settings: Settings) -> AsyncIterator[Finding]:
    path = sqlite_path(settings.database.url)
    if path and sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield Finding(
            "warning",
            "database.sqlite_version",
            f"SQLite {sqlite3.sqlite_version} 有一个很少碰上的错(WAL-reset,可能丢一次写入),3.51.3 起改好了",
        )
    if path and (not path.exists() or path.stat().st_size == 0):
        yield Finding("warning", "database", f"还没有数据库 {path},第一次启动时会自动建好")
        return
    try:
        found = await schema.look(settings.database.url)
    except Exception as error:
        yield Finding("error", "database", f"连不上数据库:{reason(error)}")
        return
    level, words = _SCHEMA_WORDS[found]
    yield Finding(level, "database.schema", words)
    if path and path.stat().st_mode & 0o077:
        yield Finding("warning", "database.mode", f"数据库 {path} 别的用户也能读。请运行:chmod 600 {path}*")
    if found is schema.Schema.CURRENT:
        async for finding in _contents(context, settings):
            yield finding


async def _contents(context: Context, settings: Settings) -> AsyncIterator[Finding]:
    if any(errors_of_key(settings)):
        return  # said already
    is_lost = is_key_lost(settings)
    try:
        vault = Vault(os.urandom(32)) if is_lost else open_vault(settings)  # a look must not make a new key
    except click.ClickException as error:
        yield Finding("error", "key", error.message)
        return
    async with Store(settings.database.url, vault) as store:
        yield await _writing(store, context.clock.now())
        async with store.reading() as session:
            try:
                contents = await load_roster(session)
            except VaultError:
                wrong = "数据库里的姓名和电话打不开:密钥不是原来的那一把"
                yield Finding("error", "key", lost_key_words(settings) if is_lost else wrong)
                return
            used = await in_use(session)
            dead = (await session.outbox.counts()).get(OutboxState.DEAD.value, 0)
    for finding in _roster(contents, settings, context.clock.now()):
        yield finding
    for found in _gone(contents, used):
        yield found
    if dead:
        yield Finding("warning", "outbox", f"有 {dead} 条消息发不出去。看一看:hutong outbox list")


async def _writing(store: Store, now: datetime) -> Finding:
    """Write something, and take it back."""

    async def work(session: Session) -> None:
        await session.reports.claim("check", "", now.date(), now)
        raise _Undo

    try:
        await store.transact(work)
    except _Undo:
        return Finding("ok", "database.write", "数据库可以写")
    except Unavailable as error:
        return Finding("error", "database.write", f"数据库写不了:{reason(error)}")
    raise AssertionError("unreachable")


def _roster(contents: Contents, settings: Settings, now: datetime) -> Iterator[Finding]:
    if not contents.lanes:
        yield Finding("warning", "roster", "名册还是空的。hutong template 名册.xlsx,填好后 hutong import 名册.xlsx")
        return
    codes = {member.code for member in contents.members}
    for code in settings.privacy.confidential_to:
        if code not in codes:
            yield Finding("error", "privacy.confidential_to", f"名册里没有人员 {code}")
    found = lint_contents(contents, now.astimezone(settings.desk.zone).date(), settings)
    for one in found:
        yield Finding(one.level, f"roster.{one.code}", str(one))
    if not found:
        yield Finding("ok", "roster", f"名册没有问题:{len(contents.lanes)} 条胡同,{len(contents.members)} 位人员")


def _gone(contents: Contents, used: InUse) -> Iterator[Finding]:
    """Lanes that the roster has no longer, and that something still hangs on."""
    known = {lane.code for lane in contents.lanes}
    for code in sorted({*used.requests, *used.residents} - known):
        still_open, bound = used.requests.get(code, 0), used.residents.get(code, 0)
        words = f"名册里没有了的胡同 {code}:还有 {still_open} 件没办完的事,{bound} 位居民登记在那里"
        yield Finding("warning", "roster.lane_gone", words)


# ── the network ──────────────────────────────────────────────────────────────────────────────────


async def _network(account: OfficialAccount, clock: Clock) -> AsyncIterator[Finding]:
    async with aiohttp.ClientSession() as http:
        yield await _clock(account, http, clock)
        if not account.app_secret.get_secret_value():
            return
        try:
            await TokenKeeper(account, http, clock).token()
        except ChannelError as error:
            yield Finding("error", "official_account.token", explain(error))
        else:
            yield Finding("ok", "official_account.token", "公众号给了 access_token,IP白名单也放行")


async def _clock(account: OfficialAccount, http: aiohttp.ClientSession, clock: Clock) -> Finding:
    """Their clock stands in the Date header of any answer; stamps that are off are refused on both sides."""
    try:
        limit = aiohttp.ClientTimeout(total=account.timeout)
        async with http.get(account.api_base, allow_redirects=False, timeout=limit) as answer:
            theirs = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (aiohttp.ClientError, OSError) as error:
        return Finding("error", "network", f"连不上 {account.api_base}:{reason(error)}")
    except ValueError:
        return Finding("warning", "clock", "对方没有报时,不知道这台机器的时间准不准")
    theirs = theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)
    off = round((clock.now() - theirs).total_seconds())
    if abs(off) <= SKEW:
        return Finding("ok", "clock", f"时间和公众号服务器相差 {abs(off)} 秒")
    return Finding("error", "clock", f"这台机器的时间{'快' if off > 0 else '慢'}了 {abs(off)} 秒,请打开自动校时(NTP)")
