"""When the working calendar changes, open deadlines are counted anew: a new holiday moves nobody's promise, but it
moves what was only reckoned."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.rules import clocks
from storage.records import Timer, TimerKind

CALENDAR = "calendar"  # the counter that remembers by which calendar the open deadlines were counted


async def recount_all(desk: Desk) -> int:
    """Count open deadlines again if the calendar is not the one they were counted by. How many moved."""
    calendar = desk.house.calendar
    if await desk.session.reports.counter(CALENDAR) == calendar.fingerprint:
        return 0
    moved = 0
    for found in await desk.session.requests.open_all():
        moved += await _recount(desk, found.number)
    await desk.session.reports.set_counter(CALENDAR, calendar.fingerprint)
    return moved


async def _recount(desk: Desk, number: int) -> bool:
    request = await desk.session.requests.get(number, to_change=True)
    if request is None or not request.state.is_open:
        return False
    settings = desk.settings
    first_response = settings.first_response(request.type, request.urgency)
    resolution = settings.resolution(request.type, request.urgency)
    changed = clocks.recounted(request, desk.house.calendar, first_response, resolution)
    if changed == request:
        return False
    changed = await desk.session.requests.save(changed)
    desk.note(changed, "recount", "desk")
    if changed.due_resolution and not changed.paused_at:
        await desk.session.timers.cancel(number, [TimerKind.RESOLUTION])
        desk.session.timers.set(Timer(number, TimerKind.RESOLUTION, changed.due_resolution))
    return True
