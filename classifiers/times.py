"""When somebody promises to come: 明天下午三点半, 这周六, 半小时后, 月底前 → from when until when, and the words said.

| said | means |
|---|---|
| a day | its office hours, 8:00–18:00; today from now on |
| a part of the day | `_HALVES` |
| an hour without a part | the one in office sense: 3点 is the afternoon's, 8点 the morning's, never a past one |
| 周三 | the next one, today's included; 这周三 this week's; 下周三 next week's; weeks begin on Monday |
| 15号 | this month's, else next month's; 3月5号 this year's, else next year's if that is less than ten months away |
| 半小时后, 三天后 | counted from now; 三天内, 周五前, 月底前: from now until then |
| 国庆后, 过两天, 改天, and whatever is past | no time, only the words |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from classifiers.segment import CHINESE_NUMBER, normalise, read_number

_LONGEST = 400
_OFFICE = (time(8), time(18))
_EVENING = time(21)
_AN_HOUR = timedelta(hours=1)
_SOON: Final[Mapping[str, timedelta]] = MappingProxyType(
    {"马上": timedelta(minutes=30), "这就": timedelta(minutes=30), "一会": _AN_HOUR, "待会": _AN_HOUR}
)
_SEASONS: Final = frozenset({"明年", "开春", "放假"})
_FEASTS: Final = MappingProxyType({"元旦": (1, 1), "国庆": (10, 1), "五一": (5, 1), "劳动": (5, 1)})
_FEW: Final[Mapping[str, float]] = MappingProxyType({"半": 0.5, "俩": 2, "仨": 3})
_FARTHEST = timedelta(days=300)
# From the first word that fits: 大清早 before 早.
_HALVES: Final[tuple[tuple[str, time, time], ...]] = (
    ("凌晨", time(0), time(6)),
    ("一大?早|大?清早|一早|早起", time(7), time(9)),
    ("早上|早晨", time(7), time(10)),
    ("早", time(7), time(10)),
    ("上午|前晌|头晌|午前", time(8), time(12)),
    ("中午|晌午|正午|大中午", time(12), time(14)),
    ("下午|后晌|午后", time(14), time(18)),
    ("傍晚|黄昏|擦黑", time(17, 30), time(19, 30)),
    ("晚上|夜里|晚饭后|下班后", time(18, 30), _EVENING),
    ("晚", time(18, 30), _EVENING),
)
_NUMBER = rf"(?:\d{{1,3}}|{CHINESE_NUMBER}{{1,3}})"
_WEEKDAYS = "一二三四五六日"
_HALF = "|".join(words for words, _, _ in _HALVES if words not in ("早", "晚"))
# 9号褚姐家 is a door, 9号下午来家里 a day.
_SOMEBODYS = (
    r"(?![上下早晚中前后去来到再我您你他把给之左])"
    r"[\u4e00-\u9fff]{1,3}(?:家|[姐哥嫂叔姨婶爷]|大妈|大爷|奶奶|大娘)"
)
_INSTEAD = re.compile(
    r"有事|没空|不行|下雨|没(?:弄|修|办|赶|来|去)|[去来]不[了成]|不在|忙|改|推|太晚|晚了|来不及|没时间|不方便|(?:弄|修|办|干)不完|都(?:行|可以|成)"
)
_DENIED = re.compile(r"(?:不是|别|甭)$")  # 不是周三是周四
_DAY = (
    r"(?:(?P<near>今天|今日|今儿个?|今(?=[早晚])|明天|明日|明儿个?|明(?=[早晚后])|大后[天儿]|后天|后日|后儿个?|后(?=[早晚]))"
    r"|(?P<week>(?:这个?|本|下下个?|下个?)?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])"
    rf"|(?P<month>{_NUMBER})(?:月|(?<=\d)[./-](?=\d{{1,2}}(?:[日号]|[上下中]午|早上?|晚上?)))(?P<day>{_NUMBER})[日号]?"
    rf"|(?P<feast>元旦|国庆节?|五一|劳动节)(?:那天|当天)?(?!节?之?以?后|期间|放假|过)|(?P<next_month>下个?月)?(?<!去过)(?P<only_day>{_NUMBER})[号日](?!楼|院|门|线|单|车|机|桌|井|那(?![天日会])|[的家户]|电[闸表箱]|{_SOMEBODYS})"
    r"|(?P<whole_week>这周|本周|这个?星期|本星期|这个?礼拜|下周|下个?星期|下个?礼拜|周末)(?![一二三四五六日天])"
    r"|(?P<end_of_month>(?:这个?月|本月)?月底|本月底|这个月底|月末))"
)


def _hour_of(name: str) -> str:
    """The pattern of an hour on the clock; its groups begin with `name`."""
    return (
        rf"(?P<{name}low>一(?=二点)|[二两](?=三点)|三(?=四点)|四(?=五点)|五(?=六点)|六(?=七点)|七(?=八点)|八(?=九点)|九(?=十点))?"
        rf"(?P<{name}hour>{_NUMBER})(?:点(?!意见|要求|建议|问题|钱|多|都|点|儿|啥|什)(?P<{name}half>半)?钟?"
        rf"(?P<{name}quarter>[一三]刻)?(?:(?P<{name}minute>{_NUMBER})(?![定直起块共般趟个位下])(?=分|\D|$)分?)?|:(?P<{name}digits>\d{{2}})(?!\d))"
    )


_PAST = (
    rf"(?P<past>昨[天日晚儿]|前[天日]|上个?(?:周|星期|礼拜|月)[一二三四五六日天]?|刚才|刚刚)\s*(?:{_HALF})?\s*"
    rf"(?:{_NUMBER}点)?"
)
_ON_DAY = (
    rf"{_DAY}?\s*的?(?P<part>{_HALF}|(?<=[今明后一二三四五六日天号])[早晚](?!点)|[早晚](?={_NUMBER}点))?\s*"
    rf"(?:(?<!\d){_hour_of('')}(?:\s*[到至~-]\s*{_hour_of('to_')})?)?(?P<until>之前|以前|前(?![面头门院边台天日]))?"
)
_COUNTED = (
    rf"(?<!\d)(?P<count>{_NUMBER}|半|[仨俩])个?(?P<half_more>半)?(?P<measure>工作日|小时|钟头|分钟?|刻钟|天|周|星期|礼拜|月)"
    r"(?P<within>之?以?内|后|以后|之后|(?=就?到(?!期|了)|就?过?[去来]))"
)
_VAGUE = (
    r"(?P<vague>(?:国庆|五一|元旦|劳动节)(?:节?之?以?后)|(?:中秋|端午|春节|过年|过节|放假|清明|元宵|秋收|麦收)(?:节?之?以?[后前])"
    r"|过(?:两|几|些)天|这两天|改天|回头|雨停了?|天晴了?|抽空|有空|忙完|明年|开春|放假)"
)
_PHRASE = re.compile(
    rf"{_PAST}|{_COUNTED}|{_VAGUE}|(?P<soon>一会儿?|待会儿?|等一?会儿?|马上|这就)(?=去|来|到|过|就|修|弄|看|办|上|再|,|$)|{_ON_DAY}"
)


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
        return self.end or (self.start + _AN_HOUR if self.start else None)


def read_when(text: str, now: datetime) -> When | None:
    """The first time in a text that is not past, or the one that takes its place; None when there is none. `now` must
    be aware, in the place's zone.

    Never raises; no start lies before `now`.
    """
    unclear: When | None = None
    clear: When | None = None
    plain, end = normalise(text[:_LONGEST]), 0
    for match in _phrases(plain):
        if match["past"] or _DENIED.search(plain[: match.start()]):
            continue
        found = _meaning(match, now)
        if clear is None or _INSTEAD.search(plain[end : match.start()]):  # 今天有事,明天一早去
            clear = found if found.start is not None else clear
        unclear, end = unclear or found, match.end()
    return clear or unclear


def find_when(text: str) -> str | None:
    """The words of the first time in a text, whatever they mean."""
    return next((match[0].strip() for match in _phrases(normalise(text[:_LONGEST])) if not match["past"]), None)


def spans_of_times(plain: str) -> Iterator[tuple[int, int, bool]]:
    """Where a normalised text speaks of times, and whether of a day or an hour that can be promised (周三, 3点), not
    only of 今天, 下午, 一会儿."""
    for match in _phrases(plain[:_LONGEST]):
        if not match["past"] and match["soon"] not in ("马上", "这就") and match["vague"] not in _SEASONS:
            is_far = bool(match["near"]) and not match["near"].startswith("今")
            days = ("weekday", "month", "feast", "only_day", "whole_week", "end_of_month", "hour", "until")
            is_counted = bool(match["count"]) and ("后" in match["within"] or "内" in match["within"])
            start = match.start() + len(match[0]) - len(match[0].lstrip(" 的"))
            yield start, match.start() + len(match[0].rstrip()), is_far or is_counted or any(map(match.group, days))


def _phrases(plain: str) -> list[re.Match[str]]:
    return [match for match in _PHRASE.finditer(plain) if match[0].strip() and not _is_nothing(match)]


def _is_nothing(match: re.Match[str]) -> bool:
    """Words that only look like a time: 前 alone, 一点 as in 快一点."""
    if match["hour"] in ("一", "有") and not (match["near"] or match["part"] or match["half"] or match["weekday"]):
        return True
    return match[0].strip() in ("前", "之前", "以前", "的")


def _meaning(match: re.Match[str], now: datetime) -> When:
    words = match[0].strip()
    try:
        span = _span(match, now)
    except (ValueError, OverflowError):  # 31号 of a month that has none, 25点
        span = None
    if span is None:
        return When(words)
    start, end = span
    if match["until"] and not match["count"]:
        start, end = now, (end if match["hour"] is None and not match["feast"] else None) or start
    if (end or start) <= now:
        return When(words)
    return When(words, max(start, now), end)


def _span(match: re.Match[str], now: datetime) -> tuple[datetime, datetime | None] | None:
    if match["vague"]:
        return None
    if match["soon"]:
        return now, now + next((length for word, length in _SOON.items() if match["soon"].startswith(word)), _AN_HOUR)
    if match["count"]:
        return _counted(match, now)
    if match["whole_week"]:
        return _of_week(match["whole_week"], now)
    if match["end_of_month"]:
        last = _month_later(now.date().replace(day=1)) - timedelta(days=1)
        return _at(last - timedelta(days=2), _OFFICE[0], now), _at(last, _OFFICE[1], now)
    return _on_day(match, now)


# ── counted from now ─────────────────────────────────────────────────────────────────────────────


def _counted(match: re.Match[str], now: datetime) -> tuple[datetime, datetime | None] | None:
    count = _FEW.get(match["count"]) or read_number(match["count"])
    if count is None:
        return None
    count += 0.5 if match["half_more"] else 0
    is_limit = match["within"].endswith("内")
    if (days := _days(match["measure"])) is None:
        moment = now + timedelta(minutes=count * _minutes(match["measure"]))
        return (now, moment) if is_limit or "后" not in match["within"] else (moment, None)
    day = now.date() + timedelta(days=int(count * days))
    if match["measure"] == "工作日":
        day = _working_day(now.date(), int(count))
    return (now if is_limit else _at(day, _OFFICE[0], now)), _at(day, _OFFICE[1], now)


def _days(measure: str) -> int | None:
    return {"工作日": 1, "天": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}.get(measure)


def _working_day(day: date, count: int) -> date:
    """So many days later without weekends; a promise in words knows no holidays."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _minutes(measure: str) -> int:
    return {"小时": 60, "钟头": 60, "刻钟": 15}.get(measure, 1)


def _of_week(words: str, now: datetime) -> tuple[datetime, datetime]:
    monday = now.date() - timedelta(days=now.weekday())
    if words == "周末":
        first, last = monday + timedelta(days=5), monday + timedelta(days=6)
    elif words.startswith("下"):
        first, last = monday + timedelta(days=7), monday + timedelta(days=11)
    else:
        first, last = now.date(), monday + timedelta(days=4 if now.weekday() < 5 else 6)
    return _at(first, _OFFICE[0], now), _at(last, _OFFICE[1], now)


# ── on a day ─────────────────────────────────────────────────────────────────────────────────────


def _on_day(match: re.Match[str], now: datetime) -> tuple[datetime, datetime | None] | None:
    day = _day(match, now.date())
    if day and match["weekday"] == "末":
        return _at(day, _OFFICE[0], now), _at(day + timedelta(days=1), _OFFICE[1], now)
    half = _half(match["part"])
    if match["hour"] is None:
        return _part_of_day(day or now.date(), half, now) if day or half else None
    midnight = _at(day or now.date(), time(0), now)
    earlier = _AN_HOUR if match["low"] else timedelta(0)  # 八九点 begins at eight
    candidates = [midnight + one for one in _clock(_hour(match, "", half) - earlier, half)]
    begin = next((moment for moment in candidates if moment >= now), None)
    if begin is None:
        begin = candidates[0] + timedelta(days=0 if day else 1)  # a day that was said stays, and is found to be past
    return begin, _end_of_range(match, half, begin)


def _day(match: re.Match[str], today: date) -> date | None:
    """The day said; None when none was. Raises ValueError for a day that no month has."""
    if match["near"]:
        word = match["near"]
        steps = 3 if word.startswith("大后") else {"今": 0, "明": 1, "后": 2}[word[0]]
        return today + timedelta(days=steps)
    if match["weekday"]:
        return _weekday(match["week"], match["weekday"], today)
    if match["feast"]:
        day = date(today.year, *_FEASTS[match["feast"][:2]])
        return day.replace(year=today.year + 1) if day < today else day
    if match["month"]:
        day = date(today.year, _number(match["month"]), _number(match["day"]))
        later = day.replace(year=today.year + 1) if day < today else day
        return later if later - today < _FARTHEST else day
    if match["only_day"]:
        day = today.replace(day=1) if not match["next_month"] else _month_later(today.replace(day=1))
        day = day.replace(day=_number(match["only_day"]))
        return day if day >= today else _month_later(day)
    return None


def _weekday(week: str, sign: str, today: date) -> date:
    """周三 is the next one; 这周三 and 下周三 belong to their weeks. 末 stands for the Saturday."""
    place = 5 if sign == "末" else _WEEKDAYS.index("日" if sign == "天" else sign)
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=place + 7 * week.count("下"))
    is_over = day + timedelta(days=1 if sign == "末" else 0) < today
    return day + timedelta(days=7) if not week and is_over else day


def _month_later(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return day.replace(year=year, month=month)


def _half(words: str | None) -> tuple[time, time] | None:
    if not words:
        return None
    return next((start, end) for pattern, start, end in _HALVES if re.fullmatch(pattern, words))


def _part_of_day(day: date, half: tuple[time, time] | None, now: datetime) -> tuple[datetime, datetime]:
    start, end = half or _OFFICE
    if not half and day == now.date() and now.time() >= end:
        end = _EVENING  # 今天 said after office hours
    return _at(day, start, now), _at(day, end, now)


# ── hours ────────────────────────────────────────────────────────────────────────────────────────


def _hour(match: re.Match[str], prefix: str, half: tuple[time, time] | None) -> timedelta:
    hour = _number(match[f"{prefix}hour"])
    quarter = {"一刻": 15, "三刻": 45}.get(match[f"{prefix}quarter"] or "", 0)
    digits = match[f"{prefix}minute"] or match[f"{prefix}digits"]
    minute = 30 if match[f"{prefix}half"] else quarter or (_number(digits) if digits else 0)
    if hour > 24 or minute > 59:
        raise ValueError(match[0])
    return timedelta(hours=hour, minutes=minute)


def _clock(hour: timedelta, half: tuple[time, time] | None) -> tuple[timedelta, ...]:
    """What an hour of a twelve-hour clock can mean, likeliest first: with a part of the day one thing only."""
    noon = timedelta(hours=12)
    if hour > noon + _AN_HOUR - timedelta(minutes=1) or hour == timedelta(0):
        return (hour,)
    if half:
        in_afternoon = half[0] >= time(12) and hour < noon
        is_midnight = half[0] >= time(18) and hour >= noon
        is_morning_of_noon = half[0] == time(12) and timedelta(hours=10) <= hour < noon
        return (hour + noon,) if (in_afternoon and not is_morning_of_noon) or is_midnight else (hour,)
    if hour < timedelta(hours=7):
        return (hour + noon,)
    return (hour, hour + noon) if hour <= timedelta(hours=9) else (hour,)


def _end_of_range(match: re.Match[str], half: tuple[time, time] | None, start: datetime) -> datetime | None:
    """The end of 2点到4点, which is the first such hour after the start; of 两三点 an hour later."""
    if match["to_hour"] is None:
        return start + _AN_HOUR if match["low"] else None
    midnight = _at(start.date(), time(0), start)
    last = midnight + _hour(match, "to_", half)
    while last <= start:
        last += timedelta(hours=12)
    return last


def _number(signs: str) -> int:
    number = read_number(signs)
    if number is None:
        raise ValueError(signs)
    return number


def _at(day: date, moment: time, now: datetime) -> datetime:
    return datetime.combine(day, moment, now.tzinfo)
