"""How long something may take: `90s`, `30m`, `2h`, `3d` on the wall clock; `2wh`, `5wd` in working time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from classifiers.reader.late import late

_FORM = late(r"^\s*(\d+(?:\.\d+)?)\s*(s|m|h|d|wh|wd)\s*$")
_WALL = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


class Measure(StrEnum):
    WALL = "wall"  # every minute counts
    WORKING_TIME = "working_time"  # only minutes inside the working calendar's windows
    WORKING_DAYS = "working_days"  # whole working days: the same hour, n working days on


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time and how it is counted. `length` of working days is in days of 24 hours."""

    length: timedelta
    measure: Measure = Measure.WALL

    def times(self, factor: float) -> Duration:
        return Duration(self.length * factor, self.measure)


@lru_cache(maxsize=256)
def parse_duration(text: str) -> Duration:
    """Read `"90s"`, `"30m"`, `"2h"`, `"3d"`, `"2wh"`, `"5wd"`; anything else is a ValueError that says the forms, in
    words for an operator."""
    found = _FORM.match(text)
    if not found:
        raise ValueError(f"“{text}”不是时长,写成 90s、30m、2h、3d、2wh(工作小时)或 5wd(工作日)")
    amount, unit = float(found[1]), found[2]
    if unit == "wh":
        return Duration(timedelta(hours=amount), Measure.WORKING_TIME)
    if unit == "wd":
        return Duration(timedelta(days=amount), Measure.WORKING_DAYS)
    return Duration(_WALL[unit] * amount)
