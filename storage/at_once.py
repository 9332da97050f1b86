"""The writer of a SQLite file: statements are answered at once, only the lock and the disk are waited for in a thread.

A statement of ours takes microseconds in the page cache; aiosqlite would send it to a thread and back six times, which
takes many times that. What may take long does go to the thread: BEGIN IMMEDIATE when another process writes just now,
and COMMIT (waits for the disk).
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from storage.prepared import Result, prepared

T = TypeVar("T")

WRITERS_MS = 10_000  # how long to wait for another process that writes
READER_MS = 50  # how long to wait for readers before the log is emptied another time

Values = dict[str, Any] | Sequence[Mapping[str, Any]] | None


class AtOnce:
    """A connection with what a Session needs of SQLAlchemy's AsyncConnection; nothing in it ever waits."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._driver = _driver(connection)
        self.dialect = connection.dialect

    async def execute(self, statement: sa.Executable, values: Values = None) -> Result:
        """A statement that is handed its values is one of those made once: it goes to the driver without detours."""
        if values is None:
            return self._connection.execute(statement)
        if isinstance(values, dict):  # and not Mapping: to ask that of an abstract class takes five times as long
            return prepared(statement, tuple(values)).run(self._driver, values)
        return prepared(statement, tuple(values[0])).run_many(self._driver, values)

    async def exec_driver_sql(self, statement: str) -> sa.CursorResult[*tuple[Any, ...]]:
        return self._connection.exec_driver_sql(statement)

    def begin_nested(self) -> sa.NestedTransaction:
        """A savepoint."""
        return self._connection.begin_nested()


class Writer:
    """The one connection that writes, and the thread that waits for it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite writer")

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncIterator[AtOnce]:
        """A transaction: committed at the end, rolled back when something was raised."""
        connection = await self._connected()
        transaction = _begun_at_once(connection)
        if transaction is None:
            transaction = await self._aside(_begun, connection)
        try:
            yield AtOnce(connection)
        except BaseException:
            await self._aside(transaction.__exit__, *sys.exc_info())
            raise
        await self._aside(transaction.__exit__, None, None, None)

    async def empty_log(self) -> bool:
        """Write the log's pages into the file and cut the log to nothing; false while somebody reads older pages."""
        return await self._aside(_empty_log, await self._connected())

    async def dispose(self) -> None:
        if self._connection is not None:
            await self._aside(self._connection.close)
        await self._aside(self._engine.dispose)
        self._thread.shutdown()

    async def _connected(self) -> sa.Connection:
        if self._connection is None:
            self._connection = await self._aside(self._connect)
        return self._connection

    def _connect(self) -> sa.Connection:
        connection = self._engine.connect()
        _driver(connection).execute("PRAGMA busy_timeout=0")
        return connection

    async def _aside(self, what: Callable[..., T], *given: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, what, *given)


def _begun_at_once(connection: sa.Connection) -> sa.RootTransaction | None:
    """A transaction, unless another process is writing and would have to be waited for."""
    try:
        return connection.begin()
    except OperationalError:
        return None


def _begun(connection: sa.Connection) -> sa.RootTransaction:
    """A transaction; other processes are waited for."""
    with _patience(connection, WRITERS_MS):
        return connection.begin()


def _empty_log(connection: sa.Connection) -> bool:
    with _patience(connection, READER_MS):  # a long export must not hold up the desk
        (busy, *_) = _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


@contextlib.contextmanager
def _patience(connection: sa.Connection, milliseconds: int) -> Iterator[None]:
    """Wait for others so long, for once; else this connection never waits."""
    driver = _driver(connection)
    driver.execute(f"PRAGMA busy_timeout={milliseconds}")
    try:
        yield
    finally:
        driver.execute("PRAGMA busy_timeout=0")


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.dbapi_connection
