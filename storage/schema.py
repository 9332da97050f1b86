"""Is the database's schema ours? Makes a fresh one, upgrades an older one, and leaves a newer one alone."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from storage.store import sqlite_path

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"  # the newest revision in migrations/versions; known here so that starting need not load alembic
REVISIONS = ("0001", "0002", "0003", "0004")


class Schema(Enum):
    """What was found."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"


async def revision(url: str) -> str | None:
    """The revision the database is at; None for one without tables of ours."""
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            if not await connection.run_sync(lambda sync: sa.inspect(sync).has_table("alembic_version")):
                return None
            found: str | None = (await connection.execute(sa.text("SELECT version_num FROM alembic_version"))).scalar()
            return found
    finally:
        await engine.dispose()


async def look(url: str) -> Schema:
    """Compare the database with what this program needs."""
    found = await revision(url)
    if found is None:
        return Schema.EMPTY
    if found == HEAD:
        return Schema.CURRENT
    return Schema.BEHIND if found in REVISIONS else Schema.AHEAD


async def upgrade(url: str) -> None:
    """Bring the database to the newest schema, in one transaction where the database can."""
    path = sqlite_path(url)
    if path:
        make_private(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its log and index the mode of the file
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run_alembic)
    finally:
        await engine.dispose()


def make_private(folder: Path) -> None:
    """A folder that is made here is its owner's alone; one that was there stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def alembic_config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _run_alembic(connection: sa.Connection) -> None:
    from alembic import command

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
