"""What every command needs: the settings, the store, the clock."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.clock import Clock, SystemClock
from bot.config import ConfigError, Settings, load
from bot.reasons import reason
from storage import schema
from storage.store import Store, Unavailable, sqlite_path
from storage.vault import Vault, VaultError, keep_key, read_key

T = TypeVar("T")

KEY_FILE = "hutong.key"
KEY_FORM = "要 32 个字节,写成 base64 是 44 个字符(openssl rand -base64 32)"


@dataclass
class Context:
    """Handed to every command by the group."""

    config: Path | None = None
    debug: bool = False
    clock: Clock = field(default_factory=SystemClock)

    @property
    def config_path(self) -> Path | None:
        """The file that was named, else config.toml if there is one here."""
        default = Path("config.toml")
        return self.config or (default if default.exists() else None)

    @cached_property
    def _settings(self) -> Settings:
        try:
            return load(self.config_path)
        except ConfigError as error:
            raise click.ClickException("配置有问题:\n  " + "\n  ".join(error.findings)) from None

    def settings(self) -> Settings:
        return self._settings

    @contextlib.asynccontextmanager
    async def store(self, *, makes: bool = False) -> AsyncIterator[Store]:
        """The database, once its schema is ours. Only who `makes` one starts with an empty one where there is none."""
        settings = self.settings()
        if not makes:
            self._must_be_there(sqlite_path(settings.database.url))
        await ready_schema(settings.database.url)
        with said_plainly():
            async with Store(settings.database.url, await fitting_vault(settings)) as store:
                yield store

    def _must_be_there(self, path: Path | None) -> None:
        """A look into the wrong folder must not find a new, empty desk and call it clean."""
        if path is None or (path.exists() and path.stat().st_size > 0):
            return
        hint = (
            "这里也没有 config.toml,是不是忘了 -c?"
            if self.config_path is None
            else "它要先由 hutong import 或 hutong serve 建好。"
        )
        raise click.ClickException(f"没有数据库 {path}。{hint}")


@contextlib.contextmanager
def said_plainly() -> Iterator[None]:
    """What is wrong with the database, in words for an operator."""
    try:
        yield
    except VaultError:
        raise click.ClickException("数据库里的姓名和电话打不开:密钥不是原来的那一把。") from None
    except Unavailable as error:
        raise click.ClickException(f"数据库现在用不了({reason(error)}),请稍后再试。") from None


def key_file(settings: Settings) -> Path:
    """Where the key is kept when the configuration does not give one."""
    return Path(settings.database.data_dir) / KEY_FILE


def is_key_lost(settings: Settings) -> bool:
    """No key in the configuration and none in the data folder: right for a new desk alone."""
    return not settings.database.encryption_key.get_secret_value() and not key_file(settings).exists()


def lost_key_words(settings: Settings) -> str:
    return f"数据库里的姓名和电话打不开:密钥文件 {key_file(settings)} 不见了,请从备份旁边拿回来"


async def fitting_vault(settings: Settings) -> Vault:
    """As open_vault, but no key is made while something is sealed with one that is gone: a new one would open nothing,
    and every later backup would keep it as the right one."""
    if is_key_lost(settings) and await holds_sealed(settings.database.url):
        raise click.ClickException(f"{lost_key_words(settings)}。")
    return open_vault(settings)


async def holds_sealed(url: str) -> bool:
    """Whether anything in this database can only be read with its key."""
    async with Store(url, Vault(os.urandom(32))) as store, store.reading() as session:
        return await session.people.are_sealed() or await session.places.are_sealed()


def open_vault(settings: Settings) -> Vault:
    """The vault with the configured key, or the one kept in the data folder."""
    given = settings.database.encryption_key.get_secret_value()
    try:
        return Vault(read_key(given) if given else keep_key(key_file(settings)))
    except VaultError:
        where = "配置里的 [database] encryption_key" if given else f"密钥文件 {key_file(settings)}"
        raise click.ClickException(f"{where} 不对:{KEY_FORM}。") from None
    except OSError as error:
        raise click.ClickException(f"密钥文件 {key_file(settings)} 打不开:{reason(error)}。") from None


async def ready_schema(url: str) -> None:
    """Make a fresh SQLite file; anything else that does not fit is said with what to do."""
    path = sqlite_path(url)
    if path and (not path.exists() or path.stat().st_size == 0):
        await upgrade_schema(url)
        return
    found = await look_at_schema(url)
    if found is schema.Schema.AHEAD:
        raise click.ClickException("数据库比这个程序新。请升级程序,或恢复旧的备份。")
    if found is not schema.Schema.CURRENT:
        raise click.ClickException("数据库还没有升级。请先运行:hutong db upgrade")


async def look_at_schema(url: str) -> schema.Schema:
    """What stands at this URL. Raises ClickException when nobody answers there."""
    try:
        return await schema.look(url)
    except Exception as error:
        raise click.ClickException(f"连不上数据库:{reason(error)}。") from error


async def upgrade_schema(url: str) -> None:
    try:
        await schema.upgrade(url)
    except Exception as error:
        raise click.ClickException(f"数据库升级没有成功:{reason(error)}。原来的数据没有动。") from error


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine to its end."""
    return asyncio.run(work)
