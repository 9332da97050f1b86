"""约好的时间: what was agreed on with a resident, so that it outlives a hand-over and a leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classifiers.times.promises import read_when
from classifiers.times.spans import When
from handlers.desk import Desk
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import shorten
from storage.records import Request, State

LONGEST = 100  # signs
_KEPT_IN = frozenset({State.SCHEDULED, State.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Agreement:
    """The hour as the resident heard it, 明天下午三点过去修（11月24日 周二 15:00）, and as it was understood."""

    words: str
    when: When | None

    @property
    def passes_at(self) -> datetime | None:
        """From then on it is no news any more."""
        return (self.when.end or self.when.start) if self.when else None

    def clock(self, desk: Desk) -> str:
        """For a template's field of time: 2026年11月27日 15:00, or from one hour to another."""
        start, end = (self.when.start, self.when.end) if self.when else (None, None)
        if start is None:
            return ""
        until = f"~{desk.clock_time(end, full=True)}" if end else ""
        return f"{desk.clock_time(start, full=True)}{until}"


async def agreement(desk: Desk, request: Request) -> Agreement | None:
    """None when nothing is agreed on, or it was put off since. 灯泡在路上, said behind 明天九点去, puts nothing off."""
    if request.state not in _KEPT_IN:
        return None
    told = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.SCHEDULE and one.words]
    if not told:
        return None
    last = told[-1]
    when = read_when(last.words, last.at.astimezone(desk.settings.desk.zone))
    until = when.kept_by if when else None
    is_promised = until is not None and until == request.due_resolution
    if not is_promised and (until is not None or request.state is not State.SCHEDULED):
        return None
    return Agreement(desk.with_date(shorten(last.words, LONGEST), when), when)


async def agreed_on(desk: Desk, request: Request) -> str:
    """The words of the agreement, "" when there is none."""
    found = await agreement(desk, request)
    return found.words if found else ""
