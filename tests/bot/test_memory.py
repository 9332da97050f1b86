"""Looking for garbage seldom, and still looking."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.memory import MADE, collect_seldom


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_young_objects_are_looked_at_seldom_and_old_ones_as_ever() -> None:
    _, older, oldest = gc.get_threshold()
    collect_seldom()
    assert gc.get_threshold() == (MADE, older, oldest)
    assert gc.isenabled()
