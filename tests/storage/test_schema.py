"""Tables and migrations tell the same, and a moment keeps its zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema
from storage.schema import Schema
from storage.tables import Moment, metadata


async def run(url: str, *statements: str) -> None:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(sa.text(statement))
    finally:
        await engine.dispose()


def _differences(connection: sa.Connection) -> list[Any]:
    # SQLite gives a default back as it was typed; only PostgreSQL can say whether two defaults are the same
    options = {"compare_type": True, "compare_server_default": connection.dialect.name == "postgresql"}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_the_migrations_make_exactly_our_tables(database: str) -> None:
    engine = create_async_engine(database)
    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    await engine.dispose()
    assert differences == []


def test_the_head_known_here_is_alembics_own() -> None:
    scripts = ScriptDirectory.from_config(schema.alembic_config())
    assert scripts.get_current_head() == schema.HEAD
    assert {script.revision for script in scripts.walk_revisions()} == set(schema.REVISIONS)


async def test_a_fresh_database_is_current(database: str) -> None:
    assert await schema.look(database) is Schema.CURRENT


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", Schema.AHEAD),
        ("DROP TABLE alembic_version", Schema.EMPTY),
    ],
)
async def test_another_schema_is_seen(database: str, statement: str, found: Schema) -> None:
    await run(database, statement)
    assert await schema.look(database) is found


async def test_an_older_schema_is_behind(database: str) -> None:
    behind: tuple[str, ...] = schema.REVISIONS[:-1]
    for older in behind:
        await run(database, f"UPDATE alembic_version SET version_num = '{older}'")  # noqa: S608
        assert await schema.look(database) is Schema.BEHIND


async def test_upgrading_twice_changes_nothing(database: str) -> None:
    await schema.upgrade(database)
    assert await schema.look(database) is Schema.CURRENT


async def test_a_moment_comes_back_aware_and_to_the_microsecond(database: str) -> None:
    table = sa.Table("moments", sa.MetaData(), sa.Column("at", Moment))
    moment = datetime(2026, 11, 22, 9, 2, 3, 456789, timezone(timedelta(hours=8)))
    engine = create_async_engine(database)
    async with engine.begin() as connection:
        await connection.run_sync(table.create)
        await connection.execute(sa.insert(table), [{"at": moment}, {"at": None}])
        found = (await connection.execute(sa.select(table.c.at))).scalars().all()
        after = sa.select(sa.func.count()).where(table.c.at > moment - timedelta(microseconds=1), table.c.at <= moment)
        assert (await connection.execute(after)).scalar() == 1
    await engine.dispose()
    assert found == [moment, None]
    assert found[0].tzinfo is UTC


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])  # type: ignore[no-untyped-call]
def test_a_moment_without_zone_is_refused(dialect: Any) -> None:
    with pytest.raises(ValueError, match="time zone"):
        Moment().bind_processor(dialect)(datetime(2026, 11, 22))  # noqa: DTZ001


async def test_the_database_itself_refuses_a_request_in_hand_without_holder(database: str) -> None:
    row = (
        "INSERT INTO requests (id, state, reporter, created_at, type, types_all, co_workers, ladder, version, holder)"
        " VALUES ('u', 'accepted', 1, '2026-11-22 00:00:00', 'repair', '[]', '[]', '[]', 1, '')"
    )
    with pytest.raises(sa.exc.IntegrityError, match="has_holder"):
        await run(database, row)
