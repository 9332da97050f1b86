"""A member takes back which one he has closed, and names the right one: 说错了 是2修好了, 1没修好 是2换了灯泡."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from classifiers.orders import plainly

_SORRY: Final = r"(?:刚才|刚刚|上面|不好意思|对不起|抱歉|哎呀|哦|啊|呀|[\s,。!])*"
_SLIP: Final = r"(?:我)?(?:(?:说|发|打|弄|搞|记|写|报|点|办结)错(?:单子?|号)?了?|错了|不对)"
_SIGNS: Final = r"[\s,。!:]*"
_WRONG: Final = r"#?(?P<wrong>\d{1,7})(?!\d)号?单?"
_RIGHT: Final = r"(?:应该)?(?:是|应该是)#?(?P<right>\d{1,7})(?![\d点月天日个小])号?单?[\s,]*(?P<words>.*)"
_UNDONE: Final = (
    r"(?P<undone>(?:其实)?(?:还|根本|并)?(?:没有?|未)(?:给)?(?:修|办|弄|换|通|处理|解决|搞|做)?(?:好|完|通|成)?呢?)"
)
_PATTERNS: Final = (
    re.compile(rf"{_SORRY}{_SLIP}{_SIGNS}(?:不是{_WRONG}{_SIGNS})?{_RIGHT}", re.DOTALL),
    re.compile(rf"{_SORRY}不是{_WRONG}{_SIGNS}{_RIGHT}", re.DOTALL),
    re.compile(rf"{_SORRY}(?:{_SLIP}{_SIGNS})?{_WRONG}{_UNDONE}{_SIGNS}{_RIGHT}", re.DOTALL),
)


@dataclass(frozen=True, slots=True)
class Retraction:
    """The number meant, what is said of it ("": the same), the number named wrongly (0: the one before), and what is
    said of that one."""

    right: int
    words: str = ""
    wrong: int = 0
    undone: str = ""


def read_retraction(text: str) -> Retraction | None:
    """None when nothing is taken back, or no other number is named. Never raises."""
    plain = plainly(text)
    matches = (pattern.fullmatch(plain) for pattern in _PATTERNS)
    found = next((match.groupdict() for match in matches if match), None)
    if found is None:
        return None
    words = (found["words"] or "").strip(" ,。!")
    return Retraction(int(found["right"]), words, int(found["wrong"] or 0), found.get("undone") or "")
