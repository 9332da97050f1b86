"""The ledger 台账: requests and the questions asked of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.records import OPEN_STATES, LadderStep, Request, Rung, State
from storage.rows import plain, tuples
from storage.tables import requests

if TYPE_CHECKING:
    from storage.session import Session

_OPEN = [state.value for state in OPEN_STATES]
_insert = sa.insert(requests).returning(requests.c.number)


class StaleRequest(Exception):
    """Somebody else moved the request meanwhile: do the whole desk again."""


def _step(data: dict[str, Any]) -> LadderStep:
    return LadderStep(data["level"], Rung(data["rung"]), datetime.fromisoformat(data["due_at"]), tuple(data["members"]))


def _request(row: Any) -> Request:
    values = dict(row._mapping)
    values |= tuples(values, "types_all", "co_workers")
    values |= {"state": State(row.state), "ladder": tuple(map(_step, row.ladder))}
    return Request(**values)


def _row(request: Request) -> dict[str, Any]:
    ladder = [
        {"level": s.level, "rung": s.rung.value, "due_at": s.due_at.isoformat(), "members": list(s.members)}
        for s in request.ladder
    ]
    return plain(request, leave_out=("number", "ladder")) | {"ladder": ladder}


class Requests:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def open(self, request: Request) -> Request:
        """Write a new request down; it comes back with its number."""
        number = (await self._session.run(_insert, _row(request))).scalar_one()
        return dataclasses.replace(request, number=number)

    async def save(self, request: Request) -> Request:
        """Write a changed request if nobody changed it since it was read; it comes back with the next version."""
        newer = dataclasses.replace(request, version=request.version + 1)
        done = await self._session.run(
            sa.update(requests).where(
                requests.c.number == sa.bindparam("which"), requests.c.version == sa.bindparam("seen")
            ),
            _row(newer) | {"which": request.number, "seen": request.version},
        )
        if done.rowcount != 1:
            raise StaleRequest(f"request {request.number} was changed by somebody else")
        return newer

    async def get(self, number: int, *, to_change: bool = False) -> Request | None:
        """One request; `to_change` keeps others from moving it until we are done (PostgreSQL)."""
        query = sa.select(requests).where(requests.c.number == number)
        row = (await self._session.run(query.with_for_update() if to_change else query)).first()
        return _request(row) if row else None

    async def _many(self, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[Request]:
        query = sa.select(requests).where(*conditions).order_by(requests.c.number).limit(limit)
        return [_request(row) for row in await self._session.run(query)]

    async def open_of_resident(self, resident: int) -> list[Request]:
        return await self._many(requests.c.reporter == resident, requests.c.state.in_(_OPEN))

    async def of_resident(self, resident: int) -> list[Request]:
        return await self._many(requests.c.reporter == resident)

    async def unrated_of_resident(self, resident: int) -> list[Request]:
        return await self._many(requests.c.reporter == resident, requests.c.state == State.RESOLVED.value)

    async def open_of_holder(self, member: str) -> list[Request]:
        return await self._many(requests.c.holder == member, requests.c.state.in_(_OPEN))

    async def open_in(self, lanes: Collection[str]) -> list[Request]:
        return await self._many(requests.c.lane.in_(list(lanes)), requests.c.state.in_(_OPEN))

    async def open_all(self) -> list[Request]:
        return await self._many(requests.c.state.in_(_OPEN))

    async def created_between(self, start: datetime, end: datetime) -> list[Request]:
        return await self._many(requests.c.created_at >= start, requests.c.created_at < end)

    async def numbered(self, numbers: Sequence[int]) -> list[Request]:
        return await self._many(requests.c.number.in_(list(numbers)))

    async def all_since(self, since: datetime | None) -> list[Request]:
        return await self._many(*([requests.c.created_at >= since] if since else []))

    async def terminal_before(self, moment: datetime) -> list[Request]:
        closed = [state.value for state in State if state.is_terminal]
        return await self._many(
            requests.c.state.in_(closed), sa.func.coalesce(requests.c.closed_at, requests.c.created_at) < moment
        )
