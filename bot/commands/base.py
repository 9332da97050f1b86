"""What every command needs: the settings, the store, the clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.clock import Clock, SystemClock
from bot.config import ConfigError, Settings, load
from storage import schema
from storage.store import Store, sqlite_path
from storage.vault import Vault, VaultError, keep_key, read_key

T = TypeVar("T")


@dataclass
class Context:
    """Handed to every command by the group."""

    config: Path | None = None
    debug: bool = False
    clock: Clock = field(default_factory=SystemClock)

    @cached_property
    def _settings(self) -> Settings:
        path = self.config or (Path("config.toml") if Path("config.toml").exists() else None)
        try:
            return load(path)
        except ConfigError as error:
            raise click.ClickException("配置有问题:\n  " + "\n  ".join(error.findings)) from None

    def settings(self) -> Settings:
        return self._settings

    @contextlib.asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """The database, once its schema is ours."""
        settings = self.settings()
        await ready_schema(settings.database.url)
        async with Store(settings.database.url, open_vault(settings)) as store:
            yield store


def open_vault(settings: Settings) -> Vault:
    """The vault with the configured key, or the one kept in the data folder."""
    given = settings.database.encryption_key.get_secret_value()
    try:
        return Vault(read_key(given) if given else keep_key(Path(settings.database.data_dir) / "hutong.key"))
    except (VaultError, OSError) as error:
        raise click.ClickException(f"数据库密钥打不开:{error}") from None


async def ready_schema(url: str) -> None:
    """Make a fresh SQLite file; anything else that does not fit is said with what to do."""
    path = sqlite_path(url)
    if path and (not path.exists() or path.stat().st_size == 0):
        await schema.upgrade(url)
        return
    try:
        found = await schema.look(url)
    except Exception as error:
        raise click.ClickException(f"连不上数据库:{type(error).__name__}") from error
    if found is schema.Schema.AHEAD:
        raise click.ClickException("数据库比这个程序新。请升级程序,或恢复旧的备份。")
    if found is not schema.Schema.CURRENT:
        raise click.ClickException("数据库还没有升级。请先运行:hutong db upgrade")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine to its end."""
    return asyncio.run(work)
