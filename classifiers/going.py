"""Whether a member says that he is on his way, or only asks about an emergency, or calls others to it.

An emergency's alarms stop when somebody takes it, so one clause at least must say that the speaker goes himself: a
question in another clause takes nothing back (我马上到,哪个单元?), and 快去人啊 sends nobody.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[^,，。!！;；\s]+")
_GOES = re.compile(
    r"我(?:这就|就|马上|先[去过]|去|来|到|在(?:路|去|赶|现场)|过|正|已|往)|在?路上|正[往在赶去]|赶[到往去来过]|出发|动身|下楼|骑车"
    r"|[到去来]了|快到|[到在]现?场|到位|往(?:那|你|他|她)|过去[了呢]|分钟(?:就|左右)?到|(?:马上|这就|立刻|立即)(?:去|来|到|过)"
    r"|已(?:经)?(?:打|叫|报|到|在)"
)
_ASKS_OR_CALLS = re.compile(
    r"^(?:快(?!到)|请|赶快|赶紧|派|你们?|大家|谁|有人)|没有?[?？]?$|[吗么?？]$|明天|后天|要不要|哪|咋|去不了|来不了|到不了"
)


def says_he_goes(text: str) -> bool:
    """Never raises."""
    return any(_GOES.search(clause) and not _ASKS_OR_CALLS.search(clause) for clause in _CLAUSE.findall(text))


def asks_or_calls(text: str) -> bool:
    """Some clause asks, or sends others. Never raises."""
    return any(map(_ASKS_OR_CALLS.search, _CLAUSE.findall(text)))
