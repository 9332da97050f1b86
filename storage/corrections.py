"""Types that people corrected: labelled examples to learn from, as long as the request's words are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.records import Request
from storage.tables import corrections

if TYPE_CHECKING:
    from storage.session import Session


class Corrections:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, request: Request, now: datetime, actor: str) -> None:
        """These words are of this type, says a person."""
        row = {"request": request.number, "at": now, "actor": actor, "type": request.type, "text": request.text}
        self._session.add_later(corrections, row)

    async def rows(self) -> list[tuple[str, str]]:
        """(text, type) of every corrected request, the last word about each."""
        await self._session.flush()
        found = await self._session.run(sa.select(corrections).order_by(corrections.c.id))
        return list({row.request: (row.text, row.type) for row in found}.values())

    async def forget(self, request: int) -> None:
        await self._session.run(sa.delete(corrections).where(corrections.c.request == request))
