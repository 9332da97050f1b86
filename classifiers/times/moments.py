"""Small steps that all readers of times share: a day and an hour make a moment, a sign its number."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from classifiers.reader.segment import read_number

OFFICE = (time(8), time(18))  # from when until when a day is meant of which no hour was said
AN_HOUR = timedelta(hours=1)


def words_before(match: re.Match[str]) -> str:
    """The few words before a time; a whole message before each of its times would be long to search."""
    return match.string[max(0, match.start() - 10) : match.start()]


def number_said(signs: str) -> int:
    """三十 is 30. Raises ValueError for what is no number."""
    number = read_number(signs)
    if number is None:
        raise ValueError(signs)
    return number


def moment_at(day: date, moment: time, now: datetime) -> datetime:
    return datetime.combine(day, moment, now.tzinfo)
