"""The ladder of silence: made once at dispatch and frozen into the request."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    members: it is reported when its time comes, and the ladder goes on at once. Of a confidential matter see
    `_confidential`."""
    today = calendar.day_of(now)
    steps: list[tuple[datetime, Rung]] = [
        (calendar.add(now, setting.wait(first_response)), setting.tell)
        for setting in settings
        if setting.tell is not Rung.MEMBER
    ]
    steps.sort(key=lambda step: step[0])
    if sensitivity == "confidential":
        steps = _confidential(steps)
    return tuple(
        LadderStep(
            level, rung, due, () if rung is Rung.MEMBER else routing.on_rung(roster, lane, unit, rung, today, but=but)
        )
        for level, (due, rung) in enumerate(steps, start=1)
    )


def _confidential(steps: Sequence[tuple[datetime, Rung]]) -> list[tuple[datetime, Rung]]:
    """On most steps nobody stands who may hear of it: so the holder himself is reminded on the first, and who may hear
    need not wait for the last, but hears on the second."""
    moments = sorted({due for due, _ in steps})
    above = [(min(due, moments[min(1, len(moments) - 1)]), rung) for due, rung in steps if rung in CONFIDENTIAL_RUNGS]
    is_later = bool(above) and moments[0] < above[0][0]
    return [(moments[0], Rung.MEMBER), *above] if is_later else above


def everybody(steps: Collection[LadderStep]) -> tuple[str, ...]:
    """All who stand on any step, for an emergency."""
    return tuple(dict.fromkeys(member for step in steps for member in step.members))
