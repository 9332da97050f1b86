"""The questions of the audit: one query each, counted by the database, so that a county is looked through in seconds.

Run them in one `Store.reading(frozen=True)`: asked at different moments, two tables of a busy desk never quite agree.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.files import ERASED
from storage.inbox import OUR_FAULT
from storage.records import OPEN_STATES, Fate, OutboxState, Request, State, TimerKind
from storage.tables import conversations, files, inbox, journal, members, outbox, requests, timers

if TYPE_CHECKING:
    from storage.session import Session

SHOWN = 20  # examples of one trouble; the count is of all
PAGE = 1000  # open requests read at a time

_OPEN = [state.value for state in OPEN_STATES]
_NEEDS_REQUEST = (Fate.OPENED.value, Fate.JOINED.value)
_OVER = (State.CLOSED.value, State.DECLINED.value, State.CANCELLED.value)
_TAKING = ("accept", "take_over")

# Every column that names a request; zero in `files` means that the bytes of an erased request are to go.
_REFERENCES: dict[str, sa.Column[Any]] = {
    "inbox": inbox.c.request,
    "outbox": outbox.c.request,
    "journal": journal.c.request,
    "timers": timers.c.request,
    "files": files.c.request,
    "gathering": conversations.c.gathering,
    "question": conversations.c.question_request,
    "merged_into": requests.c.merged_into,
}
# Every column that names a member, where one name stands.
_PEOPLE = (requests.c.holder, requests.c.first_responder, requests.c.offered_to, requests.c.supervisor)


@dataclass(frozen=True, slots=True)
class Hits:
    """What a question found: how many, and the first few of them (request numbers, or row ids where it says so)."""

    count: int = 0
    first: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """One link of a chain of merged requests."""

    number: int
    into: int | None


@dataclass(frozen=True, slots=True)
class Taker:
    """A request and its first responder by the ledger."""

    number: int
    responder: str


class Audit:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def _hits(self, query: sa.Select[Any]) -> Hits:
        """The one column of a query, counted, the smallest first."""
        found = query.subquery()
        column = found.c[0]
        counted = sa.select(column, sa.func.count().over()).order_by(column).limit(SHOWN)
        rows = (await self._session.run(counted)).all()
        return Hits(rows[0][1], tuple(row[0] for row in rows)) if rows else Hits()

    # ── messages ─────────────────────────────────────────────────────────────────────────────────

    async def without_fate(self) -> Hits:
        """Inbox rows that have no fate, an unknown one, or one that names no request though it should."""
        known = [fate.value for fate in Fate]
        dangling = sa.and_(inbox.c.fate.in_(_NEEDS_REQUEST), inbox.c.request.is_(None))
        return await self._hits(sa.select(inbox.c.id).where(sa.or_(inbox.c.fate.not_in(known), dangling)))

    async def failed(self, since: datetime) -> Hits:
        """Inbox rows since a moment that we failed to handle."""
        ours = inbox.c.reason.startswith(OUR_FAULT)
        return await self._hits(sa.select(inbox.c.id).where(inbox.c.received_at >= since, ours))

    # ── on the way out ───────────────────────────────────────────────────────────────────────────

    async def stuck(self, before: datetime) -> Hits:
        """Outbox rows that should have left before a moment and that nobody has in hand."""
        free = sa.or_(outbox.c.lease_until.is_(None), outbox.c.lease_until < before)
        waiting = outbox.c.state == OutboxState.WAITING.value
        return await self._hits(sa.select(outbox.c.id).where(waiting, outbox.c.due_at < before, free))

    async def refused_since(self, before: datetime) -> Hits:
        """Outbox rows made before a moment that have been tried and still wait."""
        waiting = outbox.c.state == OutboxState.WAITING.value
        return await self._hits(
            sa.select(outbox.c.id).where(waiting, outbox.c.error != "", outbox.c.created_at < before)
        )

    async def leased_beyond(self, moment: datetime) -> Hits:
        """Outbox rows whose lease ends later than any lease may."""
        waiting = outbox.c.state == OutboxState.WAITING.value
        return await self._hits(sa.select(outbox.c.id).where(waiting, outbox.c.lease_until > moment))

    async def dead(self, since: datetime) -> Hits:
        """Outbox rows made since a moment that were given up."""
        gone = outbox.c.state == OutboxState.DEAD.value
        return await self._hits(sa.select(outbox.c.id).where(gone, outbox.c.created_at >= since))

    # ── clocks ───────────────────────────────────────────────────────────────────────────────────

    async def late(self, before: datetime) -> Hits:
        """Requests with a timer that should have rung before a moment."""
        return await self._hits(sa.select(timers.c.request).where(timers.c.due_at < before).distinct())

    async def ringing_for_nothing(self) -> Hits:
        """Requests that are over and still have a timer; a neighbour's that was merged may wait for his rating."""
        merged = sa.and_(requests.c.state == State.MERGED.value, timers.c.kind != TimerKind.RATING.value)
        over = sa.or_(requests.c.state.in_(_OVER), merged)
        joined = timers.join(requests, requests.c.number == timers.c.request)
        return await self._hits(sa.select(requests.c.number).select_from(joined).where(over).distinct())

    async def never_asked(self) -> Hits:
        """Resolved requests without a timer that closes them when the resident stays silent."""
        asks = sa.exists().where(timers.c.request == requests.c.number, timers.c.kind == TimerKind.RATING.value)
        return await self._hits(sa.select(requests.c.number).where(requests.c.state == State.RESOLVED.value, ~asks))

    async def kinds_of_timers(self) -> dict[int, frozenset[str]]:
        """Which kinds of timers every request has that has any."""
        found: dict[int, set[str]] = {}
        for row in await self._session.run(sa.select(timers.c.request, timers.c.kind).distinct()):
            found.setdefault(row.request, set()).add(row.kind)
        return {number: frozenset(kinds) for number, kinds in found.items()}

    async def open_requests(self) -> AsyncIterator[Request]:
        """Every open request, a page at a time."""
        last = 0
        while page := await self._session.requests.open_after(last, PAGE):
            for request in page:
                yield request
            last = page[-1].number

    # ── what points at what ──────────────────────────────────────────────────────────────────────

    async def dangling(self) -> dict[str, Hits]:
        """For each kind of reference the numbers that are named and do not exist."""
        return {name: await self._hits(_orphans(column)) for name, column in _REFERENCES.items()}

    async def links(self) -> list[Merged]:
        """Every request that was merged, and every one that names another it belongs to."""
        query = sa.select(requests.c.number, requests.c.merged_into).where(
            sa.or_(requests.c.state == State.MERGED.value, requests.c.merged_into.is_not(None))
        )
        rows = await self._session.run(query.order_by(requests.c.number))
        return [Merged(row.number, row.merged_into) for row in rows]

    async def states_of_roots(self) -> dict[int, State]:
        """Where the requests stand that others were merged into."""
        named = sa.select(requests.c.merged_into).where(requests.c.merged_into.is_not(None))
        rows = await self._session.run(
            sa.select(requests.c.number, requests.c.state).where(requests.c.number.in_(named))
        )
        return {row.number: State(row.state) for row in rows}

    async def strangers(self) -> Hits:
        """Requests that name somebody who is not among the members, present or former."""
        known = sa.select(members.c.code)
        unknown = sa.or_(*(sa.and_(column != "", column.not_in(known)) for column in _PEOPLE))
        return await self._hits(sa.select(requests.c.number).where(unknown))

    async def first_takers(self) -> list[Taker]:
        """Requests whose first responder is not who took it first by the journal."""
        taking = (
            sa.select(journal.c.request, sa.func.min(journal.c.id).label("first"))
            .where(journal.c.kind.in_(_TAKING))
            .group_by(journal.c.request)
            .subquery()
        )
        taken = requests.outerjoin(taking, taking.c.request == requests.c.number).outerjoin(
            journal, journal.c.id == taking.c.first
        )
        query = sa.select(requests.c.number, requests.c.first_responder).select_from(taken)
        differs = requests.c.first_responder != sa.func.coalesce(journal.c.actor, "")
        rows = await self._session.run(query.where(differs).order_by(requests.c.number))
        return [Taker(row.number, row.first_responder) for row in rows]

    async def first_responders(self, numbers: Collection[int]) -> dict[int, str]:
        """Who took these requests first, by the ledger."""
        query = sa.select(requests.c.number, requests.c.first_responder).where(requests.c.number.in_(list(numbers)))
        return {row.number: row.first_responder for row in await self._session.run(query)}

    async def inherited(self) -> dict[int, int]:
        """Requests that took the place of another one, and of which."""
        query = sa.select(journal.c.request, journal.c.data).where(journal.c.kind == "inherit").order_by(journal.c.id)
        return {row.request: int(row.data["ended"]) for row in await self._session.run(query)}

    # ── how much was looked at ───────────────────────────────────────────────────────────────────

    async def extent(self) -> tuple[int, int, int]:
        """How many messages, requests and open requests there are."""
        counts = [
            sa.select(sa.func.count()).select_from(inbox).scalar_subquery(),
            sa.select(sa.func.count()).select_from(requests).scalar_subquery(),
            sa.select(sa.func.count()).where(requests.c.state.in_(_OPEN)).scalar_subquery(),
        ]
        row = (await self._session.run(sa.select(*counts))).one()
        return row[0], row[1], row[2]


def _orphans(column: sa.Column[Any]) -> sa.Select[Any]:
    there = sa.select(requests.c.number)
    return sa.select(column).where(column.is_not(None), column != ERASED, column.not_in(there)).distinct()
