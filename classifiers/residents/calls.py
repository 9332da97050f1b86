"""Somebody shall ring him up: 叫小陈给我回个电话, 让你们领导给我打个电话."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from classifiers.members.persons import SURNAMES
from classifiers.reader.late import late
from classifiers.reader.segment import normalise

_LONGEST: Final = 24  # signs


class Caller(StrEnum):
    """Who is wanted."""

    HELPER = "helper"  # who has it in hand
    ABOVE = "above"  # 你们领导, 书记


@dataclass(frozen=True, slots=True)
class Call:
    """Who shall call; `person` is the name said, "" for 师傅."""

    of: Caller
    person: str = ""


_CALL: Final = late(
    r"(?:请|麻烦|你们?|您|那|能不能|可不可以|可以|能|帮我|帮忙|,){0,3}(?:让|叫|请|喊|要)"
    rf"(?:(?P<person>[小老][{SURNAMES}])(?:师傅)?|(?P<above>(?:你们|咱们)?(?:大|那个?|管事的)?(?:领导|书记|主任|头儿|负责人))|(?:修[^,]{{0,3}}的)?(?:师傅|工人))"
    r"(?:能不能|可不可以|可以|赶紧|快点?|先|有空|抽空){0,2}(?:给|跟|往|和)(?:我|俺|咱|家里|我家)(?:们)?(?:来|打|回|拨|通)(?:一?个|一下|通|过来)?(?:电话|话)"
    r"(?:过来|说|聊聊|说说|谈谈)?(?:行不行|行不|好不好|好吗|可以吗|不|吗|么|呗|吧|啊|呀|[,\s]|谢谢|麻烦了){0,3}"
)


def read_call(text: str) -> Call | None:
    """Who shall call him, when a short text asks for nothing else; None for anything else. Never raises."""
    plain = normalise(text[: _LONGEST * 2]).strip(" ,。!~;:?\n")
    match = _CALL.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None:
        return None
    return Call(Caller.ABOVE if match["above"] else Caller.HELPER, match["person"] or "")
