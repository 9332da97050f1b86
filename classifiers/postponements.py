"""A member shifts an hour that he has promised: 堵车 晚半小时, 还得一个小时, 那四点, 路上堵车 五点到.

Only of somebody who has promised an hour already; whether he has, the caller knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from classifiers.segment import normalise

_LONGEST: Final = 40
_AWAY: Final = re.compile(
    r"不好意思|对不起|抱歉|哎呀|好的?|行|那|嗯+|(?:路上|这边|外面)?(?:有点|太)?堵(?:车|住|着|得很)?了?|(?:临时|突然)?有(?:点|个)?(?:急)?事|会还?没开完"
    r"|(?:雨|雪)(?:太|下得)大|车(?:坏|没电)了|[\s,。!~]"
)
_NUMERALS: Final = "零一二三四五六七八九"
_N: Final = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_LONG: Final = (
    rf"(?:(?P<half>半)个?(?:小时|钟头)|(?P<hours>{_N})个?(?P<more>半)?(?:小时|钟头)"
    rf"|(?P<quarter>一刻钟|1刻钟)|(?P<minutes>{_N})分钟?)"
)
_ABOUT: Final = r"(?:左右|吧|哈|啊|才能到|到|过去|过来|去|来)*"
_LATER: Final = re.compile(
    rf"(?:我)?(?:可能|得|要|会)?(?:再|还)?(?:得|要)?(?:晚到?|迟到?|推迟|往后推|延后|晚来|晚去)(?:个)?{_LONG}{_ABOUT}"
)
_STILL: Final = re.compile(rf"(?:我)?(?:可能|大概|估计)?(?:还|再)(?:得|要|有|等|需要)?(?:个)?{_LONG}{_ABOUT}")
_CLOCK: Final = rf"(?:今天|明天|后天|上午|中午|下午|晚上|傍晚)*(?:{_N}[点:](?:半|{_N}分?|一刻|三刻|过)?(?:钟)?)"
_AT: Final = re.compile(
    rf"(?:我)?(?:改到?|推到|就|大概|得|要|可能)*(?P<at>{_CLOCK}){_ABOUT}(?:行吗|可以吗|行不行|见)?[?]?"
)


@dataclass(frozen=True, slots=True)
class Shift:
    """So much later, counted from the promised hour (`from_now`: from now); or the words of another hour. `why`: what
    he says with it."""

    by: timedelta | None = None
    from_now: bool = False
    at: str = ""
    why: str = ""


def read_shift(text: str) -> Shift | None:
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
            return Shift(found.by, found.from_now, found.at, ",".join(why))
        if _AWAY.sub("", clause):
            return None
        why += [clause] if len(clause) > 1 and clause not in ("好的", "那就") else []
    return None


def _read(clause: str) -> Shift | None:
    if match := _LATER.fullmatch(clause):
        return Shift(_length(match))
    if match := _STILL.fullmatch(clause):
        return Shift(_length(match), from_now=True)
    match = _AT.fullmatch(clause)
    return Shift(at=match["at"]) if match else None


def _length(match: re.Match[str]) -> timedelta:
    if match["half"]:
        return timedelta(minutes=30)
    if match["quarter"]:
        return timedelta(minutes=15)
    hours, minutes = (_number(match[name]) for name in ("hours", "minutes"))
    return timedelta(hours=hours, minutes=minutes + 30 * bool(match["more"]))


def _number(words: str | None) -> int:
    """十五 is 15, 两 is 2."""
    if not words or words.isdecimal():
        return int(words or 0)
    tens, ten, ones = words.replace("两", "二").rpartition("十")
    return (_digit(tens) or 1) * 10 * bool(ten) + _digit(ones)


def _digit(sign: str) -> int:
    return max(_NUMERALS.find(sign[-1]), 0) if sign else 0
