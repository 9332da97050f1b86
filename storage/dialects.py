"""The few places where SQLite and PostgreSQL spell one thing differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from storage.session import Session


def _insert(session: Session, table: sa.Table) -> Any:
    maker = postgresql.insert if session.connection.dialect.name == "postgresql" else sqlite.insert
    return maker(table)


async def insert_or_ignore(
    session: Session, table: sa.Table, row: dict[str, Any], returning: sa.Column[Any]
) -> sa.CursorResult[*tuple[Any, ...]]:
    """Insert unless a unique key is taken; the result holds the column of the new row, or nothing."""
    return await session.run(_insert(session, table).on_conflict_do_nothing().returning(returning), row)


async def upsert(session: Session, table: sa.Table, row: dict[str, Any], keys: tuple[str, ...]) -> None:
    """Insert, or update all other columns of the row with these keys."""
    statement = _insert(session, table)
    others = {name: statement.excluded[name] for name in row if name not in keys}
    await session.run(statement.on_conflict_do_update(index_elements=list(keys), set_=others), row)
