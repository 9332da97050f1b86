"""Patterns that wait until they are asked are patterns like all others."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import classifiers
import handlers
from classifiers.reader.late import compile_one_by_one, late


def test_every_pattern_of_ours_is_sound() -> None:
    for package in (classifiers, handlers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    assert len(list(compile_one_by_one())) > 500


def test_it_answers_as_a_pattern_does() -> None:
    pattern, plain = late(r"(?P<what>灯|水)坏了", re.IGNORECASE), re.compile(r"(?P<what>灯|水)坏了", re.IGNORECASE)
    text = "路灯坏了, 水坏了吗"
    assert [one.span("what") for one in pattern.finditer(text)] == [one.span("what") for one in plain.finditer(text)]
    assert (pattern.sub("好", text), pattern.split(text)) == (plain.sub("好", text), plain.split(text))
    assert (pattern.findall(text), pattern.match(text), pattern.fullmatch("灯坏了") is None) == (
        ["灯", "水"],
        None,
        False,
    )
    assert pattern.pattern == plain.pattern


def test_a_mistake_is_found_when_it_is_asked() -> None:
    with pytest.raises(re.error, match="unterminated"):
        late("[灯").search("灯")
