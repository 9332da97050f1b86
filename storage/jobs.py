"""When each recurring job last did its work: the heartbeat of the clockwork."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.dialects import insert_or_ignore, upsert
from storage.tables import jobs

if TYPE_CHECKING:
    from storage.session import Session


class Jobs:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def ran(self, names: Iterable[str], now: datetime, result: str = "") -> None:
        """These jobs have just done what they are for."""
        for name in names:
            await upsert(self._session, jobs, {"name": name, "at": now, "result": result}, ("name",))

    async def began(self, name: str, now: datetime) -> None:
        """This name has its first moment, if it has none yet."""
        await insert_or_ignore(self._session, jobs, {"name": name, "at": now}, jobs.c.name)

    async def last(self) -> dict[str, datetime]:
        """When each job last succeeded, in whichever process."""
        rows = await self._session.run(sa.select(jobs.c.name, jobs.c.at).order_by(jobs.c.name))
        return {row.name: row.at for row in rows}
