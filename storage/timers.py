"""What is to be looked at when its time has come, and who was already reminded of what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.dialects import insert_or_ignore
from storage.records import Timer, TimerKind
from storage.rows import plain
from storage.tables import reminders, timers

if TYPE_CHECKING:
    from storage.session import Session


_cancel_all = sa.delete(timers).where(timers.c.request == sa.bindparam("of"))
_cancel = _cancel_all.where(timers.c.kind == sa.bindparam("which"))
_earliest = sa.select(sa.func.min(timers.c.due_at))
_of = sa.select(timers).where(timers.c.request == sa.bindparam("which")).order_by(timers.c.due_at)
_take = sa.delete(timers).where(timers.c.id == sa.bindparam("which"))
_due = (
    sa.select(timers)
    .where(timers.c.due_at <= sa.bindparam("now"))
    .order_by(timers.c.due_at, timers.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


class Timers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def set(self, timer: Timer) -> None:
        self._session.add_later(timers, plain(timer, leave_out=("id",)))

    async def cancel(self, request: int, kinds: Collection[TimerKind] | None = None) -> None:
        """Take away a request's timers, all or of these kinds."""
        names = None if kinds is None else [kind.value for kind in kinds]
        self._session.take_back(
            timers, lambda row: row["request"] == request and (names is None or row["kind"] in names)
        )
        if request in self._session.requests.fresh:  # what it had was not written yet
            return
        if names is None:
            await self._session.run(_cancel_all, {"of": request})
        for name in names or ():
            await self._session.run(_cancel, {"of": request, "which": name})

    async def bring_forward(self, request: int, kind: TimerKind, now: datetime) -> None:
        """The earliest timer of this kind is due now."""
        await self._session.flush()
        first = (
            sa.select(timers.c.id)
            .where(timers.c.request == request, timers.c.kind == kind.value)
            .order_by(timers.c.due_at, timers.c.id)
            .limit(1)
            .scalar_subquery()
        )
        await self._session.run(sa.update(timers).where(timers.c.id == first).values(due_at=now))

    async def due(self, now: datetime, limit: int = 200) -> list[Timer]:
        """Timers whose moment has come, earliest first; what they are about decides what happens."""
        rows = await self._session.run(_due, {"now": now, "most": limit})
        return [Timer(row.request, TimerKind(row.kind), row.due_at, row.step, row.id) for row in rows]

    async def take(self, timer: Timer) -> bool:
        """Remove this timer; false when another process was first."""
        taken = await self._session.run(_take, {"which": timer.id})
        return taken.rowcount == 1

    async def of(self, request: int) -> list[Timer]:
        await self._session.flush()
        rows = await self._session.run(_of, {"which": request})
        return [Timer(row.request, TimerKind(row.kind), row.due_at, row.step, row.id) for row in rows]

    async def earliest(self) -> datetime | None:
        await self._session.flush()
        return (await self._session.run(_earliest, {})).scalar()

    async def remind_once(self, request: int, kind: str, level: int, person: str, day: date, due_at: datetime) -> bool:
        """True the first time for (request, kind, level, person, working day, due_at); the row is the guard."""
        row: dict[str, object] = {
            "request": request,
            "kind": kind,
            "level": level,
            "person": person,
            "day": day,
            "due_at": due_at,
        }
        return (await insert_or_ignore(self._session, reminders, row, reminders.c.id)).scalar() is not None
