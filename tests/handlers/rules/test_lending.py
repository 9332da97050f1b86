"""Who holds a request for whom, by its journal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.rules.lending import lenders
from storage.records import JournalEntry

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def _passed(hands: str, why: str = "leave") -> JournalEntry:
    before, to = tuple(hands)
    return JournalEntry(1, NOW, "pass_on", "desk", {"from": before, "to": to, "why": why})


def _did(actor: str, kind: str = "start") -> JournalEntry:
    return JournalEntry(1, NOW, kind, actor)


@pytest.mark.parametrize(
    ("entries", "holder", "lent"),
    [
        ((), "a", ""),
        ((_did("a", "accept"), _passed("ab")), "b", "a"),
        ((_passed("ab"), _passed("bc")), "c", "ab"),
        ((_passed("ab"), _passed("bc"), _passed("cb", "back")), "b", "a"),
        ((_passed("ab"), _passed("bc"), _passed("ca", "back")), "a", ""),
        ((_passed("ab"), _did("b")), "b", ""),  # he works on it
        ((_passed("ab"), _did("x", "join"), _did("resident", "supplement")), "b", "a"),
        ((_passed("ab"), _did("b", "first_response")), "b", "a"),  # words of before arrived
        ((_passed("ab"), _did("x", "accept")), "x", ""),
        ((_passed("ab"), _did("desk", "dispatch")), "b", ""),  # to the people of another place
        ((_passed("ab", ""),), "b", ""),  # he has left
        ((_passed("ab"),), "c", ""),
    ],
)
def test_on_whose_behalf_it_is_held(entries: tuple[JournalEntry, ...], holder: str, lent: str) -> None:
    assert lenders(entries, holder) == tuple(lent)
