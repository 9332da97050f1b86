"""What all tests share: the two databases."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from bot.memory import collect_seldom
from storage import schema
from tests.postgres import run, running

collect_seldom()  # as every command does


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Walks that differ in words only are played on SQLite: the others walk the same ways on PostgreSQL."""
    twice = [item for item in items if "wordings" in item.keywords and "postgres" in item.name]
    items[:] = [item for item in items if item not in twice]
    config.hook.pytest_deselected(items=twice)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL without a database name."""
    with running() as pattern:
        yield pattern


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
    await run(pattern, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield pattern.format(database=name)
    await run(pattern, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_made: set[str] = set()


async def _template(pattern: str) -> str:
    """One migrated database for all tests of this process to copy."""
    name = f"hutong_template_{os.getpid()}"
    if name not in _made:
        await run(pattern, f'CREATE DATABASE "{name}"')
        await schema.upgrade(pattern.format(database=name))
        _made.add(name)
    return name


@pytest.fixture(autouse=True)
def logs_are_as_loud_as_before() -> Iterator[None]:
    """A command that runs in this process may set how much is logged: the next test hears all again."""
    root = logging.getLogger()
    level = root.level
    yield
    root.setLevel(level)
