"""The audit on a healthy desk finds nothing; with one thing wrong, exactly that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from handlers.desk import Desk, House
from handlers.rules import clocks
from handlers.settings import DeskSettings
from handlers.watching import audit
from handlers.watching.audit import Report, Trouble
from storage.records import (
    NO_ANSWER,
    Channel,
    Conversation,
    Duty,
    Fate,
    Incoming,
    JournalEntry,
    LadderStep,
    Lane,
    Leave,
    Member,
    MessageKind,
    OutboxState,
    Outcome,
    Outgoing,
    Question,
    Request,
    Role,
    Rung,
    State,
    StoredFile,
    Timer,
    TimerKind,
    Unit,
)
from storage.session import Session
from storage.store import Store
from storage.tables import inbox, members, outbox, requests, timers
from storage.vault import Vault

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, ten in the morning
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOUSE = House.furnish(DeskSettings())
Work = Callable[[Session], Awaitable[object]]


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with Store(database, Vault(bytes(range(32)))) as opened:
        await opened.transact(_a_healthy_desk)
        yield opened


# ── a healthy desk ───────────────────────────────────────────────────────────────────────────────


def _request(state: State, **more: object) -> Request:
    plain = Request(0, str(uuid4()), state, 1, NOW - DAY, "repair", "灯坏了", lane="l1", unit="v1")
    return replace(plain, **more)  # type: ignore[arg-type]


async def _a_healthy_desk(session: Session) -> None:
    await _people(session)
    await _messages(session)
    for request in (
        _request(State.GATHERING),  # 1
        _dispatched(),  # 2
        _request(State.IN_PROGRESS, **_taken(), due_next_update=NOW + DAY),  # 3
        _request(State.WAITING_REQUESTER, **_taken(), paused_at=NOW - HOUR),  # 4
        _request(State.RETURNED, **_taken()),  # 5
        _request(State.RESOLVED, **_taken(), resolved_at=NOW),  # 6
        _request(State.MERGED, merged_into=2, resolved_at=NOW),  # 7
        _request(State.MERGED, merged_into=7),  # 8
        _request(State.CLOSED, **_taken(), rating="good"),  # 9
        _request(State.CANCELLED, holder="m1"),  # 10
    ):
        await _keep(session, request)
    session.timers.set(Timer(6, TimerKind.RATING, NOW + DAY))
    session.timers.set(Timer(7, TimerKind.RATING, NOW + DAY))
    session.files.expect(StoredFile(0, 3, MessageKind.IMAGE, Channel.OFFICIAL_ACCOUNT, "media", NOW))
    await session.jobs.ran(audit.JOBS, NOW)


async def _people(session: Session) -> None:
    await session.places.put_units([Unit("v1", "示例村", "村")])
    await session.places.put_lanes([Lane("l1", "示例胡同", "v1")])
    for code in ("m1", "m2", "boss"):
        await session.people.put_member(Member(code, f"示例{code}", wecom_id=f"w-{code}"))
    duties = (("m1", "l1", Role.RESPONSIBLE), ("m2", "l1", Role.SUBSTITUTE), ("boss", "v1", Role.SECRETARY))
    await session.people.replace_duties([Duty(*one) for one in duties])
    await session.places.changed()


async def _messages(session: Session) -> None:
    for number, fate in enumerate(Fate, start=1):
        message = Incoming(Channel.OFFICIAL_ACCOUNT, f"k{number}", "o1", "o1", MessageKind.TEXT, NOW, "灯坏了")
        arrival = await session.inbox.receive(message, NOW - HOUR)
        about = 1 if fate in (Fate.OPENED, Fate.JOINED) else None
        await session.inbox.settle(arrival, Outcome(fate, about), NO_ANSWER)
    await session.conversations.meet("o1", NOW)
    await session.conversations.save(Conversation("o1", gathering=1, question=Question.PLACE, question_request=1))
    session.outbox.add(_outgoing(OutboxState.WAITING, due_at=NOW + HOUR))
    session.outbox.add(_outgoing(OutboxState.SENT))


def _outgoing(state: OutboxState, **more: object) -> Outgoing:
    plain = Outgoing(0, Channel.WECOM_BOT, "w-m1", False, "dispatch", "灯坏了", state, NOW - HOUR, NOW - HOUR, 2)
    return replace(plain, **more)  # type: ignore[arg-type]


def _dispatched() -> Request:
    steps = tuple(LadderStep(n, Rung.TEAM, NOW + n * HOUR, ("m2",)) for n in (1, 2))
    return _request(State.DISPATCHED, holder="m1", due_resolution=NOW + DAY, ladder=steps, urgency="emergency")


def _taken() -> dict[str, object]:
    return {"holder": "m1", "first_responder": "m1", "accepted_at": NOW - HOUR, "due_resolution": NOW + DAY}


async def _keep(session: Session, request: Request) -> None:
    """With its journal and its timers, as the desk itself would."""
    request = await session.requests.open(request)
    session.journal.add(JournalEntry(request.number, NOW - DAY, "open", "resident"))
    if request.first_responder:
        session.journal.add(JournalEntry(request.number, NOW - HOUR, "accept", request.first_responder))
        session.journal.add(JournalEntry(request.number, NOW - HOUR, "accept", "m2"))
    if request.state.is_open:
        for kind in clocks.needed(request, repeats=request.urgency == "emergency"):
            session.timers.set(Timer(request.number, kind, NOW + HOUR))


async def looked(store: Store, *, now: datetime = NOW, by_night: bool = False) -> Report:
    async with store.reading(frozen=True) as session:
        return await audit.look(Desk(session, now, HOUSE, await store.roster(session)), by_night=by_night)


# ── one thing wrong ──────────────────────────────────────────────────────────────────────────────


def _sql(statement: sa.Executable) -> Work:
    return lambda session: session.run(statement)


def _change(number: int, **values: object) -> Work:
    return _sql(sa.update(requests).where(requests.c.number == number).values(values))


def _stop(number: int, kind: TimerKind) -> Work:
    return _sql(sa.delete(timers).where(timers.c.request == number, timers.c.kind == kind.value))


def _ring(number: int, at: datetime) -> Work:
    row = {"request": number, "kind": TimerKind.RESOLUTION.value, "due_at": at}
    return _sql(sa.insert(timers).values(row))


def _put(message: Outgoing) -> Work:
    async def work(session: Session) -> None:
        session.outbox.add(message)

    return work


async def _away(session: Session) -> None:
    await session.people.take_leave(Leave("m1", NOW.date(), NOW.date(), ""))


WRONG: dict[str, tuple[Work, Trouble, str]] = {
    "a message without a fate": (_sql(sa.update(inbox).where(inbox.c.id == 3).values(fate="")), Trouble.NO_FATE, "3"),
    "a fate nobody knows": (_sql(sa.update(inbox).where(inbox.c.id == 3).values(fate="lost")), Trouble.NO_FATE, "3"),
    "an opened one without request": (
        _sql(sa.update(inbox).where(inbox.c.id == 1).values(request=None)),
        Trouble.NO_FATE,
        "1",
    ),
    "our fault": (
        _sql(sa.update(inbox).where(inbox.c.id == 7).values(reason="our fault: KeyError")),
        Trouble.FAILED,
        "7",
    ),
    "nobody holds it": (_change(1, state="received"), Trouble.NO_HOLDER, "#1"),
    "the holder is away": (_away, Trouble.UNREACHABLE, "#2"),
    "no ladder": (_stop(2, TimerKind.CHASE), Trouble.NO_CLOCK, "#2"),
    "an emergency told once": (_stop(2, TimerKind.REPEAT), Trouble.NO_CLOCK, "#2"),
    "no deadline": (_stop(3, TimerKind.RESOLUTION), Trouble.NO_CLOCK, "#3"),
    "no news": (_stop(3, TimerKind.UPDATE), Trouble.NO_CLOCK, "#3"),
    "nobody rules": (_stop(5, TimerKind.HAND_OVER), Trouble.NO_CLOCK, "#5"),
    "a draft for ever": (_stop(1, TimerKind.GATHERING), Trouble.NO_CLOCK, "#1"),
    "a clock stopped for nothing": (_change(3, paused_at=NOW), Trouble.WRONG_PAUSE, "#3"),
    "a timer is late": (_ring(3, NOW - HOUR), Trouble.LATE, "#3"),
    "a closed one rings": (_ring(9, NOW + HOUR), Trouble.RINGING, "#9"),
    "a merged one rings": (_ring(8, NOW + HOUR), Trouble.RINGING, "#8"),
    "never asked": (_stop(6, TimerKind.RATING), Trouble.NEVER_ASKED, "#6"),
    "stuck": (_put(_outgoing(OutboxState.WAITING)), Trouble.STUCK, "3"),
    "a lease that ended": (
        _put(_outgoing(OutboxState.WAITING, lease_until=NOW - HOUR)),
        Trouble.STUCK,
        "3",
    ),
    "refused for a day": (
        _put(_outgoing(OutboxState.WAITING, created_at=NOW - 2 * DAY, due_at=NOW + HOUR, error="45009")),
        Trouble.REFUSED,
        "3",
    ),
    "leased for ever": (
        _put(_outgoing(OutboxState.WAITING, due_at=NOW, lease_until=NOW + DAY)),
        Trouble.LEASED,
        "3",
    ),
    "a dead letter": (_put(_outgoing(OutboxState.DEAD)), Trouble.DEAD, "3"),
    "about nothing": (_put(_outgoing(OutboxState.SENT, request=77)), Trouble.DANGLING, "outbox #77"),
    "merged into nothing": (_change(7, merged_into=78), Trouble.DANGLING, "merged_into #78"),
    "merged nowhere": (_change(7, merged_into=None), Trouble.CHAIN, "#7"),
    "merged in a circle": (_change(7, merged_into=8), Trouble.CHAIN, "#7"),
    "merged into a cancelled one": (_change(7, merged_into=10), Trouble.CHAIN, "#7"),
    "a stranger holds it": (_sql(sa.delete(members).where(members.c.code == "m1")), Trouble.STRANGER, "#2"),
    "first responder changed": (_change(3, first_responder="m2"), Trouble.FIRST, "#3"),
    "first responder without an accept": (_change(2, first_responder="m1"), Trouble.FIRST, "#2"),
    "first responder forgotten": (_change(3, first_responder=""), Trouble.FIRST, "#3"),
}


async def test_a_healthy_desk(store: Store) -> None:
    report = await looked(store)
    assert (report.findings, report.is_clean) == ((), True)
    assert (report.messages, report.requests, report.open) == (len(Fate), 10, 5)
    assert report.words[-1] == "没有发现问题。"


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_wrong_is_found(store: Store, name: str) -> None:
    wrong, trouble, example = WRONG[name]
    await store.transact(wrong)
    found = {one.trouble: one for one in (await looked(store)).findings}
    assert trouble in found
    assert found[trouble].examples[0] == example
    assert str(found[trouble].count) in found[trouble].words


async def test_every_kind_of_trouble_is_tried() -> None:
    assert {trouble for _, trouble, _ in WRONG.values()} | {Trouble.JOB} == set(Trouble)


async def test_who_takes_the_place_of_another_has_its_first_responder(store: Store) -> None:
    async def inherit(session: Session) -> None:
        await session.run(sa.update(requests).where(requests.c.number == 8).values(first_responder="m1"))
        session.journal.add(JournalEntry(8, NOW, "inherit", "desk", {"ended": 3}))

    await store.transact(inherit)
    assert (await looked(store)).is_clean
    await store.transact(_change(8, first_responder="m2"))
    assert [one.trouble for one in (await looked(store)).findings] == [Trouble.FIRST]


async def test_jobs_that_stand_still(store: Store) -> None:
    later = NOW + timedelta(minutes=10)
    report = await looked(store, now=later)
    assert [(one.trouble, one.examples) for one in report.findings] == [(Trouble.JOB, ("到点提醒", "找人接手"))]

    async def two_days_on(session: Session) -> None:
        await session.run(sa.delete(timers))
        await session.run(sa.delete(outbox))
        await session.run(sa.update(requests).values(state="closed", merged_into=None))
        await session.jobs.ran(("timers", "custody"), NOW + 2 * DAY)

    await store.transact(two_days_on)
    (finding,) = (await looked(store, now=NOW + 2 * DAY, by_night=True)).findings
    assert finding.examples == ("日报", "到期清除")


async def test_a_desk_that_has_just_begun_is_not_blamed(database: str) -> None:
    async with Store(database, Vault(bytes(32))) as fresh:
        assert (await looked(fresh)).is_clean
        await fresh.transact(_messages)
        assert {one.trouble for one in (await looked(fresh)).findings} >= {Trouble.JOB}
        await fresh.transact(lambda session: session.jobs.began(audit.STARTED, NOW - timedelta(minutes=1)))
        await fresh.transact(lambda session: session.jobs.began(audit.STARTED, NOW + DAY))
        assert Trouble.JOB not in {one.trouble for one in (await looked(fresh)).findings}


async def test_the_night_tells_those_at_the_top_once(store: Store) -> None:
    await store.transact(_change(1, state="received"))
    report = await looked(store)

    async def tell(session: Session) -> int:
        return await audit.tell(Desk(session, NOW, HOUSE, await store.roster(session)), report)

    assert [await store.transact(tell), await store.transact(tell)] == [1, 0]
    async with store.reading() as session:
        (sent,) = [one for one in await session.outbox.all_since(None) if one.kind == audit.KIND]
    assert (sent.to, "#1" in sent.text, "灯坏了" in sent.text) == ("w-boss", True, False)


def test_the_hour_of_the_audit() -> None:
    settings = DeskSettings()
    three = datetime(2026, 11, 22, 19, tzinfo=UTC)
    assert not audit.is_time(settings, three - timedelta(minutes=1))
    assert audit.is_time(settings, three)
