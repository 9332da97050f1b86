"""The parts of a day: 明早, 今儿黑了, 晚饭前 → from which hour until which."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from classifiers.times.words import EVENING, NOON, NUMBER, PARTS

# Parts of a day only behind the day: 明早, 今夜, 今儿黑了, 明天下半天.
_HALVES_BEHIND: Final[tuple[tuple[str, time, time], ...]] = (
    ("早", time(7), time(10)),
    ("晚|夜", time(18, 30), EVENING),
    ("上半天", time(8), NOON),
    ("下半天", time(14), time(18)),
    ("黑[了夜下里]", time(18), EVENING),
)
# What a time can be before: 晚饭前, 放学之前; the second hour is never asked for.
EVENTS: Final[tuple[tuple[str, time, time], ...]] = (
    ("吃?早[饭餐]", time(7, 30), time(8)),
    ("吃?[午中][饭餐]", NOON, time(12, 30)),
    ("放学", time(16, 30), time(17)),
    ("下班|天黑|吃?晚[饭餐]", time(18), time(18, 30)),
)
_ALL_HALVES = (*PARTS, *_HALVES_BEHIND, *EVENTS)
NOT_BEFORE = r"(?![面头门院边台天日后])"  # 门前, 院前, 前天
EVENT = rf"(?:{'|'.join(words for words, _, _ in EVENTS)})(?=之前|以前|前{NOT_BEFORE})"
BEHIND_DAY = (
    rf"(?:(?<=[今明后一二三四五六日天号])|(?<=[周期拜][1-7]))[早晚](?!点)|[早晚](?={NUMBER}点)"
    r"|(?<=[今明])夜(?![间宵班市])|(?<=[天儿个])[上下]半天|(?<=[儿个])黑[了夜下里]"
)


def part_named(words: str | None) -> tuple[time, time] | None:
    if not words:
        return None
    return next((start, end) for pattern, start, end in _ALL_HALVES if re.fullmatch(pattern, words))
