"""Fresh databases for the long command, which has no fixtures."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

from tests.postgres import run, running


@contextlib.asynccontextmanager
async def fresh(kind: str, folder: Path) -> AsyncIterator[str]:
    """The URL of an empty database, `sqlite` or `postgres`; of HUTONG_TEST_PG_DSN if that is given."""
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'hutong.db'}"
        return
    with running() as pattern:
        name = f"hutong_kill_{uuid4().hex[:12]}"
        await run(pattern, f'CREATE DATABASE "{name}"')
        try:
            yield pattern.format(database=name)
        finally:
            await run(pattern, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
