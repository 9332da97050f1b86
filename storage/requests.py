"""The ledger 台账: requests and the questions asked of it."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.dialects import in_turn
from storage.records import OPEN_STATES, Cutoffs, Judged, LadderStep, Request, Rung, State, Told
from storage.rows import PART, names_of, parts, plain_value, tuples
from storage.tables import journal, requests

if TYPE_CHECKING:
    from storage.session import Session

COMPARED = 30  # open requests of a lane that a new one is compared with; some fifteen households have fewer
_COMPARABLE = [state for state in OPEN_STATES if state not in (State.GATHERING, State.SUSPENDED)]


def _in(states: Collection[State]) -> sa.ColumnElement[bool]:
    return requests.c.state.in_([sa.literal(state.value) for state in states])


_insert = sa.insert(requests).returning(requests.c.number)
_same_version = sa.and_(requests.c.number == sa.bindparam("which"), requests.c.version == sa.bindparam("seen"))
_names = names_of(Request, ("number",))
_get = sa.select(requests).where(requests.c.number == sa.bindparam("which"))
_get_to_change = _get.with_for_update()
_all_open = sa.select(requests).where(_in(OPEN_STATES)).order_by(requests.c.number)
_holders = sa.select(requests.c.holder).where(_in(OPEN_STATES), requests.c.holder != "").distinct()
_of_reporter = sa.select(requests).where(requests.c.reporter == sa.bindparam("who")).order_by(requests.c.number)
_is_open = _in(OPEN_STATES)
_open_of_reporter = _of_reporter.where(_is_open)
_is_merged = requests.c.state == State.MERGED.value
_merged_of_reporter = _of_reporter.where(_is_merged, requests.c.resolved_at.is_(None))
_unrated_of_reporter = _of_reporter.where(
    sa.or_(
        requests.c.state == State.RESOLVED.value,
        sa.and_(_is_merged, requests.c.resolved_at.is_not(None), requests.c.rating == ""),
    )
)
_open_of_holder = (
    sa.select(requests).where(requests.c.holder == sa.bindparam("who"), _is_open).order_by(requests.c.number)
)
_open_offered_to = (
    sa.select(requests).where(requests.c.offered_to == sa.bindparam("who"), _is_open).order_by(requests.c.number)
)
_open_helped_by = (
    sa.select(requests)
    .where(sa.cast(requests.c.co_workers, sa.Text).contains(sa.bindparam("quoted"), autoescape=False), _is_open)
    .order_by(requests.c.number)
)
_followed = sa.select(requests).where(requests.c.merged_into == sa.bindparam("root"), _is_merged)
_followed = _followed.order_by(requests.c.number)
_direct = sa.select(requests.c.number).where(requests.c.merged_into == sa.bindparam("root"), _is_merged)
_all_merged = _direct.cte("merged_requests", recursive=True)
_all_merged = _all_merged.union(  # not UNION ALL: a circle comes to an end
    sa.select(requests.c.number).where(requests.c.merged_into == _all_merged.c.number, _is_merged)
)
_followers = (
    sa.select(requests)
    .where(requests.c.number.in_(sa.select(_all_merged.c.number)), requests.c.number != sa.bindparam("root"))
    .order_by(requests.c.number)
)
_count_followers = sa.select(sa.func.count()).where(_all_merged.c.number != sa.bindparam("root"))
_told_in = (
    sa.select(*(requests.c[name] for name in names_of(Told, ())))
    .where(requests.c.lane == sa.bindparam("where"), requests.c.sensitivity == "open")
    .where(requests.c.reporter != sa.bindparam("who"), _in(_COMPARABLE))
    .order_by(requests.c.number.desc())
    .limit(COMPARED)
)
# Columns that the database fills with "", 0 or NULL; most of a new request's are.
_BY_ITSELF = frozenset(column.name for column in requests.c if column.nullable or column.server_default is not None)


class StaleRequest(Exception):
    """Somebody else moved the request meanwhile: do the whole desk again."""


def _step(data: dict[str, Any]) -> LadderStep:
    return LadderStep(data["level"], Rung(data["rung"]), datetime.fromisoformat(data["due_at"]), tuple(data["members"]))


def _request(row: Any) -> Request:
    values = row._asdict()
    values |= tuples(values, "types_all", "co_workers")
    values |= {"state": State(row.state), "came_from": tuple(map(State, row.came_from or ()))}
    values["ladder"] = tuple(map(_step, row.ladder))
    return Request(**values)


def _row(request: Request, names: tuple[str, ...]) -> dict[str, Any]:
    """These fields as column values."""
    row = {name: plain_value(getattr(request, name)) for name in names if name != "ladder"}
    if "ladder" in names:
        row["ladder"] = [
            {"level": s.level, "rung": s.rung.value, "due_at": s.due_at.isoformat(), "members": list(s.members)}
            for s in request.ladder
        ]
    return row


@functools.cache
def _updating(names: tuple[str, ...]) -> sa.Update:
    """One statement for each set of columns that change together; the desk knows few of them."""
    columns: dict[str, Any] = {name: sa.bindparam(name) for name in names if name not in ("which", "seen")}
    return sa.update(requests).where(_same_version).values(columns)


@functools.cache
def _open_in(names: tuple[str, ...]) -> sa.Executable:
    """One statement for each number of lanes."""
    lanes = requests.c.lane.in_([sa.bindparam(name) for name in names])
    return sa.select(requests).where(lanes, _is_open).order_by(requests.c.number)


class Requests:
    def __init__(self, session: Session) -> None:
        self._session = session
        self.fresh: set[int] = set()  # opened here since the last flush
        self._seen: dict[int, Request] = {}  # as they stand in the database: what did not change is not written

    async def open(self, request: Request) -> Request:
        """Write a new request down; it comes back with its number."""
        said = tuple(name for name in _names if name not in _BY_ITSELF or getattr(request, name))
        number = (await self._session.run(_insert, _row(request, said))).scalar_one()
        self.fresh.add(number)
        opened = self._seen[number] = dataclasses.replace(request, number=number)
        return opened

    async def save(self, request: Request) -> Request:
        """Write a changed request if nobody changed it since it was read; it comes back with the next version."""
        newer = dataclasses.replace(request, version=request.version + 1)
        row = self._changes(newer) | {"which": request.number, "seen": request.version}
        done = await self._session.run(_updating(tuple(row)), row)
        if done.rowcount != 1:
            raise StaleRequest(f"request {request.number} was changed by somebody else")
        self._seen[newer.number] = newer
        return newer

    def _changes(self, newer: Request) -> dict[str, Any]:
        """The columns that differ from the row as it was last seen; all of them if it never was at that version."""
        seen = self._seen.get(newer.number)
        if seen is None or seen.version != newer.version - 1:
            return _row(newer, _names)
        return _row(newer, tuple(name for name in _names if getattr(newer, name) != getattr(seen, name)))

    async def get(self, number: int, *, to_change: bool = False) -> Request | None:
        """One request; `to_change` keeps others from moving it until we are done (PostgreSQL)."""
        row = (await self._session.run(_get_to_change if to_change else _get, {"which": number})).first()
        if row is None:
            return None
        found = self._seen[number] = _request(row)
        return found

    async def _many(self, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[Request]:
        query = sa.select(requests).where(*conditions).order_by(requests.c.number).limit(limit)
        return [_request(row) for row in await self._session.run(query)]

    async def open_of_resident(self, resident: int) -> list[Request]:
        return [_request(row) for row in await self._session.run(_open_of_reporter, {"who": resident})]

    async def of_resident(self, resident: int) -> list[Request]:
        return [_request(row) for row in await self._session.run(_of_reporter, {"who": resident})]

    async def unrated_of_resident(self, resident: int) -> list[Request]:
        """Those whose result he was told and has not judged: done, or done together with a neighbour's."""
        return [_request(row) for row in await self._session.run(_unrated_of_reporter, {"who": resident})]

    async def followers(self, root: int) -> list[Request]:
        """Requests that were merged into this very one, oldest first."""
        return [_request(row) for row in await self._session.run(_followed, {"root": root})]

    async def all_followers(self, root: int) -> list[Request]:
        """Requests that were merged into this one, through however many steps, oldest first."""
        return [_request(row) for row in await self._session.run(_followers, {"root": root})]

    async def count_followers(self, root: int) -> int:
        """How many `all_followers` there are: a power cut has hundreds, and each new one asks."""
        return int((await self._session.run(_count_followers, {"root": root})).scalar_one())

    async def told_in(self, lane: str, *, but_by: int) -> list[Told]:
        """What open requests of a lane tell, newest first, without private ones and those of one resident; every new
        one is compared. Who has not said yet what it is, and what was put off, is left out.

        Who asks comes after whoever asked before: twelve neighbours at once tell of one power cut, not of twelve.
        """
        await in_turn(self._session, f"lane:{lane}")
        rows = await self._session.run(_told_in, {"where": lane, "who": but_by})
        return [
            Told(number, reporter, created_at, text, tuple(types), *rest)
            for number, reporter, created_at, text, types, *rest in rows
        ]

    async def merged_of_resident(self, resident: int) -> list[Request]:
        """His requests that are dealt with as part of another one and have no result yet."""
        return [_request(row) for row in await self._session.run(_merged_of_reporter, {"who": resident})]

    async def open_of_holder(self, member: str) -> list[Request]:
        return [_request(row) for row in await self._session.run(_open_of_holder, {"who": member})]

    async def open_offered_to(self, member: str) -> list[Request]:
        """What waits for his yes, from wherever it is."""
        return [_request(row) for row in await self._session.run(_open_offered_to, {"who": member})]

    async def open_helped_by(self, member: str) -> list[Request]:
        """What he works on with its holder, wherever it is."""
        found = await self._session.run(_open_helped_by, {"quoted": json.dumps(member)})
        return [one for one in map(_request, found) if member in one.co_workers]

    async def holders(self) -> list[str]:
        """Everybody who holds an open request."""
        return sorted((await self._session.run(_holders, {})).scalars())

    async def open_in(self, lanes: Collection[str]) -> list[Request]:
        values = {f"lane{place}": lane for place, lane in enumerate(sorted(lanes))}
        if len(values) > PART:
            return await self._many(requests.c.lane.in_(list(lanes)), _is_open)
        return [_request(row) for row in await self._session.run(_open_in(tuple(values)), values)]

    async def open_all(self, areas: Collection[str] | None = None) -> list[Request]:
        if areas is None:
            return [_request(row) for row in await self._session.run(_all_open, {})]
        return await self._many(_is_open, *there(areas))

    async def open_after(self, number: int, limit: int) -> list[Request]:
        """The next open requests behind this number."""
        return await self._many(requests.c.number > number, _is_open, limit=limit)

    async def created_between(
        self, start: datetime, end: datetime, areas: Collection[str] | None = None
    ) -> list[Request]:
        return await self._many(requests.c.created_at >= start, requests.c.created_at < end, *there(areas))

    async def judged(
        self, start: datetime | None, end: datetime | None, lanes: Collection[str] | None = None
    ) -> list[Judged]:
        """What the rates of a time's requests are counted from; with `lanes` only of those there."""
        query = sa.select(*(requests.c[field.name] for field in dataclasses.fields(Judged)))
        if start is not None:
            query = query.where(requests.c.created_at >= start)
        if end is not None:
            query = query.where(requests.c.created_at < end)
        if lanes is not None:
            query = query.where(requests.c.lane.in_(list(lanes)))
        rows = await self._session.run(query)
        return [Judged(row[0], row[1], State(row[2]), *row[3:]) for row in rows]

    async def moved_since(self, moment: datetime, areas: Collection[str] | None = None) -> list[Request]:
        """Requests that were there before a moment and that something happened to since."""
        since = sa.select(journal.c.request).where(journal.c.at >= moment)
        return await self._many(requests.c.created_at < moment, requests.c.number.in_(since), *there(areas))

    async def numbered(self, numbers: Collection[int]) -> list[Request]:
        found = [await self._many(requests.c.number.in_(some)) for some in parts(sorted(numbers))]
        return [request for some in found for request in some]

    async def all_since(self, since: datetime | None) -> list[Request]:
        return await self._many(*([requests.c.created_at >= since] if since else []))

    async def with_content_ended_before(self, since: Cutoffs, limit: int) -> list[Request]:
        """Requests that ended before the cut-off of their type and still hold somebody's words."""
        return await self._many(_is_past_keeping(since), limit=limit)

    async def count_past_keeping(self, since: Cutoffs) -> dict[str, int]:
        """How many of each type `with_content_ended_before` would find."""
        query = sa.select(requests.c.type, sa.func.count()).where(_is_past_keeping(since)).group_by(requests.c.type)
        return {row[0]: row[1] for row in await self._session.run(query)}


def there(areas: Collection[str] | None) -> Iterator[sa.ColumnElement[bool]]:
    """The condition that a request is of one of these lanes or units; none for None, everywhere."""
    if areas is not None:
        codes = list(areas)
        yield sa.or_(requests.c.lane.in_(codes), requests.c.unit.in_(codes))


def _is_past_keeping(since: Cutoffs) -> sa.ColumnElement[bool]:
    closed = [state.value for state in State if state.is_terminal]
    has_content = sa.or_(requests.c.text != "", requests.c.result != "", requests.c.place_text != "")
    ended = sa.func.coalesce(requests.c.closed_at, requests.c.created_at)
    usual = sa.and_(requests.c.type.not_in(list(since.own)), ended < since.usual)
    own = (sa.and_(requests.c.type == code, ended < moment) for code, moment in since.own.items())
    return sa.and_(requests.c.state.in_(closed), has_content, sa.or_(usual, *own))
