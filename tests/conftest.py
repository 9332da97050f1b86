"""What all tests share: the two databases."""

from __future__ import annotations

import asyncio
import functools
import logging
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from bot.memory import collect_seldom
from storage import schema
from tests.neighbourhood import inhabit
from tests.postgres import run, running

MEMORY = Path("/dev/shm")  # noqa: S108  pytest makes a folder of its own there
ENOUGH = 4 << 30  # bytes free

collect_seldom()  # as every command does


def pytest_configure() -> None:
    """The databases of tests need not outlive the machine: where memory can hold them, nobody waits for the disk."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Walks that differ in words only are played on SQLite: the others walk the same ways on PostgreSQL."""
    twice = [item for item in items if "wordings" in item.keywords and "postgres" in item.name]
    items[:] = _slow_ones_first([item for item in items if item not in twice])
    config.hook.pytest_deselected(items=twice)


def _slow_ones_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """Slow tests mostly wait, for processes that start and die: two of the workers begin with them, each with half,
    while the others keep the processor busy. xdist deals the list out in pieces of one length."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers < 2:
        return items
    slow = [item for item in items if item.get_closest_marker("slow")]
    others = [item for item in items if not item.get_closest_marker("slow")]
    a_piece = max(len(items) // workers - len(slow[::2]), 0)
    return [*slow[::2], *others[:a_piece], *slow[1::2], *others[a_piece:]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL without a database name."""
    with running() as pattern:
        yield pattern


@pytest.fixture
def inhabited() -> bool:
    """Does the sample neighbourhood live in the test's database already?"""
    return False


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """Migrated SQLite files for all tests of this process to copy, empty or inhabited."""
    folder = tmp_path_factory.mktemp("sqlite")

    @functools.cache
    def of(inhabited: bool) -> Path:
        file = folder / f"{inhabited}.db"
        with ThreadPoolExecutor(1) as elsewhere:  # this thread's loop is already running
            elsewhere.submit(asyncio.run, _build(f"sqlite+aiosqlite:///{file}", inhabited)).result()
        return file

    return of


async def _build(url: str, inhabited: bool) -> None:
    await schema.upgrade(url)
    if inhabited:
        await inhabit(url)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path, inhabited: bool) -> AsyncIterator[str]:
    """The URL of a fresh database with our schema, once on each kind."""
    if request.param == "sqlite":
        file = tmp_path / "hutong.db"
        shutil.copy(request.getfixturevalue("template_file")(inhabited), file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    pattern = request.getfixturevalue("postgres")
    name = f"hutong_{uuid4().hex[:12]}"
    template = await _template(pattern, inhabited)
    await run(pattern, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield pattern.format(database=name)
    await run(pattern, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_made: set[str] = set()


async def _template(pattern: str, inhabited: bool) -> str:
    """One database of each kind for all tests of this process to copy."""
    name = f"hutong_template_{os.getpid()}_{inhabited}".lower()
    if name not in _made:
        await run(pattern, f'CREATE DATABASE "{name}"')
        await _build(pattern.format(database=name), inhabited)
        _made.add(name)
    return name


@pytest.fixture(autouse=True)
def logs_are_as_loud_as_before() -> Iterator[None]:
    """A command that runs in this process may set how much is logged: the next test hears all again."""
    root = logging.getLogger()
    level = root.level
    yield
    root.setLevel(level)
