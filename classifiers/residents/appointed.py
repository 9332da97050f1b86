"""What is said to an hour that was proposed or promised, beside another hour (`shifting`): 我不去 让他来找我,
是明天还是后天, 说好两点 人呢, 又改 我都请了假了.

Every clause must fit whole, but for a short reason beside one that does; whether an hour is agreed on the desk knows.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.residents.judgements import clauses_of
from classifiers.times.words import DAY, HOUR, LENGTH, PART

_LONGEST: Final = 40  # signs
_LONGEST_REASON: Final = 10


class Appointed(StrEnum):
    """One for each thing that can be said; of several in one breath the first of these."""

    REFUSES = "refuses"  # 我不去 让他来找我
    MISSED = "missed"  # 说好两点 人呢
    GRUMBLES = "grumbles"  # 又改 我都请了假了
    WHICH = "which"  # 是明天还是后天


_END: Final = r"[了啊呀呢吧嘛的哈呗啦!?。~]*"
_TIME: Final = rf"(?:(?:{DAY}|{PART}|{HOUR})的?)+"
_HE: Final = r"(?:他们?|她们?|对方|他家|她家|那家|那家子|那口子|[小老][\u4e00-\u9fff](?:家)?)"
_I: Final = r"(?:那|我们?|俺|反正|可|坚决|才|就|也|说啥|死|打死|绝对|都|是)*"
_PATTERNS: Final[tuple[tuple[Appointed, re.Pattern[str]], ...]] = tuple(
    (said, late(pattern))
    for said, pattern in (
        (
            Appointed.REFUSES,
            rf"{_I}不(?:想|愿意?|肯|会|能)?(?:去|到场|参加|见面?|调解|和解|谈|(?:跟|和|与|同){_HE}(?:谈|说|见面?|坐|调解|和解|吃饭|碰面).{{0,4}}|见{_HE}){_END}",
        ),
        (
            Appointed.WHICH,
            rf"(?:那|到底|究竟|您|你们?|师傅|请问|定的|约的|说的)*是?{_TIME}还是{_TIME}(?:来着|过?来|去|谈|上门)*{_END}",
        ),
        (
            Appointed.MISSED,
            rf"(?:你们?|您|他们?|师傅|不是|明明|当时)*(?:说|约|定|讲)(?:好|了|过|的|是)*(?:{_TIME})?(?:来|到|上门)?(?:的)?(?:人|师傅)(?:呢|哪|在哪儿?|咋没来|咋还没来|影儿?都?没有?){_END}",
        ),
        (
            Appointed.MISSED,
            rf"(?:我|俺|们|都|在家|家里|干|白|老|傻|一直|,)*等(?:了|到)(?:你们?|您|他们?|师傅)?(?:都|快|有|大)*(?:半天|好久|老半天|大半天|一?[上下]午|一早上|{LENGTH}){_END}",
        ),
        (
            Appointed.MISSED,
            rf"(?:这)?(?:都|已经)(?:过了)?(?:点儿?|时间|{HOUR}){_END}(?:人呢|人哪|还不来|咋还不来|怎么还不来)",
        ),
        (
            Appointed.GRUMBLES,
            rf"(?:你们?|怎么|咋|这|是不是|,)*(?:又|老是?|总是?)(?:要)?(?:改|变|推|换|往后推|推迟|延|改时间|变卦|改点|改期|不来){_END}",
        ),
        (
            Appointed.GRUMBLES,
            rf"(?:改来改去|变来变去|推来推去|一推再推|一改再改|说话不算[数话]?|没个准[儿头信]?|说变就变){_END}",
        ),
        (
            Appointed.GRUMBLES,
            r"(?:我|俺|们|可|都|专门|特意|为这|为了这事?|,)*(?:请|调|告)(?:了|好)?(?:一天|半天)?(?:假|班)(?:了)?"
            rf"(?:在家)?(?:等(?:着|你们?))?{_END}",
        ),
    )
)
_BESIDE_THE_HOUR: Final = late(
    rf"(?:你们?|您|他们?|师傅|不是|明明|当时)*(?:说|约|定|讲)(?:好|了|过|的|是)*(?:{_TIME})(?:来|到|上门|谈)?的?{_END}"
)
_WHERE_IS_HE: Final = late(rf"(?:人|师傅|{_HE})(?:呢|哪|在哪儿?){_END}")
_DEMANDS: Final = late(
    rf"(?:要谈|要不|除非|得|要|叫|让|先|必须|凭啥|凭什么|我|那|该|应该){{1,4}}{_HE}?(?:先|自己|亲自|上门|给我|给俺|当面|来|过来|找我|找俺|赔礼|赔不是|道歉|认错|赔钱|说清楚|写保证|,)+{_END}"
)
_POLITE: Final = late(r"(?:不好意思|对不起|抱歉|麻烦|师傅|你好|您好|哎呀?|喂|那|唉|好的?|行)*了?")


def read_appointed(text: str) -> Appointed | None:
    """None for anything else than words to an hour. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:\n")
    clauses = clauses_of(plain) if 0 < len(plain) <= _LONGEST else ()
    found: list[Appointed] = []
    is_of_hour = any(map(_BESIDE_THE_HOUR.fullmatch, clauses))
    for clause in clauses:
        said = next((said for said, pattern in _PATTERNS if pattern.fullmatch(clause)), None)
        if said is None and is_of_hour and _WHERE_IS_HE.fullmatch(clause):
            said = Appointed.MISSED
        if said is not None:
            found.append(said)
        elif not (_is_beside(clause) or (found and len(clause) <= _LONGEST_REASON)):
            return None
    return min(found, key=list(Appointed).index, default=None)


def _is_beside(clause: str) -> bool:
    return any(one.fullmatch(clause) for one in (_DEMANDS, _POLITE, _BESIDE_THE_HOUR))


def says_no_more(text: str) -> bool:
    """Nothing but such words: no reason beside them that may be for other ears. Never raises."""
    return all(
        any(pattern.fullmatch(clause) for _, pattern in _PATTERNS)
        or _is_beside(clause)
        or _WHERE_IS_HE.fullmatch(clause) is not None
        for clause in clauses_of(normalise(text[: _LONGEST * 2]).strip(" ,。!~;:\n"))
    )
