"""What goes to one receiver in one go: is it still true, is there a way, does anything else wait for the same ears?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.parcels import Parcels
from handlers.desk import Desk, House
from handlers.rules.delivery_budget import MOST_IMPORTANT, Way, choose
from handlers.rules.masking import without_names
from handlers.rules.still_true import is_called_off_since, is_still_true, needs_the_root
from handlers.telling import audience, delivered
from handlers.telling.held_words import as_heard
from handlers.texts import say
from storage.files import ERASED
from storage.outbox import ALARM, ONLY_THE_LATEST
from storage.records import Channel, Conversation, OutboxState, Outgoing, Request, StoredFile, Window
from storage.session import Session
from storage.store import Store

LEASE = timedelta(seconds=12)  # longer than the sending of words may take
LONG_LEASE = timedelta(seconds=90)  # the same for a picture, which is handed over in pieces first
LOOK_AGAIN = timedelta(seconds=2)  # for a picture that is still on its way to us
MERGE_BYTES = 1500  # several texts to one resident cost one message of his allowance
SOON = timedelta(minutes=1)  # what leaves so soon after it was said is as true as it was
LANES_OF_A_GROUP = 50  # whose households' names are looked up for one message
TEMPLATE_EVERY = timedelta(hours=1)  # one resident gets no more template messages than this, but for 办结 and a date
CARRIED_WHOLE = frozenset({"scheduled", "extended"})  # whose template has the date in it


@dataclass(frozen=True)
class Load:
    """What goes to one receiver in one go: usually one message, for a resident several merged.

    `file` goes as itself; `link` is where it can be looked at when the channel does not take it.
    """

    messages: tuple[Outgoing, ...]
    way: Way = Way.NONE
    template: bool = False
    file: StoredFile | None = None
    link: str = ""

    @property
    def first(self) -> Outgoing:
        return self.messages[0]

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(message.id for message in self.messages)

    @property
    def text(self) -> str:
        return "\n\n".join(message.text for message in self.messages)

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys(option for message in self.messages for option in message.options))


NOTHING = Load(())


class Packer:
    """Makes the loads of one channel."""

    def __init__(
        self,
        store: Store,
        house: House,
        clock: Clock,
        channel: Channel,
        parcels: Parcels,
        *,
        has_template: bool = False,
    ) -> None:
        self.channel = channel
        self._store = store
        self._house = house
        self._clock = clock
        self._parcels = parcels
        self._has_template = has_template

    async def claim(self, session: Session, limit: int) -> list[Load]:
        """The next words of so many receivers; an empty load for words that do not go now."""
        now = self._clock.now()
        claimed = await session.outbox.claim(now, LEASE, limit, self.channel)
        loads = [self._as_heard(await self._packed(session, first, now), now) for first in claimed]
        return [await self._without_names(session, load) for load in loads]

    async def _without_names(self, session: Session, load: Load) -> Load:
        """A group reads no name of those who live there, by whatever way it came into the words."""
        if not load.messages or not load.first.is_group:
            return load
        roster = await self._store.roster(session)
        lanes = [lane.code for lane in roster.lanes_by_chat.get(load.first.to, ())]
        names = await session.places.names_in(lanes[:LANES_OF_A_GROUP])
        own = [member.name for member in roster.members]
        heard = (replace(one, text=without_names(one.text, names, own)) for one in load.messages)
        return replace(load, messages=tuple(heard))

    def _as_heard(self, load: Load, now: datetime) -> Load:
        zone = self._house.settings.desk.zone
        return replace(load, messages=tuple(as_heard(message, now, zone) for message in load.messages))

    async def desk(self, session: Session) -> Desk:
        return Desk(session, self._clock.now(), self._house, await self._store.roster(session))

    async def _packed(self, session: Session, first: Outgoing, now: datetime) -> Load:
        if not await self._is_true(session, first):
            await session.outbox.mark(first.id, OutboxState.DROPPED, now, error="no longer true")
            await delivered.on_dropped(await self.desk(session), first)
            return NOTHING
        load = await self._with_file(session, first, now) if first.file is not None else Load((first,))
        if load.messages and self.channel is Channel.OFFICIAL_ACCOUNT:
            return await self._for_resident(session, load, now)
        return await self._with_what_was_held(session, load, now) if load.file is None else load

    async def _with_what_was_held(self, session: Session, load: Load, now: datetime) -> Load:
        """What the quiet hours held back of one request is one message in the morning: the card, and what was added."""
        first, held = load.first if load.messages else None, list(load.messages)
        if first is None or first.request is None or not _was_held(first):
            return load
        for other in await session.outbox.waiting_for(first.to, now):
            size = sum(len(one.text.encode()) for one in (*held, other))
            is_like = other.request == first.request and other.channel is first.channel and _was_held(other)
            if other.id == first.id or not is_like or size > MERGE_BYTES:
                continue
            if await self._is_true(session, other):
                held.append(other)
        await session.outbox.lease([one.id for one in held], now + LEASE)
        return Load(tuple(held))

    async def _is_true(self, session: Session, message: Outgoing) -> bool:
        is_alarm = message.urgent and message.kind.startswith((ALARM, "dispatch"))
        if (is_alarm or message.kind in ONLY_THE_LATEST) and await session.outbox.is_superseded(message):
            return False
        if not message.only_if and not _has_waited(message, self._clock.now()):
            return True
        request: Request | None = await session.requests.get(message.request) if message.request else None
        if request is not None and is_called_off_since(message, request):
            return False
        root = None
        if request is not None and needs_the_root(message.only_if, request):
            root = await audience.root_of(await self.desk(session), request)
        return is_still_true(message.only_if, request, self._clock.now(), root)

    # ── pictures and voices ──────────────────────────────────────────────────────────────────────

    async def _with_file(self, session: Session, message: Outgoing, now: datetime) -> Load:
        """A picture that was fetched; one still on its way is waited for, one that never came is said to be lost."""
        file = await session.files.get(message.file or 0)
        if file is None or file.request == ERASED:
            await session.outbox.mark(message.id, OutboxState.DROPPED, now, error="erased")
            return NOTHING
        if not file.digest and file.due_at is not None:
            await session.outbox.put_off(message.id, now + LOOK_AGAIN, tried=False)
            return NOTHING
        if not file.digest:
            return Load((replace(message, text=say("member.file_lost", number=file.request)),))
        await session.outbox.lease([message.id], now + LONG_LEASE)
        return await self._as_link(session, Load((message,), file=file, link=self._parcels.link(file, now)))

    async def _as_link(self, session: Session, load: Load) -> Load:
        """To a member's own WeChat a link goes with the words: a picture would cost a message of his allowance."""
        roster = await self._store.roster(session)
        if self.channel is not Channel.OFFICIAL_ACCOUNT or not load.link or load.first.to not in roster.by_openid:
            return load
        return Load((replace(load.first, text=f"{load.first.text}\n{load.link}"),))

    # ── residents ────────────────────────────────────────────────────────────────────────────────

    async def _for_resident(self, session: Session, load: Load, now: datetime) -> Load:
        """Choose the allowance to use; without any a template, and without that the words wait for his next word."""
        found = await session.conversations.find(load.first.to)
        merged = [load.first] if load.file else await self._merged(session, load.first, now)
        kinds = {message.kind for message in merged}
        kind = next(iter(kinds & MOST_IMPORTANT), load.first.kind)
        way = choose(*windows_of(found[1] if found else None), kind, now)
        if way is Way.NONE:
            return await self._without_window(session, merged, now)
        return replace(load, messages=tuple(merged), way=way)

    async def _merged(self, session: Session, first: Outgoing, now: datetime) -> list[Outgoing]:
        """What else waits for the same resident, as much as one message holds."""
        merged = [first]
        for other in await session.outbox.waiting_for(first.to, now):
            size = sum(len(one.text.encode()) for one in (*merged, other))
            fits = other.id != first.id and other.file is None and size <= MERGE_BYTES
            if fits and await self._is_true(session, other):
                merged.append(other)
        await session.outbox.lease([one.id for one in merged], now + LEASE)
        return merged

    async def _without_window(self, session: Session, merged: list[Outgoing], now: datetime) -> Load:
        """One template says that there is news of the most important; the words themselves are kept for his next."""
        able = [message for message in merged if self._has_template and message.template and message.file is None]
        important = [message for message in able if message.kind in MOST_IMPORTANT | CARRIED_WHOLE]
        is_told = await session.outbox.was_templated(merged[0].to, now - TEMPLATE_EVERY)
        if not able or (is_told and not important):
            for message in merged:
                await self.hold(session, message, "no window is open", is_told=is_told)
                if is_told:
                    await delivered.on_more_held(await self.desk(session), message)
            return NOTHING
        lead = (important or able)[-1]
        return Load((lead, *(message for message in merged if message is not lead)), template=True)

    async def hold(self, session: Session, message: Outgoing, why: str, *, is_told: bool = False) -> None:
        """Keep it for the resident's next word. `is_told`: he knows that there is news."""
        await session.outbox.mark(message.id, OutboxState.HELD, self._clock.now(), error=why)
        await session.conversations.hold(message.to)
        if not is_told and message.file is None:
            await delivered.on_held(await self.desk(session), message)


def _was_held(message: Outgoing) -> bool:
    """Was it held back, and not only put off?"""
    is_plain = message.file is None and not message.reply_token and not message.urgent and not message.error
    return is_plain and message.due_at > message.created_at


def _has_waited(message: Outgoing, now: datetime) -> bool:
    return now - message.created_at >= SOON


def windows_of(talk: Conversation | None) -> tuple[Window, Window]:
    return (talk.message_window, talk.click_window) if talk else (Window(), Window())
