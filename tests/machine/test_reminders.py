"""Two processes five minutes apart, and a clock that leaps: no reminder twice, none lost, none more than a minute late.

Time is what the clocks say: what a leap passes over is due at once, what it leaps back before has happened already.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.scheduler import Sweeper
from handlers.desk import Desk
from handlers.members.work import accept
from handlers.moves.dispatch import begin_request, dispatch
from handlers.roster.keeping import import_into
from handlers.watching.alarms import SAME_MOMENT
from storage.records import JournalEntry, Outgoing, Request
from storage.session import Session
from storage.store import Store
from storage.vault import Vault
from tests.machine.office import KEY, MONDAY, house, sheets

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

TICK = timedelta(seconds=20)
AHEAD = timedelta(minutes=5)
LATE = timedelta(seconds=60)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TAKEN_AFTER = timedelta(minutes=40)  # the emergency
END = timedelta(days=9)

Leap = tuple[timedelta, timedelta]  # after so much true time, the clocks leap by so much
LEAPS: dict[str, tuple[Leap, ...]] = {
    "none": (),
    "back and forth": ((timedelta(minutes=20), -HOUR), (timedelta(minutes=90), HOUR), (timedelta(hours=4), -HOUR)),
    "over reminders": ((timedelta(minutes=100), HOUR), (timedelta(hours=7), DAY), (timedelta(days=3), -HOUR)),
    "a day at once": ((timedelta(minutes=10), DAY), (timedelta(hours=2), -HOUR)),
}


@dataclass
class LeapingClock:
    """Shows true time, all leaps so far, and how far this process is ahead. `true` is shared."""

    true: list[timedelta]
    leaps: Sequence[Leap]
    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        leapt = sum((by for after, by in self.leaps if after <= self.true[0]), timedelta(0))
        return MONDAY + self.true[0] + leapt + self.ahead

    def running(self) -> timedelta:
        return self.true[0]


@dataclass
class Watch:
    """What was written down, each with the true time at which it was first seen."""

    journal: list[tuple[timedelta, JournalEntry]] = field(default_factory=list)
    reached: dict[datetime, timedelta] = field(default_factory=dict)  # by moment: when a clock first showed it


@pytest.mark.parametrize("leaps", LEAPS.values(), ids=LEAPS)
async def test_no_reminder_twice_lost_or_late(database: str, leaps: Sequence[Leap]) -> None:
    true = [timedelta(0)]
    clocks = [LeapingClock(true, leaps), LeapingClock(true, leaps, AHEAD)]
    async with Store(database, Vault(KEY)) as one, Store(database, Vault(KEY)) as other:
        numbers = await _open(one)
        sweepers = [Sweeper(one, house(), clocks[0]), Sweeper(other, house(), clocks[1])]
        watch = Watch()
        while true[0] < END:
            await asyncio.gather(*(sweeper.timers() for sweeper in sweepers))
            await _look(one, watch, true[0])
            if true[0] >= TAKEN_AFTER and not await _is_taken(one, numbers[0]):
                await _take(one, clocks[0], numbers[0])
            true[0] = await _next_tick(one, clocks[1], watch)
        async with one.reading() as session:
            said = await session.outbox.all_since(None)
            requests = [await session.requests.get(number) for number in numbers]
    for request in requests:
        assert request
        _judge(request, watch, [message for message in said if message.request == request.number])


async def _open(store: Store) -> list[int]:
    """An emergency and an everyday matter."""
    plan = await import_into(store, sheets(), now=MONDAY)
    assert not plan.errors
    numbers = []
    for text in ("闻到好大的煤气味", "楼道灯不亮了"):

        async def work(session: Session, text: str = text) -> int:
            desk = Desk(session, MONDAY, house(), await store.roster(session))
            reader = await house().understanding.reader(desk.roster, session)
            meaning = reader.understand(text, known_lane="a")
            return (await dispatch(desk, begin_request(desk, None, meaning.main, text, lane="a"))).number

        numbers.append(await store.transact(work))
    return numbers


async def _look(store: Store, watch: Watch, true: timedelta) -> None:
    async with store.reading() as session:
        entries = await session.journal.all_since(None)
    watch.journal += [(true, entry) for entry in entries[len(watch.journal) :]]


async def _next_tick(store: Store, clock: LeapingClock, watch: Watch) -> timedelta:
    """A little on; where nothing happens, to shortly before something does."""
    async with store.reading() as session:
        due = await session.timers.earliest()
    now, true = clock.now(), clock.true[0]
    events = [after - true for after, _ in clock.leaps if after > true] + [TAKEN_AFTER - true, END - true]
    quiet = min([one for one in (*events, *([due - now] if due else [])) if one > timedelta(0)], default=TICK)
    step = max(TICK, quiet - TICK) if not due or due > now else TICK
    if due and due - now <= step:
        watch.reached.setdefault(due, true + step)
    return true + step


async def _is_taken(store: Store, number: int) -> bool:
    async with store.reading() as session:
        request = await session.requests.get(number)
    return request is not None and request.accepted_at is not None


async def _take(store: Store, clock: LeapingClock, number: int) -> None:
    async def work(session: Session) -> None:
        request = await session.requests.get(number, to_change=True)
        assert request
        await accept(Desk(session, clock.now(), house(), await store.roster(session)), "m1", request)

    await store.transact(work)


# ── judging ──────────────────────────────────────────────────────────────────────────────────────


def _judge(request: Request, watch: Watch, said: Sequence[Outgoing]) -> None:
    entries = [(true, entry) for true, entry in watch.journal if entry.request == request.number]
    _judge_ladder(request, entries, watch, said)
    for kind, first in (("repeat", 1), ("overdue", 0)):
        rounds = [entry.data["round"] for _, entry in entries if entry.kind == kind]
        assert rounds == list(range(first, first + len(rounds))), f"{kind} {rounds}"
    twice = Counter((message.to, message.kind) for message in said if message.kind.startswith("repeat-"))
    assert set(twice.values()) <= {1}, twice


def _judge_ladder(
    request: Request, entries: Sequence[tuple[timedelta, JournalEntry]], watch: Watch, said: Sequence[Outgoing]
) -> None:
    """Every step in its turn and time, once; an emergency is taken before its last."""
    steps = [(true, entry.data["level"]) for true, entry in entries if entry.kind == "escalate"]
    levels = [level for _, level in steps]
    assert sorted(levels) == list(range(1, len(levels) + 1)), levels
    if request.urgency == "normal":
        assert len(levels) == len(request.ladder)
    due = {step.level: step.due_at for step in request.ladder}
    for true, level in steps:
        if due[level] in watch.reached:
            assert true - watch.reached[due[level]] <= LATE, f"step {level}"
    told = Counter(code for _, entry in entries if entry.kind == "escalate" for code in set(entry.data["told"]))
    heard = Counter(message.to for message in said if message.kind == "escalate")
    assert all(heard[f"u{code[1:]}"] <= times for code, times in told.items()), (heard, told)
    told_nobody = {entry.data["level"] for _, entry in entries if entry.kind == "escalate" and not entry.data["told"]}
    came = {entry.data["level"]: entry.at for _, entry in entries if entry.kind == "escalate"}
    newest = [level for level in levels if not any(due[other] <= came[level] for other in due if other > level)]
    reminders = sum(message.kind == "reminder" for message in said)
    moments = _moments(due, levels, told_nobody)
    rings = [entry.at for _, entry in entries if entry.kind == "repeat"]
    unrung = [level for level in newest if all(abs(came[level] - ring) > SAME_MOMENT for ring in rings)]
    assert reminders == len({moments[level] for level in unrung})  # who is called again at that moment needs no more


def _moments(
    due: Mapping[int, datetime], levels: Sequence[int], told_nobody: Collection[int]
) -> Mapping[int, datetime]:
    """When the holder is reminded: a step behind one that nobody stands on takes that one's moment. Of several steps
    that come at once the newest alone reminds him."""
    moments: dict[int, datetime] = {}
    for level in sorted(levels):
        moments[level] = moments[level - 1] if level - 1 in told_nobody else due[level]
    return moments
