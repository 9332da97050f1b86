"""One step in a request's life: state, clocks, journal and timers change together, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.desk import Desk
from handlers.rules import clocks
from handlers.rules.lifecycle import IllegalMove, Verb, move
from storage.records import Request, State, Timer, TimerKind


async def step(
    desk: Desk,
    request: Request,
    verb: Verb,
    actor: str,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Request:
    """Make this move, with these further changes. `words` and `data` go into the journal. Raises IllegalMove."""
    measure = desk.settings.resolution(request.type, request.urgency).measure
    moved = move(request, verb, **changes)
    after = await desk.session.requests.save(clocks.kept(moved, desk.now, desk.house.calendar, measure))
    await _wind_timers(desk, request, verb, after)
    desk.note(after, verb, actor, words=words, **(data or {}))
    return after


async def _wind_timers(desk: Desk, before: Request, verb: Verb, after: Request) -> None:
    """Who is done needs no waking; whose clocks stopped, went on or were set anew is woken otherwise."""
    if before.state in clocks.STANDING_STILL:
        await desk.session.timers.cancel(after.number, [TimerKind.RESUME])
    if not after.state.is_open:
        await desk.session.timers.cancel(after.number)
    elif not before.state.is_open:
        await wind_up(desk, after)
        desk.session.timers.set(Timer(after.number, TimerKind.WINDOW, desk.now))  # what was added before it ended
    elif bool(before.paused_at) != bool(after.paused_at):
        await wind_up(desk, after)
    elif verb is Verb.ACCEPT:
        await desk.session.timers.cancel(after.number, clocks.OF_THE_LADDER)
    elif verb is Verb.RETURN and before.accepted_at and desk.settings.clocks[after.urgency].repeat:
        await _ring_again(desk, after)


async def _ring_again(desk: Desk, request: Request) -> None:
    """Who had run to an emergency gives it back: all were told that he goes, and are called at once."""
    rounds = sum(entry.kind == "repeat" for entry in await desk.session.journal.of(request.number))
    desk.session.timers.set(Timer(request.number, TimerKind.REPEAT, desk.now, rounds + 1))


async def wind_up(desk: Desk, request: Request) -> None:
    """Set all the timers that an open request needs, and no others; what was added and not told yet is still told."""
    await desk.session.timers.cancel(request.number, [kind for kind in TimerKind if kind is not TimerKind.WINDOW])
    repeat = desk.settings.clocks[request.urgency].repeat
    repeat_at = desk.house.calendar.add(desk.now, repeat) if repeat else None
    lapses = desk.now + desk.settings.desk.hand_over_within
    again = clocks.asked_for_again(request, desk.house.calendar, desk.now)
    for timer in clocks.timers(request, repeat_at=repeat_at, hand_over_at=lapses, again=again):
        desk.session.timers.set(timer)
    if request.state in clocks.STANDING_STILL:
        until = await _rests_until(desk, request) if request.state is State.SUSPENDED else None
        again = clocks.looked_at_again(request, desk.house.calendar, desk.now)
        desk.session.timers.set(Timer(request.number, TimerKind.RESUME, until) if until else again)


async def _rests_until(desk: Desk, request: Request) -> datetime | None:
    """The day that the secretary named who let it rest."""
    entries = [one for one in await desk.session.journal.of(request.number) if one.kind == Verb.SUSPEND]
    until = entries[-1].data.get("until") if entries else None
    return datetime.fromisoformat(until) if until else None


async def promise(desk: Desk, request: Request, until: datetime) -> Request:
    """It shall be solved by another moment, because somebody promised or granted it: the calendar moves it no more.

    While the clocks stand still nobody is woken. Raises IllegalMove when there is nothing to be done any more.
    """
    if not request.state.is_open:
        raise IllegalMove(Verb.SCHEDULE, request.state)
    changed = replace(request, due_resolution=until, clock_from=None, extension_until=None)
    request = await desk.session.requests.save(changed)
    await desk.session.timers.cancel(request.number, [TimerKind.RESOLUTION])
    if not request.paused_at:
        desk.session.timers.set(Timer(request.number, TimerKind.RESOLUTION, until))
    return request
