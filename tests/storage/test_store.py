"""Writing together, failing alone: nobody's work is lost by somebody else's fault."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storage.records import Request, State
from storage.requests import StaleRequest
from storage.session import Session
from storage.store import BATCH, TRIES, Store, Unavailable
from storage.vault import Vault
from tests.storage.conftest import KEY
from tests.storage.samples import NOW, entry, nothing, outgoing, request

Work = Callable[[Session], Awaitable[int]]


class Broken(Exception):
    """What a desk with a bug raises."""


async def _texts(store: Store) -> list[str]:
    async with store.reading() as session:
        return [message.text for message in await session.outbox.all_since(None)]


async def _counter(store: Store) -> int:
    async with store.reading() as session:
        return await session.reports.counter("tally")


def says(text: str) -> Callable[[Session], Awaitable[None]]:
    async def work(session: Session) -> None:
        session.outbox.add(outgoing(text))

    return work


def says_and_fails(text: str) -> Callable[[Session], Awaitable[None]]:
    async def work(session: Session) -> None:
        session.outbox.add(outgoing(text))
        raise Broken

    return work


async def _set_tally(session: Session) -> None:
    await session.run(sa.text("INSERT INTO counters (name, value) VALUES ('tally', 0)"))


async def test_work_is_kept_and_its_outcome_told(store: Store) -> None:
    opened = await store.transact(lambda session: session.requests.open(request()))
    async with store.reading() as session:
        assert await session.requests.get(opened.number) == opened


async def test_a_desk_that_raises_is_undone_and_told(store: Store) -> None:
    with pytest.raises(Broken):
        await store.transact(says_and_fails("nie"))
    assert await _texts(store) == []


async def test_a_desk_that_raises_is_undone_alone(store: Store) -> None:
    works = [says_and_fails(f"坏{n}") if n % 3 == 1 else says(f"好{n}") for n in range(9)]
    ends = await asyncio.gather(*map(store.transact, works), return_exceptions=True)
    assert [isinstance(end, Broken) for end in ends] == [n % 3 == 1 for n in range(9)]
    assert sorted(await _texts(store)) == [f"好{n}" for n in range(9) if n % 3 != 1]


async def test_one_who_reads_back_and_fails_takes_no_neighbours_words_along(store: Store) -> None:
    async def reads_and_fails(session: Session) -> None:
        session.outbox.add(outgoing("坏1"))
        await session.outbox.earliest()  # writes down what was put aside until now
        session.outbox.add(outgoing("坏2"))
        raise Broken

    works = [says("好1"), says("好2"), reads_and_fails, says("好3")]
    await asyncio.gather(*map(store.transact, works), return_exceptions=True)
    assert sorted(await _texts(store)) == ["好1", "好2", "好3"]


async def test_one_who_breaks_the_common_writing_fails_alone(store: Store) -> None:
    async def forgets_the_request(session: Session) -> None:
        session.journal.add(entry(999))  # no such request: seen only when all is written together

    ends = await asyncio.gather(
        *map(store.transact, [says("好1"), forgets_the_request, says("好2")]), return_exceptions=True
    )
    assert [type(end) for end in ends] == [type(None), IntegrityError, type(None)]
    assert sorted(await _texts(store)) == ["好1", "好2"]


async def test_nobody_is_answered_before_the_commit(store: Store) -> None:
    async def writes(session: Session) -> int:
        opened = await session.requests.open(request())
        session.journal.add(entry(opened.number, "说的话"))
        return opened.number

    async def answered() -> None:
        number = await store.transact(writes)
        async with store.reading() as session:
            assert await session.requests.get(number) is not None
            assert len(await session.journal.of(number)) == 1

    await asyncio.gather(*(answered() for _ in range(BATCH + 10)))


async def test_two_hundred_at_once_lose_no_step(store: Store) -> None:
    await store.transact(_set_tally)

    async def one_more(session: Session) -> None:
        value = await session.reports.counter("tally")
        await asyncio.sleep(0)
        await session.run(sa.text("UPDATE counters SET value = :v WHERE name = 'tally'"), {"v": value + 1})

    await asyncio.gather(*(store.transact(one_more, key="speaker") for _ in range(200)))
    assert await _counter(store) == 200


async def test_one_speakers_work_waits_for_his_turn_in_another_process_too(database: str) -> None:
    running = most = 0

    async def work(session: Session) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await session.reports.counter("roster")
        await asyncio.sleep(0.002)
        running -= 1

    async with Store(database, Vault(KEY)) as one, Store(database, Vault(KEY)) as other:
        await asyncio.gather(*(store.transact(work, key="speaker") for store in (one, other) * 8))
    assert most == 1


async def test_work_that_lost_a_race_is_done_again(store: Store) -> None:
    tries = 0

    async def loses_twice(session: Session) -> int:
        nonlocal tries
        tries += 1
        session.outbox.add(outgoing(f"第{tries}次"))
        if tries < 3:
            raise StaleRequest
        return tries

    assert await store.transact(loses_twice) == 3
    assert await _texts(store) == ["第3次"]


async def test_who_loses_every_race_is_told(store: Store) -> None:
    tries = 0

    async def loses(session: Session) -> None:
        nonlocal tries
        tries += 1
        raise StaleRequest

    with pytest.raises(StaleRequest):
        await store.transact(loses)
    assert tries == TRIES


async def test_two_moves_of_one_request_both_count(store: Store) -> None:
    """Both read it before either writes: the second is fenced out by the version and starts again."""
    opened = await store.transact(lambda session: session.requests.open(request(holder="m")))

    async def returned(session: Session) -> Request:
        found = await session.requests.get(opened.number)
        assert found is not None
        await asyncio.sleep(0.005)
        return await session.requests.save(replace(found, return_count=found.return_count + 1))

    await asyncio.gather(*(store.transact(returned, key=f"m{n}") for n in range(4)))
    async with store.reading() as session:
        found = await session.requests.get(opened.number)
    assert found is not None
    assert (found.return_count, found.version) == (4, 5)


async def test_a_sqlite_file_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'x.db'}", Vault(KEY)) as nowhere:
        with pytest.raises(Unavailable):
            await nowhere.transact(nothing)


async def test_a_postgres_that_cannot_be_reached_is_unavailable() -> None:
    async with Store("postgresql+asyncpg://nobody@127.0.0.1:1/none", Vault(KEY)) as nowhere:
        with pytest.raises(Unavailable):
            await nowhere.transact(nothing)


async def test_a_transaction_given_up_by_sqlite_itself_loses_nobody_who_was_told_it_is_kept(database: str) -> None:
    """A full disk can make SQLite undo the whole transaction, savepoints and all, in the middle of the group."""
    if not database.startswith("sqlite"):
        pytest.skip("SQLite's own way")

    async def gives_up(session: Session) -> int:
        await session.connection.exec_driver_sql("ROLLBACK")
        raise Broken

    async def opens(session: Session) -> int:
        return (await session.requests.open(request())).number

    async with Store(database, Vault(KEY)) as store:
        ends = await asyncio.gather(*map(store.transact, [opens, opens, gives_up, opens]), return_exceptions=True)
        async with store.reading() as session:
            kept = {found.number for found in await session.requests.all_since(None)}
    assert isinstance(ends[2], Broken)
    assert kept == {end for end in ends if isinstance(end, int)}
    assert len(kept) == 3


async def test_a_closed_store_says_so(database: str) -> None:
    if not database.startswith("sqlite"):
        pytest.skip("PostgreSQL's pool opens again")
    store = Store(database, Vault(KEY))
    async with store:
        pass
    with pytest.raises(Unavailable):
        await store.transact(nothing)


async def test_closing_leaves_nobody_waiting(database: str) -> None:
    """Who still waits when the desk closes hears it; he is not left hanging."""
    store = Store(database, Vault(KEY))
    async with store:
        waiting = [asyncio.ensure_future(store.transact(says(f"晚{n}"))) for n in range(BATCH * 2)]
        await asyncio.sleep(0)
        if database.startswith("postgresql"):
            await asyncio.gather(*waiting)
    done, pending = await asyncio.wait(waiting, timeout=5)
    for one in pending:
        one.cancel()
    assert not pending
    kept = sum(1 for one in done if not one.cancelled() and one.exception() is None)
    async with Store(database, Vault(KEY)) as again:
        assert len(await _texts(again)) >= kept


async def test_whoever_carries_messages_is_woken_by_a_new_one(store: Store) -> None:
    bell = store.wakeup()
    await store.transact(nothing)
    assert not bell.is_set()
    await store.transact(says("好"))
    assert bell.is_set()


async def test_a_reader_cannot_write_on_sqlite(database: str) -> None:
    if not database.startswith("sqlite"):
        pytest.skip("PostgreSQL readers share the pool")
    async with Store(database, Vault(KEY)) as store, store.reading() as session:
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            await session.requests.open(request())


async def test_the_ping_answers(store: Store) -> None:
    await store.ping()


async def test_a_request_in_hand_has_a_holder(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.transact(lambda session: session.requests.open(request(state=State.DISPATCHED, holder="")))


async def test_errors_never_carry_the_words(store: Store) -> None:
    async def twice(session: Session) -> None:
        one = request(text="我电话13800138000")
        await session.requests.open(one)
        await session.requests.open(one)

    with pytest.raises(IntegrityError) as caught:
        await store.transact(twice)
    assert "13800138000" not in str(caught.value)
    assert NOW.isoformat() not in str(caught.value)
