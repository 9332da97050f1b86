"""Runs the race and judges what was written down: one winner each, all others co-workers, one word to the group."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.synchronize import Barrier
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.sheets import Rows
from handlers.desk import Desk, House
from handlers.moves.dispatch import begin_request, dispatch
from handlers.reception import Reception
from handlers.roster.keeping import import_into
from handlers.settings import DeskSettings
from handlers.texts import say
from storage.records import Channel, Incoming, JournalEntry, MessageKind, Outgoing, Request
from storage.session import Session
from storage.store import Store, Unavailable
from storage.vault import Vault

PROCESSES = 4
CLAIMS = 8  # for each request
PATIENCE = 120.0  # seconds a process waits for the others
LANE, CHAT, KEY = "race", "wr-race", bytes(range(32))
_NAMES = ["甲子", "甲丑", "甲寅", "甲卯", "甲辰", "甲巳", "甲午", "甲未"]
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Written:
    """One request with all that was written about it."""

    request: Request
    journal: Sequence[JournalEntry]
    said: Sequence[Outgoing]


def race(database: str, rounds: int) -> list[str]:
    """So many requests, each claimed by everybody at once, on a fresh database with our schema. What went wrong."""
    numbers = asyncio.run(_prepare(database, rounds))
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(PROCESSES)
    runners = [context.Process(target=run, args=(database, numbers, which, start)) for which in range(PROCESSES)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    failed = [f"a process ended with {runner.exitcode}" for runner in runners if runner.exitcode]
    return failed or [line for one in asyncio.run(_read(database, numbers)) for line in judge(one)]


def judge(one: Written) -> list[str]:
    """What is wrong with one race."""
    request, codes = one.request, {f"m{n}" for n in range(CLAIMS)}
    winners = [entry.actor for entry in one.journal if entry.kind == "accept"]
    wrong = []
    if winners != [request.holder] or request.first_responder != request.holder:
        wrong.append(f"accepted by {winners}, held by {request.holder}, first was {request.first_responder}")
    if set(request.co_workers) != codes - {request.holder} or len(request.co_workers) != CLAIMS - 1:
        wrong.append(f"co-workers {request.co_workers}")
    if sorted(entry.actor for entry in one.journal if entry.kind == "join") != sorted(request.co_workers):
        wrong.append("the journal knows other co-workers")
    return [f"#{request.number}: {line}" for line in (*wrong, *_wrong_words(one))]


def _wrong_words(one: Written) -> list[str]:
    """The group hears one name as the first; everybody else hears who it was."""
    number, first = one.request.number, _name(one.request.first_responder)
    heard = sorted(message.text for message in one.said if message.kind == "reply")
    won = say("member.accepted_in_person", number=number, name=first)
    second = [say("member.second", number=number, name=_name(code), first=first) for code in one.request.co_workers]
    return [] if heard == sorted((won, *second)) else [f"the group hears {heard}"]


def _name(code: str) -> str:
    return _NAMES[int(code[1:])] if code else ""


# ── before and after ─────────────────────────────────────────────────────────────────────────────


async def _prepare(database: str, rounds: int) -> list[int]:
    """The roster, and the requests that will be raced for."""
    house = House.furnish(DeskSettings())

    async def one(session: Session) -> int:
        desk = Desk(session, NOON, house, await store.roster(session))
        return (await dispatch(desk, begin_request(desk, None, None, "楼道灯不亮了", lane=LANE))).number

    async with Store(database, Vault(KEY)) as store:
        plan = await import_into(store, _sheets(), now=NOON)
        assert not plan.errors, plan.errors
        return [await store.transact(one) for _ in range(rounds)]


def _sheets() -> dict[str, Rows]:
    roles = ["责任", *["替补"] * (CLAIMS - 1)]
    return {
        "单位": [["编码", "名称", "级别", "上级"], ["ss", "演练社区", "社区", ""]],
        "胡同": [["编码", "名称", "单位", "群聊"], [LANE, "东风胡同", "ss", CHAT]],
        "人员": [["编号", "姓名", "手机", "企业微信"], *([f"m{n}", _NAMES[n], "", f"u{n}"] for n in range(CLAIMS))],
        "职责": [["人员", "管辖", "角色"], *([f"m{n}", LANE, role] for n, role in enumerate(roles))],
    }


async def _read(database: str, numbers: Sequence[int]) -> list[Written]:
    async with Store(database, Vault(KEY)) as store, store.reading() as session:
        said, found = await session.outbox.all_since(None), []
        for number in numbers:
            request = await session.requests.get(number)
            assert request
            about = [one for one in said if f"#{number} " in one.text]
            found.append(Written(request, await session.journal.of(number), about))
    return found


# ── in each process ──────────────────────────────────────────────────────────────────────────────


def run(database: str, numbers: Sequence[int], which: int, start: Barrier) -> None:
    """The claims of this process's members, request by request, together with the other processes."""
    asyncio.run(_claim_all(database, numbers, which, start))


async def _claim_all(database: str, numbers: Sequence[int], which: int, start: Barrier) -> None:
    async with Store(database, Vault(KEY)) as store:
        reception = Reception(store, House.furnish(DeskSettings()), SystemClock().now)
        await _until_heard(reception, replace(_claim(0, which), text="帮助"))  # all that is loaded late is loaded now
        for number in numbers:
            await asyncio.to_thread(start.wait, PATIENCE)
            await asyncio.gather(*(_until_heard(reception, _claim(number, n)) for n in range(which, CLAIMS, PROCESSES)))


def _claim(number: int, member: int) -> Incoming:
    now = SystemClock().now()
    key, text = f"{number}-{member}", f"接 {number}"
    return Incoming(Channel.WECOM_BOT, key, f"u{member}", CHAT, MessageKind.TEXT, now, text, is_group=True)


async def _until_heard(reception: Reception, message: Incoming) -> None:
    """The platform delivers again what a busy database could not take."""
    while True:
        try:
            await reception.receive(message)
        except Unavailable:
            continue
        return
