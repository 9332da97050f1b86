"""The database: one way to write, one way to read, the same on SQLite and on PostgreSQL.

A handler's work is a function of a Session. On SQLite one writer takes what waits, puts it into one transaction and
commits once for all: nobody is answered before that commit (ADR 2). If one of them fails, all is rolled back and done
again with a savepoint each, so that only the failing one is undone; savepoints for all would cost a fifth of the speed.
PostgreSQL commits in groups by itself, so there each piece of work has its own transaction, and an advisory lock keeps
one speaker's words in order over several processes.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.at_once import WRITERS_MS, Writer
from storage.dialects import in_turn
from storage.places import ROSTER
from storage.records import Roster
from storage.requests import StaleRequest
from storage.rows import from_json, to_json
from storage.session import Session
from storage.vault import Vault

T = TypeVar("T")
Work = Callable[[Session], Awaitable[T]]

BATCH = 64  # pieces of work in one SQLite transaction
DEAF_FOR = 0.005  # seconds after which they let the doors be heard
POOL = 10  # connections to PostgreSQL
TRIES = 5  # for work that lost a race
_PRAGMAS = (
    f"busy_timeout={WRITERS_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
_LOST_RACES = frozenset({"40001", "40P01"})  # serialization failure, deadlock
# Disk full, out of memory, too many connections; shut down by an operator, after a crash, still starting.
_OUT_OF_REACH = frozenset({"53100", "53200", "53300", "57P01", "57P02", "57P03"})


@dataclass(slots=True)
class _Job:
    work: Work[Any]
    done: asyncio.Future[Any] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    outcome: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        if self.done.done():
            return
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.outcome)


class Unavailable(Exception):
    """The database cannot be used just now: locked, full, gone. The same work may succeed later."""


class Store:
    """Open with `async with Store(url, vault) as store`."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.url = url
        self._vault = vault
        self._is_sqlite = url.startswith("sqlite")
        self._engine: AsyncEngine = _sqlite_reader(url) if self._is_sqlite else _postgres_engine(url)
        self._writer = Writer(_sqlite_writer(url)) if self._is_sqlite else None
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        self._pool = asyncio.Semaphore(POOL - 2)  # two are left for reading
        self._task: asyncio.Task[None] | None = None
        self._roster = Roster(version=-1)
        self._wakeups: list[asyncio.Event] = []
        self.files_expected = asyncio.Event()
        self._has_erased = False

    async def __aenter__(self) -> Store:
        if self._writer:
            self._task = asyncio.create_task(self._write_in_groups(self._writer), name="sqlite writer")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        while not self._jobs.empty():  # who still waited must not be left hanging
            self._jobs.get_nowait().done.cancel()
        if self._writer:
            await self._writer.dispose()
        await self._engine.dispose()

    # ── writing ──────────────────────────────────────────────────────────────────────────────────

    async def transact(self, work: Work[T], *, key: str = "") -> T:
        """Do the work in a transaction and return what it returns, after the commit. Raising undoes it all.

        `key` names whose turn it is (a speaker): work with the same key is never done at the same time.
        Work that lost a race, or was written together with work that failed, is done again from the start, so it
        must not touch anything but its session.
        """
        for attempt in range(TRIES):
            try:
                return await (self._queue(work) if self._is_sqlite else self._alone(work, key))
            except Exception as error:
                if _is_out_of_reach(error):
                    raise Unavailable(type(error).__name__) from error
                if attempt == TRIES - 1 or not _has_lost_a_race(error):
                    raise
        raise AssertionError("unreachable")

    async def _queue(self, work: Work[T]) -> T:
        if self._task is None or self._task.done():
            raise Unavailable("closed")
        job = _Job(work)
        self._jobs.put_nowait(job)
        return await job.done  # type: ignore[no-any-return]

    async def _alone(self, work: Work[T], key: str) -> T:
        async with self._pool, self._engine.begin() as connection:
            session = Session(connection, self._vault)
            if key:
                await in_turn(session, key)
            outcome = await work(session)
            await session.flush()
        self._announce(session)
        return outcome

    async def _write_in_groups(self, writer: Writer) -> None:
        while True:
            jobs = [await self._jobs.get()]
            while not self._jobs.empty() and len(jobs) < BATCH:
                jobs.append(self._jobs.get_nowait())
            try:
                await self._write(writer, jobs)
            except asyncio.CancelledError:
                for job in jobs:
                    job.done.cancel()
                raise
            except Exception as error:  # for one that is the answer; of several, the others must not suffer
                await self._write_apart(writer, jobs, error)
            for job in jobs:
                job.tell()
            if self._has_erased:
                await self._empty_log(writer)

    async def _empty_log(self, writer: Writer) -> None:
        """What was erased is gone from the log too; while somebody reads, it is tried again after the next write."""
        try:
            self._has_erased = not await writer.empty_log()
        except sqlite3.Error:  # the disk is full: the words stay in the log until there is room
            return

    async def _write(self, writer: Writer, jobs: list[_Job]) -> None:
        async with writer.begin() as connection:
            session = Session(connection, self._vault)
            heard_at = monotonic()
            for job in jobs:
                job.outcome = await job.work(session)
                if monotonic() - heard_at > DEAF_FOR:  # statements are answered at once: nobody else had a turn
                    await asyncio.sleep(0)
                    heard_at = monotonic()
            await session.flush()
        self._announce(session)

    async def _write_apart(self, writer: Writer, jobs: list[_Job], error: Exception) -> None:
        if len(jobs) == 1:
            jobs[0].error = error
            return
        try:
            await self._write_under_savepoints(writer, jobs)
        except Exception:  # the common commit failed
            await self._write_one_by_one(writer, jobs)

    async def _write_under_savepoints(self, writer: Writer, jobs: list[_Job]) -> None:
        sessions: list[Session] = []
        async with writer.begin() as connection:
            for job in jobs:
                session = Session(connection, self._vault)
                job.outcome, job.error = None, None
                savepoint = connection.begin_nested()
                try:
                    job.outcome = await job.work(session)
                    await session.flush()
                    savepoint.commit()
                    sessions.append(session)
                except Exception as error:  # rolled back alone; told to whoever asked for this work
                    savepoint.rollback()  # fails when SQLite gave up the whole transaction: then one by one
                    job.error = error
        for session in sessions:
            self._announce(session)

    async def _write_one_by_one(self, writer: Writer, jobs: list[_Job]) -> None:
        for job in jobs:
            job.outcome, job.error = None, None
            try:
                await self._write(writer, [job])
            except Exception as own:  # told to whoever asked for this work
                job.error = own

    def _announce(self, session: Session) -> None:
        self._has_erased |= self._is_sqlite and session.has_erased
        if "outbox" in session.touched:
            for event in self._wakeups:
                event.set()
        if "files" in session.touched:
            self.files_expected.set()

    def wakeup(self) -> asyncio.Event:
        """An event of one's own that is set whenever something was put into the outbox."""
        event = asyncio.Event()
        self._wakeups.append(event)
        return event

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    @contextlib.asynccontextmanager
    async def reading(self, *, frozen: bool = False) -> AsyncIterator[Session]:
        """A view that sees what is committed, for reports, exports and pages. A frozen one sees one single moment, as
        SQLite's always does."""
        async with self._engine.connect() as connection:
            if frozen and not self._is_sqlite:
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield Session(connection, self._vault)

    async def roster(self, session: Session) -> Roster:
        """Places and people; read anew only when the roster's version has grown, asked once in a transaction."""
        if session.roster is None:
            session.roster = await self._read_roster(session)
        return session.roster

    async def _read_roster(self, session: Session) -> Roster:
        version = await session.places.version()
        if version == self._roster.version and ROSTER not in session.touched:
            return self._roster
        roster = Roster(
            version,
            tuple(await session.places.units()),
            tuple(await session.places.lanes()),
            tuple(await session.people.members()),
            tuple(await session.people.duties()),
            tuple(await session.people.leaves()),
        )
        if ROSTER not in session.touched:  # what may still be rolled back is not remembered
            self._roster = roster
        return roster

    async def ping(self) -> None:
        """Raises when the database cannot be written."""
        async with self._engine.connect() as connection:
            await connection.execute(sa.text("SELECT 1"))


def _sqlstate(error: BaseException) -> str:
    """PostgreSQL's own code, from SQLAlchemy's error or from the driver's, which a failing connect raises."""
    return str(getattr(getattr(error, "orig", error), "sqlstate", None) or "")


def _is_out_of_reach(error: Exception) -> bool:
    if _sqlstate(error) in _LOST_RACES:
        return False
    return isinstance(error, OperationalError | InterfaceError | OSError) or _sqlstate(error) in _OUT_OF_REACH


def _has_lost_a_race(error: Exception) -> bool:
    return isinstance(error, StaleRequest) or _sqlstate(error) in _LOST_RACES


def _postgres_engine(url: str) -> AsyncEngine:
    return create_async_engine(url, pool_size=POOL, max_overflow=0, pool_pre_ping=True, hide_parameters=True)


def _sqlite_writer(url: str) -> sa.Engine:
    """One connection: more would only wait for each other."""
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="sqlite+pysqlite"),
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        json_serializer=to_json,
        json_deserializer=from_json,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    # A SELECT takes no lock: two that read and then write would overwrite each other.
    _prepare(engine, "BEGIN IMMEDIATE", *_PRAGMAS)
    return engine


def _sqlite_reader(url: str) -> AsyncEngine:
    """A few connections that never write nor checkpoint."""
    engine = create_async_engine(
        url, pool_size=4, max_overflow=0, hide_parameters=True, connect_args={"isolation_level": None}
    )
    _prepare(engine.sync_engine, "BEGIN", *_PRAGMAS, "wal_autocheckpoint=0", "query_only=ON")
    return engine


def _prepare(engine: sa.Engine, begin: str, *pragmas: str) -> None:
    @sa.event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite URL; None for PostgreSQL."""
    return Path(url.removeprefix("sqlite+aiosqlite:///")) if url.startswith("sqlite") else None
