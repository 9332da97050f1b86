"""Clocks that stand still, go on, and are counted anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from handlers.rules import clocks
from handlers.rules.durations import Duration, Measure
from handlers.rules.hours import Calendar
from storage.records import LadderStep, Request, Rung, State, Timer, TimerKind

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # nine o'clock in China
CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), ("08:00-12:00", "14:00-18:00"))
FIVE_DAYS = Duration(timedelta(days=5), Measure.WORKING_DAYS)
TWO_HOURS = Duration(timedelta(hours=2), Measure.WORKING_TIME)
REQUEST = Request(
    7,
    "u",
    State.IN_PROGRESS,
    1,
    MONDAY,
    "repair",
    "漏水",
    dispatched_at=MONDAY,
    clock_from=MONDAY,
    due_first_response=MONDAY + timedelta(hours=2),
    due_resolution=MONDAY + timedelta(days=7),
    due_next_update=MONDAY + timedelta(days=3),
)


def kept(request: Request, at: datetime, measure: Measure = Measure.WALL) -> Request:
    return clocks.kept(request, at, CALENDAR, measure)


@pytest.mark.parametrize("state", sorted(clocks.STANDING_STILL))
def test_waiting_for_somebody_else_stops_the_clocks(state: State) -> None:
    paused = kept(replace(REQUEST, state=state), MONDAY)
    assert paused.paused_at == MONDAY
    assert kept(paused, MONDAY + timedelta(days=1)) == paused
    assert TimerKind.RESOLUTION not in [timer.kind for timer in _timers(paused)]


@given(still=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=60)))
def test_afterwards_as_much_time_is_left_as_before(still: timedelta) -> None:
    step = LadderStep(1, Rung.SUBSTITUTE, MONDAY + timedelta(hours=2), ("m1",))
    paused = kept(replace(REQUEST, state=State.WAITING_REQUESTER, ladder=(step,)), MONDAY)
    going = kept(replace(paused, state=State.IN_PROGRESS), MONDAY + still)
    assert going.due_first_response == going.ladder[0].due_at == MONDAY + still + timedelta(hours=2)
    assert (going.paused_at, going.due_resolution) == (None, MONDAY + still + timedelta(days=7))
    assert going.due_next_update == MONDAY + still + timedelta(days=3)
    assert going.clock_from == (None if still else MONDAY)


@hypothesis_settings(deadline=None)
@given(minutes=st.integers(0, 20_000), hours=st.integers(1, 60))
def test_working_time_that_is_left_is_counted_in_working_time(minutes: int, hours: int) -> None:
    stopped, left = MONDAY + timedelta(minutes=minutes), Duration(timedelta(hours=hours), Measure.WORKING_TIME)
    due = CALENDAR.add(stopped, left)
    assert CALENDAR.between(stopped, due, Measure.WORKING_TIME) == left
    assert CALENDAR.between(due, stopped, Measure.WORKING_TIME) == Duration(timedelta(0))


def test_what_was_late_stays_late() -> None:
    late = replace(REQUEST, due_resolution=MONDAY - timedelta(days=1), state=State.WAITING_REQUESTER)
    going = replace(kept(late, MONDAY), state=State.IN_PROGRESS)
    assert kept(going, MONDAY + timedelta(days=2)).due_resolution == MONDAY - timedelta(days=1)


def test_what_is_done_has_no_clock_and_what_was_merged_keeps_its() -> None:
    paused = replace(REQUEST, paused_at=MONDAY)
    assert kept(replace(paused, state=State.CLOSED), MONDAY).paused_at is None
    assert kept(replace(paused, state=State.MERGED), MONDAY).paused_at == MONDAY


def test_a_new_holiday_moves_what_was_reckoned_and_no_promise() -> None:
    own = Calendar(CALENDAR.zone, ("08:00-12:00", "14:00-18:00"), holidays=(date(2026, 11, 24),))
    assert own.fingerprint != CALENDAR.fingerprint
    request = replace(REQUEST, due_resolution=CALENDAR.add(MONDAY, FIVE_DAYS))
    moved = clocks.recounted(request, own, TWO_HOURS, FIVE_DAYS)
    assert moved.due_resolution == (request.due_resolution or MONDAY) + timedelta(days=1)
    promised = replace(request, clock_from=None)
    assert clocks.recounted(promised, own, TWO_HOURS, FIVE_DAYS).due_resolution == request.due_resolution
    answered = replace(request, first_response_at=MONDAY, due_first_response=MONDAY)
    assert clocks.recounted(answered, own, TWO_HOURS, FIVE_DAYS).due_first_response == MONDAY
    assert clocks.recounted(replace(request, paused_at=MONDAY), own, TWO_HOURS, FIVE_DAYS).due_resolution == (
        request.due_resolution
    )


def test_a_year_nobody_has_published_is_provisional() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2031, 1, 4))
    assert not Calendar(CALENDAR.zone, ("08:00-12:00",), country="").is_provisional(date(2031, 1, 4))


def _timers(request: Request) -> list[Timer]:
    return list(clocks.timers(request, repeat_at=MONDAY, hand_over_at=MONDAY))


def test_who_must_be_woken_for_a_request_nobody_took() -> None:
    steps = tuple(LadderStep(level, Rung.TEAM, MONDAY, ("m2",)) for level in (1, 2, 3))
    unclaimed = replace(REQUEST, state=State.DISPATCHED, ladder=steps, escalation_level=1, offered_to="m3")
    assert [(timer.kind, timer.step) for timer in _timers(unclaimed)] == [
        (TimerKind.CHASE, 2),
        (TimerKind.CHASE, 3),
        (TimerKind.REPEAT, 1),
        (TimerKind.HAND_OVER, 0),
        (TimerKind.RESOLUTION, 0),
        (TimerKind.UPDATE, 0),
    ]
    taken = replace(unclaimed, accepted_at=MONDAY, offered_to="", due_next_update=None)
    assert [timer.kind for timer in _timers(taken)] == [TimerKind.RESOLUTION]
    given_back = replace(taken, state=State.RETURNED)  # it rings again; what has passed is not climbed anew
    assert [timer.kind for timer in _timers(given_back)] == [
        TimerKind.REPEAT,
        TimerKind.HAND_OVER,
        TimerKind.RESOLUTION,
    ]
    calm = clocks.timers(replace(unclaimed, ladder=()), repeat_at=None, hand_over_at=MONDAY)
    assert next(calm).kind is TimerKind.HAND_OVER


def test_behind_the_ladder_it_is_asked_for_every_working_day() -> None:
    steps = (LadderStep(1, Rung.TEAM, MONDAY, ("m2",)), LadderStep(2, Rung.SECRETARY, MONDAY, ("m3",)))
    over = replace(REQUEST, state=State.DISPATCHED, ladder=steps, escalation_level=2)

    def days(request: Request, now: datetime) -> tuple[timedelta, int] | None:
        timer = clocks.asked_for_again(request, CALENDAR, now)
        return (timer.due_at - MONDAY, timer.step) if timer else None

    assert days(over, MONDAY) == (timedelta(days=1), 3)
    assert days(over, MONDAY + timedelta(days=1)) == (timedelta(days=2), 4)
    assert days(over, MONDAY + timedelta(days=4)) == (timedelta(days=7), 7)  # not on Saturday or Sunday
    assert days(replace(over, escalation_level=1), MONDAY) is None
    assert days(replace(over, ladder=()), MONDAY) is None
    assert days(replace(over, accepted_at=MONDAY), MONDAY) is None
    again = clocks.asked_for_again(over, CALENDAR, MONDAY)
    calm = clocks.timers(over, repeat_at=None, hand_over_at=MONDAY, again=again)
    assert next(calm) == again
    rung = clocks.timers(over, repeat_at=MONDAY, hand_over_at=MONDAY, again=again)
    assert next(rung).kind is TimerKind.REPEAT


def test_without_these_an_open_request_would_be_forgotten() -> None:
    steps = (LadderStep(1, Rung.TEAM, MONDAY, ("t",)),)
    waiting = replace(REQUEST, state=State.DISPATCHED, holder="m", ladder=steps)
    usual = {TimerKind.CHASE, TimerKind.RESOLUTION, TimerKind.UPDATE}
    assert clocks.needed(replace(REQUEST, state=State.RECEIVED), repeats=True) == {TimerKind.GATHERING}
    assert clocks.needed(waiting, repeats=False) == usual
    assert clocks.needed(waiting, repeats=True) == {*usual, TimerKind.REPEAT}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("is_still", [True, False])
def test_clocks_stand_still_while_the_state_asks_for_it(state: State, is_still: bool) -> None:
    request = replace(REQUEST, state=state, paused_at=MONDAY if is_still else None)
    assert clocks.is_paused_rightly(request) is (is_still == (state in clocks.STANDING_STILL))


@pytest.mark.parametrize(
    ("state", "after", "days", "step"),
    [
        (State.WAITING_REQUESTER, 0, 2, 1),
        (State.WAITING_REQUESTER, 2, 9, 2),
        (State.SUSPENDED, 0, 7, 1),
        (State.SUSPENDED, 7, 14, 2),
        (State.SUSPENDED, 20, 21, 3),
    ],
)
def test_what_stands_still_is_looked_at_again(state: State, after: int, days: int, step: int) -> None:
    request = replace(REQUEST, state=state, paused_at=MONDAY)
    timer = clocks.looked_at_again(request, CALENDAR, MONDAY + timedelta(days=after))
    assert timer == Timer(7, TimerKind.RESUME, MONDAY + timedelta(days=days), step)
