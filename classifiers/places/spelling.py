"""One spelling for each name of a place: simplified, digits for numerals, no spaces, 后头 and 后面 the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise, with_plain_numbers

# People say these for one another; 胡同儿 is 胡同, 第5栋 is 5栋, 中心街No.8 is 中心街8.
_SAME: Final = (
    ("后", r"后(?:头|面|边|身)"),
    ("前", r"(?<![跟目])前(?:头|面|边)"),
    ("里", r"里(?:头|面|边)"),
    ("下", r"(?:底下|下面|下头|下边)"),
    ("旁", r"(?:旁边|边上|跟前|近旁|附近|边儿上)"),
    ("对", r"对(?:面|过|门儿)"),
    (
        "",
        r"(?<=[胡同巷街院口边门园面头])儿(?![子童女媳园科歌])|第(?=\d{1,3}(?:号|栋|幢|排|座|期|单元|门))"
        r"|(?<![A-Za-z])[Nn][Oo]\.?\s?(?=\d)|\s+",
    ),
)
# The look ahead is what makes it fast: few signs of a text begin any of these.
_ANY = late(r"(?=[后前里底下旁边跟近附对儿第Nn\s])(?:" + "|".join(f"({pattern})" for _, pattern in _SAME) + ")")


@lru_cache(maxsize=16384)
def place_key(name: str) -> str:
    """The spelling under which a name is kept."""
    return key_and_origins(normalise(name))[0]


def place_keys(names: Iterable[str]) -> list[str]:
    """The spellings of many names at once; a county's households one by one would take seconds."""
    lines = [" ".join(name.split()) for name in names]
    if not lines:
        return []
    plain = with_plain_numbers(normalise("\n".join(lines)))[0]
    keys = [_folded(line).lower() for line in plain.split("\n")]
    # A first or last name that is empty is stripped with its line; then one by one is right, and rare.
    return keys if len(keys) == len(lines) else [place_key(line) for line in lines]


def key_and_origins(plain: str) -> tuple[str, tuple[int, ...]]:
    """The key of a normalised text, and where each sign of it and its end stood in the text."""
    numbered, before = with_plain_numbers(plain)
    pieces: list[str] = []
    origins: list[int] = []
    end = 0
    for match in _ANY.finditer(numbered):
        sign = _sign_of(match)
        pieces += (numbered[end : match.start()], sign)
        origins += (*before[end : match.start()], *([before[match.start()]] * len(sign)))
        end = match.end()
    pieces.append(numbered[end:])
    origins += before[end:]
    return "".join(pieces).lower(), tuple(origins)


def _folded(text: str) -> str:
    return _ANY.sub(_sign_of, text)


def _sign_of(match: re.Match[str]) -> str:
    return _SAME[(match.lastindex or 1) - 1][0]
