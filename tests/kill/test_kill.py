"""Killed thirty times, stopped ten times, running twice: nothing lost, nothing twice, nobody left without answer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bot.emulator.passive import read_answer
from bot.emulator.pusher import Push
from storage.tables import inbox, outbox
from tests.kill.campaign import campaign
from tests.kill.failpoints import FETCHING, POINTS
from tests.kill.nursery import Nursery, nursery
from tests.kill.people import Pace, People
from tests.kill.town import Town, free_port, made, toml

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROUNDS = 30
STOPS = 10


@pytest.fixture
def seed() -> int:
    """Another one each time; KILL_SEED repeats one. A failure shows it."""
    return int(os.environ.get("KILL_SEED", "")) if os.environ.get("KILL_SEED") else Random().randrange(10**6)


@pytest.fixture
async def born() -> AsyncIterator[Nursery]:
    async with nursery() as one:
        yield one


async def test_thirty_kills_lose_and_double_nothing(database: str, tmp_path: Path, seed: int) -> None:
    found = await campaign(tmp_path, database, rounds=ROUNDS, seed=seed)
    assert not found.violations, f"seed {seed}: {found}"
    assert found.kills == ROUNDS
    assert found.acknowledged > ROUNDS // 2, f"seed {seed}: hardly anybody was heard: {found}"
    assert found.taken, f"seed {seed}: nobody accepted anything: {found}"


async def test_death_at_any_step_loses_and_doubles_nothing(database: str, tmp_path: Path, seed: int) -> None:
    """One life for each place between receiving and marking where a process may die; half of them on each database,
    all on both with `make kill-test`."""
    points = tuple(point for point in POINTS if point not in FETCHING)[database.startswith("postgres") :: 2]
    found = await campaign(tmp_path, database, rounds=len(points), seed=seed, points=points)
    assert not found.violations, f"seed {seed}: {found}"
    assert found.points > len(points) // 2, f"seed {seed}: hardly any point was met: {found}"


# ── asked to stop ────────────────────────────────────────────────────────────────────────────────


async def test_who_is_being_heard_gets_his_answer_before_the_bot_stops(
    database: str, tmp_path: Path, born: Nursery, seed: int
) -> None:
    """What was taken in was answered, and what was not answered was not taken in; no claim is left behind."""
    async with made(tmp_path, database, born, seed, deliveries=1) as town:
        people = People(town, Random(seed), Pace(1, 1))
        for _ in range(STOPS):
            await _stop_in_the_middle(town, people)
            assert await _claimed(town) == 0, f"seed {seed}"
        answered = sorted(one.text for one in people.said if one.is_answered)
        assert answered == await _taken_in(town), f"seed {seed}"
        assert len(answered) > STOPS, f"seed {seed}: hardly anybody was heard"


async def _stop_in_the_middle(town: Town, people: People) -> None:
    child = await town.start()
    await town.up()
    await town.connected()
    speaking = [asyncio.create_task(people.say(one.openid)) for one in town.residents[:15]]
    await asyncio.sleep(people.chance.uniform(0.01, 0.15))
    assert await town.end(child) == 0
    await asyncio.gather(*speaking)


async def _claimed(town: Town) -> int:
    """Messages in the outbox that a process holds."""
    is_held = sa.and_(outbox.c.state == "waiting", outbox.c.lease_until > town.platforms.clock.now())
    return int((await _rows(town, sa.select(sa.func.count()).select_from(outbox).where(is_held)))[0][0])


async def _taken_in(town: Town) -> list[str]:
    return sorted(row.text for row in await _rows(town, sa.select(inbox.c.text).where(inbox.c.kind == "text")))


async def _rows(town: Town, query: Any) -> list[Any]:
    async with town.store() as store, store.reading() as session:
        return list((await session.run(query)).all())


# ── two at once ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_two_processes_give_one_answer_to_a_push_that_reaches_both(
    database: str, tmp_path: Path, born: Nursery, seed: int
) -> None:
    """The platform's deliveries of one message overlap: here they arrive at two processes in the same moment."""
    async with made(tmp_path, database, born, seed) as town:
        ports = (town.port, free_port())
        first = await town.start()
        second = await town.start(_second_config(town, ports[1]))
        for port in ports:
            await town.up(port)
        words = [f"暗号{chr(97 + n) * 8}" for n in range(20)]
        for n, word in enumerate(words):
            push = Push(town.residents[n].openid, _text_push(town, n, f"厨房水管漏了({word})"))
            answers = await asyncio.gather(*(_answer(town, port, push) for port in (*ports, *ports)))
            assert answers[0], f"seed {seed}: no answer"
            assert len(set(answers)) == 1, f"seed {seed}: {answers}"
        assert [await town.end(child) for child in (first, second)] == [0, 0]
        async with town.store() as store, store.reading() as session:
            texts = [request.text for request in await session.requests.all_since(None)]
        assert sorted(texts) == sorted(f"厨房水管漏了({word})" for word in words), f"seed {seed}"


def _second_config(town: Town, port: int) -> Path:
    """The same database and account; the robot has one connection, which the first process keeps."""
    path = town.folder / "second.toml"
    tables = {name: table for name, table in town.tables.items() if name != "wecom_bot"}
    path.write_text(toml({**tables, "server": {"port": port}}), encoding="utf-8")
    return path


def _text_push(town: Town, n: int, text: str) -> dict[str, object]:
    return {
        "ToUserName": town.platforms.credentials.account,
        "FromUserName": town.residents[n].openid,
        "CreateTime": int(town.platforms.clock.now().timestamp()),
        "MsgType": "text",
        "Content": text,
        "MsgId": 7 * 10**16 + n,
    }


async def _answer(town: Town, port: int, push: Push) -> str:
    """The words that come back when this process gets the push."""
    query, body = town.platforms.wechat.pusher.seal(push)
    async with town.http.post(f"http://127.0.0.1:{port}/wechat", params=query, data=body) as response:
        answer = read_answer(await response.read(), town.platforms.credentials, push.openid)
    return answer.text if answer else ""
