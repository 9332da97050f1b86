"""From when until when a time that was said is: a phrase, and a stretch of several (周四到周五)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from classifiers.times.days import NAMED_DAYS, day_said, days_of_month, span_of_week
from classifiers.times.hours import end_of_range, hour_said, hours_meant
from classifiers.times.lengths import SOON, span_counted
from classifiers.times.moments import AN_HOUR, OFFICE, moment_at
from classifiers.times.parts import EVENTS, part_named
from classifiers.times.phrases import Phrase, words_of
from classifiers.times.words import EVENING, NOON


@dataclass(frozen=True, slots=True)
class When:
    """A promised time. `text` is what was said; without `start` nothing more than these words is known.

    `end` is None when one moment was said; `kept_by` is until when the promise is to be kept.
    """

    text: str
    start: datetime | None = None
    end: datetime | None = None

    @property
    def kept_by(self) -> datetime | None:
        """The end of the time said; an hour after a moment, for nobody comes on the dot."""
        return self.end or (self.start + AN_HOUR if self.start else None)


def has_begun(run: Sequence[Phrase], now: datetime) -> bool:
    """Whether there has been such a time today: only that can be told of."""
    start = _stretch(run, moment_at(now.date(), time(0), now)).start
    return start is not None and start <= now


def is_run_over(run: Sequence[Phrase], now: datetime) -> bool:
    if any(phrase.match["past"] for phrase in run):
        return True
    try:
        spans = [_span(phrase, now) for phrase in run]
    except (ValueError, OverflowError):  # 2月30号
        return False
    return next_stretch(run, now).start is None and all(span and (span[1] or span[0]) <= now for span in spans)


def next_stretch(run: Sequence[Phrase], now: datetime) -> When:
    """What is over today comes again: 上午 tomorrow, 周三上午 next week. 今天上午 and 3号上午 do not."""
    whole = _stretch(run, now)
    if whole.start is not None or not all(map(_comes_again, run)):
        return whole
    later = _stretch(run, moment_at(now.date() + timedelta(days=1), time(0), now))
    is_until = later.start is not None and run[0].match["until"]
    return replace(later, start=now) if is_until else later


def _comes_again(phrase: Phrase) -> bool:
    named = [kind for kind in ("near", *NAMED_DAYS, "week") if phrase.dated[kind]]
    return named == ["weekday"] or (not named and bool(phrase.match["part"]))


def _stretch(run: Sequence[Phrase], now: datetime) -> When:
    """From where the first begins until the last has ended; what is over already is left out."""
    whole = _meaning(run[0], now)
    for number, phrase in enumerate(run[1:], start=2):
        whole = _extended(whole, phrase, now, words_of(run[:number]))
    return whole


def _extended(first: When, later: Phrase, now: datetime, words: str) -> When:
    """后天 counts from now; 周五 is the one after the first day."""
    for moment in (now, first.start or now):
        last = _meaning(later, moment)
        if last.start is None:
            continue
        if first.start is None:
            return replace(last, text=words)
        if last.start >= first.start:
            return When(words, first.start, last.end or last.start)
    return first


def _meaning(phrase: Phrase, now: datetime) -> When:
    match = phrase.match
    words = match[0].strip()
    try:
        span = _span(phrase, now)
    except (ValueError, OverflowError):  # 2月30号, 25点
        span = None
    if span is None:
        return When(words)
    start, end = span
    if match["until"] and not match["count"]:
        start, end = now, start if end is None or _is_point(match) else end
    if (end or start) <= now:
        return When(words)
    return When(words, max(start, now), end)


def _is_point(match: re.Match[str]) -> bool:
    """三点前, 中午前, 晚饭前 and 国庆前 end where those begin, 周五前 and 上午前 where they end."""
    half = part_named(match["part"])
    is_event = bool(match["part"]) and any(re.fullmatch(words, match["part"]) for words, _, _ in EVENTS)
    return bool(match["hour"] or match["feast"] or is_event) or (half is not None and half[0] == NOON)


def _span(phrase: Phrase, now: datetime) -> tuple[datetime, datetime | None] | None:
    match = phrase.match
    if match["vague"]:
        return None
    if match["soon"]:
        return now, now + next((length for word, length in SOON.items() if match["soon"].startswith(word)), AN_HOUR)
    if match["count"]:
        return span_counted(match, now)
    if match["whole_week"]:
        return span_of_week(match["whole_week"], now)
    if match["of_month"]:
        first, last = days_of_month(match["of_month"], now.date())
        return moment_at(first, OFFICE[0], now), moment_at(last, OFFICE[1], now)
    return _on_day(phrase, now)


def _on_day(phrase: Phrase, now: datetime) -> tuple[datetime, datetime | None] | None:
    match, day = phrase.match, day_said(phrase.dated, now.date())
    if phrase.dated is not match and day and day < now.date():  # 这周一上午看过,三点再去
        day = None
    if day and match["weekday"] == "末":
        return moment_at(day, OFFICE[0], now), moment_at(day + timedelta(days=1), OFFICE[1], now)
    half = part_named(match["part"])
    if match["hour"] is None:
        return _part_of_day(day or now.date(), half, now) if day or half else None
    midnight = moment_at(day or now.date(), time(0), now)
    earlier = AN_HOUR if match["low"] else timedelta(0)  # 八九点 begins at eight
    half = half or _half_if_within(phrase.parted["part"], hour_said(match, "", None) - earlier)
    clock = hours_meant(hour_said(match, "", half) - earlier, half, is_of_24=match["hour"].startswith("0"))
    candidates = [midnight + one for one in clock]
    last_night = [] if day else [moment - timedelta(days=1) for moment in candidates]  # 半夜两点 said at one
    begin = next(
        (one for one in (*last_night, *candidates) if one >= now or (end_of_range(match, half, one) or one) > now),
        None,
    )
    if begin is None:
        begin = candidates[0] + timedelta(days=0 if day else 1)  # a day that was said stays, and is found to be past
    return begin, end_of_range(match, half, begin)


def _half_if_within(words: str | None, hour: timedelta) -> tuple[time, time] | None:
    """The part that was said before, if it has this hour."""
    half = part_named(words)
    if half is None:
        return None
    first, last = (timedelta(hours=moment.hour, minutes=moment.minute) for moment in half)
    return half if any(first <= moment <= last for moment in hours_meant(hour, half)) else None


def _part_of_day(day: date, half: tuple[time, time] | None, now: datetime) -> tuple[datetime, datetime]:
    start, end = half or OFFICE
    if not half and day == now.date() and now.time() >= end:
        end = EVENING  # 今天 said after office hours
    return moment_at(day, start, now), moment_at(day, end, now)
