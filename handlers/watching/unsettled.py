"""What the desk failed to handle, for the secretary: when, where, and the words as far as they may be shown.

Who failed to be heard was promised that the secretary sees it. What may be confidential, and whatever somebody says
who has told a secret, is shown without its words; the number of his open matter helps to reach him.
"""

from __future__ import annotations

from datetime import datetime

from handlers.desk import Desk
from handlers.residents import sense
from handlers.rules.masking import for_group, markdown_safe, names_in, shorten
from handlers.texts import say
from storage.inbox import Lost
from storage.records import Channel, MessageKind

SHOWN = 5  # messages
EXCERPT = 40  # characters of each


async def lines(desk: Desk, start: datetime, end: datetime, lanes: list[str] | None) -> tuple[str, ...]:
    """A line for each of the latest."""
    found = await desk.session.inbox.lost(start, end, lanes, limit=SHOWN)
    return tuple([await _line(desk, one) for one in reversed(found)])


async def _line(desk: Desk, one: Lost) -> str:
    when = desk.clock_time(one.received_at)
    colleague = (desk.roster.by_wecom if one.channel is not Channel.OFFICIAL_ACCOUNT else {}).get(one.sender)
    if colleague is not None:
        return say("unsettled.of_member", when=when, name=colleague.name, words=await _words(desk, one, ""))
    known = await desk.session.conversations.find(one.sender)
    resident = known[0] if known else None
    lane = resident.lane if resident else ""
    mine = await desk.session.requests.open_of_resident(resident.id) if resident else []
    has_secret = any(other.sensitivity == "confidential" for other in mine)
    words = say("unsettled.not_public") if has_secret else await _words(desk, one, lane)
    number = mine[-1].number if mine and not has_secret else 0
    place = desk.lane_name(lane) if lane else ""
    line = say("unsettled.of_resident", when=when, place=place, words=words)
    return f"{line}{say('unsettled.has_open', number=number)}" if number else line


async def _words(desk: Desk, one: Lost, lane: str) -> str:
    """Masked as for a group; nothing of what is not for everybody's ears."""
    if one.kind is not MessageKind.TEXT and not one.text.strip():
        return say("unsettled.no_words")
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    meaning = sense.with_own_people(desk, reader, reader.understand(one.text, known_lane=lane or None), lane)
    if meaning.sensitivity != "open" or sense.wants_silence(one.text):
        return say("unsettled.not_public")
    own = [member.name for member in desk.roster.members]
    return say("unsettled.words", words=markdown_safe(shorten(for_group(one.text, names_in(one.text), own), EXCERPT)))
