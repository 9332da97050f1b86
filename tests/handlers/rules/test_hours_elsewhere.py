"""The calendar against one that is walked minute by minute: summer time, several windows, an operator's own days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rules.durations import Duration, Measure
from handlers.rules.hours import Calendar

MINUTE = timedelta(minutes=1)
ZONES = {
    "Asia/Shanghai": "CN",
    "America/New_York": "",  # an hour is missing on 8 March and comes twice on 1 November
    "Australia/Lord_Howe": "",  # half an hour, the other way round
}
WINDOWS = (
    ("08:00-12:00", "14:00-18:00"),
    ("00:00-04:00", "06:30-07:15", "22:00-23:59"),
    ("09:00-17:30",),
)
OWN_HOLIDAYS = (date(2026, 3, 9), date(2026, 11, 24))
OWN_WORKDAYS = (date(2026, 3, 8), date(2026, 10, 3), date(2026, 11, 1))  # a Sunday with a missing hour, one with two

# Around the days that are unlike others: summer time, National Day, the make-up days of 2026, the year's end.
starts = st.sampled_from(
    [date(2026, 2, 12), date(2026, 3, 6), date(2026, 9, 28), date(2026, 10, 30), date(2026, 12, 29)]
)
moments = st.builds(
    lambda day, n: datetime(day.year, day.month, day.day, tzinfo=UTC) + n * MINUTE, starts, st.integers(0, 4 * 24 * 60)
)


@cache
def _calendar(zone: str, windows: tuple[str, ...], is_own: bool) -> tuple[Calendar, tuple[str, ...]]:
    holidays, workdays = (OWN_HOLIDAYS, OWN_WORKDAYS) if is_own else ((), ())
    return Calendar(ZoneInfo(zone), windows, holidays, workdays, ZONES[zone]), windows


calendars = st.builds(
    _calendar,
    st.sampled_from(sorted(ZONES)),
    st.sampled_from(WINDOWS),
    st.booleans(),
)


def _is_open(calendar: Calendar, windows: tuple[str, ...], moment: datetime) -> bool:
    local = moment.astimezone(calendar.zone)
    return calendar.is_working_day(local.date()) and any(w[:5] <= f"{local:%H:%M}" < w[6:] for w in windows)


def _walked(calendar: Calendar, windows: tuple[str, ...], start: datetime, minutes: int) -> datetime:
    while minutes:
        minutes -= _is_open(calendar, windows, start)
        start += MINUTE
    return start


@settings(max_examples=60, deadline=None)
@given(calendars, moments, st.integers(1, 1200))
def test_so_much_working_time_later(place: tuple[Calendar, tuple[str, ...]], start: datetime, minutes: int) -> None:
    calendar, windows = place
    found = calendar.add(start, Duration(minutes * MINUTE, Measure.WORKING_TIME))
    assert found == _walked(calendar, windows, start, minutes)


@settings(max_examples=60, deadline=None)
@given(calendars, moments, st.integers(-300, 5 * 24 * 60))
def test_the_working_time_between(place: tuple[Calendar, tuple[str, ...]], start: datetime, minutes: int) -> None:
    calendar, windows = place
    open_minutes = sum(_is_open(calendar, windows, start + n * MINUTE) for n in range(minutes))
    for measure in (Measure.WORKING_TIME, Measure.WORKING_DAYS):
        found = calendar.between(start, start + minutes * MINUTE, measure)
        assert found.length == open_minutes * MINUTE
    wall = calendar.between(start, start + minutes * MINUTE, Measure.WALL)
    assert wall == Duration(max(0, minutes) * MINUTE)


@settings(max_examples=60, deadline=None)
@given(calendars, moments, st.integers(1, 1200), st.sampled_from([Measure.WALL, Measure.WORKING_TIME]))
def test_what_lies_between_leads_to_the_end(
    place: tuple[Calendar, tuple[str, ...]], start: datetime, minutes: int, measure: Measure
) -> None:
    calendar, _ = place
    end = calendar.add(start, Duration(minutes * MINUTE, measure))
    assert calendar.add(start, calendar.between(start, end, measure)) == end


@settings(max_examples=60, deadline=None)
@given(calendars, moments, st.integers(1, 12))
def test_working_days_later_at_the_same_hour(
    place: tuple[Calendar, tuple[str, ...]], start: datetime, days: int
) -> None:
    """An hour that does not exist that day is the one that follows."""
    calendar, _ = place
    local = start.astimezone(calendar.zone)
    day, left = local.date(), days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)
    end = calendar.add(start, Duration(timedelta(days=days), Measure.WORKING_DAYS)).astimezone(calendar.zone)
    assert end.date() == day
    assert abs(timedelta(hours=end.hour - local.hour, minutes=end.minute - local.minute)) <= timedelta(hours=1)
