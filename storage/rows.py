"""From rows to records and back, for records whose fields are named like their columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Any


def plain(record: Any, *, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """A record's fields as column values: enums by value, tuples as lists."""
    return {
        field.name: _plain_value(getattr(record, field.name))
        for field in dataclasses.fields(record)
        if field.name not in leave_out
    }


def _plain_value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value


def tuples(row: Mapping[Any, Any], *names: str) -> dict[str, tuple[Any, ...]]:
    """The JSON lists of a row as tuples."""
    return {name: tuple(row[name] or ()) for name in names}
