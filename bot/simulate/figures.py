"""What became of everything in the month, counted from the ledger, the journal and the screens of the people."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.emulator.world import Line
from handlers.rules.durations import Measure
from handlers.rules.hours import Calendar, quiet_until
from handlers.watching import audit
from storage.outbox import ALARM
from storage.records import Fate, JournalEntry, OutboxState, Outgoing, Request

if TYPE_CHECKING:
    from bot.simulate.month import Month
    from storage.session import Session

LATE = timedelta(seconds=60)  # a reminder may be so late
CHASING = ("escalate", "reminder", "still_unclaimed", "overdue", "no_news", "ruling", ALARM)
BUDGET = (45015, 45047)
_UNASKED = frozenset({"push", "custom", "template"})
_TAKING = frozenset({"accept", "take_over"})
_ENDS_CHASE = _TAKING | {"merge", "cancel", "decline", "suspend", "resolve", "redirect"}


@dataclass(frozen=True)
class Figures:
    """The month in numbers. `broken` names the invariants that did not hold."""

    said: int  # messages of residents and members
    of_residents: int
    requests: int
    merged: int
    open: int
    rated: Mapping[str, int]
    lost: int  # said, and not in the inbox with a good end
    doubled: int  # twice in the inbox, or told twice to somebody
    doubled_by_outage: int  # told twice because the platform's answer was lost: to say nothing would be worse
    sent: int
    late: int  # reminders over a minute late while the platforms were there
    late_by_outage: int
    first_answer: tuple[float, float]  # p50, p95 in minutes of the wall clock
    first_answer_working: tuple[float, float]  # the same in working time
    accepts: int
    second_accepts: int
    escalations: int
    escalations_false: int  # told of a step though somebody had accepted
    escalations_missing: int  # a step was due and nobody was told
    budget_refusals: int
    undelivered: int
    told_in_person: int
    notices: int  # residents who saw the platform's error notice
    faults: Mapping[str, int]
    findings: tuple[str, ...]
    seconds: float
    cpu: float  # seconds of CPU, which a busy machine does not stretch
    broken: tuple[str, ...] = field(default=())

    @property
    def rate(self) -> float:
        """Messages a second, all in."""
        return self.said / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class _Ledger:
    """All that is left of the month in the database."""

    inbox: Mapping[tuple[str, str], int]  # (channel, fate) → messages
    failed: int
    requests: Sequence[Request]
    journal: Mapping[int, Sequence[JournalEntry]]
    outbox: Sequence[Outgoing]
    undelivered: int
    report: audit.Report

    @property
    def entries(self) -> Iterable[JournalEntry]:
        return (entry for entries in self.journal.values() for entry in entries)


async def count(month: Month, seconds: float, cpu: float) -> Figures:
    """Look at all that was written and seen."""
    async with month.stage.bot.store.reading(frozen=True) as session:
        ledger = await _read(month, session)
    platforms = month.stage.platforms
    said = month.residents.said + month.staff.said
    kept = sum(ledger.inbox.values())
    nowhere = sum(number for (_, fate), number in ledger.inbox.items() if fate not in set(Fate))
    late = [one for one in ledger.outbox if _is_late(one, month)]
    by_outage = [one for one in late if _in_outage(one, month.faults.outages)]
    alike = Counter((one.to, one.text) for one in ledger.outbox if one.file is not None or one.kind == "reply")
    twice = [line for to, chat in _chats(month) for line in _told_twice(to, chat, alike)]
    twice_by_outage = [line for line in twice if _falls_in(line.at, line.at, month.faults.outages)]
    right, false, missing = _escalations(ledger, month.stage.clock.now())
    figures = Figures(
        said=said,
        of_residents=month.residents.said,
        requests=len(ledger.requests),
        merged=sum(entry.kind == "merge" for entry in ledger.entries),
        open=ledger.report.open,
        rated=dict(Counter(one.rating for one in ledger.requests if one.rating)),
        lost=max(0, said - kept) + nowhere + ledger.failed,
        doubled=max(0, kept - said) + len(twice) - len(twice_by_outage),
        doubled_by_outage=len(twice_by_outage),
        sent=sum(one.state is OutboxState.SENT for one in ledger.outbox),
        late=len(late) - len(by_outage),
        late_by_outage=len(by_outage),
        first_answer=_answers(ledger.requests),
        first_answer_working=_answers(ledger.requests, month.stage.bot.house.calendar),
        accepts=sum(entry.kind == "accept" for entry in ledger.entries),
        second_accepts=sum(entry.kind == "join" for entry in ledger.entries),
        escalations=right,
        escalations_false=false,
        escalations_missing=missing,
        budget_refusals=sum(platforms.wechat.ledger_refusals[code] for code in BUDGET),
        undelivered=ledger.undelivered,
        told_in_person=sum(one.kind == "tell_in_person" for one in ledger.outbox),
        notices=len(platforms.wechat.notices),
        faults=dict(month.faults.happened),
        findings=tuple(one.words for one in ledger.report.findings),
        seconds=seconds,
        cpu=cpu,
    )
    return _judged(figures)


def _judged(figures: Figures) -> Figures:
    """What must be nothing and is not."""
    must_be_none = {
        "lost": figures.lost,
        "doubled": figures.doubled,
        "late": figures.late,
        "escalations_false": figures.escalations_false,
        "escalations_missing": figures.escalations_missing,
        "notices": figures.notices,
        "findings": len(figures.findings),
    }
    return replace(figures, broken=tuple(name for name, number in must_be_none.items() if number))


async def _read(month: Month, session: Session) -> _Ledger:
    journal: dict[int, list[JournalEntry]] = {}
    for entry in await session.journal.all_since(None):
        journal.setdefault(entry.request, []).append(entry)
    start, now = datetime(2000, 1, 1, tzinfo=UTC), month.stage.clock.now()
    worries = await session.reports.worries(start, now + timedelta(seconds=1))
    return _Ledger(
        inbox=await session.inbox.counts(),
        failed=(await session.audit.failed(start)).count,
        requests=await session.requests.all_since(None),
        journal=journal,
        outbox=await session.outbox.all_since(None),
        undelivered=sum(worry.kind == "undelivered" for worry in worries),
        report=await audit.look(await month.stage.desk(session)),
    )


# ── late ─────────────────────────────────────────────────────────────────────────────────────────


def _is_late(message: Outgoing, month: Month) -> bool:
    """A reminder that left over a minute after it was made, or after the end of the quiet hours."""
    if not message.kind.startswith(CHASING) or message.sent_at is None or message.state is not OutboxState.SENT:
        return False
    return message.sent_at - _wanted(message, month) > LATE


def _wanted(message: Outgoing, month: Month) -> datetime:
    quiet, zone = month.stage.settings.quiet_hours, month.stage.settings.desk.zone
    night = None if message.urgent else quiet_until(message.created_at, zone, quiet.start, quiet.end)
    return night or message.created_at


def _in_outage(message: Outgoing, outages: Sequence[tuple[datetime, datetime]]) -> bool:
    assert message.sent_at is not None  # noqa: S101  only what was sent can be late
    return _falls_in(message.created_at, message.sent_at, outages)


def _falls_in(first: datetime, last: datetime, outages: Sequence[tuple[datetime, datetime]]) -> bool:
    return any(first <= end and begin <= last for begin, end in outages)


# ── told twice ───────────────────────────────────────────────────────────────────────────────────


def _chats(month: Month) -> Iterable[tuple[str, list[Line]]]:
    platforms = month.stage.platforms
    for people in (platforms.wechat.residents, platforms.wecom.members, platforms.wecom.groups):
        yield from ((key, one.chat) for key, one in people.items())


def _told_twice(to: str, chat: list[Line], alike: Counter[tuple[str, str]]) -> Iterable[Line]:
    """Lines that say unasked, within a minute, what an earlier line has said. `alike`: how often the same words were
    meant to be said, under one picture and another, or to one mistake and the next."""
    last: dict[str, datetime] = {}
    for line in chat:
        if line.via in _UNASKED:
            if alike[to, line.text] > 0:
                alike[to, line.text] -= 1
            elif line.text in last and line.at - last[line.text] < LATE:
                yield line
            last[line.text] = line.at


# ── answers and steps of the ladder ──────────────────────────────────────────────────────────────


def _answers(requests: Iterable[Request], calendar: Calendar | None = None) -> tuple[float, float]:
    """p50 and p95 of the first answer in minutes; with a calendar of working time."""
    lengths = sorted(
        (
            calendar.between(one.created_at, one.first_response_at, Measure.WORKING_TIME).length
            if calendar
            else one.first_response_at - one.created_at
        ).total_seconds()
        / 60
        for one in requests
        if one.first_response_at is not None
    )
    if len(lengths) < 2:
        return (lengths[0], lengths[0]) if lengths else (0.0, 0.0)
    cuts = statistics.quantiles(lengths, n=20, method="inclusive")
    return cuts[9], cuts[18]


def _escalations(ledger: _Ledger, end: datetime) -> tuple[int, int, int]:
    """Steps of the ladder that were told, told though it was taken, and due but not told."""
    told = sum(entry.kind == "escalate" for entry in ledger.entries)
    false = sum(_was_taken(message, ledger.journal) for message in ledger.outbox if message.kind == "escalate")
    missing = sum(_missing(request, ledger.journal.get(request.number, ()), end) for request in ledger.requests)
    return told, false, missing


def _was_taken(message: Outgoing, journal: Mapping[int, Sequence[JournalEntry]]) -> bool:
    """Did a word of the ladder leave after somebody had accepted?"""
    if message.sent_at is None or message.request is None or message.state is not OutboxState.SENT:
        return False
    before = [
        entry.kind
        for entry in journal.get(message.request, ())
        if entry.at < message.sent_at and (entry.kind in _TAKING or entry.kind == "dispatch")
    ]
    return bool(before) and before[-1] in _TAKING


def _missing(request: Request, entries: Sequence[JournalEntry], end: datetime) -> int:
    """Steps of the last dispatch whose time came while nobody had taken it, and that nobody was told of."""
    places = [place for place, entry in enumerate(entries) if entry.kind == "dispatch"]
    if not places or any(entry.kind == "inherit" for entry in entries):
        return 0
    since = entries[places[-1] :]
    over = next((entry.at for entry in since if entry.kind in _ENDS_CHASE), end)
    levels = {entry.data.get("level") for entry in since if entry.kind == "escalate"}
    return sum(step.due_at < over - LATE and step.level not in levels for step in request.ladder)
