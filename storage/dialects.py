"""The few places where SQLite and PostgreSQL spell one thing differently."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Result

if TYPE_CHECKING:
    from storage.session import Session


def lock_number(key: str) -> int:
    """The number by which PostgreSQL's advisory locks know a name."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


async def in_turn(session: Session, key: str) -> None:
    """Until this transaction ends nobody else is past this line with the same key. SQLite has one writer anyway."""
    if session.dialect == "postgresql":
        await session.run(sa.select(sa.func.pg_advisory_xact_lock(lock_number(key))))


@functools.cache
def _inserting(dialect: str, table: sa.Table, returning: sa.Column[Any]) -> sa.Executable:
    statement: sa.Executable = _maker(dialect)(table).on_conflict_do_nothing().returning(returning)
    return statement


@functools.cache
def upserting(dialect: str, table: sa.Table, names: tuple[str, ...], keys: tuple[str, ...]) -> sa.Executable:
    """Insert, or update all other columns of the row with these keys; made once, for SQLAlchemy to compile once."""
    statement = _maker(dialect)(table)
    others = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=others)  # type: ignore[no-any-return]


def _maker(dialect: str) -> Any:
    return postgresql.insert if dialect == "postgresql" else sqlite.insert


async def insert_or_ignore(session: Session, table: sa.Table, row: dict[str, Any], returning: sa.Column[Any]) -> Result:
    """Insert unless a unique key is taken; the result holds the column of the new row, or nothing."""
    return await session.run(_inserting(session.dialect, table, returning), row)


async def upsert(session: Session, table: sa.Table, row: dict[str, Any], keys: tuple[str, ...]) -> None:
    """Insert, or update all other columns of the row with these keys."""
    await session.run(upserting(session.dialect, table, tuple(row), keys), row)
