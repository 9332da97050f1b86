"""A fresh town for each story, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.clock import PushedClock
from bot.emulator.stage import play
from bot.sheets import Rows
from handlers.watching import audit
from storage.session import Session
from tests.neighbourhood import leave_key
from tests.stories.town import MONDAY, Town


@pytest.fixture
def settings() -> dict[str, Any]:
    """What a story sets otherwise than the defaults."""
    return {}


@pytest.fixture
def sheets() -> dict[str, Rows] | None:
    """The roster of a story, if it is not the sample neighbourhood."""
    return None


@pytest.fixture
def inhabited(sheets: dict[str, Rows] | None) -> bool:
    return sheets is None


@pytest.fixture
async def town(
    database: str, tmp_path: Path, settings: dict[str, Any], sheets: dict[str, Rows] | None
) -> AsyncIterator[Town]:
    """The sample neighbourhood on a Monday morning at nine. At the end nobody may have heard anything unexpected."""
    clock = PushedClock(MONDAY)
    leave_key(tmp_path / "data")
    async with play(
        tmp_path / "data",
        clock,
        database=database,
        in_background=False,
        sheets=sheets,
        more=settings,
    ) as on_stage:
        await on_stage.bot.store.transact(_audited)
        made = Town(on_stage)
        yield made
        made.everybody_has_heard_all()


async def _audited(session: Session) -> None:
    """This night's audit was made before anybody spoke: a quarter of a short story would go into it."""
    await session.reports.claim(audit.KIND, "", MONDAY.date(), MONDAY)
    await session.jobs.ran(["audit"], MONDAY)
