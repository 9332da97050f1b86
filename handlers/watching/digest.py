"""The secretary's daily digest 日报: what came, what is open, what is late, whom nobody could reach."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from handlers.desk import Desk
from handlers.rules import routing
from handlers.rules.history import as_of
from handlers.rules.rates import Rates, Share, rates
from handlers.settings import DeskSettings
from handlers.texts import say
from handlers.watching import unsettled
from storage.records import JournalEntry, Rating, Request, Role, Roster, State
from storage.reports import Worry

KIND = "digest"
LATE_START = timedelta(hours=3)  # a desk that starts later than this after the hour waits for tomorrow
LISTED = 8
MOST_NAMED = 10_000  # lanes and units in one question
RATED_OVER = timedelta(days=30)  # the rates of one day would be chance
_DAY = timedelta(days=1)
_COUNTED = ("resolve", "rate", "reopen", "cancel", "first_response")  # what of the journal


@dataclass(frozen=True)
class Figures:
    """What the digest of one unit and day is made of; recounted from the ledger and the journal."""

    messages: int
    lost: int
    new: tuple[Request, ...]
    open: tuple[Request, ...]
    touched: tuple[Request, ...]  # whose words of a person first reached the resident in this time
    closed: tuple[JournalEntry, ...]
    reopened: int  # requests that came back
    cancelled: int
    rated: Counter[str]
    worries: tuple[Worry, ...]
    unreachable: tuple[str, ...]
    now: datetime
    rates: Rates
    lost_lines: tuple[str, ...] = ()  # some of the lost in words

    @property
    def overdue(self) -> tuple[Request, ...]:
        return tuple(request for request in self.open if is_overdue(request, self.now))


def is_overdue(request: Request, now: datetime) -> bool:
    """Nobody has answered the resident in time, or it is not solved in time."""
    no_answer = request.first_response_at is None and request.due_first_response and request.due_first_response < now
    is_late = no_answer or (request.due_resolution and request.due_resolution < now)
    return bool(is_late) and not request.paused_at


# ── when, and for whom ───────────────────────────────────────────────────────────────────────────


def units_with_secretary(roster: Roster) -> tuple[str, ...]:
    """Units whose secretaries get a digest."""
    return tuple(
        unit.code
        for unit in roster.units
        if any(duty.role is Role.SECRETARY for duty in roster.duties_of_area.get(unit.code, ()))
    )


def sends_at(settings: DeskSettings, day: date, unit: str) -> datetime:
    """The moment of a unit's digest: the configured time and a little more, different for every unit."""
    span = int(settings.digest.jitter.total_seconds())
    offset = sum(map(ord, unit)) * 37 % span if span > 0 else 0
    at = datetime.combine(day, settings.digest.at, settings.desk.zone)
    return at.astimezone(UTC) + timedelta(seconds=offset)


async def send_due(desk: Desk) -> int:
    """Make the digests whose time has come; each once a day, whoever asks first. How many were made."""
    made = 0
    for unit in units_with_secretary(desk.roster):
        at = sends_at(desk.settings, desk.today, unit)
        is_time = at <= desk.now < at + LATE_START
        if is_time and await desk.session.reports.claim(KIND, unit, desk.today, desk.now):
            await send(desk, unit)
            made += 1
    return made


async def send(desk: Desk, unit: str) -> None:
    """Make a unit's digest now and tell it to its secretaries."""
    figures = await count(desk, unit, desk.now)
    text = in_words(desk, unit, figures)
    kept = in_words(desk, unit, replace(figures, lost_lines=()))  # no resident's words
    await desk.session.reports.keep(KIND, unit, desk.today, kept)
    for code in routing.standing(desk.roster, unit, Role.SECRETARY, desk.today):
        desk.tell_member(code, KIND, text, at_once=True)


# ── counting ─────────────────────────────────────────────────────────────────────────────────────


async def compose(desk: Desk, unit: str, until: datetime) -> str:
    """The digest of the 24 hours before `until`."""
    return in_words(desk, unit, await count(desk, unit, until))


async def count(desk: Desk, unit: str, until: datetime) -> Figures:
    session, start = desk.session, until - _DAY
    lanes = [lane.code for lane in desk.roster.lanes_in(unit)]
    is_whole_desk = unit == routing.root_unit(desk.roster)
    areas = None if is_whole_desk else _named(desk.roster.areas_in(unit))
    ours = _belongs(desk.roster, unit)
    new = [one for one in await session.requests.created_between(start, until, areas) if ours(one)]
    still_open = [one for one in await _open_at(desk, until, areas) if ours(one)]
    entries = await session.journal.between(start, until, _COUNTED, areas)
    about = {one.number: one for one in await session.requests.numbered({entry.request for entry in entries})}
    entries = [entry for entry in entries if entry.request in about and ours(about[entry.request])]
    messages, lost = await session.inbox.conservation(start, until, None if is_whole_desk else lanes)
    worries = await session.reports.worries(start, until)
    return Figures(
        messages,
        lost,
        tuple(new),
        tuple(still_open),
        tuple(about[entry.request] for entry in entries if entry.kind == "first_response"),
        tuple(entry for entry in entries if entry.kind == "resolve"),
        len({entry.request for entry in entries if entry.kind == "reopen"}),
        len({entry.request for entry in entries if entry.kind == "cancel"}),
        Counter(_last_words(entries).values()),
        tuple(worry for worry in worries if _is_below(desk.roster, worry.unit, unit)),
        _unreachable(desk, unit, lanes),
        until,
        await rates_of(desk, unit, until),
        await unsettled.lines(desk, start, until, None if is_whole_desk else lanes) if lost else (),
    )


async def lost_of(desk: Desk, unit: str) -> tuple[str, ...]:
    """What came to a unit in the last 24 hours and has no good end."""
    is_whole_desk = unit == routing.root_unit(desk.roster)
    lanes = None if is_whole_desk else [lane.code for lane in desk.roster.lanes_in(unit)]
    return await unsettled.lines(desk, desk.now - _DAY, desk.now, lanes)


async def rates_of(desk: Desk, unit: str, until: datetime) -> Rates:
    """The three rates of a unit, over the time before `until`."""
    is_whole_desk = unit == routing.root_unit(desk.roster)
    lanes = None if is_whole_desk else [lane.code for lane in desk.roster.lanes_in(unit)]
    return rates(await desk.session.requests.judged(until - RATED_OVER, until, lanes), until)


def _named(areas: Sequence[str]) -> Sequence[str] | None:
    """The areas to ask the ledger for, or None for all of it: databases limit how many values a question may hold."""
    return areas if len(areas) <= MOST_NAMED else None


def _last_words(entries: Iterable[JournalEntry]) -> dict[int, str]:
    """The rating of each request; who judged twice on one day is heard once, and silence takes no word back."""
    said: dict[int, str] = {}
    for entry in entries:
        given = str(entry.data.get("rating"))
        if entry.kind == "rate" and (given != Rating.UNRATED or entry.request not in said):
            said[entry.request] = given
    return said


async def _open_at(desk: Desk, moment: datetime, areas: Collection[str] | None) -> list[Request]:
    """What was open at a moment: by the ledger what has not moved since, by the journal what has."""
    requests = desk.session.requests
    moved = {one.number: one for one in await requests.moved_since(moment, areas)}
    journal = await desk.session.journal.of_many(moved)
    then = [as_of(one, journal[one.number], moment) for one in moved.values()]
    unmoved = [one for one in await requests.open_all(areas) if one.number not in moved and one.created_at < moment]
    return sorted((*unmoved, *(one for one in then if one.state.is_open)), key=lambda one: one.number)


def _is_below(roster: Roster, area: str, unit: str) -> bool:
    return any(above.code == unit for above in roster.units_above(area))


def _belongs(roster: Roster, unit: str) -> Callable[[Request], bool]:
    return lambda request: (
        _is_below(roster, request.lane or request.unit, unit) or _is_below(roster, request.unit, unit)
    )


def _unreachable(desk: Desk, unit: str, lanes: Sequence[str]) -> tuple[str, ...]:
    """Members with a duty here whom no message can reach."""
    codes = dict.fromkeys(duty.member for area in (unit, *lanes) for duty in desk.roster.duties_of_area.get(area, ()))
    return tuple(code for code in codes if not routing.is_reachable(desk.roster.member.get(code)))


# ── saying ───────────────────────────────────────────────────────────────────────────────────────


def in_words(desk: Desk, unit: str, figures: Figures) -> str:
    """The digest as markdown; confidential matters only as a count."""
    name = desk.roster.unit[unit].name if unit in desk.roster.unit else unit
    local = figures.now.astimezone(desk.settings.desk.zone)
    lines = [
        say("digest.title", unit=name, date=f"{local.month}月{local.day}日"),
        _conservation(figures),
        say(
            "digest.flow",
            new=len(figures.new),
            done=len({entry.request for entry in figures.closed}),
            open=len(figures.open),
            overdue=len(figures.overdue),
        ),
        _came_back(figures),
        _first_response(figures),
        _rates(figures.rates),
        *_groups(desk, figures),
        *_troubles(desk, figures),
    ]
    return "\n".join(line for line in lines if line)


def _conservation(figures: Figures) -> str:
    if figures.lost:
        gap = say("digest.conservation_gap", messages=figures.messages, lost=figures.lost)
        return "\n".join((gap, *figures.lost_lines))
    return say("digest.conservation", messages=figures.messages, settled=figures.messages)


def _came_back(figures: Figures) -> str:
    if not (figures.reopened or figures.cancelled):
        return ""
    return say("digest.came_back", reopened=figures.reopened, cancelled=figures.cancelled)


def _first_response(figures: Figures) -> str:
    times = [one.first_response_at - one.created_at for one in figures.touched if one.first_response_at is not None]
    if not times:
        return say("digest.first_response_none")
    median = timedelta(seconds=statistics.median(time.total_seconds() for time in times))
    return say("digest.first_response", median=_span(median), slowest=_span(max(times)))


def _rates(found: Rates) -> str:
    """响应率, 解决率, 满意率 of the last 30 days."""
    if found.is_empty:
        return ""
    return say(
        "digest.rates",
        responded=percent(found.responded),
        solved=percent(found.solved),
        satisfied=percent(found.satisfied),
        rated=found.solved.whole,
        unrated=found.unrated,
    )


def percent(share: Share) -> str:
    """A rate in words."""
    return say("digest.no_rate") if share.rate is None else f"{share.rate:.0%}"


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return say("time.moments")
    return say("time.minutes", n=minutes) if minutes < 60 else say("time.hours", n=round(minutes / 60, 1))


def _groups(desk: Desk, figures: Figures) -> Iterable[str]:
    told = [one for one in figures.new if one.sensitivity != "confidential"]
    by_type = Counter(desk.type_name(one) for one in told)
    by_lane = Counter(desk.lane_name(one.lane) for one in told)
    yield _listed("digest.by_type", [f"{name} {n}" for name, n in by_type.most_common()])
    yield _listed("digest.by_lane", [f"{name} {n}" for name, n in by_lane.most_common(LISTED)])
    secret = len(figures.new) - len(told)
    yield say("digest.confidential", count=secret) if secret else ""
    if figures.rated:
        yield say("digest.rated", **{rating.value: figures.rated[rating.value] for rating in Rating})


def _troubles(desk: Desk, figures: Figures) -> Iterable[str]:
    yield _listed("digest.overdue_list", _briefly(desk, figures.overdue))
    today = desk.house.calendar.day_of(figures.now)
    yield _listed("digest.due_today", _briefly(desk, _due_on(desk, figures, today)))
    yield _listed("digest.due_tomorrow", _briefly(desk, _due_on(desk, figures, today + _DAY)))
    nobody = [f"#{one.request} {say(f'worry.{one.person or one.kind}')}" for one in figures.worries if _is_gap(one)]
    yield _listed("digest.nobody", list(dict.fromkeys(nobody)))
    lost = {one.person for one in figures.worries if one.kind == "unreachable"} | set(figures.unreachable)
    yield _listed("digest.unreachable", [desk.name(code) for code in sorted(lost)])
    undelivered = len({one.request for one in figures.worries if one.kind == "undelivered"})
    yield say("digest.undelivered", count=undelivered) if undelivered else ""


def _due_on(desk: Desk, figures: Figures, day: date) -> list[Request]:
    """What is to be solved on this day and is not late yet."""
    day_of = desk.house.calendar.day_of
    on_time = (one for one in figures.open if not is_overdue(one, figures.now) and not one.paused_at)
    return [one for one in on_time if one.due_resolution and day_of(one.due_resolution) == day]


def _is_gap(worry: Worry) -> bool:
    return worry.kind in ("nobody_on_step", "nobody_for_place", "unheard")


def _briefly(desk: Desk, requests: Sequence[Request]) -> list[str]:
    return [
        f"#{one.number} {desk.type_name(one)}({desk.name(one.holder)})"
        for one in requests
        if one.sensitivity != "confidential" and one.state is not State.GATHERING and one.holder
    ]


def _listed(name: str, items: Sequence[str]) -> str:
    shown = [*items[:LISTED], *(["…"] if len(items) > LISTED else [])]
    return say(name, list="、".join(shown)) if items else ""
