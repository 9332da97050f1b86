"""Every sentence the desk says, by name. The words themselves stand in zh_CN.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from string import Formatter


@cache
def _sentences() -> dict[str, str]:
    tables = tomllib.loads(resources.files(__package__).joinpath("zh_CN.toml").read_text("utf-8"))
    return {f"{table}.{name}": text for table, sentences in tables.items() for name, text in sentences.items()}


def say(name: str, /, **values: object) -> str:
    """The sentence with its gaps filled. KeyError when the name or a value is missing."""
    return _sentences()[name].format(**values).strip()


def names() -> frozenset[str]:
    return frozenset(_sentences())


def gaps(name: str) -> frozenset[str]:
    """The values a sentence asks for."""
    return frozenset(field for _, field, _, _ in Formatter().parse(_sentences()[name]) if field)
