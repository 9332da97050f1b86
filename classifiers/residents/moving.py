"""A resident has moved: 我搬到水井胡同了, 我不住槐荫胡同了,现在住水井胡同, 我搬走了以后不住这了.

Every pattern must fit the whole text: what tells of a trouble besides is a request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST = 40  # signs


@dataclass(frozen=True, slots=True)
class Move:
    """Where to, as it was said, "" when that was not said; `leaves`: he lives here no more, wherever that is."""

    to: str = ""
    leaves: bool = True


_I = r"(?:我|俺|咱)(?:们)?(?:家|一家|全家|老两口|两口子)?(?:人)?"
_WHEN = r"(?:已经?|现在|如今|刚|才|都|前两天|昨天|今天|上个?月|上周|这个?月|今年|去年|早就?|以后|今后|往后|,)*"
_TO = r"(?P<to>[^,。!?\s]{2,20}?)"
_END = r"(?:来|去|住|这边|那边|那儿|这儿|了|啊|呀|哈|啦|的|,|。|!|~)*"
_HELLO = r"(?:您好|你好|跟?你们?说(?:一声|一下)|说一声|告诉你们?一声|通知一下|,)*"
_NEW_ADDRESS = (  # 你们给我改一下地址
    r"(?:请|麻烦|你们|您|给|帮|把|我想|我要|我|,)*+(?:的?(?:地址|住址))?(?:给我|给)?(?:改|换|更新|变更)(?:一下|下|一改)?(?:我的?)?(?:地址|住址)?[吧啊呗]?"
)
_HERE = (
    r"(?:这(?:儿|里|边|块儿?|片)?|那(?:儿|里|边)?|(?:这|那|咱)(?:个|条)?胡同(?:里)?|"
    r"[\u4e00-\u9fff]{2,6}(?:胡同|街|路|巷|村|院|小区|里))"
)
_LEFT = rf"不(?:再)?(?:住|在)(?:在)?{_HERE}(?:住)?"

_DENIES = late(_LEFT)
_FAR = late(
    r"[\u4e00-\u9fff]{1,4}(?:省|市|县|区|镇|乡|村|庄)|北京|上海|天津|重庆|外地|老家|城里|乡下|别处|别的地方|养老院|敬老院|"
    r"(?:儿子|闺女|女儿|孩子)(?:家|那儿?|那边)?"
)

_MOVED: Final = tuple(
    late(rf"{_HELLO}{pattern}{_END}(?:{_NEW_ADDRESS})?")
    for pattern in (
        rf"(?:{_I})?{_WHEN}(?:从{_HERE})?搬(?:家了?|走了?)?,?(?:搬)?(?:到|去|进|至)了?{_TO}",
        rf"(?:{_I})?{_WHEN}(?:搬(?:家|走)了?,)?{_WHEN}(?:现在|如今|眼下|目前){_WHEN}(?:{_I})?(?:搬到|搬去|住(?!院)在?|住到|改住){_TO}",
        rf"(?:{_I})?{_WHEN}{_LEFT}了,?{_WHEN}(?:{_I})?(?:搬到|搬去|住(?!院)在?|住到|在|改){_TO}",
    )
)
_GONE: Final = tuple(
    late(rf"{_HELLO}{pattern}{_END}")
    for pattern in (
        rf"{_I}{_WHEN}搬(?:走|家|出去|离)了?(?:,|{_WHEN})*(?:(?:{_I})?{_WHEN}{_LEFT})?",
        rf"(?:{_I})?{_WHEN}{_LEFT}了",
    )
)


_ASKS_TO_CHANGE: Final = late(rf"{_HELLO}{_NEW_ADDRESS}{_END}")


def read_move(text: str) -> Move | None:
    """None for anything else. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~\n").replace(" ", ",")
    if not plain or len(plain) > _LONGEST:
        return None
    for pattern in _MOVED:
        if match := pattern.fullmatch(plain):
            leaves = bool(_DENIES.search(plain) or _FAR.fullmatch(match["to"]))
            return Move(match["to"], leaves)
    if "址" in plain and _ASKS_TO_CHANGE.fullmatch(plain):
        return Move(leaves=False)
    return Move() if any(pattern.fullmatch(plain) for pattern in _GONE) else None
