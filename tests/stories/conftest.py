"""A fresh town for each story, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.clock import PushedClock
from bot.emulator.sample_roster import sample_sheets
from bot.emulator.stage import play
from bot.sheets import Rows
from tests.stories.town import MONDAY, Town


@pytest.fixture
def settings() -> dict[str, Any]:
    """What a story sets otherwise than the defaults."""
    return {}


@pytest.fixture
def sheets() -> dict[str, Rows]:
    """The roster of a story; the sample neighbourhood unless the story changes it."""
    return sample_sheets()


@pytest.fixture
async def town(database: str, tmp_path: Path, settings: dict[str, Any], sheets: dict[str, Rows]) -> AsyncIterator[Town]:
    """The sample neighbourhood on a Monday morning at nine. At the end nobody may have heard anything unexpected."""
    clock = PushedClock(MONDAY)
    async with play(
        tmp_path / "data",
        clock,
        database=database,
        in_background=False,
        sheets=sheets,
        more=settings,
    ) as on_stage:
        made = Town(on_stage)
        yield made
        made.everybody_has_heard_all()
