"""Short ways to made-up records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from storage.records import Channel, Incoming, JournalEntry, MessageKind, OutboxState, Outgoing, Request, State
from storage.session import Session

NOW = datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OFFICIAL = Channel.OFFICIAL_ACCOUNT


def incoming(
    key: str = "k1", sender: str = "o1", kind: MessageKind = MessageKind.TEXT, text: str = "灯坏了"
) -> Incoming:
    return Incoming(OFFICIAL, key, sender, sender, kind, NOW, text)


def outgoing(text: str = "好的", to: str = "o1", **more: Any) -> Outgoing:
    values: dict[str, Any] = {"channel": OFFICIAL, "is_group": False, "kind": "accepted", "state": OutboxState.WAITING}
    values |= {"created_at": NOW, "due_at": NOW} | more
    return Outgoing(id=0, to=to, text=text, **values)


def request(**more: Any) -> Request:
    values: dict[str, Any] = {
        "state": State.RECEIVED,
        "reporter": 1,
        "created_at": NOW,
        "type": "repair",
        "text": "灯坏了",
    }
    return Request(number=0, id=str(uuid4()), **values | more)


def entry(number: int, words: str = "", kind: str = "opened", at: datetime = NOW) -> JournalEntry:
    return JournalEntry(number, at, kind, "resident", {"n": 1}, words)


async def nothing(session: Session) -> None:
    """Work that does nothing."""
