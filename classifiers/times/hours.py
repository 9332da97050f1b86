"""Hours on the clock: 三点半, 差十分三点, 15:30, 2点到4点 → what they can mean, likeliest first."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from classifiers.reader.segment import CHINESE_NUMBER
from classifiers.times.moments import AN_HOUR, moment_at, number_said
from classifiers.times.words import NOON, NUMBER


def _short(name: str) -> str:
    """The pattern of what an hour lacks: 差十分三点, 三点差一刻."""
    return rf"(?P<{name}>{NUMBER}分|一刻)钟?"


# 三点意见 and 到时候 are no hours; 一时半会 neither, but 十一时.
OCLOCK = (
    r"(?:点(?!意见|要求|建议|问题|钱|一线|水(?:[的旁字加这那写边儿]|$)|多(?:余|[次个人条项年])|(?<=一点)都|点|儿|啥|什)"
    r"|(?<!(?<!十)一)时(?![候间段常刻期代而许限效有不]))"
)
BETWEEN = r"\s*[到至~–—-]\s*"
# No minutes: 三点二号楼, 三点三个人, 十点十一点之间.
_NO_MINUTES = rf"(?![定直起块共般趟个位下点时号栋幢单排组队名]|{CHINESE_NUMBER})"


def hour_pattern(name: str, dotted: str) -> str:
    """The pattern of an hour on the clock; its groups begin with `name`. `dotted` is true where 3.30 is one, not a
    price."""
    return (
        rf"(?:差{_short(name + 'short')}到?)?"
        rf"(?P<{name}low>一(?=二点)|[二两](?=三点)|三(?=四点)|四(?=五点)|五(?=六点)|六(?=七点)|七(?=八点)|八(?=九点)|九(?=十点))?"
        rf"(?P<{name}hour>{NUMBER})"
        rf"(?:{OCLOCK}(?P<{name}half>半|[版伴](?![本面块权随侣奏]))?(?P<{name}more>[多来]钟|多)?钟?"
        rf"(?:过(?={NUMBER}分|[一三]刻))?(?P<{name}quarter>[一三]刻)?"
        rf"(?:差{_short(name + 'shy')}|(?P<{name}minute>{NUMBER}){_NO_MINUTES}(?=分|\D|$)分?)?"
        rf"|(?::|{dotted}\.(?=[0-5]\d(?![\d元块米公里斤万%倍度])))(?P<{name}digits>\d{{2}})(?!\d)"
        rf"|(?<!(?<!十)一)(?={BETWEEN}{NUMBER}{OCLOCK}))"
    )


def hour_said(match: re.Match[str], prefix: str, half: tuple[time, time] | None) -> timedelta:
    hour = number_said(match[f"{prefix}hour"])
    quarter = {"一刻": 15, "三刻": 45}.get(match[f"{prefix}quarter"] or "", 0)
    digits = match[f"{prefix}minute"] or match[f"{prefix}digits"]
    minute = 30 if match[f"{prefix}half"] else quarter or (number_said(digits) if digits else 0)
    if hour > 24 or minute > 59:
        raise ValueError(match[0])
    return timedelta(hours=hour, minutes=minute) - _lacking(match[f"{prefix}short"] or match[f"{prefix}shy"])


def _lacking(words: str | None) -> timedelta:
    """By how much 差十分三点 is before three."""
    if not words:
        return timedelta(0)
    return timedelta(minutes=15 if words == "一刻" else number_said(words.rstrip("分")))


def hours_meant(hour: timedelta, half: tuple[time, time] | None, *, is_of_24: bool = False) -> tuple[timedelta, ...]:
    """What an hour of a twelve-hour clock can mean, likeliest first: with a part of the day one thing only. `is_of_24`
    is the morning's 08:30."""
    noon = timedelta(hours=12)
    if hour > noon + AN_HOUR - timedelta(minutes=1) or hour == timedelta(0):
        return (hour,)
    if half:
        in_afternoon = half[0] >= NOON and hour < noon
        if half[0] >= time(18) and hour < timedelta(hours=5):  # 晚上一点 is the next day's by the calendar
            return (hour + timedelta(days=1),)
        is_midnight = half[0] >= time(18) and hour >= noon
        is_morning_of_noon = half[0] == NOON and timedelta(hours=10) <= hour < noon
        return (hour + noon,) if (in_afternoon and not is_morning_of_noon) or is_midnight else (hour,)
    if hour < timedelta(hours=7):
        return (hour + noon,)
    if is_of_24:
        return (hour,)
    return (hour, hour + noon) if hour < timedelta(hours=9, minutes=30) else (hour,)


def end_of_range(match: re.Match[str], half: tuple[time, time] | None, start: datetime) -> datetime | None:
    """The end of 2点到4点, which is the first such hour after the start; of 两三点 and 三点多 an hour later."""
    if match["to_hour"] is None:
        return start + AN_HOUR if match["low"] or match["more"] else None
    midnight = moment_at(start.date(), time(0), start)
    last = midnight + hour_said(match, "to_", half)
    while last <= start:
        last += timedelta(hours=12)
    return last
