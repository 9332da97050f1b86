"""What every command needs: the settings, the store, the clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.clock import Clock, SystemClock
from bot.config import ConfigError, Settings, load
from storage import schema
from storage.store import Store, Unavailable, sqlite_path
from storage.vault import Vault, VaultError, keep_key, read_key

T = TypeVar("T")

KEY_FILE = "hutong.key"


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
    async def store(self) -> AsyncIterator[Store]:
        """The database, once its schema is ours."""
        settings = self.settings()
        await ready_schema(settings.database.url)
        with said_plainly():
            async with Store(settings.database.url, open_vault(settings)) as store:
                yield store


@contextlib.contextmanager
def said_plainly() -> Iterator[None]:
    """What is wrong with the database, in words for an operator."""
    try:
        yield
    except VaultError:
        raise click.ClickException("数据库里的姓名和电话打不开:密钥不是原来的那一把。") from None
    except Unavailable as error:
        raise click.ClickException(f"数据库现在用不了({error}),请稍后再试。") from None


def key_file(settings: Settings) -> Path:
    """Where the key is kept when the configuration does not give one."""
    return Path(settings.database.data_dir) / KEY_FILE


def open_vault(settings: Settings) -> Vault:
    """The vault with the configured key, or the one kept in the data folder."""
    given = settings.database.encryption_key.get_secret_value()
    try:
        return Vault(read_key(given) if given else keep_key(key_file(settings)))
    except (VaultError, OSError) as error:
        raise click.ClickException(f"数据库密钥打不开:{error}") from None


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
        raise click.ClickException(f"连不上数据库:{type(error).__name__}") from error


async def upgrade_schema(url: str) -> None:
    try:
        await schema.upgrade(url)
    except Exception as error:
        raise click.ClickException(f"数据库升级没有成功:{type(error).__name__}。原来的数据没有动。") from error


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine to its end."""
    return asyncio.run(work)
