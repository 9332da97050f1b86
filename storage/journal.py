"""What happened to each request, in order; nothing is ever changed but that words are taken away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.records import JournalEntry
from storage.requests import there
from storage.rows import parts, plain
from storage.tables import journal, requests

if TYPE_CHECKING:
    from storage.session import Session


_of = sa.select(journal).where(journal.c.request == sa.bindparam("which")).order_by(journal.c.id)


def _entry(row: Any) -> JournalEntry:
    return JournalEntry(row.request, row.at, row.kind, row.actor, row.data, row.words, row.id)


class Journal:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: JournalEntry) -> None:
        self._session.add_later(journal, plain(entry, leave_out=("id",)))

    async def of(self, request: int) -> list[JournalEntry]:
        await self._session.flush()
        rows = await self._session.run(_of, {"which": request})
        return [_entry(row) for row in rows]

    async def of_many(self, requests: Collection[int]) -> dict[int, list[JournalEntry]]:
        """The whole journal of each of these, in order."""
        found: dict[int, list[JournalEntry]] = {number: [] for number in requests}
        for numbers in parts(sorted(found)):
            query = sa.select(journal).where(journal.c.request.in_(numbers)).order_by(journal.c.id)
            for row in await self._session.run(query):
                found[row.request].append(_entry(row))
        return found

    async def between(
        self, start: datetime, end: datetime, kinds: tuple[str, ...] = (), areas: Collection[str] | None = None
    ) -> list[JournalEntry]:
        """With `areas` only about requests of these lanes and units."""
        query = sa.select(journal).where(journal.c.at >= start, journal.c.at < end).order_by(journal.c.id)
        query = query.where(journal.c.kind.in_(kinds)) if kinds else query
        for condition in there(areas):
            query = query.where(journal.c.request.in_(sa.select(requests.c.number).where(condition)))
        rows = await self._session.run(query)
        return [_entry(row) for row in rows]

    async def all_since(self, since: datetime | None) -> list[JournalEntry]:
        query = sa.select(journal).order_by(journal.c.id)
        rows = await self._session.run(query.where(journal.c.at >= since) if since else query)
        return [_entry(row) for row in rows]

    async def forget(self, request: int) -> None:
        await self._session.flush()
        await self._session.run(sa.update(journal).where(journal.c.request == request).values(words=""))
