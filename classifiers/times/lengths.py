"""What is counted from now: 半小时后, 三天内, 过40分钟, 十分钟到 → from when until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import read_number
from classifiers.times.moments import AN_HOUR, OFFICE, moment_at, words_before
from classifiers.times.words import NUMBER, read_count

SOON: Final[Mapping[str, timedelta]] = MappingProxyType(
    {"马上": timedelta(minutes=30), "这就": timedelta(minutes=30), "一会": AN_HOUR, "待会": AN_HOUR}
)
# 过40分钟, 等我二十分钟; 超过三天 and 来过三天 are not to come.
_PASSING = r"再?等我|再[等有]|(?:再|(?<![超不通经路难去来看修弄打问说联报办找做干查越转都早才刚没]))过(?!两天)"
# 大概一个小时到 is said of a moment, 一个小时到 of the whole hour.
_ABOUT = late(r"(?:大概|大约|差不多|估计|约)(?:还?[得要]|还有|再)?\s?$")
COUNTED = (
    rf"(?:(?P<passing>{_PASSING})|(?<![\d.]))"
    rf"(?P<count>\d{{1,2}}\.\d|[一两二三四]点五(?=个?(?:小时|钟头))|{NUMBER}|半|[仨俩])"
    r"(?P<some>几?个?[来多]个?|几)?个?(?P<half_more>半)?"
    r"(?P<measure>工作日|小时|钟头|分钟?|刻钟|天|周|星期|礼拜|月)(?P<roughly>左右|上下)?"
    r"(?P<within>之?以?内|后|以后|之后|(?=[就才]?(?:能|可以)?到(?!期|了|晚|黑)|就?过?[去来])|(?(passing)(?!了|[还都也]?没|不|[上中下]旬|[底初末份])|(?!)))"
)


def span_counted(match: re.Match[str], now: datetime) -> tuple[datetime, datetime | None] | None:
    count = count_said(match["count"])
    if count is None:
        return None
    count += 0.5 if match["half_more"] else 0
    is_limit = match["within"].endswith("内")
    if (days := days_in(match["measure"])) is None:
        moment = now + timedelta(minutes=count * _minutes(match["measure"]))
        return (moment, None) if not is_limit and _is_moment(match) else (now, moment)
    day = now.date() + timedelta(days=int(count * days))
    if match["measure"] == "工作日":
        day = working_day(now.date(), int(count))
    return (now if is_limit else moment_at(day, OFFICE[0], now)), moment_at(day, OFFICE[1], now)


def count_said(signs: str) -> float | None:
    """1.5 and 两点五 besides 半, 俩 and whole numbers."""
    whole, _, tenths = signs.replace("点", ".").partition(".")
    number = read_count(whole)
    return number if number is None or not tenths else number + (read_number(tenths) or 0) / 10


def _is_moment(match: re.Match[str]) -> bool:
    """半小时后, 过半小时; about half an hour is no limit either."""
    is_about = any(map(match.group, ("passing", "some", "roughly"))) or _ABOUT.search(words_before(match))
    return "后" in match["within"] or bool(is_about)


def days_in(measure: str) -> int | None:
    return {"工作日": 1, "天": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}.get(measure)


def working_day(day: date, count: int) -> date:
    """So many days later without weekends; a promise in words knows no holidays."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _minutes(measure: str) -> int:
    return {"小时": 60, "钟头": 60, "刻钟": 15}.get(measure, 1)
