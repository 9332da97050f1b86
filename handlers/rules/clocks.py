"""The clocks of a request: when they stand still, when they go on, and what has to wake somebody.

A request has three due times: the first words to the resident, the next news, the solution. While the desk waits for
the resident, or a request is suspended, they stand still; afterwards as much time is left as there was before.
Source: shared design, desk.md "Moves" and "Clocks".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.rules.durations import Duration, Measure
from handlers.rules.hours import Calendar
from storage.records import Request, State, Timer, TimerKind

ONE_WORKING_DAY = Duration(timedelta(days=1), Measure.WORKING_DAYS)
_ASKED_ONCE_MORE = Duration(timedelta(days=2), Measure.WORKING_DAYS)
_A_WEEK = Duration(timedelta(days=5), Measure.WORKING_DAYS)
STANDING_STILL = frozenset({State.WAITING_REQUESTER, State.SUSPENDED})
UNCLAIMED = frozenset({State.DISPATCHED, State.RETURNED})
OF_THE_LADDER = (TimerKind.CHASE, TimerKind.REPEAT, TimerKind.HAND_OVER)


def kept(request: Request, now: datetime, calendar: Calendar, measure: Measure) -> Request:
    """The request with its clocks stopped or going as its state asks. `measure` is the resolution clock's."""
    if not request.state.is_open:
        return replace(request, paused_at=None) if request.state is not State.MERGED else request
    if request.state in STANDING_STILL:
        return request if request.paused_at else replace(request, paused_at=now)
    return _going_on(request, now, calendar, measure) if request.paused_at else request


def _going_on(request: Request, now: datetime, calendar: Calendar, measure: Measure) -> Request:
    def later(due: datetime | None) -> datetime | None:
        stopped = request.paused_at
        if due is None or stopped is None or due <= stopped:  # what was late stays late
            return due
        return calendar.add(now, calendar.between(stopped, due, measure))

    due = later(request.due_resolution)
    is_moved = due != request.due_resolution
    return replace(
        request,
        paused_at=None,
        due_resolution=due,
        due_next_update=later(request.due_next_update),
        due_first_response=later(request.due_first_response),
        ladder=tuple(replace(step, due_at=later(step.due_at) or step.due_at) for step in request.ladder),
        clock_from=None if is_moved else request.clock_from,
    )


def recounted(request: Request, calendar: Calendar, first_response: Duration, resolution: Duration) -> Request:
    """The due times of an open request by a calendar that has changed; promises to people stay as they were made."""
    if request.clock_from and not request.paused_at:
        request = replace(request, due_resolution=calendar.add(request.clock_from, resolution))
    if request.dispatched_at and request.first_response_at is None and _is_of_this_dispatch(request):
        request = replace(request, due_first_response=calendar.add(request.dispatched_at, first_response))
    return request


def _is_of_this_dispatch(request: Request) -> bool:
    """Is the first answer counted from when it was sent last? A promise older than that stays as it was made."""
    due, sent = request.due_first_response, request.dispatched_at
    is_older = due is not None and sent is not None and due <= sent
    return not is_older and request.clock_from in (None, sent)


def asked_for_again(request: Request, calendar: Calendar, now: datetime) -> Timer | None:
    """Behind the last step of the ladder: from then on it is asked for every working day, until somebody takes it."""
    is_asked_for = request.state in UNCLAIMED and request.accepted_at is None
    last = request.ladder[-1] if request.ladder else None
    if not is_asked_for or last is None or request.escalation_level < last.level:
        return None
    due, level = calendar.add(last.due_at, ONE_WORKING_DAY), last.level + 1
    while due <= now:
        due, level = calendar.add(due, ONE_WORKING_DAY), level + 1
    return Timer(request.number, TimerKind.CHASE, due, level)


def looked_at_again(request: Request, calendar: Calendar, now: datetime) -> Timer:
    """What stands still without a day that ends it must wake somebody all the same: who was asked once more and soon,
    then whoever lets it stand, every week that is worked. The moments follow from when it stopped."""
    is_question = request.state is State.WAITING_REQUESTER
    due = calendar.add(request.paused_at or now, _ASKED_ONCE_MORE if is_question else _A_WEEK)
    step = 1
    while due <= now:
        due, step = calendar.add(due, _A_WEEK), step + 1
    return Timer(request.number, TimerKind.RESUME, due, step)


def is_in_nobodys_hands(request: Request) -> bool:
    """Not taken yet, or given back by who had taken it: an emergency rings then as if nobody had ever come."""
    return request.state is State.RETURNED or (request.state is State.DISPATCHED and request.accepted_at is None)


def timers(
    request: Request, *, repeat_at: datetime | None, hand_over_at: datetime, again: Timer | None = None
) -> Iterator[Timer]:
    """What must wake somebody for an open request that was dispatched. `repeat_at` is when all are told of an emergency
    again, `again` when it is asked for behind the ladder, `hand_over_at` when an offer lapses, or a returned request
    needs a ruling."""
    number = request.number
    if request.state in UNCLAIMED and request.accepted_at is None:
        for step in request.ladder:
            if step.level > request.escalation_level:
                yield Timer(number, TimerKind.CHASE, step.due_at, step.level)
        if again and not repeat_at:
            yield again
    if repeat_at and is_in_nobodys_hands(request):
        yield Timer(number, TimerKind.REPEAT, repeat_at, 1)
    if request.offered_to or request.state is State.RETURNED:
        yield Timer(number, TimerKind.HAND_OVER, hand_over_at)
    if request.due_resolution and not request.paused_at:
        yield Timer(number, TimerKind.RESOLUTION, request.due_resolution)
    if request.due_next_update and not request.paused_at:
        yield Timer(number, TimerKind.UPDATE, request.due_next_update)


def needed(request: Request, *, repeats: bool) -> frozenset[TimerKind]:
    """The kinds of timers without which this open request would be forgotten. `repeats` says that an emergency of its
    urgency is told again and again. Who has no holder yet is looked at again by the gathering timer."""
    if not request.holder:
        return frozenset({TimerKind.GATHERING})
    some_time = request.created_at
    wanted = timers(request, repeat_at=some_time if repeats else None, hand_over_at=some_time)
    return frozenset(timer.kind for timer in wanted)


def is_paused_rightly(request: Request) -> bool:
    """The clocks stand still in the states that stop them, and in no other."""
    return (request.paused_at is not None) == (request.state in STANDING_STILL)
