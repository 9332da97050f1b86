"""Which of his open requests a resident goes on about, hours after he told it, and what his words are to it."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.follow_ups import Reading
from classifiers.understand import Understander
from handlers.visit import Visit
from storage.records import Request

GOES_ON = 0.5  # least chance that words are about an open request; a tap parts what was joined wrongly
_LOOKED_AT = 4  # open requests of one resident, the newest


@dataclass(frozen=True, slots=True)
class Thread:
    """An open request, and what later words are to it."""

    request: Request
    reading: Reading


async def threads(visit: Visit, reader: Understander, text: str) -> tuple[Thread, ...]:
    """The resident's open requests with what these words are to each, the likeliest first; of equals the newest."""
    if visit.is_first:
        return ()
    requests = visit.desk.session.requests
    mine = await requests.open_of_resident(visit.resident.id)
    mine += await requests.merged_of_resident(visit.resident.id)
    told = sorted((one for one in mine if one.text), key=lambda one: -one.number)[:_LOOKED_AT]
    held = [Thread(one, reader.follow_up(one.text, text)) for one in told]
    return tuple(sorted(held, key=lambda one: -one.reading.joins))
