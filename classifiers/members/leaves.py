"""When a member is away, in his own words: 周三到周五, 明天起三天, 下周, 今天下午两点到五点. Pure: words in, days out.

| said | means |
|---|---|
| 周三到周五, 明后两天, 25号和26号 | from the first of these days to the last |
| 下周 | until Sunday |
| 到周五, 到月底 | from today until then |
| 周五回来, 明天起 周五上班 | until the day before, from today or from that day |
| 三天, 一周, 明天起三天 | so many days from today, from that one |
| 今天下午, 明天半天, 两点到五点 | a part of that one day, with its words |
| 12月1日到11月28日 | nothing: it ends before it begins |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import CHINESE_NUMBER, normalise, read_number
from classifiers.times.promises import read_when
from classifiers.times.spans import When

_NUMBER: Final = rf"(?:\d{{1,2}}|{CHINESE_NUMBER}{{1,2}})"
_UNTIL = late(r"^[^到至~—-]{0,8}(?:到|至|~|-|—)\s*(?P<last>.+)", re.DOTALL)
# 改到周五 moves a leave, and 到北京 is a place: only what is read as a time right behind it is its end.
_TO = late(r"(?<![改换挪移调迟前])[到至]\s*$")
_RETURNS = late(
    r"(?P<day>[^,。\s到]{1,8}?)(?:我|就|才|再|会|能)?(?:回来?上班|(?:正常|照常|来)?上班|回来|返岗|到岗|回村|回社区)[了吧啊]?"
)
_COUNTED = late(
    rf"(?<![第周期拜])(?P<count>{_NUMBER})\s*(?:个)?(?P<unit>天|周(?![一二三四五六日末])|星期(?![一二三四五六日])|礼拜)"
)
_A_WEEK = late(r"(?:这|本|下)+个?(?:周|星期|礼拜)")
_WHOLE_DAY = late(r"全天|整天|一天|(?:白天)?都不在")
_CLOCK: Final = rf"{_NUMBER}(?:点半?(?:钟)?|[:：]\d\d)"
_HOURS = late(
    rf"(?:上午|下午|早上|中午|傍晚|晚上|上半天|下半天)?{_CLOCK}(?:(?:到|至|-|~){_CLOCK}|(?:以?后|之后|以?前|之前)?)"
    rf"|{_NUMBER}个?(?:半)?(?:小时|钟头)"
)
_PART = late(r"上午|下午|早上|中午|傍晚|晚上|上半天|下半天|半天")
_WEEK: Final = 7
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Away:
    """The first and the last day; `hours`: the words for the part of the day, when it is less than a day."""

    first: date
    last: date
    hours: str = ""


def read_away(words: str, now: datetime) -> Away | None:
    """None when no day is said, or none that there is. `now` in the place's zone."""
    plain = normalise(words)[:_LONGEST]
    returns = _returns(plain, now)
    if returns is not None:
        plain = plain.replace(returns[0], "", 1)
    when = read_when(plain, now)
    if when is not None and when.start is None:
        return None
    days = _days(plain, when, now)
    if returns is not None:
        first = days[0] if days else now.date()
        days = (first, returns[1] - timedelta(days=1)) if returns[1] > first else days
    if days is None:
        hours = _hours_in(plain)
        return Away(now.date(), now.date(), hours) if hours else None
    first, last = days
    return Away(first, last, _hours_in(plain) if first == last else "")


def _days(plain: str, when: When | None, now: datetime) -> tuple[date, date] | None:
    counted = _counted(plain)
    if when is None or when.start is None:
        return (now.date(), now.date() + timedelta(days=counted - 1)) if counted else None
    if _TO.search(plain[: plain.find(when.text)] if when.text in plain else ""):
        return now.date(), _last_day(when.start, when.end)
    first = when.start.date()
    if _A_WEEK.fullmatch(when.text):
        return first, first + timedelta(days=6 - first.weekday())
    until = _UNTIL.match(plain[plain.find(when.text) + len(when.text) :]) if when.text in plain else None
    if until and (said := read_when(until["last"], now)) and until["last"].startswith(said.text):
        last = _last_said(until["last"], now, when.start)
        return (first, last) if last else None
    if counted:
        return first, first + timedelta(days=counted - 1)
    return first, _last_day(when.start, when.end)


def _returns(plain: str, now: datetime) -> tuple[str, date] | None:
    """The words that say when he is here again, and that day. Who comes back today is away for hours."""
    found = _RETURNS.search(plain)
    when = read_when(found["day"], now) if found else None
    if found is None or when is None or when.start is None or when.start.date() <= now.date():
        return None
    return found[0], when.start.date()


def _counted(plain: str) -> int:
    """三天, 一周; 0 when nothing is counted, or half a day."""
    found = _COUNTED.search(plain)
    return (read_number(found["count"]) or 0) * (1 if found["unit"] == "天" else _WEEK) if found else 0


def _last_said(words: str, now: datetime, starts: datetime) -> date | None:
    """后天 counts from today; 周五 is the one after the first day."""
    for moment in (now, starts):
        last = read_when(words, moment)
        if last and last.start and last.start.date() >= starts.date():
            return last.start.date()
    return None


def _last_day(start: datetime, end: datetime | None) -> date:
    return max(start, (end or start) - timedelta(minutes=1)).date()


def _hours_in(plain: str) -> str:
    """The words for a part of a day; "" for a whole one."""
    if _WHOLE_DAY.search(plain):
        return ""
    part, hours = _PART.search(plain), _HOURS.search(plain)
    if part and hours and part[0] not in hours[0]:
        return part[0] + hours[0]
    return hours[0] if hours else part[0] if part else ""
