"""An open store on a fresh database of each kind."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.store import Store
from storage.vault import Vault

KEY = bytes(range(32))


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with Store(database, Vault(KEY)) as opened:
        yield opened
