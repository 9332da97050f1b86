"""What is open, listed by place, type, person and how it stands: 槐荫胡同没接的, 报修有几件, 陈示例手上几件."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from classifiers.members.listings import SpokenListing, Standing, read_listing
from classifiers.members.persons import who_is_meant
from handlers.desk import Desk
from handlers.members import deeds, questions, shown
from handlers.members.speaker import ASKED_FOR, Speaker, people_near
from handlers.texts import say
from handlers.watching import digest
from storage.records import Fate, Outcome, Request, State

_STANDS: Mapping[Standing, Callable[[Request, datetime], bool]] = {
    Standing.OPEN: lambda one, now: True,
    Standing.UNCLAIMED: lambda one, now: one.accepted_at is None and one.state in ASKED_FOR,
    Standing.RETURNED: lambda one, now: one.state is State.RETURNED,
    Standing.RESTING: lambda one, now: one.state is State.SUSPENDED,
    Standing.LATE: digest.is_overdue,
    Standing.URGENT: lambda one, now: one.urgency != "normal",
}


async def hear(speaker: Speaker) -> Outcome | None:
    """The list he asks for; None when his words ask for none. Who leads nobody gets his own tasks."""
    desk = speaker.desk
    if speaker.message.quoted:
        return None
    people = [one.name for one in people_near(speaker)]
    asked = read_listing(speaker.message.text, _areas(desk), _types(desk), people)
    if asked is None:
        return None
    if not questions.leads(desk, speaker.code):
        return await deeds.my_tasks(speaker)
    found = [one for one in await questions.open_around(speaker) if _is_meant(speaker, asked, one)]
    what = "、".join(filter(None, (asked.place, asked.type, asked.person, say(f"standing.{asked.standing}"))))
    if found:
        desk.answer("question.listed", what=what, count=len(found), list=questions.listed(desk, found))
    else:
        desk.answer("question.none_listed", what=what)
    if speaker.message.is_group:
        desk.answer("question.open_only")
    return Outcome(Fate.ANSWERED, reason=shown.reason(shown.LISTED, found[: deeds.LISTED]))


def _areas(desk: Desk) -> Mapping[str, str]:
    """Lanes and units by the names they go by."""
    lanes = ((name, lane.code) for lane in desk.roster.lanes for name in (lane.name, *lane.aliases))
    units = ((name, unit.code) for unit in desk.roster.units for name in (unit.name, *unit.aliases))
    return dict((*units, *lanes))


def _types(desk: Desk) -> list[str]:
    return [one.name for one in desk.settings.types.values() if one.enabled and one.name]


def _is_meant(speaker: Speaker, asked: SpokenListing, one: Request) -> bool:
    desk = speaker.desk
    area = _areas(desk).get(asked.place, "")
    is_there = not area or area in (one.lane, one.unit) or one.lane in desk.roster.areas_in(area)
    is_of_type = not asked.type or desk.type_name(one) == asked.type
    meant = who_is_meant(asked.person, (member.name for member in people_near(speaker))) if asked.person else ()
    is_his = not asked.person or desk.name(one.holder) in meant
    return is_there and is_of_type and is_his and _STANDS[asked.standing](one, desk.now)
