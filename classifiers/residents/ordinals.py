"""第一个, 前两件, 最后一个: places in a list of requests that somebody was shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.reader.late import late
from classifiers.reader.segment import read_number

_SIGNS = "一二三四五六七八九十"
_COUNT = r"(?:[一两二三四五六七八九]|[1-9])"
# What is said of a whole request may follow; 第二个灯 and 前两个月 are places in something else.
_SAID_OF_IT = (
    r"(?:事儿?|单子?|活儿?)?(?=$|[,，。、;；!！?？\s]|[和跟与我俺让叫请由给转退接也就先都已还没修换好办弄通明今等归交是去来得要查约]|的|"
    r"后天|大后天|下午|上午|下周|周|星期|不用|不归|不是我|可以)"
)
_PLACE = late(
    rf"(?:第(?P<nth>[{_SIGNS}]|\d{{1,2}})|(?P<side>前|后|头|最后)(?P<count>{_COUNT}))(?:个|件|条)(?:的)?{_SAID_OF_IT}"
)
# A place stands where a request's number could: at the beginning of a clause or behind a command, not behind a number.
_BEFORE = late(r"(?:^|[,，。、;；!！\s]|和|跟|与|把|将|那|接|转|退|办结|查)$")
_BEHIND_A_NUMBER = late(r"\d号?[\s,，]*$")
_FOR_OTHERS = late(r"^[\s#号\d]*(?:登记|告诉|转告|补充|请补充|听写)")  # these words are kept as they are said


def names_by_place(text: str) -> bool:
    """Does it speak of requests by their places in a list? Never raises."""
    return bool(_places(text))


def with_numbers(text: str, listed: Sequence[int]) -> str | None:
    """第一个我接了 as #12 我接了; None when the list has no such place. Never raises."""
    for match in reversed(_places(text)):
        meant = _meant(match, listed)
        if not meant:
            return None
        numbers = "、".join(f"#{number}" for number in meant)
        text = f"{text[: match.start()]}{numbers} {text[match.end() :].removeprefix('的')}"
    return text


def _places(text: str) -> list[re.Match[str]]:
    if _FOR_OTHERS.match(text):
        return []
    found = ((match, text[: match.start()]) for match in _PLACE.finditer(text))
    return [match for match, before in found if _BEFORE.search(before) and not _BEHIND_A_NUMBER.search(before)]


def _meant(match: re.Match[str], listed: Sequence[int]) -> Sequence[int]:
    if match["nth"]:
        place = _value(match["nth"])
        return listed[place - 1 : place]
    count = _value(match["count"])
    if count > len(listed):
        return ()
    return listed[:count] if match["side"] in ("前", "头") else listed[-count:]


def _value(sign: str) -> int:
    return read_number(sign) or 0
