"""Words about the hour at which somebody comes: 改明天吧, 三点不行了, 两点我不在家 三点行不, 换个时间吧, 能不能早点.

Every clause must fit whole, but for the reason behind the first that does: 两点不行 我要接孙子.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.residents.judgements import clauses_of
from classifiers.times.words import DAY, HOUR, PART, VAGUE_DAY

_LONGEST: Final = 40  # signs
_LONGEST_REASON: Final = 12


class Shift(StrEnum):
    """How much the words say by themselves."""

    PLAIN = "plain"  # 晚点行吗, 换个时间吧: of a visit, whatever was agreed on
    NOT_NOW = "not_now"  # 别半夜来啊: of a visit, even if nobody has promised one yet
    IF_AGREED = "if_agreed"  # 三点不行, 四点以后吧: of a visit only where an hour is agreed on


_AT_NIGHT = r"(?:凌晨|[后下]?半夜|深夜|午夜|早晨)"  # nobody comes then: 半夜了 tells, 早晨 greets
_TIME = rf"(?:(?:{DAY}|{VAGUE_DAY}|(?!{_AT_NIGHT}){PART}|{HOUR})(?:的|吧)?)++"
_ASKS = (
    r"(?:行不行|行[吗么不]?|可以[吗么不]?|好[吗么不]?|成[吗么不]?|中[吗么不]?|方便[吗么不]?|合适[吗么不]?|怎么样|"
    r"吧|呢|呗|啊)*[了?]?"
)
_WHO = r"(?:我们?家?|俺|咱|家里|家|他|她|老伴|孩子|那会儿|那时候?|的话|可能|恐怕|怕是|都|也|真|实在|又|就)*+"
_NOT = (
    r"(?:不行|不中|不成|不方便|不(?:在)?家|不在|没空|没时间|有事|有点事|没人在?家?|去不了|赶不上|赶不回来?|不得闲|上班|得?出门|要出去|"
    r"来不及|不合适|回不[来去]|到不了家)"
)
_FROM = r"(?:以后|之后|以前|之前|左右|再|过后|往后|前后|后|前)?"
_COMES = r"(?:再)?(?:来|过来|去|到|上门|修|弄|看|说|约|办)?"
_CAN = r"(?:那|我|你们?|您|师傅|能不能|可不可以|能否|可以|可否|要不|不然|麻烦|最好|想|请|还是|,)*"
_MORE = r"(?:一?点儿?|些|一?会儿?|几天|一天|两天|半天|一个(?:小时|钟头))"

_PLAIN: Final = tuple(
    late(pattern)
    for pattern in (
        rf"{_CAN}(?:改|换|另约|重新约|再约|调|挪)(?:一?个|一?下)?(?:时间|日子|点儿?)(?:再)?{_COMES}{_ASKS}",
        rf"{_CAN}(?:改|换|推|挪|调|约|延|提前|推迟)(?:成|到|在)?(?:{_TIME}){_FROM}{_COMES}{_ASKS}",
        rf"{_CAN}{VAGUE_DAY}(?:吧|再{_COMES}){_ASKS}",
        rf"{_CAN}(?:稍微|再)?(?:早|晚|提前|推迟|往后推?|往前提?|延后){_MORE}(?:来|过来|去|到|上门)?{_ASKS}",
    )
)
_NOT_NOW: Final = tuple(
    late(pattern)
    for pattern in (
        rf"{_CAN}(?:可|千万|先)*(?:别|甭|不要|不用)(?:大)?(?:半夜|夜里|深夜|黑天|黑灯瞎火的?|今晚|晚上|这会儿|现在|太早|太晚|一大早|中午)(?:过来|来|上门|跑){_ASKS}",
    )
)
_IF_AGREED: Final = tuple(
    late(pattern)
    for pattern in (
        rf"(?:那|可是|但是|可)?{_WHO}{_TIME}{_FROM}{_WHO}{_NOT}[了呢啊呀]*",
        rf"{_CAN}{_TIME}{_FROM}{_COMES}{_ASKS}",
        rf"{_WHO}(?:现在|这会儿|到时候?){_WHO}{_NOT}[了呢啊呀]*",
        rf"{_WHO}(?:不在家?|没空|没时间|没人|不得闲|赶不回[来去]|出门|出去|出来)[了呢啊呀]*",
        rf"{_CAN}(?:这[两几]天|先)(?:就|先)?(?:别|甭|不用|不要)(?:着急|急着)?(?:过来|来|上门|跑){_ASKS}",
    )
)
_REASON: Final = late(
    rf"(?:{_TIME})?(?:我|俺|家里|老伴|孩子)(?:们|家)?(?:临时|突然|正好|刚|这会儿|现在)?(?:还?[要得]|有|在|去|住院|病|发烧).{{0,10}}"
    rf"|(?:{_TIME})?(?:外[面头]|这|天){{0,2}}(?:又|还|正|要)?(?:下(?:着)?(?:大)?[雨雪]|刮大?风|太(?:冷|热|晚|滑)|天不好|路滑|[雨雪]太?大).{{0,4}}"
)
_COME_NOT: Final = late(
    rf"(?:你们?|您|师傅|先|就|那)*(?:{_TIME})?(?:就|先)?(?:别|甭|不用|不要)(?:再|着急)?(?:过来|来|上门|跑)[了吧啊呀一趟]*"
)
_GREETING: Final = late(rf"(?:早|{PART})好[啊呀哦]?")
_POLITE: Final = late(
    r"(?:不好意思|对不起|抱歉|实在|真是|师傅|您好|你好|哎呀?|好的?|行|麻烦|谢谢|那|小[\u4e00-\u9fff])*了?"
)


def read_shift(text: str) -> Shift | None:
    """None for anything else than the hour of a visit. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:\n")
    if not plain or len(plain) > _LONGEST:
        return None
    found: list[Shift] = []
    for clause in clauses_of(plain):
        if _GREETING.fullmatch(clause):
            continue
        if any(pattern.fullmatch(clause) for pattern in _PLAIN):
            found.append(Shift.PLAIN)
        elif any(pattern.fullmatch(clause) for pattern in _NOT_NOW):
            found.append(Shift.NOT_NOW)
        elif any(pattern.fullmatch(clause) for pattern in _IF_AGREED):
            found.append(Shift.IF_AGREED)
        elif not (_is_beside(clause) or (found and len(clause) <= _LONGEST_REASON)):
            return None
    return min(found, key=list(Shift).index, default=None)


def _is_beside(clause: str) -> bool:
    return any(pattern.fullmatch(clause) for pattern in (_COME_NOT, _POLITE, _REASON))
