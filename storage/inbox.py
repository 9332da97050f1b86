"""What came in: one row a message, whatever happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.dialects import insert_or_ignore
from storage.records import NO_ANSWER, Answer, Incoming, Outcome
from storage.tables import inbox

if TYPE_CHECKING:
    from storage.session import Session


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message's row. `is_new` is false for a repeated delivery: then `answer` is what the first one got."""

    id: int
    is_new: bool
    answer: Answer = NO_ANSWER


_settle = sa.update(inbox).where(inbox.c.id == sa.bindparam("row"))


class Inbox:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def receive(self, message: Incoming, now: datetime) -> Arrival:
        """Keep the message unless this very one is here already."""
        row = {
            "channel": message.channel.value,
            "dedupe_key": message.dedupe_key,
            "received_at": now,
            "sender": message.sender,
            "kind": message.kind.value,
            "event": message.event,
            "text": message.text,
            "options": [],
        }
        found = (await insert_or_ignore(self._session, inbox, row, inbox.c.id)).scalar()
        if found is not None:
            return Arrival(found, is_new=True)
        first = (
            await self._session.run(
                sa.select(inbox.c.id, inbox.c.answer, inbox.c.options).where(
                    inbox.c.channel == message.channel.value, inbox.c.dedupe_key == message.dedupe_key
                )
            )
        ).one()
        options = tuple((label, content) for label, content in first.options)
        return Arrival(first.id, is_new=False, answer=Answer(first.answer, options))

    async def settle(self, arrival: Arrival, outcome: Outcome, answer: Answer) -> None:
        """Write down what became of the message and what was answered to it."""
        await self._session.run(
            _settle,
            {
                "row": arrival.id,
                "fate": outcome.fate.value,
                "request": outcome.request,
                "reason": outcome.reason,
                "answer": answer.text,
                "options": [list(option) for option in answer.options],
            },
        )

    async def fates(self, start: datetime, end: datetime) -> dict[str, int]:
        """How many messages (events are none) came between two moments, by fate; "" for none."""
        query = (
            sa.select(inbox.c.fate, sa.func.count())
            .where(inbox.c.received_at >= start, inbox.c.received_at < end, inbox.c.kind != "event")
            .group_by(inbox.c.fate)
        )
        return dict((await self._session.run(query)).tuples().all())

    async def of_request(self, number: int) -> list[tuple[datetime, str]]:
        rows = await self._session.run(
            sa.select(inbox.c.received_at, inbox.c.text).where(inbox.c.request == number).order_by(inbox.c.id)
        )
        return list(rows.tuples().all())

    async def forget(self, sender: str) -> None:
        """Take a person's words and name off his messages; that they came stays counted."""
        await self._session.run(
            sa.update(inbox).where(inbox.c.sender == sender).values(sender="", text="", answer="", options=[])
        )
