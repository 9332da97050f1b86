"""When somebody promises to come: 明天下午三点半, 这周六, 半小时后, 月底前 → from when until when, and the words said.

| said | means |
|---|---|
| a day | its office hours, 8:00–18:00; today from now on |
| a part of the day | `PARTS`; 晚饭前, 天黑之前: until the hour of `EVENTS` |
| an hour without a part | the one in office sense: 3点 is the afternoon's, 8点 the morning's, never a past one |
| 周三, 周3 | the next one, today's included; 这周三 this week's; 下周三 next week's; weeks begin on Monday |
| 上午, 周三上午 that is over | tomorrow's, next week's; nothing when the sentence tells of the past: 上午去了没人 |
| 15号 | the next one; 31号 is in the next month that has one |
| 3月5号 | this year's, else next year's if that is less than ten months away |
| 11/26 下午, 2026-12-02 | that day; 11-26 alone is one only behind 到, 改到, or at the beginning |
| 月初, 中旬, 月底 | the first five days, the 11th to the 20th, the last three; with a day or a month as above |
| 半小时后, 过三天, 20分钟左右到 | counted from now; 三天内, 周五前, 月底前, 十分钟到: from now until then |
| 周四到周五, 明后天, 今天或者明天 | from where the first begins until the last has ended |
| 明天上午不行,下午去 | the second, on the day of the first |
| 三天后上午九点 | nine o'clock on the third day |
| 配件明天到,后天给装 | the day of what the speaker does himself |
| 国庆后, 过两天下午, 改天, and whatever is past | no time, only the words |
| 三点过了, 已经十点了, 每周三, 十点以后老有人唱歌, 中心街7号 | nothing: over, now, of every week, a habit, a door |

Read in rooms: `words` spells, `parts`, `days`, `hours` and `lengths` read each its own,
`phrases` finds them in a text, `clauses` hears what is said around them, `spans` reckons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from classifiers.reader.segment import normalise
from classifiers.times.clauses import (
    CLAUSE,
    INSTEAD,
    TELLS,
    TO_COME,
    is_told,
    runs_to_come,
    speaks_of_himself,
    speaks_of_others,
)
from classifiers.times.days import NAMED_DAYS
from classifiers.times.phrases import phrases_in, runs_of, words_of
from classifiers.times.spans import When, has_begun, is_run_over, next_stretch

_LONGEST = 400
_SEASONS: Final = frozenset({"明年", "开春", "放假"})


def read_when(text: str, now: datetime) -> When | None:
    """The first time in a text that is not past, or the one that takes its place; None when there is none. `now` must
    be aware, in the place's zone.

    Never raises; no start lies before `now`.
    """
    unclear: When | None = None
    clear: When | None = None
    told: list[re.Match[str]] = []
    plain, end, is_theirs = normalise(text[:_LONGEST]), 0, False
    for said, clause in runs_to_come(plain):
        run = [phrase._replace(dated=phrase.match) if phrase.dated in told else phrase for phrase in said]
        if is_told(run, clause) and has_begun(run, now):
            told += [phrase.dated for phrase in run]
            found = When(words_of(run))
        else:
            found = next_stretch(run, now)
        gives_way = INSTEAD.search(plain[end : run[0].match.start()])  # 今天有事,明天一早去
        is_instead = gives_way or (is_theirs and speaks_of_himself(run, clause))
        if clear is None or is_instead:
            clear = found if found.start is not None else clear
        unclear, end = found if unclear is None or is_instead else unclear, run[-1].match.end()
        is_theirs = (is_theirs and not is_instead) or speaks_of_others(run, clause)
    return clear or unclear


def is_over(text: str, now: datetime) -> bool:
    """Whether a text names a time, and each that it names lies before `now`: 昨天下午, 今天早上八点 said at nine.

    国庆后 and 过两天, which cannot be reckoned, are not over.
    """
    runs = runs_of(normalise(text[:_LONGEST]))
    return bool(runs) and all(is_run_over(run, now) for run in runs)


def tells_of_the_past(text: str) -> bool:
    """Whether the words behind a time tell what was: 昨天下午去看过了, 上午去了没人."""
    plain = normalise(text[:_LONGEST])
    behind = (CLAUSE.match(plain, run[-1].match.end()) for run in runs_of(plain))
    return any(TELLS.search(clause[0]) and not TO_COME.search(clause[0]) for clause in behind if clause)


def find_when(text: str) -> str | None:
    """The words of the first time in a text, or of the one that takes its place, whatever they mean."""
    words: str | None = None
    plain, end, is_open, is_theirs = normalise(text[:_LONGEST]), 0, True, False
    for run, clause in runs_to_come(plain):
        gives_way = bool(INSTEAD.search(plain[end : run[0].match.start()])) or (
            is_theirs and speaks_of_himself(run, clause)
        )
        if words is None or ((is_open or gives_way) and not run[0].match["vague"]):
            words, is_open, is_theirs = words_of(run), is_told(run, clause), speaks_of_others(run, clause)
        end = run[-1].match.end()
    return words


def spans_of_times(plain: str) -> Iterator[tuple[int, int, bool]]:
    """Where a normalised text speaks of times, and whether of a day or an hour that can be promised (周三, 3点), not
    only of 今天, 下午, 一会儿."""
    for match, *_ in phrases_in(plain[:_LONGEST]):
        if not match["past"] and match["soon"] not in ("马上", "这就") and match["vague"] not in _SEASONS:
            is_far = bool(match["near"]) and not match["near"].startswith("今")
            days = (*NAMED_DAYS, "hour", "until")
            within = (match["within"] or "") + (match["passing"] or "")
            is_counted = bool(match["count"]) and any(sign in within for sign in "后内过等再")
            start = match.start() + len(match[0]) - len(match[0].lstrip(" 的"))
            yield start, match.start() + len(match[0].rstrip()), is_far or is_counted or any(map(match.group, days))
