"""A database in which the sample neighbourhood lives already: tests copy it, instead of each reading the roster in."""

from __future__ import annotations

import base64
from pathlib import Path

from bot.emulator.sample_roster import sample_sheets
from handlers.roster.keeping import import_into
from storage.store import Store
from storage.vault import Vault
from tests.stories.town import MONDAY

KEY = bytes(range(32))


async def inhabit(database: str) -> None:
    """Let everybody move in; names and phones are sealed with `KEY`."""
    async with Store(database, Vault(KEY)) as store:
        plan = await import_into(store, sample_sheets(), now=MONDAY)
        assert not plan.errors, plan.errors


def leave_key(folder: Path) -> None:
    """Put the key where the bot looks for it."""
    folder.mkdir(mode=0o700)
    (folder / "hutong.key").write_text(base64.b64encode(KEY).decode())
