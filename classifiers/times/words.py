"""The words for days, hours and lengths, as pattern strings without groups that count: one spelling for every reader.

| pattern | words | not |
|---|---|---|
| NUMBER | 3, 15, 三, 十五, 廿五, 两 | 俩, 仨, 半: only of a LENGTH |
| WEEK | 下周, 下下个星期, 本周, 周 | 上周: past |
| WEEKDAY | 周三, 下下周三, 这个礼拜天, 周末 | 周3: only `promises` can tell it from a door |
| NEAR_DAY | 今天, 今儿, 今晚, 明早, 明儿个, 后儿, 大后天 | 昨天, 前天: past |
| DATE | 15号, 12月3日, 月底, 下个月初, 年底 | 3/15: only `promises` |
| DAY | any of these four; of the weeks only this one and those to come | 周 alone |
| VAGUE_DAY | 改天, 过两天, 下次 | |
| PART | 上午, 晌午, 傍晚, 一大早, 晚饭后: what `PARTS` gives hours to | |
| HOUR | 三点, 十二点整, 3:30, 两点一刻, 十点钟, 三点二十分 | 三点多 |
| LENGTH | 半小时, 俩小时, 一个半钟头, 三刻钟, 20分钟, 三天, 两周, 几个月 | 一会儿 |

`promises` reads the same words more closely: it has to say which moment they mean, these only that a time is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from types import MappingProxyType
from typing import Final

from classifiers.reader.segment import CHINESE_NUMBER, read_number

NOON: Final = time(12)
EVENING: Final = time(21)
# From the first word that fits: 大清早 before 早.
PARTS: Final[tuple[tuple[str, time, time], ...]] = (
    ("凌晨|[后下]半夜", time(0), time(6)),
    ("早[饭餐][以之]?后|吃[完过了罢]早[饭餐](?:[以之]?后)?", time(8), time(10)),
    ("一大?早|大?清早|早起", time(7), time(9)),
    ("早上|早晨", time(7), time(10)),
    ("[午中][饭餐][以之]?后|吃[完过了罢][午中][饭餐](?:[以之]?后)?", time(12, 30), time(14, 30)),
    ("午休[以之]?后|睡[完过]午觉", time(14), time(16)),
    ("上午|前半?晌|头半?晌|上半?晌|午前", time(8), NOON),
    ("中午|晌午|正午|大中午", NOON, time(14)),
    ("后半晌", time(16), time(18)),
    ("下午|后晌|下半?晌|过晌|午后", time(14), time(18)),
    ("放学[以之]?后|放了学", time(16, 30), time(18, 30)),
    ("下班[以之]?后|下了班", time(18), EVENING),
    ("傍晚|傍黑天?|黄昏|擦黑", time(17, 30), time(19, 30)),
    ("天黑[以之]?后", time(18), EVENING),
    ("晚上|夜里|前半夜|晚[饭餐][以之]?后|吃[完过了罢]晚[饭餐](?:[以之]?后)?", time(18, 30), EVENING),
    ("半夜|深夜|午夜", time(22), time(23, 59)),
)

_FEW: Final[Mapping[str, float]] = MappingProxyType({"半": 0.5, "俩": 2, "仨": 3})
_WEEK: Final = r"(?:周|星期|礼拜)"

NUMBER: Final = rf"(?:\d{{1,3}}|{CHINESE_NUMBER}{{1,3}})"
WEEK: Final = rf"(?:(?:这|本|下{{1,2}})?个?{_WEEK})"
WEEKDAY: Final = rf"(?:{WEEK}[一二三四五六日天末])"
NEAR_DAY: Final = r"(?:[今明](?:天|日|儿个?|早上?|晚上?)|大*后(?:天|日|儿个?|晚|早))"
DATE: Final = (
    rf"(?:{NUMBER}月{NUMBER}[号日]|\d{{1,2}}月\d{{1,2}}(?!\d)|{NUMBER}[号日]"
    rf"|(?:{NUMBER}|[这本]个?|下{{1,2}}个?)?月(?:[底末]|初(?![一二三四五六七八九十]))|年[底末])"
)
DAY: Final = rf"(?:{NEAR_DAY}|{WEEKDAY}|(?:这|本|下{{1,2}})个?{_WEEK}|{DATE})"
VAGUE_DAY: Final = r"(?:改[天日]|回头|过[两几]天|下次)"
PART: Final = f"(?:{'|'.join(words for words, _, _ in PARTS)})"
_MINUTES: Final = rf"(?:整|半|过|[一三]刻钟?|{NUMBER}(?!\d|{CHINESE_NUMBER}|[点时])分?)"
HOUR: Final = rf"(?:{NUMBER}(?:(?:点钟?|时(?![候间常])){_MINUTES}?|:\d{{2}}))"
LENGTH: Final = rf"(?:(?:{NUMBER}|[半俩仨几])个?半?(?:小时|钟头|刻钟|分钟|天|{_WEEK}|(?<=个)月))"


def read_count(signs: str) -> float | None:
    """半, 俩, 仨 and whole numbers, as before a measure of time."""
    return _FEW.get(signs) or read_number(signs)
