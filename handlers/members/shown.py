"""Lists of requests that a member was shown: 第一个, said within ten minutes, is the first of the last one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from handlers.desk import Desk
from storage.records import Request

ASKED_WHICH = "which request is meant"
LISTED = "a list was shown"
WITHIN = timedelta(minutes=10)


def reason(why: str, requests: Iterable[Request]) -> str:
    """How a message ended whose answer was this list."""
    return f"{why}: {' '.join(str(one.number) for one in requests)}"


async def last_to(desk: Desk, sender: str) -> tuple[int, ...]:
    """The numbers in the list that he was shown last, in its order; nothing if that is too long ago."""
    found = await desk.session.inbox.last_reason(sender, desk.now - WITHIN, (ASKED_WHICH, LISTED))
    return tuple(int(number) for number in found.rpartition(":")[2].split())
