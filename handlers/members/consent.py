"""A member agrees to the other hour a resident wishes: 三点可以, 后天可以 还是十点."""

from __future__ import annotations

from classifiers.members.replies import Command
from classifiers.reader.late import late
from classifiers.residents.shifting import read_shift
from classifiers.times.promises import read_when
from handlers.desk import Desk
from handlers.members.commands import carry_out_one
from handlers.members.speaker import Speaker
from storage.records import Outcome, Request

_AGREES = late(
    r"(?:好的?|行|可以|没问题|那|[,，\s])*(?P<when>[^,，。\s不没好行]{1,10}?)(?:可以|行|没问题|成|中|好)(?:的|啊|吧|呀|了)*"
    r"(?:[,，\s]*(?:还是|就|那就|我|也)*(?P<hour>[^,，。\s不没好行]{1,10}?)(?:吧|过去|去|来|到|见)*)?[。!！]?"
)


async def hear_consent(speaker: Speaker) -> Outcome | None:
    """三点可以, 后天可以 还是十点, of the request whose resident has just said that another hour would suit him."""
    text = speaker.message.text.strip()
    match = _AGREES.fullmatch(text)
    if match is None or speaker.message.quoted or read_when(match["when"], speaker.desk.now) is None:
        return None
    words = f"{match['when']} {match['hour']}" if match["hour"] else text
    if match["hour"] and read_when(match["hour"], speaker.desk.now) is None:
        return None
    asked = [one.number for one in speaker.own if await _wants_another_hour(speaker.desk, one)]
    if len(asked) != 1:
        return None
    return await carry_out_one(speaker, Command("schedule", (asked[0],), note=words, when=match["when"]), asked[0])


async def _wants_another_hour(desk: Desk, request: Request) -> bool:
    """Was that the last that was said about it?"""
    if request.accepted_at is None or not request.state.is_open or request.urgency == "emergency":
        return False
    said = [one for one in await desk.session.journal.of(request.number) if one.words]
    return bool(said) and said[-1].kind == "resident_words" and read_shift(said[-1].words) is not None
