"""A database that cannot be used just now is not our fault and not the message's: the same work may succeed later."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from storage.session import Session
from storage.store import Store, Unavailable


@pytest.mark.parametrize("code", ["53100", "53300", "57P01", "57P03"])
async def test_postgres_that_is_full_or_going_down_is_out_of_reach(store: Store, code: str) -> None:
    if store.url.startswith("sqlite"):
        pytest.skip("has no such codes")

    async def work(session: Session) -> None:
        await session.run(sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$"))

    with pytest.raises(Unavailable):
        await store.transact(work)


async def test_a_lost_race_is_run_again(store: Store) -> None:
    if store.url.startswith("sqlite"):
        pytest.skip("has one writer")
    tries = 0

    async def work(session: Session) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            await session.run(sa.text("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$"))

    await store.transact(work)
    assert tries == 3


async def test_other_errors_of_postgres_are_bugs(store: Store) -> None:
    if store.url.startswith("sqlite"):
        pytest.skip("tells a full disk and a wrong word by the same name")

    async def work(session: Session) -> None:
        await session.run(sa.text("SELECT no_such_thing"))

    with pytest.raises(DBAPIError, match="no_such_thing"):
        await store.transact(work)
