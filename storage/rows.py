"""From rows to records and back, for records whose fields are named like their columns."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")
PART = 500  # values in one list of a statement; databases have limits

_PLAIN = frozenset({str, int, bool, float, type(None), datetime, date})  # most values; looked at before all others


def plain(record: Any, *, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """A record's fields as column values: enums by value, tuples as lists."""
    return {name: plain_value(getattr(record, name)) for name in names_of(record.__class__, leave_out)}


@functools.cache
def names_of(kind: Any, leave_out: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in dataclasses.fields(kind) if field.name not in leave_out)


def plain_value(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value


def tuples(row: Mapping[Any, Any], *names: str) -> dict[str, tuple[Any, ...]]:
    """The JSON lists of a row as tuples."""
    return {name: tuple(row[name] or ()) for name in names}


def to_json(value: Any) -> str:
    """Most lists and tables of a row are empty."""
    return "[]" if value == [] else "{}" if value == {} else json.dumps(value)


def from_json(text: str) -> Any:
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in lists that a statement may hold."""
    for start in range(0, len(values), PART):
        yield values[start : start + PART]
