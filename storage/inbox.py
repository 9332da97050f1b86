"""What came in: one row a message, whatever happens to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.dialects import insert_or_ignore
from storage.records import NO_ANSWER, Answer, Channel, Incoming, MessageKind, Outcome, record
from storage.tables import inbox, requests, residents

if TYPE_CHECKING:
    from storage.session import Session


OUR_FAULT = "our fault"  # how the reason of a message begins that we failed to handle


@record
class Arrival:
    """A message's row. `is_new` is false for a repeated delivery: then `answer` is what the first one got."""

    id: int
    is_new: bool
    answer: Answer = NO_ANSWER


@record
class Lost:
    """A message that has no good end, and nothing of who sent it but his name on its channel."""

    received_at: datetime
    channel: Channel
    sender: str
    kind: MessageKind
    text: str


_is_lost = sa.or_(inbox.c.fate == "", inbox.c.reason.startswith(OUR_FAULT))


def _between(query: sa.Select[Any], start: datetime, end: datetime, lanes: Collection[str] | None) -> sa.Select[Any]:
    """Only messages of this time, and with `lanes` of these; events are no messages."""
    query = query.where(inbox.c.received_at >= start, inbox.c.received_at < end, inbox.c.kind != "event")
    if lanes is None:
        return query
    about = inbox.outerjoin(requests, requests.c.number == inbox.c.request).outerjoin(
        residents, residents.c.openid == inbox.c.sender
    )
    place = sa.func.coalesce(sa.func.nullif(requests.c.lane, ""), residents.c.lane, "")
    return query.select_from(about).where(place.in_(list(lanes)))


_settle = sa.update(inbox).where(inbox.c.id == sa.bindparam("row"))
_first = sa.select(inbox.c.id, inbox.c.answer, inbox.c.options).where(
    inbox.c.channel == sa.bindparam("by"), inbox.c.dedupe_key == sa.bindparam("key")
)
_last_words = (
    sa.select(inbox.c.text, inbox.c.reason)
    .where(inbox.c.sender == sa.bindparam("who"), inbox.c.received_at >= sa.bindparam("since"), inbox.c.fate != "")
    .order_by(inbox.c.id.desc())
    .limit(1)
)


class Inbox:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._heard: Counter[str] = Counter()  # of whom how many messages came within this transaction

    async def receive(self, message: Incoming, now: datetime) -> Arrival:
        """Keep the message unless this very one is here already."""
        self._heard[message.sender] += 1
        row: dict[str, object] = {
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
        await self._session.flush()
        same = {"by": message.channel.value, "key": message.dedupe_key}
        first = (await self._session.run(_first, same)).one()
        options = tuple((label, content) for label, content in first.options)
        return Arrival(first.id, is_new=False, answer=Answer(first.answer, options))

    async def settle(self, arrival: Arrival, outcome: Outcome, answer: Answer) -> None:
        """Write down what became of the message and what was answered to it."""
        self._session.run_later(
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

    async def conservation(
        self, start: datetime, end: datetime, lanes: Collection[str] | None = None
    ) -> tuple[int, int]:
        """How many messages came between two moments, and how many of them have no good end: no fate, or our fault.

        With `lanes` only messages about requests there, or of residents who live there. Events are no messages.
        """
        await self._session.flush()
        counted = (sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((_is_lost, 1), else_=0)), 0))
        query = _between(sa.select(*counted), start, end, lanes)
        row = (await self._session.run(query)).one()
        return row[0], row[1]

    async def lost(
        self, start: datetime, end: datetime, lanes: Collection[str] | None = None, *, limit: int
    ) -> tuple[Lost, ...]:
        """The messages that `conservation` counts as without a good end, the latest first."""
        await self._session.flush()
        told = sa.select(inbox.c.received_at, inbox.c.channel, inbox.c.sender, inbox.c.kind, inbox.c.text)
        query = _between(told.where(_is_lost), start, end, lanes).order_by(inbox.c.id.desc()).limit(limit)
        rows = await self._session.run(query)
        return tuple(Lost(one[0], Channel(one[1]), one[2], MessageKind(one[3]), one[4]) for one in rows)

    async def last_about(self, sender: str, since: datetime) -> int | None:
        """The request that this person's latest message was about, if it was about one and not too long ago."""
        await self._session.flush()
        about = sa.select(inbox.c.request).where(
            inbox.c.sender == sender, inbox.c.received_at >= since, inbox.c.request.is_not(None)
        )
        found: int | None = (await self._session.run(about.order_by(inbox.c.id.desc()).limit(1))).scalar()
        return found

    async def last_words(self, sender: str, since: datetime, *, reason: str) -> str:
        """The words of this person's latest message before this one, if their end began so; else nothing."""
        if self._heard[sender] > 1:  # what became of the one before may still be put aside
            await self._session.flush()
        found = (await self._session.run(_last_words, {"who": sender, "since": since})).first()
        return found.text if found is not None and found.reason.startswith(reason) else ""

    async def latest_reason(self, sender: str, since: datetime) -> str:
        """How this person's latest message before this one ended."""
        if self._heard[sender] > 1:
            await self._session.flush()
        found = (await self._session.run(_last_words, {"who": sender, "since": since})).first()
        return found.reason if found is not None else ""

    async def last_reason(self, sender: str, since: datetime, begins: Collection[str]) -> str:
        """How this person's latest message ended whose end began in one of these ways; "" if none did."""
        await self._session.flush()
        ended = sa.or_(*(inbox.c.reason.startswith(one, autoescape=True) for one in begins))
        query = sa.select(inbox.c.reason).where(inbox.c.sender == sender, inbox.c.received_at >= since, ended)
        found: str | None = (await self._session.run(query.order_by(inbox.c.id.desc()).limit(1))).scalar()
        return found or ""

    async def counts(self) -> dict[tuple[str, str], int]:
        """How many messages came by each channel and met each fate; events are no messages."""
        by = (inbox.c.channel, inbox.c.fate)
        query = sa.select(*by, sa.func.count()).where(inbox.c.kind != MessageKind.EVENT.value).group_by(*by)
        return {(row[0], row[1]): row[2] for row in await self._session.run(query)}

    async def forget_before(self, moment: datetime) -> None:
        """Take the words off all messages that came before a moment."""
        old = sa.and_(inbox.c.received_at < moment, sa.or_(inbox.c.text != "", inbox.c.answer != ""))
        await self._session.run(sa.update(inbox).where(old).values(text="", answer="", options=[]))

    async def forget_about(self, request: int) -> None:
        """Take the words off all messages about an erased request, whoever said them."""
        await self._session.flush()
        await self._session.run(
            sa.update(inbox).where(inbox.c.request == request).values(text="", answer="", options=[])
        )

    async def forget_answers(self, before: datetime) -> None:
        """Take away what was answered to messages about no one request, lists of several among them. The latest stay
        for a little while: the platform may deliver their messages again."""
        await self._session.flush()
        several = sa.and_(inbox.c.request.is_(None), inbox.c.answer != "", inbox.c.received_at < before)
        await self._session.run(sa.update(inbox).where(several).values(answer="", options=[]))

    async def forget(self, sender: str) -> None:
        """Take a person's words and name off his messages; that they came stays counted."""
        await self._session.flush()
        await self._session.run(
            sa.update(inbox).where(inbox.c.sender == sender).values(sender="", text="", answer="", options=[])
        )
