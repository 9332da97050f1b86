"""A member shifts an hour that he has promised: 堵车 晚半小时, 还得一个小时, 那四点, 路上堵车 五点到.

Only of somebody who has promised an hour already; whether he has, the caller knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.times.words import DAY, HOUR, NUMBER, PART, read_count

_LONGEST: Final = 40
_AWAY: Final = late(
    r"不好意思|对不起|抱歉|哎呀|好的?|行|那|嗯+|(?:路上|这边|外面)?(?:有点|太)?堵(?:车|住|着|得很)?了?|(?:临时|突然)?有(?:点|个)?(?:急)?事|会还?没开完"
    r"|(?:雨|雪)(?:太|下得)大|车(?:坏|没电)了|[\s,。!~]"
)
_LONG: Final = rf"(?P<count>{NUMBER}|[半俩仨])个?(?P<more>半)?(?P<measure>小时|钟头|刻钟|分钟?)"
_MINUTES: Final = {"小时": 60, "钟头": 60, "刻钟": 15}
_ABOUT: Final = r"(?:左右|吧|哈|啊|才能到|到|过去|过来|去|来)*"
_LATER: Final = late(
    rf"(?:我)?(?:可能|得|要|会)?(?:再|还)?(?:得|要)?(?:晚到?|迟到?|推迟|往后推|延后|晚来|晚去)(?:个)?{_LONG}{_ABOUT}"
)
_STILL: Final = late(rf"(?:我)?(?:可能|大概|估计)?(?:还|再)(?:得|要|有|等|需要)?(?:个)?{_LONG}{_ABOUT}")
_CLOCK: Final = rf"(?:(?:{DAY}|{PART})的?)*{HOUR}"
_AT: Final = late(rf"(?:我)?(?:改到?|推到|就|大概|得|要|可能)*(?P<at>{_CLOCK}){_ABOUT}(?:行吗|可以吗|行不行|见)?[?]?")


@dataclass(frozen=True, slots=True)
class Postponement:
    """So much later, counted from the promised hour (`from_now`: from now); or the words of another hour. `why`: what
    he says with it."""

    by: timedelta | None = None
    from_now: bool = False
    at: str = ""
    why: str = ""


def read_postponement(text: str) -> Postponement | None:
    """None when nothing but a shift is not what he says. Never raises."""
    plain = normalise(text[: _LONGEST + 1]).strip(" ,。!~")
    if len(plain) > _LONGEST:
        return None
    clauses = [clause for clause in re.split(r"[\s,。!]+", plain) if clause]
    why: list[str] = []
    for place, clause in enumerate(clauses):
        bare = re.sub(r"^(?:那就?|好的?|行|嗯+)", "", clause)
        found = _read(bare)
        if found and place == len(clauses) - 1:
            return Postponement(found.by, found.from_now, found.at, ",".join(why))
        if _AWAY.sub("", clause):
            return None
        why += [clause] if len(clause) > 1 and clause not in ("好的", "那就") else []
    return None


def _read(clause: str) -> Postponement | None:
    if match := _LATER.fullmatch(clause):
        return Postponement(_length(match))
    if match := _STILL.fullmatch(clause):
        return Postponement(_length(match), from_now=True)
    match = _AT.fullmatch(clause)
    return Postponement(at=match["at"]) if match else None


def _length(match: re.Match[str]) -> timedelta:
    count = (read_count(match["count"]) or 0) + (0.5 if match["more"] else 0)
    return timedelta(minutes=count * _MINUTES.get(match["measure"], 1))
