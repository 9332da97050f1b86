"""Statements made once and run often: SQLAlchemy writes their SQL, sqlite3 executes it.

SQLAlchemy's own way from a statement to its rows costs ten times what SQLite needs for them, every time. What it finds
out on that way is the same each time, so it is kept: the SQL, the order of the values, what becomes of each on the way
in and out.
"""

from __future__ import annotations

import functools
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound

MOST = 512  # statements kept; the desk has some sixty
_DIALECT = pysqlite.dialect()  # every connection's is the same, but not one: what is kept shall serve them all

_Change = Callable[[Any], Any]


class Rows:
    """The outcome of a statement, with what we use of SQLAlchemy's CursorResult. Rows are named tuples."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> Sequence[Any]:
        return self._rows

    def first(self) -> Any:
        """The first row, or None."""
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        """The only row. Raises what SQLAlchemy would raise when there are none or several."""
        if len(self._rows) != 1:
            raise MultipleResultsFound if self._rows else NoResultFound
        return self._rows[0]

    def scalar(self) -> Any:
        """The first value of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        return self.one()[0]

    def scalars(self) -> Iterator[Any]:
        return (row[0] for row in self._rows)


Result: TypeAlias = "Rows | sa.CursorResult[*tuple[Any, ...]]"


class Prepared:
    """A statement as the driver wants it."""

    def __init__(self, statement: sa.Executable, names: tuple[str, ...]) -> None:
        compiled: Any = statement.compile(dialect=_DIALECT, column_keys=list(names))  # type: ignore[attr-defined]
        if compiled.post_compile_params:
            raise TypeError("an IN of a prepared statement needs literals: its text must not change with its values")
        self._sql = str(compiled)
        self._takes = [(name, compiled._bind_processors.get(name)) for name in compiled.positiontup]
        self._own = {
            name: compiled.params[name]
            for name in compiled.positiontup
            if name not in names and not compiled.binds[name].required
        }
        self._row = _row_of(compiled)
        self._changes = _changes_of(compiled)

    def run(self, driver: sqlite3.Connection, values: Mapping[str, Any]) -> Rows:
        try:
            cursor = driver.execute(self._sql, self._given(values))
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            raise _as_sqlalchemy(self._sql, error) from error
        return Rows([self._read(row) for row in rows], cursor.rowcount)

    def run_many(self, driver: sqlite3.Connection, many: Sequence[Mapping[str, Any]]) -> Rows:
        """Once for all of these, which must give nothing back."""
        try:
            cursor = driver.executemany(self._sql, map(self._given, many))
        except sqlite3.Error as error:
            raise _as_sqlalchemy(self._sql, error) from error
        return Rows([], cursor.rowcount)

    def _given(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in the driver's order, with those that stand in the statement. KeyError when one is missing."""
        if self._own:
            values = {**self._own, **values}
        return [change(values[name]) if change else values[name] for name, change in self._takes]

    def _read(self, row: tuple[Any, ...]) -> Any:
        if not self._changes:
            return self._row(row)
        values = list(row)
        for place, change in self._changes:
            values[place] = change(values[place])
        return self._row(values)


@functools.lru_cache(MOST)
def prepared(statement: sa.Executable, names: tuple[str, ...]) -> Prepared:
    """The same for the same statement, which is known by its identity, and the same names of values."""
    return Prepared(statement, names)


def _row_of(compiled: Any) -> Callable[[Sequence[Any]], Any]:
    names = [column.keyname for column in compiled._result_columns]
    kind: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # the names are not known before
    return kind._make


def _changes_of(compiled: Any) -> list[tuple[int, _Change]]:
    """Which columns of a row are not what the driver gives: moments, flags, JSON."""
    changes = [column.type._cached_result_processor(_DIALECT, None) for column in compiled._result_columns]
    return [(place, change) for place, change in enumerate(changes) if change]


def _as_sqlalchemy(sql: str, error: sqlite3.Error) -> Exception:
    """The driver's error as everybody above knows it, without the values, which may be somebody's words."""
    wrapped: Exception = DBAPIError.instance(sql, None, error, sqlite3.Error, hide_parameters=True)
    return wrapped
