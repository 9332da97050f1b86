"""What is to go out, kept until it went: claimed with a lease, marked right after its answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.records import Channel, OutboxState, Outgoing
from storage.rows import plain
from storage.tables import outbox

if TYPE_CHECKING:
    from storage.session import Session


FORGOTTEN_AT_ONCE = 1000
ONLY_THE_LATEST = frozenset({"reminder", "resolved"})  # of several that still wait, the last says it all
NEWS_OF_THE_END = ("cancelled", "declined", "inherited", "unfollow")
_SHOWN = re.compile(r"#(\d+)")  # what an answer tells of a request stands behind its number
ALARM = "repeat-"  # how the kinds of an emergency's repeated alarms begin


def _outgoing(row: Any) -> Outgoing:
    values = row._asdict()
    values |= {
        "channel": Channel(row.channel),
        "state": OutboxState(row.state),
        "options": tuple((label, content) for label, content in row.options),
    }
    return Outgoing(**values)


def _claiming() -> sa.Executable:
    """The statement of `Outbox.claim`, made once. The partial index is used only where the state stands as it is."""
    other = outbox.alias("other")
    now = sa.bindparam("now", type_=outbox.c.due_at.type)
    waits: sa.ColumnElement[str] = sa.literal_column(f"'{OutboxState.WAITING.value}'")
    is_free = sa.and_(
        outbox.c.state == waits,
        outbox.c.due_at <= now,
        sa.or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now),
        outbox.c.channel == sa.bindparam("by"),
    )
    is_ahead = sa.or_(
        sa.and_(other.c.urgent, sa.not_(outbox.c.urgent)),
        sa.and_(other.c.urgent == outbox.c.urgent, other.c.id < outbox.c.id),
    )
    is_behind_another = sa.exists().where(
        other.c.to == outbox.c.to,
        other.c.channel == outbox.c.channel,
        other.c.state == waits,
        other.c.id != outbox.c.id,
        sa.or_(other.c.lease_until > now, sa.and_(is_ahead, sa.or_(other.c.due_at <= now, other.c.error != ""))),
    )
    due = (
        sa.select(outbox.c.id)
        .where(is_free, ~is_behind_another)
        .order_by(outbox.c.urgent.desc(), outbox.c.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
    leased = sa.update(outbox).where(outbox.c.id.in_(due)).values(lease_until=sa.bindparam("until"))
    return leased.returning(*outbox.c)


_claim = _claiming()
_hurry = (
    sa.update(outbox)
    .where(outbox.c.state == OutboxState.WAITING.value, outbox.c.channel == sa.bindparam("by"), outbox.c.error != "")
    .where(outbox.c.due_at > sa.bindparam("now"))
    .values(due_at=sa.bindparam("now"))
)
_last_told = (
    sa.select(outbox.c.request)
    .where(outbox.c.to == sa.bindparam("whom"), outbox.c.kind != "reply")
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_waits = outbox.c.state == OutboxState.WAITING.value
_earliest = sa.select(sa.func.min(outbox.c.due_at)).where(_waits)
_waiting_for = (
    sa.select(outbox)
    .where(outbox.c.to == sa.bindparam("whom"), _waits)
    .where(sa.or_(outbox.c.due_at <= sa.bindparam("now"), outbox.c.error != ""))
    .where(sa.or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= sa.bindparam("now")))
    .order_by(outbox.c.id)
)
_lease = sa.update(outbox).where(outbox.c.id == sa.bindparam("which")).values(lease_until=sa.bindparam("until"))
_is_unsure = sa.and_(outbox.c.state == OutboxState.UNCERTAIN.value, outbox.c.channel == Channel.OFFICIAL_ACCOUNT.value)
_mark = (
    sa.update(outbox)
    .where(outbox.c.id == sa.bindparam("which"))
    .values(
        state=sa.bindparam("ended"),
        lease_until=sa.null(),
        error=sa.bindparam("why"),
        attempts=outbox.c.attempts + 1,
        sent_at=sa.func.coalesce(sa.bindparam("sent", type_=outbox.c.sent_at.type), outbox.c.sent_at),
    )
)
_wake_held = (
    sa.update(outbox)
    .where(outbox.c.to == sa.bindparam("whom"), outbox.c.state == OutboxState.HELD.value)
    .values(state=OutboxState.WAITING.value, due_at=sa.bindparam("now"), attempts=0)
)
_about = sa.select(outbox.c.state, outbox.c.lease_until).where(
    outbox.c.request == sa.bindparam("which"), outbox.c.to != sa.bindparam("but_for")
)
_superseding = (
    sa.select(outbox.c.id)
    .where(outbox.c.to == sa.bindparam("whom"), outbox.c.request == sa.bindparam("about"), _waits)
    .where(outbox.c.kind.startswith(sa.bindparam("begins", type_=sa.Text)), outbox.c.id > sa.bindparam("this"))
    .limit(sa.literal_column("1"))
)


class Outbox:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, message: Outgoing) -> None:
        """Put a message into the box; it leaves after the commit."""
        self._session.add_later(outbox, plain(message, leave_out=("id",)))

    async def claim(self, now: datetime, lease: timedelta, limit: int, channel: Channel) -> list[Outgoing]:
        """Take the first due message of at most so many receivers, emergencies first, else in order of speaking.

        One message of a receiver is in flight at a time, over all processes; what was put off is not overtaken, but
        by an emergency. Two claims of a channel must not run at the same time.
        """
        values = {"now": now, "until": now + lease, "by": channel.value, "most": limit}
        claimed = await self._session.run(_claim, values)
        return sorted(map(_outgoing, claimed), key=lambda message: (not message.urgent, message.id))

    async def mark(
        self, message: int, state: OutboxState, now: datetime, *, error: str = "", went: bool = False
    ) -> None:
        """Say how it ended. Held words that `went` as a template are known to be there."""
        sent = now if went or state in (OutboxState.SENT, OutboxState.UNCERTAIN) else None
        await self._session.run(_mark, {"which": message, "ended": state.value, "why": error, "sent": sent})

    async def put_off(self, message: int, until: datetime, *, error: str = "", tried: bool = True) -> None:
        """Not now: again at `until`. A wait that is no failure (a rate limit) is not counted as a try."""
        await self._session.run(
            sa.update(outbox)
            .where(outbox.c.id == message)
            .values(due_at=until, lease_until=None, error=error, attempts=outbox.c.attempts + (1 if tried else 0))
        )

    async def lease(self, messages: Sequence[int], until: datetime) -> None:
        """Take these too."""
        for message in messages:
            await self._session.run(_lease, {"which": message, "until": until})

    async def give_back(self, messages: Sequence[int]) -> None:
        """Return leases when their process stops, so that the next one need not wait; others' leases stay theirs."""
        if messages:
            await self._session.run(
                sa.update(outbox)
                .where(outbox.c.state == OutboxState.WAITING.value, outbox.c.id.in_(list(messages)))
                .values(lease_until=None)
            )

    async def wake_held(self, openid: str, now: datetime) -> None:
        await self._session.run(_wake_held, {"whom": openid, "now": now})
        self._session.touched.add("outbox")

    async def held_for(self, openid: str) -> list[Outgoing]:
        """What waits for this resident's next word, oldest first."""
        query = sa.select(outbox).where(outbox.c.to == openid, outbox.c.state == OutboxState.HELD.value)
        return [_outgoing(row) for row in await self._session.run(query.order_by(outbox.c.id))]

    async def earliest(self) -> datetime | None:
        """When the next waiting message is due."""
        await self._session.flush()
        return (await self._session.run(_earliest, {})).scalar()

    async def waiting_for(self, to: str, now: datetime) -> list[Outgoing]:
        """All that waits to go to one receiver and is due or was put off, oldest first."""
        return [_outgoing(row) for row in await self._session.run(_waiting_for, {"whom": to, "now": now})]

    async def was_templated(self, to: str, since: datetime) -> bool:
        """Has a template message told this resident since then that there is news?"""
        told = sa.select(outbox.c.id).where(
            outbox.c.to == to, outbox.c.state == OutboxState.HELD.value, outbox.c.sent_at >= since
        )
        return (await self._session.run(told.limit(1))).first() is not None

    async def templates_failed(self, to: str) -> list[Outgoing]:
        """The template that told this person of news never arrived: what it announced, of which he knows nothing."""
        await self._session.flush()
        is_it = (outbox.c.to == to, outbox.c.state == OutboxState.HELD.value, outbox.c.error == "template")
        rows = await self._session.run(sa.select(outbox).where(*is_it).order_by(outbox.c.id))
        await self._session.run(sa.update(outbox).where(*is_it).values(sent_at=sa.null(), error="template failed"))
        return [_outgoing(row) for row in rows]

    async def unheard_about(self, request: int, kinds: Collection[str]) -> list[Outgoing]:
        """Words about a request of which a resident may know nothing: those that wait for his next contact, and those
        of these kinds that nobody knows to have arrived, if nothing has reached him since."""
        later = outbox.alias()
        has_heard_since = sa.exists().where(
            later.c.request == outbox.c.request,
            later.c.to == outbox.c.to,
            later.c.id > outbox.c.id,
            later.c.state == OutboxState.SENT.value,
        )
        is_held = sa.and_(outbox.c.state == OutboxState.HELD.value, outbox.c.sent_at.is_(None))
        is_unsure = sa.and_(_is_unsure, outbox.c.kind.in_(list(kinds)), ~has_heard_since)
        query = sa.select(outbox).where(outbox.c.request == request, sa.or_(is_held, is_unsure)).order_by(outbox.c.id)
        return [_outgoing(row) for row in await self._session.run(query)]

    async def count_waiting(self, channel: Channel) -> int:
        """How much waits to go out by a channel."""
        await self._session.flush()
        query = sa.select(sa.func.count()).where(
            outbox.c.channel == channel.value, outbox.c.state == OutboxState.WAITING.value
        )
        return int((await self._session.run(query)).scalar_one())

    async def take_back(self, kind: str) -> None:
        """What was to be said and has not left is not said."""
        await self._session.run(
            sa.update(outbox)
            .where(outbox.c.kind == kind, outbox.c.state.in_([OutboxState.WAITING.value, OutboxState.HELD.value]))
            .values(state=OutboxState.DROPPED.value, error="no longer true")
        )

    async def told_in_person(self, request: int) -> None:
        """Somebody has said it to the resident: the words need not wait any longer."""
        await self._session.run(
            sa.update(outbox)
            .where(outbox.c.request == request, sa.or_(outbox.c.state == OutboxState.HELD.value, _is_unsure))
            .values(state=OutboxState.DROPPED.value, error="told in person")
        )

    async def shown_to(self, to: str, files: Collection[int]) -> set[int]:
        """Those of these files that were or will be shown to this person."""
        await self._session.flush()
        query = sa.select(outbox.c.file).where(
            outbox.c.to == to, outbox.c.file.in_(list(files)), outbox.c.state != OutboxState.DROPPED.value
        )
        return {row.file for row in await self._session.run(query)}

    async def reached_since(self, to: str, since: datetime) -> bool:
        """Has anything gone to this person since then, the rest of long answers to his own words aside?"""
        await self._session.flush()
        went = sa.select(outbox.c.id).where(outbox.c.to == to, outbox.c.kind != "answer", outbox.c.sent_at >= since)
        return (await self._session.run(went.limit(1))).first() is not None

    async def last_told(self, to: str) -> int | None:
        """The request that the latest message to this person or group was about, answers to his own words aside."""
        await self._session.flush()
        found: int | None = (await self._session.run(_last_told, {"whom": to})).scalar()
        return found

    async def still_waits(self, request: int, *, but_for: str) -> bool:
        """Is all that was to be said about a request still to be said, but what its resident was told?"""
        await self._session.flush()
        rows = (await self._session.run(_about, {"which": request, "but_for": but_for})).all()
        return bool(rows) and all(row.state == OutboxState.WAITING.value and row.lease_until is None for row in rows)

    async def hurry(self, channel: Channel, now: datetime) -> None:
        """The platform is back: what was put off need not wait any longer."""
        await self._session.run(_hurry, {"by": channel.value, "now": now})

    async def is_superseded(self, message: Outgoing) -> bool:
        """Does a later alarm, or a later one of `ONLY_THE_LATEST`, about the same request wait for the same ears?"""
        kind = message.kind if message.kind in ONLY_THE_LATEST else ALARM
        later = {"whom": message.to, "about": message.request, "begins": kind, "this": message.id}
        return (await self._session.run(_superseding, later)).first() is not None

    async def revive_for(self, to: str, now: datetime) -> None:
        """Somebody has opened the chat with the robot: what it could not tell him before may go now."""
        await self._session.run(
            sa.update(outbox)
            .where(outbox.c.to == to, outbox.c.state == OutboxState.DEAD.value)
            .values(state=OutboxState.WAITING.value, due_at=now, attempts=0, lease_until=None)
        )
        self._session.touched.add("outbox")

    async def revive(self, now: datetime) -> int:
        """Run the dead letters again; how many there were."""
        done = await self._session.run(
            sa.update(outbox)
            .where(outbox.c.state == OutboxState.DEAD.value)
            .values(state=OutboxState.WAITING.value, due_at=now, attempts=0, lease_until=None)
        )
        self._session.touched.add("outbox")
        return done.rowcount

    async def counts(self) -> dict[str, int]:
        rows = await self._session.run(sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state))
        return dict(rows.all())

    async def all_since(self, since: datetime | None) -> list[Outgoing]:
        query = sa.select(outbox).order_by(outbox.c.id)
        rows = await self._session.run(query.where(outbox.c.created_at >= since) if since else query)
        return [_outgoing(row) for row in rows]

    async def forget_about(self, request: int) -> None:
        """Nothing that was said to anybody about an erased request is kept; what was still to be said is not,
        but that it is over (`NEWS_OF_THE_END`), which holds no word of the resident."""
        await self._session.flush()
        is_news = sa.and_(outbox.c.kind.in_(NEWS_OF_THE_END), outbox.c.state == OutboxState.WAITING.value)
        about = sa.and_(outbox.c.request == request, ~is_news)
        unsaid = outbox.c.state.in_([OutboxState.WAITING.value, OutboxState.HELD.value])
        await self._session.run(sa.update(outbox).where(about, unsaid).values(state=OutboxState.DROPPED.value))
        await self._session.run(sa.update(outbox).where(about).values(text="", options=[], template={}))

    async def forget_replies(self, erased: Collection[int] = ()) -> int:
        """What was answered to members may tell of any request, and of lists of them: of none of it the words are kept
        when some are erased, and an answer still to be given that shows one of these is not. How many words went."""
        await self._session.flush()
        about_many = sa.and_(outbox.c.request.is_(None), outbox.c.text != "")
        said = sa.and_(about_many, ~_waits)
        gone = await self._session.run(sa.update(outbox).where(said).values(text="", options=[]))
        query = sa.select(outbox.c.id, outbox.c.text).where(about_many, _waits, outbox.c.kind == "reply")
        rows = await self._session.run(query) if erased else ()
        shown = [row.id for row in rows if not {int(number) for number in _SHOWN.findall(row.text)}.isdisjoint(erased)]
        dropped = {"text": "", "options": [], "state": OutboxState.DROPPED.value}
        await self._session.run(sa.update(outbox).where(outbox.c.id.in_(shown)).values(dropped))
        return gone.rowcount + len(shown)

    async def forget_before(self, moment: datetime) -> None:
        """Take away words that were said before a moment; some each time, the oldest first, so that nobody waits."""
        said = sa.and_(outbox.c.text != "", outbox.c.state != OutboxState.WAITING.value)
        oldest = sa.select(outbox.c.id).where(said).order_by(outbox.c.id).limit(FORGOTTEN_AT_ONCE)
        old = sa.and_(outbox.c.created_at < moment, outbox.c.id.in_(oldest))
        await self._session.run(sa.update(outbox).where(old).values(text="", options=[], template={}))

    async def forget(self, to: str) -> None:
        """Nothing more is said to somebody who left, and what was said is not kept."""
        await self._session.flush()
        await self._session.run(
            sa.update(outbox)
            .where(outbox.c.to == to, outbox.c.state.in_([OutboxState.WAITING.value, OutboxState.HELD.value]))
            .values(state=OutboxState.DROPPED.value)
        )
        await self._session.run(
            sa.update(outbox).where(outbox.c.to == to).values(text="", to="", options=[], template={})
        )
