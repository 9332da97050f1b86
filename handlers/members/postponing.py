"""He has promised an hour and shifts it in plain words: the resident hears the new one, and it is due then."""

from __future__ import annotations

from datetime import datetime

from classifiers.members.postponements import Postponement, read_postponement
from classifiers.members.replies import Command
from classifiers.reader.late import late
from classifiers.times.promises import read_when
from classifiers.times.words import DAY
from handlers.desk import Desk
from handlers.members import rights
from handlers.members.speaker import Speaker
from handlers.telling.agreed import agreement
from handlers.texts import say
from storage.records import Request, State

_NAMES_A_DAY = late(DAY)


async def as_promise(speaker: Speaker, command: Command, text: str) -> Command | None:
    """路上堵车 五点到, as a promise of that hour; None when he shifts none, or has not promised exactly one."""
    said = read_postponement(text)
    about = _about(speaker, command) if said else None
    if said is None or about is None or rights.is_burning(about):
        return None
    promised = await _promised(speaker.desk, about)
    moment = _moment(speaker.desk, said, promised) if promised else None
    if moment is None:
        return None
    words = say("member.shifted", when=speaker.desk.clock_time(moment))
    note = f"{said.why}，{words}" if said.why else words
    return Command("schedule", (about.number,), note=note, when=words, is_sure=True)


def _about(speaker: Speaker, command: Command) -> Request | None:
    if len(command.requests) == 1 and not command.ambiguous:
        about = speaker.known(command.requests[0])
        return about if about and about.holder == speaker.code else None
    scheduled = [one for one in speaker.own if one.state is State.SCHEDULED]
    return scheduled[0] if len(scheduled) == 1 and len(speaker.own) == 1 else None


async def _promised(desk: Desk, about: Request) -> datetime | None:
    """The very hour the resident counts on; 九点左右, behind 明天上午, is no shift of one."""
    found = await agreement(desk, about)
    return found.when.start if found and found.when and found.when.end is None else None


def _moment(desk: Desk, said: Postponement, promised: datetime) -> datetime | None:
    """Another hour is of the day that was promised; none that is over."""
    zone = desk.settings.desk.zone
    if said.by:
        is_counted_from_now = said.from_now and desk.now + said.by > promised
        moment = (desk.now if is_counted_from_now else promised) + said.by
    else:
        names_day = _NAMES_A_DAY.search(said.at) is not None
        day = promised.astimezone(zone).replace(hour=0, minute=1, second=0, microsecond=0)
        when = read_when(said.at, desk.now.astimezone(zone) if names_day else max(day, desk.now.astimezone(zone)))
        found = when.start if when else None
        if found is None:
            return None
        moment = found
    return moment if moment > desk.now else None
