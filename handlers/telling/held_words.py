"""What was said before the quiet hours, or long before it could be carried, is told so that it is true when heard.

疏通工明天来, said at 22:30 and heard at seven, becomes 昨晚22:30 陈示例说：疏通工明天（就是今天）来.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from classifiers.reader.late import late
from handlers.texts import say
from storage.records import Outgoing

LONG = timedelta(hours=1)  # so much later 马上 and 今晚 are heard otherwise than they were meant
_EVENING = 18  # from this hour on 昨天 is 昨晚
# Kinds that carry what a person said. Cards are shown as they were told; only their days are put right.
_PEOPLES_WORDS = frozenset(
    {"progress", "scheduled", "asked", "resolved", "extended", "suspended", "declined", "supplement", "among"}
)
_CARDS = frozenset({"dispatch", "extension"})
_DAY = late(
    r"(?P<name>大后天|大前天|后天|前天|[明今昨](?:[天日儿个]+|(?=[早晚夜晨])))(?P<part>早上|晚上|夜里|上午|下午|中午|[早晚夜晨])?(?!（)"
)
_FAR = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后天": 3}
_NIGHT = frozenset({"晚上", "夜里", "晚", "夜"})
_FLEETING = late(
    r"马上|立刻|立马|这就|刚刚?|一会儿?|待会|等会|等下|现在|这会|正在|在路上|"
    r"[一二三四五六七八九十两半几\d](?:点|分钟|个?小时|个?钟头|刻钟)"
)
# Where the hour of the saying stands: behind the number, or before the person who speaks on the second line.
_HEAD = late(r"\**#\d+\** |\**#\d+\**（[^）\n]*）(?:：|[^\n：]*\n)")


def as_heard(message: Outgoing, now: datetime, zone: ZoneInfo) -> Outgoing:
    """The message as it must read now."""
    if now - message.created_at < LONG or message.kind not in _PEOPLES_WORDS | _CARDS:
        return message
    said, heard = message.created_at.astimezone(zone), now.astimezone(zone)
    text = _with_days(message.text, said.date(), heard.date())
    is_fleeting = text != message.text or _DAY.search(text) or _FLEETING.search(text)
    if message.kind in _PEOPLES_WORDS and is_fleeting:
        head = _HEAD.match(text)
        at = head.end() if head else 0
        text = f"{text[:at]}{_when(said, heard)} {text[at:]}"
    return replace(message, text=text) if text != message.text else message


def _with_days(text: str, said: date, heard: date) -> str:
    """明天 with the day that it was: 明天（就是今天）."""
    if said == heard:
        return text

    def with_its_day(match: re.Match[str]) -> str:
        name = match["name"]
        day = said + timedelta(_FAR[name] if name in _FAR else _FAR[name[0]])
        return f"{match[0]}（{_named(day, heard, by_night=(match['part'] or '') in _NIGHT)}）"

    return _DAY.sub(with_its_day, text)


def _named(day: date, heard: date, *, by_night: bool) -> str:
    away = (day - heard).days
    if abs(away) > 1:
        return say("held.date", month=day.month, day=day.day)
    days = say("held.night") if by_night else say("held.day")
    return days.split()[away + 1]


def _when(said: datetime, heard: datetime) -> str:
    away = (heard.date() - said.date()).days
    clock = f"{said:%H:%M}"
    if away > 1:
        return say("held.said_long_ago", month=said.month, day=said.day, clock=clock)
    name = "held.said_today" if not away else "held.said_last_night" if said.hour >= _EVENING else "held.said_yesterday"
    return say(name, clock=clock)
