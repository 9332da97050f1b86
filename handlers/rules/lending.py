"""Who holds a request only for as long as somebody else is away. Pure: read from the request's own journal."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import JournalEntry

MOVES = "pass_on"  # the desk gives it to another; the data says from whom, to whom, and why
LEAVE = "leave"  # because he is on leave, and will be back
BACK = "back"  # because he is
_TAKEN = frozenset({"dispatch", "accept", "take_over", "reopen", "inherit"})  # whoever had it before has not lent it
_NO_DEED = frozenset({"first_response"})  # the desk's own note of words that arrived, in the holder's name


def lenders(entries: Sequence[JournalEntry], holder: str) -> tuple[str, ...]:
    """Those on whose behalf the holder has it, who had it first before the others; nobody once it is his own: he has
    done something about it, or somebody gave it to him for good."""
    lent: list[str] = []
    borrower = ""
    for entry in entries:
        if entry.kind == MOVES:
            lent = _passed_on(lent, str(entry.data["from"]), str(entry.data["to"]), str(entry.data.get("why", "")))
            borrower = str(entry.data["to"])
        elif entry.kind in _TAKEN or (entry.actor == borrower and entry.kind not in _NO_DEED):
            lent = []
    return tuple(lent) if borrower == holder else ()


def _passed_on(lent: list[str], before: str, to: str, why: str) -> list[str]:
    if why == LEAVE:
        return [*lent, before]
    return lent[: lent.index(to)] if why == BACK and to in lent else []
