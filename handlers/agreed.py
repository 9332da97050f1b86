"""约好的时间: what was agreed on with a resident, so that it outlives a hand-over and a leave."""

from __future__ import annotations

from classifiers.times import read_when
from handlers.desk import Desk
from handlers.rules.lifecycle import Verb
from handlers.rules.masking import shorten
from storage.records import Request, State

LONGEST = 100  # signs


async def agreed_on(desk: Desk, request: Request) -> str:
    """明天下午三点过去修（11月24日 周二 15:00）, as the resident heard it; "" when nothing is agreed on, or it was put
    off since."""
    if request.state is not State.SCHEDULED:
        return ""
    told = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.SCHEDULE and one.words]
    if not told:
        return ""
    last = told[-1]
    when = read_when(last.words, last.at.astimezone(desk.settings.desk.zone))
    if when is not None and when.kept_by and when.kept_by != request.due_resolution:
        return ""
    return desk.with_date(shorten(last.words, LONGEST), when)
