"""Where a text speaks of times: each phrase, what only looks like one, and those that make one stretch together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from classifiers.reader.late import late
from classifiers.reader.segment import read_number
from classifiers.times.days import ANY_DAY, DAYS_ON, names_day
from classifiers.times.hours import BETWEEN, hour_pattern
from classifiers.times.lengths import COUNTED
from classifiers.times.moments import words_before
from classifiers.times.parts import BEHIND_DAY, EVENT, NOT_BEFORE
from classifiers.times.words import NUMBER, PART

_SHORTEST_MINUTES = 10  # 一点五十 is an hour, 快一点五 none
_OVER = late(r"(?:都|早就?|已经?)?过了(?!再|就|[来去])")  # 三点过了没人来; 三点过了再去 is yet to come
# 以后十点收摊, 每天十点; 下班以后三点去 is said of one day.
_EVERY_DAY = late(r"(?:(?<![完饭班好天点半午])以后|每[天日]?)[都就]?$")
_EACH = late(r"每(?:[个逢天日]|到)?(?:(?:周|星期|礼拜)[一二三四五六日天、]{1,9}\s?)?$")  # 每周三下午, 每天晚上
_STILL = late(r"(?:[要得]|还有|再)\s?$|(?:大概|大约|差不多|估计)$")  # 要一个小时才到
_IS_NOW = late(r"(?:已经?|都|这都|现在|快)$")  # 已经十点了
# 十点以后老有人唱歌, 半夜三点还在吵, 十点以后不营业: as it always is.
_HABIT = late(
    r"(?:以后|之后|过后|后)?(?:也|就|都)?(?:老是?|总是?|天天|一直|还(?:在(?!家|这|那)|有人)|有人(?!在家|[吗么没]|过?[来去])|不营业|关门|收摊|打烊)"
)
_TO = late(r"到|至|[-~—–]+")
_OR = late(r"[去来]?(?:或者?|或是|还是)|、|和|跟")
_PAST = (
    rf"(?P<past>昨[天日晚儿]|前[天日]|上个?(?:周|星期|礼拜|月)[一二三四五六日天]?|刚才|刚刚)\s*(?:{PART})?\s*"
    rf"(?:{NUMBER}点)?"
)
_WITH_DAY = "(?(part)|(?(near)|(?(weekday)|(?!))))"  # true in a pattern behind a day or a part of it
_HAVING_EATEN = r"(?:我|等)?吃[完过了罢]饭(?:[以之]?后)?\s*"  # 晚上吃过饭七点半
_ON_DAY = (
    rf"{ANY_DAY}?\s*的?(?P<part>{PART}|{EVENT}|{BEHIND_DAY})?\s*(?(part)(?:{_HAVING_EATEN})?)"
    rf"(?:(?<!\d){hour_pattern('', _WITH_DAY)}(?:{BETWEEN}{hour_pattern('to_', '(?(digits)|(?!))')})?)?"
    rf"(?P<until>之前|以前|前{NOT_BEFORE})?"
)
_VAGUE = (
    r"(?P<vague>(?:国庆|五一|元旦|劳动节)(?:节?之?以?后)|(?:中秋|端午|春节|过年|过节|放假|清明|元宵|秋收|麦收)(?:节?之?以?[后前])"
    rf"|(?:再?过(?:两|几|些)天|改天)(?:\s?的?(?:{PART}|[早晚](?={NUMBER}点)))?(?:\s?{NUMBER}点半?)?|这两天|回头|雨停了?|天晴了?|抽空|有空|忙完|明年|开春|放假)"
)
_UNNAMED_DAYS_ON = re.sub(r"\?P<\w+>", "?:", DAYS_ON)
_PHRASE = late(
    rf"{_PAST}|(?!{_UNNAMED_DAYS_ON})(?:{COUNTED})|{_VAGUE}|(?P<soon>一会儿?|待会儿?|等一?会儿?|马上|这就)(?=去|来|到|过|就|修|弄|看|办|上|再|,|$)|{_ON_DAY}"
)


class Phrase(NamedTuple):
    """One time said, and the phrases that name its day and its part: 下午, behind 明天上午不行, is tomorrow's."""

    match: re.Match[str]
    dated: re.Match[str]
    parted: re.Match[str]


def phrases_in(plain: str) -> list[Phrase]:
    phrases: list[Phrase] = []
    for match in _PHRASE.finditer(plain):
        if match[0].strip() and not _is_nothing(match):
            before = phrases[-1] if phrases else None
            phrases.append(Phrase(match, _dated(match, before), _parted(match, before)))
    return phrases


def names_time(match: re.Match[str]) -> bool:
    return bool(match["part"] or match["hour"])


def _dated(match: re.Match[str], before: Phrase | None) -> re.Match[str]:
    """What names the day: an hour or 下午 is on the day of the hour or the 上午 that was said before."""
    is_alone = before is None or names_day(match) or not names_time(match) or not names_time(before.match)
    return match if before is None or is_alone else before.dated


def _parted(match: re.Match[str], before: Phrase | None) -> re.Match[str]:
    """What names the part of the day: 八点 is the evening's behind 晚上七点不对, three o'clock not the morning's."""
    if before is None or match["part"] or match["hour"] is None or names_day(match) or before.match["hour"] is None:
        return match
    return before.parted


_ONE_OCLOCK = late(
    r"(?:^|[,。\s去来到])(?:大概|大约|差不多|估计|约)$"
)  # 我吃了饭去 大概一点; 大概一点五公里 is no hour


def _is_nothing(match: re.Match[str]) -> bool:
    """Words that only look like a time: 前 alone, 一点 as in 快一点; an hour that is over or of every day."""
    before, after = words_before(match), match.string[match.end() :]
    if (match["part"] or match["weekday"]) and _EACH.search(before):
        return True
    if match["count"] and not match["within"] and after.startswith("才"):  # 上次四十分钟才到
        return not _STILL.search(before)
    if match["hour"] is None:
        return match[0].strip() in ("前", "之前", "以前", "的")
    if _IS_NOW.search(before) and after.startswith("了"):
        return True
    is_bare = not any(map(match.group, ("near", "part", "half", "weekday", "short", "shy", "to_hour")))
    is_bare = is_bare and (read_number(match["minute"] or "") or 0) < _SHORTEST_MINUTES
    is_about_one = match["hour"] == "一" and _ONE_OCLOCK.search(before) and not after.strip(" ,。!吧左右钟的")
    if (
        is_bare and not is_about_one and (match["hour"] in ("一", "有") or after.startswith("都"))
    ):  # 三点都没办: points of a list
        return True
    return bool(
        _OVER.match(after)
        or (not names_day(match) and _HABIT.match(after))
        or (not names_day(match) and _EVERY_DAY.search(before))
    )


def runs_of(plain: str) -> list[list[Phrase]]:
    """The times said, those together that make one stretch: 周四到周五, 今天或者明天."""
    runs: list[list[Phrase]] = []
    for phrase in phrases_in(plain):
        if runs and _is_joined(runs[-1][-1].match, phrase.match):
            runs[-1].append(phrase)
        else:
            runs.append([phrase])
    return runs


def _is_joined(first: re.Match[str], second: re.Match[str]) -> bool:
    if first["past"] or second["past"]:
        return False
    between = first.string[first.end() : second.start()].strip()
    if not between:  # 明后天, 周六周日; 周三15号 is one day
        return any(first[kind] and second[kind] for kind in ("near", "weekday")) or _is_next_hour(first, second)
    if _TO.fullmatch(between):  # 明天到7号修灯 goes to a door
        return not second["only_day"] or any(first[kind] for kind in ("only_day", "month", "feast"))
    return bool(_OR.fullmatch(between))


def _is_next_hour(first: re.Match[str], second: re.Match[str]) -> bool:
    """十点十一点之间; 上午十点下午三点 are two times."""
    if not (first["hour"] and second["hour"]) or second["part"] or names_day(second):
        return False
    return (read_number(first["hour"]) or 0) < (read_number(second["hour"]) or 0)


def words_of(run: Sequence[Phrase]) -> str:
    return run[0].match.string[run[0].match.start() : run[-1].match.end()].strip()
