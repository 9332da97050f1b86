"""A prepared statement gives what SQLAlchemy itself would give."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from storage.prepared import prepared
from storage.tables import inbox, metadata, residents

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
ROW: dict[str, Any] = {
    "channel": "c",
    "dedupe_key": "k",
    "received_at": NOW,
    "text": "灯坏了",
    "options": [["是", "1"]],
}
_insert = sa.insert(inbox).returning(inbox.c.id, inbox.c.received_at)
_by_key = sa.select(inbox).where(inbox.c.dedupe_key == sa.bindparam("key"), inbox.c.channel == "c").limit(3)


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    engine = sa.create_engine("sqlite+pysqlite://")
    with engine.connect() as connection:
        metadata.create_all(connection)
        yield connection
    engine.dispose()


def _run(connection: sa.Connection, statement: sa.Executable, values: dict[str, Any]) -> Any:
    driver: Any = connection.connection.dbapi_connection
    return prepared(statement, tuple(values)).run(driver, values)


def test_rows_are_those_of_sqlalchemy(connection: sa.Connection) -> None:
    _run(connection, _insert, ROW)
    ours = _run(connection, _by_key, {"key": "k"}).one()
    theirs = connection.execute(_by_key, {"key": "k"}).one()
    assert tuple(ours) == tuple(theirs)
    assert ours._asdict() == theirs._asdict()
    assert ours.received_at == NOW


def test_what_is_returned_is_changed_as_well(connection: sa.Connection) -> None:
    assert tuple(_run(connection, _insert, ROW).one()) == (1, NOW)


def test_many_at_once(connection: sa.Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    rows = [ROW | {"dedupe_key": str(number)} for number in range(5)]
    assert prepared(sa.insert(inbox), tuple(rows[0])).run_many(driver, rows).rowcount == 5
    assert connection.execute(sa.select(sa.func.count()).select_from(inbox)).scalar() == 5


def test_none_one_and_several(connection: sa.Connection) -> None:
    everything = sa.select(inbox.c.id)
    assert _run(connection, everything, {}).first() is None
    assert _run(connection, everything, {}).scalar() is None
    with pytest.raises(sa.exc.NoResultFound):
        _run(connection, everything, {}).one()
    for key in "ab":
        _run(connection, _insert, ROW | {"dedupe_key": key})
    with pytest.raises(sa.exc.MultipleResultsFound):
        _run(connection, everything, {}).one()
    assert list(_run(connection, everything, {}).scalars()) == [1, 2]


def test_a_missing_value_is_no_null(connection: sa.Connection) -> None:
    with pytest.raises(KeyError):
        _run(connection, _by_key, {})


def test_errors_are_those_of_sqlalchemy_and_quote_nobody(connection: sa.Connection) -> None:
    _run(connection, _insert, ROW)
    with pytest.raises(sa.exc.IntegrityError) as raised:
        _run(connection, _insert, ROW)
    assert isinstance(raised.value.orig, sqlite3.IntegrityError)
    assert "灯坏了" not in str(raised.value)


def test_a_text_that_depends_on_the_values_is_refused(connection: sa.Connection) -> None:
    with pytest.raises(TypeError, match="literals"):
        _run(connection, sa.select(inbox).where(inbox.c.id.in_(sa.bindparam("ids", expanding=True))), {"ids": [1, 2]})


_zones = st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23)))


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=_zones))  # noqa: DTZ001
def test_moments_come_back_as_they_were(moment: datetime) -> None:
    engine = sa.create_engine("sqlite+pysqlite://")
    with engine.connect() as connection:
        residents.create(connection)
        _run(connection, sa.insert(residents), {"openid": "o", "created_at": moment})
        assert _run(connection, sa.select(residents.c.created_at), {}).scalar() == moment
        assert connection.execute(sa.select(residents.c.created_at)).scalar() == moment
    engine.dispose()
