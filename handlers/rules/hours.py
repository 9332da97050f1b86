"""When people work and when they sleep: the working calendar and the quiet hours."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.rules.durations import Duration, Measure

_LONGEST_SEARCH = 400  # days; a calendar without any working day in a year is a mistake


class Calendar:
    """Working days and windows of one place. Holidays and make-up days come from the statutory calendar of `country`;
    `holidays` and `workdays` of the operator win over it."""

    def __init__(
        self,
        zone: ZoneInfo,
        windows: tuple[str, ...],
        holidays: tuple[date, ...] = (),
        workdays: tuple[date, ...] = (),
        country: str = "CN",
    ) -> None:
        self.zone = zone
        self._windows = tuple((time.fromisoformat(w[:5]), time.fromisoformat(w[6:])) for w in windows)
        self._holidays = frozenset(holidays)
        self._workdays = frozenset(workdays)
        self._country = country
        self._quiet: tuple[time, time] | None = None

    def awake(self, start: time, end: time) -> Calendar:
        """The same calendar, by which the wall clock stands still in the quiet hours: nobody is told anything then."""
        copied = copy(self)
        copied._quiet = (start, end)
        return copied

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        if day in self._workdays:
            return True
        return day not in self._holidays and _is_statutory_working_day(self._country, day)

    def working_day_of(self, moment: datetime) -> date:
        """The working day a reminder counts for: today, or the next working day."""
        day = self.day_of(moment)
        for _ in range(_LONGEST_SEARCH):
            if self.is_working_day(day):
                return day
            day += timedelta(days=1)
        return self.day_of(moment)

    def add(self, start: datetime, duration: Duration) -> datetime:
        """The moment when so much time has passed since `start`."""
        if duration.measure is Measure.WALL:
            return self._add_awake(start, duration.length, *self._quiet) if self._quiet else start + duration.length
        if duration.measure is Measure.WORKING_DAYS:
            return self._add_working_days(start, duration.length / timedelta(days=1))
        return self._add_working_time(start, duration.length)

    def _add_awake(self, start: datetime, length: timedelta, quiet: time, awake: time) -> datetime:
        moment, left = start, length
        for _ in range(_LONGEST_SEARCH):
            moment = quiet_until(moment, self.zone, quiet, awake) or moment
            begins = _next(moment, self.zone, quiet)
            if quiet == awake or moment + left <= begins:
                break
            left -= begins - moment
            moment = begins
        return moment + left

    def between(self, start: datetime, end: datetime, measure: Measure) -> Duration:
        """How much time lies between two moments, so that `add(start, between(start, end)) == end` for an `end` that
        can be reached; working days are counted in working time. Nothing when `end` is not after `start`."""
        if end <= start:
            return Duration(timedelta(0))
        if measure is Measure.WALL:
            return Duration(end - start)
        return Duration(self._working_time_between(start, end), Measure.WORKING_TIME)

    def _working_time_between(self, start: datetime, end: datetime) -> timedelta:
        total = timedelta(0)
        for opens, closes in self._openings(start):
            if opens >= end:
                break
            total += min(closes, end) - max(opens, start)
        return total

    def is_provisional(self, day: date) -> bool:
        """Has nobody published this year's holidays and make-up days yet? Then weekdays and fixed feasts are assumed,
        and deadlines are counted anew once the calendar is known."""
        return day.year > _last_known_year(self._country)

    @property
    def fingerprint(self) -> int:
        """Another number when working time is counted otherwise: open deadlines are then counted anew."""
        parts = (self._windows, sorted(self._holidays), sorted(self._workdays), self._country, str(self.zone))
        return zlib.crc32(f"{parts}{_last_known_year(self._country)}".encode()) & 0x7FFFFFFF

    def _add_working_time(self, start: datetime, length: timedelta) -> datetime:
        left = length
        moment = start
        for opens, closes in self._openings(start):
            moment = max(start, opens)
            if moment + left <= closes:
                return moment + left
            left -= closes - moment
        return moment + left

    def _add_working_days(self, start: datetime, days: float) -> datetime:
        """The same hour, whole working days on; what is over a whole day counts in hours of 24."""
        local = start.astimezone(self.zone)
        day = local.date()
        for _ in range(int(days)):
            day = self.working_day_of(datetime.combine(day + timedelta(days=1), time(12), self.zone))
        rest = timedelta(days=days - int(days))
        return datetime.combine(day, local.timetz().replace(tzinfo=None), self.zone).astimezone(start.tzinfo) + rest

    def _openings(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Windows that close after `start`, in order."""
        day = self.day_of(start)
        for _ in range(_LONGEST_SEARCH):
            if self.is_working_day(day):
                for opens, closes in _moments_of(day, self._windows, self.zone):
                    if closes > start:
                        yield opens.astimezone(start.tzinfo), closes.astimezone(start.tzinfo)
            day += timedelta(days=1)


@lru_cache(maxsize=64)
def _moments_of(
    day: date, windows: tuple[tuple[time, time], ...], zone: ZoneInfo
) -> tuple[tuple[datetime, datetime], ...]:
    """When the windows of a day open and close, in UTC."""
    return tuple(
        (datetime.combine(day, opens, zone).astimezone(UTC), datetime.combine(day, closes, zone).astimezone(UTC))
        for opens, closes in windows
    )


@lru_cache(maxsize=4)
def _statutory(country: str) -> object:
    import holidays

    return holidays.country_holidays(country)


@lru_cache(maxsize=4096)
def _is_statutory_working_day(country: str, day: date) -> bool:
    if not country:
        return day.weekday() < 5
    return bool(_statutory(country).is_working_day(day))  # type: ignore[attr-defined]


@lru_cache(maxsize=4)
def _last_known_year(country: str) -> int:
    """The last year whose make-up days stand in the statutory calendar; a country without such days is always known."""
    published = getattr(_statutory(country), "special_public_holidays", None) if country else None
    return max(published, default=date.max.year) if published else date.max.year


def _next(moment: datetime, zone: ZoneInfo, hour: time) -> datetime:
    """The next time that the clock shows this hour."""
    day = moment.astimezone(zone).date()
    today = datetime.combine(day, hour, zone).astimezone(moment.tzinfo)
    return today if today > moment else datetime.combine(day + timedelta(days=1), hour, zone).astimezone(moment.tzinfo)


def quiet_until(moment: datetime, zone: ZoneInfo, start: time, end: time) -> datetime | None:
    """The end of the quiet hours that `moment` lies in; None when people are awake. Equal times mean: never quiet."""
    local = moment.astimezone(zone)
    now = local.time()
    is_quiet = start <= now < end if start <= end else (now >= start or now < end)
    if start == end or not is_quiet:
        return None
    day = local.date() + timedelta(days=1 if now >= end else 0)
    return datetime.combine(day, end, zone).astimezone(moment.tzinfo)
