"""Digests that were made, things that worried the desk, and the figures both need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.dialects import insert_or_ignore, upsert
from storage.tables import counters, reports, worries

if TYPE_CHECKING:
    from storage.session import Session

_counter = sa.select(counters.c.value).where(counters.c.name == sa.bindparam("which"))
_keep = (
    sa.update(reports)
    .where(reports.c.kind == sa.bindparam("which"), reports.c.unit == sa.bindparam("of"))
    .where(reports.c.day == sa.bindparam("on"))
    .values(text=sa.bindparam("words"))
)
_worries = (
    sa.select(worries)
    .where(worries.c.at >= sa.bindparam("start"), worries.c.at < sa.bindparam("end"))
    .order_by(worries.c.id)
)


@dataclass(frozen=True, slots=True)
class Worry:
    """Something a secretary should know: a step of the ladder that reached nobody, words that reached no resident."""

    at: datetime
    kind: str
    request: int | None = None
    person: str = ""
    unit: str = ""


class Reports:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def claim(self, kind: str, unit: str, day: date, now: datetime) -> bool:
        """True for the one process that shall make this report of this day."""
        row = {"kind": kind, "unit": unit, "day": day, "created_at": now}
        return (await insert_or_ignore(self._session, reports, row, reports.c.id)).scalar() is not None

    async def is_claimed(self, kind: str, unit: str, day: date) -> bool:
        """Has any process made this report of this day?"""
        mine = (reports.c.kind == kind, reports.c.unit == unit, reports.c.day == day)
        return (await self._session.run(sa.select(reports.c.id).where(*mine))).first() is not None

    async def keep(self, kind: str, unit: str, day: date, text: str) -> None:
        await self._session.run(_keep, {"which": kind, "of": unit, "on": day, "words": text})

    def worry(self, worry: Worry) -> None:
        self._session.add_later(
            worries,
            {"at": worry.at, "kind": worry.kind, "request": worry.request, "person": worry.person, "unit": worry.unit},
        )

    async def worries(self, start: datetime, end: datetime) -> list[Worry]:
        await self._session.flush()
        rows = await self._session.run(_worries, {"start": start, "end": end})
        return [Worry(row.at, row.kind, row.request, row.person, row.unit) for row in rows]

    async def set_counter(self, name: str, value: int) -> None:
        await upsert(self._session, counters, {"name": name, "value": value}, ("name",))

    async def counter(self, name: str) -> int:
        return (await self._session.run(_counter, {"which": name})).scalar() or 0
