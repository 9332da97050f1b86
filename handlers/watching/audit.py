"""The audit 自查: is every promise of the desk kept? Asked every night, and by `hutong audit` at any time.

Every message has one fate; every open request one holder who can be reached and clocks that run; nothing waits past its
time; nothing points at what is not there; who took a request first stays first responder. Findings hold numbers and
names of members only: they may be read by anybody who reads a digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache

from handlers.desk import Desk
from handlers.rules import chains, clocks, routing
from handlers.settings import DeskSettings
from handlers.texts import say
from storage.audit import SHOWN, Hits
from storage.records import Request, Role, State

KIND = "audit"
STARTED = "start"  # the job that only says since when there is a clockwork
GRACE = timedelta(minutes=5)  # what is due may be this late, or a delivery as long in hand
A_DAY = timedelta(days=1)
LONGEST_LEASE = timedelta(hours=1)
# How long ago each job may have run at most.
JOBS: Mapping[str, timedelta] = {
    "timers": GRACE,
    "custody": GRACE,
    "digests": timedelta(hours=36),
    "retention": timedelta(hours=36),
    "audit": timedelta(hours=36),
}


class Trouble(StrEnum):
    """What can be found; the sentences stand in the text file under the same names."""

    NO_FATE = "no_fate"
    FAILED = "failed"
    NO_HOLDER = "no_holder"
    UNREACHABLE = "unreachable"
    NO_CLOCK = "no_clock"
    WRONG_PAUSE = "wrong_pause"
    LATE = "late"
    RINGING = "ringing"
    NEVER_ASKED = "never_asked"
    STUCK = "stuck"
    REFUSED = "refused"
    LEASED = "leased"
    DEAD = "dead"
    DANGLING = "dangling"
    CHAIN = "chain"
    STRANGER = "stranger"
    FIRST = "first"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of trouble: how often, and examples as people call them (`#12`, a member's name, a job)."""

    trouble: Trouble
    count: int
    examples: tuple[str, ...]

    @property
    def words(self) -> str:
        more = "…" if self.count > len(self.examples) else ""
        return say(f"finding.{self.trouble}", count=self.count, list="、".join(self.examples) + more)


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit has looked at and found."""

    at: datetime
    messages: int
    requests: int
    open: int
    findings: tuple[Finding, ...]
    jobs: Mapping[str, datetime] = field(default_factory=dict)  # when each last ran

    @property
    def is_clean(self) -> bool:
        return not self.findings

    @property
    def words(self) -> list[str]:
        extent = say("audit.extent", messages=self.messages, requests=self.requests, open=self.open)
        return [extent, *(one.words for one in self.findings), *([say("audit.clean")] if self.is_clean else [])]


# ── looking ──────────────────────────────────────────────────────────────────────────────────────


async def look(desk: Desk, *, by_night: bool = False) -> Report:
    """Ask all questions of one frozen view of the database. `by_night`: this is the job whose absence is looked for."""
    messages, requests, still_open = await desk.session.audit.extent()
    jobs = await desk.session.jobs.last()
    found = [
        *await _messages(desk),
        *await _on_the_way(desk),
        *await _timers(desk),
        *await _open_requests(desk),
        *await _references(desk),
        *await _first_responders(desk),
    ]
    if messages:  # a desk that nobody has ever written to need not be running
        found += _jobs(desk.now, jobs, {"audit"} if by_night else set())
    return Report(desk.now, messages, requests, still_open, tuple(one for one in found if one.count), jobs)


async def _messages(desk: Desk) -> list[Finding]:
    ask = desk.session.audit
    return [
        _rows(Trouble.NO_FATE, await ask.without_fate()),
        _rows(Trouble.FAILED, await ask.failed(desk.now - A_DAY)),
    ]


async def _on_the_way(desk: Desk) -> list[Finding]:
    ask, now = desk.session.audit, desk.now
    return [
        _rows(Trouble.STUCK, await ask.stuck(now - GRACE)),
        _rows(Trouble.REFUSED, await ask.refused_since(now - A_DAY)),
        _rows(Trouble.LEASED, await ask.leased_beyond(now + LONGEST_LEASE)),
        _rows(Trouble.DEAD, await ask.dead(now - A_DAY)),
    ]


async def _timers(desk: Desk) -> list[Finding]:
    ask = desk.session.audit
    return [
        _numbers(Trouble.LATE, await ask.late(desk.now - GRACE)),
        _numbers(Trouble.RINGING, await ask.ringing_for_nothing()),
        _numbers(Trouble.NEVER_ASKED, await ask.never_asked()),
    ]


async def _open_requests(desk: Desk) -> list[Finding]:
    """One holder who can be reached, and the clocks that its state asks for."""
    kinds = await desk.session.audit.kinds_of_timers()
    is_here = _reachability(desk)
    found: dict[Trouble, list[str]] = {}
    async for request in desk.session.audit.open_requests():
        for trouble in _troubles_of(desk, request, kinds.get(request.number, frozenset()), is_here(request.holder)):
            found.setdefault(trouble, []).append(f"#{request.number}")
    return [Finding(trouble, len(numbers), tuple(numbers[:SHOWN])) for trouble, numbers in found.items()]


def _troubles_of(desk: Desk, request: Request, kinds: frozenset[str], is_here: bool) -> Iterable[Trouble]:
    if not request.holder and request.state is not State.GATHERING:
        yield Trouble.NO_HOLDER
    if request.holder and not is_here:
        yield Trouble.UNREACHABLE
    clock = desk.settings.clocks.get(request.urgency)
    if not clocks.needed(request, repeats=bool(clock and clock.repeat)) <= kinds:
        yield Trouble.NO_CLOCK
    if not clocks.is_paused_rightly(request):
        yield Trouble.WRONG_PAUSE


def _reachability(desk: Desk) -> Callable[[str], bool]:
    """Can this member be reached today? Asked once for each."""
    return cache(lambda code: routing.stand_in(desk.roster, code, desk.today) == code)


async def _references(desk: Desk) -> list[Finding]:
    ask = desk.session.audit
    links = {one.number: one.into for one in await ask.links()}
    broken = [f"#{number}" for number in chains.broken(links, await ask.states_of_roots())]
    named = await ask.dangling()
    dangling = [f"{name} #{number}" for name, hits in named.items() for number in hits.first]
    return [
        Finding(Trouble.DANGLING, sum(hits.count for hits in named.values()), tuple(dangling[:SHOWN])),
        Finding(Trouble.CHAIN, len(broken), tuple(broken[:SHOWN])),
        _numbers(Trouble.STRANGER, await ask.strangers()),
    ]


async def _first_responders(desk: Desk) -> list[Finding]:
    """Set once, by the first who took it; a request that took another's place has that one's."""
    ask = desk.session.audit
    takers = await ask.first_takers()
    heirs = await ask.inherited() if takers else {}
    known = await ask.first_responders([heirs[one.number] for one in takers if one.number in heirs])
    wrong = [
        f"#{one.number}" for one in takers if not one.responder or known.get(heirs.get(one.number, 0)) != one.responder
    ]
    return [Finding(Trouble.FIRST, len(wrong), tuple(wrong[:SHOWN]))]


def _jobs(now: datetime, last: Mapping[str, datetime], but: set[str]) -> list[Finding]:
    """Jobs that have not run for too long; who never ran counts from the first start."""
    started = last.get(STARTED)
    seen = {name: last.get(name, started) for name in JOBS if name not in but}
    stale = [name for name, at in seen.items() if at is None or now - at > JOBS[name]]
    return [Finding(Trouble.JOB, len(stale), tuple(say(f"job.{name}") for name in stale))]


def _rows(trouble: Trouble, hits: Hits) -> Finding:
    return Finding(trouble, hits.count, tuple(str(one) for one in hits.first))


def _numbers(trouble: Trouble, hits: Hits) -> Finding:
    return Finding(trouble, hits.count, tuple(f"#{one}" for one in hits.first))


# ── every night ──────────────────────────────────────────────────────────────────────────────────


def is_time(settings: DeskSettings, now: datetime) -> bool:
    """Has the hour of today's audit come?"""
    local = now.astimezone(settings.desk.zone)
    return now >= datetime.combine(local.date(), settings.audit.at, settings.desk.zone).astimezone(UTC)


async def tell(desk: Desk, report: Report) -> int:
    """Tell the secretaries at the top what was found, once a day, whichever process was first. How many were told."""
    if not await desk.session.reports.claim(KIND, "", desk.today, desk.now):
        return 0
    text = "\n".join([say("audit.title"), *report.words])
    await desk.session.reports.keep(KIND, "", desk.today, text)
    told = () if report.is_clean else tops(desk)
    return sum(desk.tell_member(code, KIND, text) for code in told)


def tops(desk: Desk) -> tuple[str, ...]:
    """The secretaries of the highest units that have any, each once."""
    roster, today = desk.roster, desk.today
    manned = {unit.code: routing.standing(roster, unit.code, Role.SECRETARY, today) for unit in roster.units}
    highest = [
        codes
        for unit, codes in manned.items()
        if codes and not any(manned[above.code] for above in roster.units_above(unit) if above.code != unit)
    ]
    return tuple(dict.fromkeys(code for codes in highest for code in codes))
