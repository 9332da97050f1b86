"""Ten rounds of the race on each database; `make race` runs two hundred."""

from __future__ import annotations

import asyncio

import pytest

from tests.race.race import race

ROUNDS = 10

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


async def test_one_wins_and_all_others_work_along(database: str) -> None:
    assert not await asyncio.to_thread(race, database, ROUNDS)
