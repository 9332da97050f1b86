"""People's words on their way to other people: without the command they began with, with Chinese punctuation."""

from __future__ import annotations

from classifiers.reader.late import late
from handlers.rules.masking import shorten

_HAN = r"[\u4e00-\u9fff]"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_NARROW_SIGN = late(rf"(?<={_HAN})\s*([,;:?!])\s*|([,;:?!])(?={_HAN})")
_EDGES = " ,，:：;；。、"
_LONGEST_REASON = 300  # signs


def for_people(words: str, *commands: str) -> str:
    """The words as one would write them: `吹哨,要街道协调` with the command 吹哨 becomes `要街道协调`."""
    rest = words.strip(_EDGES)
    for command in commands:
        if rest.startswith(command) and rest != command:
            rest = rest.removeprefix(command).strip(_EDGES)
    return _NARROW_SIGN.sub(lambda found: _WIDE[found[1] or found[2]], rest)


def reason_of(words: str) -> str:
    """Why, in somebody's words; cut where it grows too long."""
    return for_people(shorten(words, _LONGEST_REASON))
