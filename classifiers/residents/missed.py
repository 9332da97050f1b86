"""Nobody came as was promised, or who comes cannot find the door: 等了一上午 连个人影都没见着, 师傅找不着我家门.

Beside something open such words hurry, or are news for whoever comes. Alone they may tell of somebody who is lost, so
every clause must fit whole, and whether anything is open the desk knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.residents.judgements import clauses_of

_LONGEST: Final = 30  # signs


class Missed(StrEnum):
    """How plain it is that the helper is meant."""

    PLAIN = "plain"  # 没人来, or with a promise or a wait beside it
    GONE = "gone"  # 人都没影了: of a patient it is another thing


@dataclass(frozen=True, slots=True)
class Seeking:
    """Who cannot find the door: 小陈; "" for 师傅, 你们的人."""

    person: str = ""


_TIME = r"[今明昨早晨上中下午晚夜天一二两三四五六七八九十半几\d点时刻钟多分:都这已经快现在了好整个小]{0,14}"
_YET = r"(?:一直|还是|到现在|到这会儿|至今|怎么|咋|压根|根本|也|都|还|就|愣是|硬是){0,3}"
_END = r"[了啊呀呢哦嘛吧的]{0,3}"
_HELPER = rf"(?:你们|您|他们?|师傅|[小老][{SURNAMES}]|明明|不是|当时|昨天|之前){{0,3}}"
_WAITED = rf"(?:我|俺|们|在家|老|干|白|都|家里){{0,3}}等(?:了|到|着)?{_TIME}"
_PROMISED = (
    rf"{_HELPER}(?:说|讲|约|定)(?:好|了|过|的|是){{0,2}}{_TIME}(?:要|就|会)?(?:来|上门)(?:不来|修|看|弄|的){{0,2}}"
)
_NO_SIGN = (
    r"(?:连)?(?:一?个)?(?:人影儿?|影儿|影子|鬼影)(?:都|也|还)?"
    r"(?:没有|不见|见不[着到]|看不[着见到]|没(?:看|瞧)?(?:见|到)[着到]?|没)"
)
_NOBODY = (
    r"没(?:有)?(?:(?:看|瞧)?见[着到]?(?:有)?(?:一?个)?人(?:影儿?)?(?:来|上门|过来|露面)?|"
    r"(?:一?个)?人(?:来|上门|过来|露面))(?:过|修|看){0,2}"
)
_GONE = r"人(?:都|也|就)?没影儿?"
_NOT_FOUND = r"人(?:都|也|就)?(?:找不[着到]|不见|没见[着到]?)"
_BESIDE: Final = late(rf"(?:{_WAITED}|{_PROMISED}){_END}")
_CLOCK: Final = late(rf"(?=.*[点午天晚钟现]){_TIME}")
_PLAIN: Final = late(rf"(?:{_WAITED}|{_PROMISED}|{_TIME}){_YET}(?:{_NO_SIGN}|{_NOBODY}){_END}")
_UNSURE: Final = late(rf"{_TIME}{_YET}(?:{_GONE}){_END}")
_ONLY_BESIDE: Final = late(rf"{_TIME}{_YET}(?:{_NOT_FOUND}|{_GONE}){_END}")
_SEEKS: Final = late(
    rf"(?:(?:你们|您)?(?:派|叫)?(?:来)?的?(?:那个?)?(?:人|师傅|工人)|(?P<person>[小老][{SURNAMES}])(?:师傅)?)"
    r"(?:说|是不是|好像|可能|一直|也|都|还|又|老){0,3}(?:找不[着到见]|没找[着到]|摸不[着到])(?:了)?"
    r"(?:我|俺|咱)(?:们)?(?:家)?(?:的)?(?:大?门口?|家|这儿|院子?|楼|单元|地方|在哪儿?|住哪儿?){1,2}[了啊呀呢吧]{0,2}"
)
_STROLLS: Final = late(
    r"(?:正|就|还|一直|他|人|都){0,2}在[^,]{1,8}(?:转悠|打转|转圈|转|绕|等|找|问)[着了呢啊呀圈]{0,3}"
)


def says_nobody_came(text: str) -> Missed | None:
    """说好九点来的 这都十一点了 人影都没有: nothing but that; None for anything else. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:?\n")
    clauses = clauses_of(plain) if len(plain) <= _LONGEST else ()
    is_promised = any(_BESIDE.fullmatch(clause) for clause in clauses)
    found: Missed | None = None
    for clause in clauses:
        if _PLAIN.fullmatch(clause) or (is_promised and _ONLY_BESIDE.fullmatch(clause)):
            found = Missed.PLAIN
        elif _UNSURE.fullmatch(clause):
            found = found or Missed.GONE
        elif not (_BESIDE.fullmatch(clause) or _CLOCK.fullmatch(clause)):
            return None
    return found


def read_seeking(text: str) -> Seeking | None:
    """小陈找不着我家 在胡同口转悠呢: who comes cannot find the door. 他找不着家了 is of somebody lost. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:?\n")
    clauses = clauses_of(plain) if len(plain) <= _LONGEST else ()
    first = _SEEKS.fullmatch(clauses[0]) if clauses else None
    if first is None or not all(_STROLLS.fullmatch(clause) for clause in clauses[1:]):
        return None
    return Seeking(first["person"] or "")
