"""Working time against a clock that is walked minute by minute; holidays as the State Council gave them for 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from handlers.rules.durations import Duration, Measure, parse_duration
from handlers.rules.hours import Calendar, quiet_until

CHINA = ZoneInfo("Asia/Shanghai")
WINDOWS = ("08:00-12:00", "14:00-18:00")
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    """A moment in China, kept in UTC as the desk does."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar(CHINA, WINDOWS)


HOLIDAYS_2026 = [
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
MADE_UP_2026 = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


def test_every_day_of_2026_is_what_the_state_council_says(calendar: Calendar) -> None:
    made_up = {date.fromisoformat(day) for day in MADE_UP_2026}
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in HOLIDAYS_2026]
    for offset in range(365):
        day = date(2026, 1, 1) + timedelta(days=offset)
        is_free = any(first <= day <= last for first, last in spans)
        expected = day in made_up or (day.weekday() < 5 and not is_free)
        assert calendar.is_working_day(day) is expected, day


def test_the_operator_has_the_last_word() -> None:
    own = Calendar(CHINA, WINDOWS, holidays=(date(2026, 11, 23),), workdays=(date(2026, 10, 1), date(2026, 11, 22)))
    assert not own.is_working_day(date(2026, 11, 23))
    assert own.is_working_day(date(2026, 10, 1))
    assert own.is_working_day(date(2026, 11, 22))


def test_without_a_country_only_weekdays_count() -> None:
    own = Calendar(CHINA, WINDOWS, country="")
    assert own.is_working_day(date(2026, 10, 1))
    assert not own.is_working_day(date(2026, 10, 10))


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-11-23 09:00", "2wh", "2026-11-23 11:00"),
        ("2026-11-23 11:00", "2wh", "2026-11-23 15:00"),
        ("2026-11-23 11:00", "1wh", "2026-11-23 12:00"),
        ("2026-11-23 12:30", "1wh", "2026-11-23 15:00"),
        ("2026-11-23 17:30", "2wh", "2026-11-24 09:30"),
        ("2026-11-27 17:00", "2wh", "2026-11-30 09:00"),
        ("2026-02-13 17:00", "2wh", "2026-02-14 09:00"),
        ("2026-02-14 17:00", "2wh", "2026-02-24 09:00"),
        ("2026-09-30 17:00", "16wh", "2026-10-09 17:00"),
        ("2026-10-09 17:00", "2wh", "2026-10-10 09:00"),
        ("2026-11-23 23:59", "8wh", "2026-11-24 18:00"),
        ("2026-11-20 10:00", "1wd", "2026-11-23 10:00"),
        ("2026-11-21 10:00", "1wd", "2026-11-23 10:00"),
        ("2026-11-23 00:30", "5wd", "2026-11-30 00:30"),
        ("2026-11-23 23:30", "5wd", "2026-11-30 23:30"),
        ("2026-09-30 09:00", "1wd", "2026-10-08 09:00"),
        ("2026-10-08 09:00", "2wd", "2026-10-10 09:00"),
        ("2026-11-23 09:00", "3d", "2026-11-26 09:00"),
        ("2026-11-21 23:00", "90s", "2026-11-21 23:01:30"),
    ],
)
def test_working_time_by_hand(calendar: Calendar, start: str, length: str, end: str) -> None:
    assert calendar.add(at(start), parse_duration(length)) == at(end)


def _is_open(calendar: Calendar, moment: datetime, windows: tuple[str, ...]) -> bool:
    local = moment.astimezone(CHINA)
    clock = f"{local:%H:%M}"
    return calendar.is_working_day(local.date()) and any(w[:5] <= clock < w[6:] for w in windows)


def _walk(calendar: Calendar, start: datetime, minutes: int, windows: tuple[str, ...]) -> datetime:
    moment = start
    while minutes:
        minutes -= _is_open(calendar, moment, windows)
        moment += MINUTE
    return moment


minutes_of_2026 = st.integers(0, 360 * 24 * 60).map(lambda n: datetime(2025, 12, 31, 16, tzinfo=UTC) + n * MINUTE)


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    minutes_of_2026, st.integers(1, 1500), st.sampled_from([WINDOWS, ("09:00-17:30",), ("00:00-12:00", "12:00-23:59")])
)
def test_working_time_is_what_a_walk_by_the_minute_finds(
    start: datetime, length: int, windows: tuple[str, ...]
) -> None:
    calendar = Calendar(CHINA, windows)
    found = calendar.add(start, Duration(length * MINUTE, Measure.WORKING_TIME))
    assert found == _walk(calendar, start, length, windows)


@given(minutes_of_2026, st.integers(1, 30))
def test_working_days_keep_the_hour_and_pass_that_many_working_days(start: datetime, days: int) -> None:
    calendar = Calendar(CHINA, WINDOWS)
    end = calendar.add(start, Duration(timedelta(days=days), Measure.WORKING_DAYS))
    first, last = start.astimezone(CHINA), end.astimezone(CHINA)
    passed = (first.date() + timedelta(days=n + 1) for n in range((last.date() - first.date()).days))
    assert first.time() == last.time()
    assert sum(map(calendar.is_working_day, passed)) == days
    assert calendar.is_working_day(last.date())


@given(minutes_of_2026, st.integers(0, 600), st.integers(0, 600), st.sampled_from(list(Measure)))
def test_more_time_is_never_sooner(start: datetime, one: int, more: int, measure: Measure) -> None:
    calendar = Calendar(CHINA, WINDOWS)
    sooner = calendar.add(start, Duration(one * MINUTE, measure))
    assert start <= sooner <= calendar.add(start, Duration((one + more) * MINUTE, measure))


def test_a_calendar_without_a_working_day_ends_all_the_same() -> None:
    never = Calendar(CHINA, WINDOWS, holidays=tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(900)))
    assert never.add(at("2026-01-01 08:00"), parse_duration("2wh")) >= at("2026-01-01 10:00")
    assert never.working_day_of(at("2026-01-01 08:00")) == date(2026, 1, 1)
    nothing = never.between(at("2026-01-01 08:00"), at("2026-03-01 08:00"), Measure.WORKING_TIME)
    assert nothing.length == timedelta(0)


def test_a_year_of_waking_hours_ends_all_the_same(calendar: Calendar) -> None:
    awake = calendar.awake(time(21, 30), time(7))
    length = Duration(timedelta(days=365), Measure.WALL)
    assert awake.add(at("2026-01-01 08:00"), length) >= at("2026-01-01 08:00") + length.length


@pytest.mark.parametrize(("moment", "day"), [("2026-11-22 23:30", "2026-11-23"), ("2026-11-23 00:10", "2026-11-23")])
def test_a_reminder_counts_for_a_working_day(calendar: Calendar, moment: str, day: str) -> None:
    assert calendar.working_day_of(at(moment)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-22 21:29:59", None),
        ("2026-11-22 21:30", "2026-11-23 07:00"),
        ("2026-11-22 23:59:59", "2026-11-23 07:00"),
        ("2026-11-23 00:00", "2026-11-23 07:00"),
        ("2026-11-23 06:59:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", None),
        ("2026-12-31 22:00", "2027-01-01 07:00"),
    ],
)
def test_quiet_hours_over_midnight(moment: str, until: str | None) -> None:
    assert quiet_until(at(moment), CHINA, time(21, 30), time(7)) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("moment", "until"),
    [("2026-11-22 12:59", None), ("2026-11-22 13:00", "2026-11-22 14:30"), ("2026-11-22 14:30", None)],
)
def test_quiet_hours_within_a_day(moment: str, until: str | None) -> None:
    assert quiet_until(at(moment), CHINA, time(13), time(14, 30)) == (at(until) if until else None)


@given(minutes_of_2026, st.times(), st.times())
def test_after_the_quiet_hours_people_are_awake(moment: datetime, start: time, end: time) -> None:
    until = quiet_until(moment, CHINA, start, end)
    if until is not None:
        assert moment < until <= moment + timedelta(days=1)
        assert quiet_until(until, CHINA, start, end) is None


@given(minutes_of_2026, st.times())
def test_equal_times_mean_never_quiet(moment: datetime, edge: time) -> None:
    assert quiet_until(moment, CHINA, edge, edge) is None


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-11-22 21:00", "15m", "2026-11-22 21:15"),
        ("2026-11-22 21:00", "30m", "2026-11-22 21:30"),
        ("2026-11-22 21:00", "45m", "2026-11-23 07:15"),
        ("2026-11-22 23:00", "30m", "2026-11-23 07:30"),
        ("2026-11-22 21:00", "15h", "2026-11-23 21:30"),
        ("2026-11-22 21:00", "16h", "2026-11-24 08:00"),
    ],
)
def test_nobody_s_time_runs_in_the_quiet_hours(calendar: Calendar, start: str, length: str, end: str) -> None:
    awake = calendar.awake(time(21, 30), time(7))
    assert awake.add(at(start), parse_duration(length)) == at(end)
    assert calendar.add(at(start), parse_duration(length)) == at(start) + parse_duration(length).length


def test_without_quiet_hours_the_clock_never_rests(calendar: Calendar) -> None:
    awake = calendar.awake(time(7), time(7))
    assert awake.add(at("2026-11-22 21:00"), parse_duration("30h")) == at("2026-11-24 03:00")
