"""The ladder of silence: made once at dispatch and frozen into the request."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from handlers.rules import routing
from handlers.rules.durations import Duration
from handlers.rules.hours import Calendar
from handlers.settings import LadderStep as Setting
from storage.records import LadderStep, Roster, Rung

# A confidential matter never reaches the lane's own people.
CONFIDENTIAL_RUNGS = frozenset({Rung.SECRETARY})
# Who looks on from above; the rungs below them are the holder's peers.
ABOVE = frozenset({Rung.LEADER, Rung.CADRE, Rung.SECRETARY})


def plan(
    settings: Collection[Setting],
    first_response: Duration,
    roster: Roster,
    *,
    lane: str,
    unit: str,
    sensitivity: str,
    calendar: Calendar,
    now: datetime,
    but: Collection[str] = (),
) -> tuple[LadderStep, ...]:
    """The steps above the holder, soonest first; none is for those in `but`. A step nobody stands on stays in, with no
    members: it is reported when its time comes, and the ladder goes on at once."""
    today = calendar.day_of(now)
    steps = [
        (calendar.add(now, setting.wait(first_response)), setting.tell)
        for setting in settings
        if setting.tell is not Rung.MEMBER and _may_hear(setting.tell, sensitivity)
    ]
    steps.sort(key=lambda step: step[0])
    return tuple(
        LadderStep(level, rung, due, routing.on_rung(roster, lane, unit, rung, today, but=but))
        for level, (due, rung) in enumerate(steps, start=1)
    )


def _may_hear(rung: Rung, sensitivity: str) -> bool:
    return sensitivity != "confidential" or rung in CONFIDENTIAL_RUNGS


def everybody(steps: Collection[LadderStep]) -> tuple[str, ...]:
    """All who stand on any step, for an emergency."""
    return tuple(dict.fromkeys(member for step in steps for member in step.members))
