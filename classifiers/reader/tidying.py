"""One way of writing for the reader: courtesy falls away, dialect, faces, numbers and signs become what they mean."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from classifiers.reader.late import late
from classifiers.reader.segment import normalise

LONGEST: Final = 800  # signs that are looked at; longer texts repeat themselves
LEXICON: Final = Path(__file__).parents[1] / "lexicons" / "dialect.toml"
FACE, LINK, PHONE, NUMBER = "☺", "◆", "☎", "0"

_FACES = late("\\[[\u4e00-\u9fff]{1,4}\\]|[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u200d]+")
_LINKS = late(r"(?:https?://|www\.)\S+")
_PHONES = late(r"1[3-9][\d*x]{9}|\d{3,4}-\d{7,8}")
_EMERGENCY_CALLS = {"110": "①", "119": "②", "120": "③", "12356": "④", "12345": "⑤"}  # numbers that mean something
_NUMBERS = late(r"\d+(?:\.\d+)?")
_PAUSES = late(r"[\s,。;:、~…\-—.()\"“”‘’《》【】·_/\\|*]+")
_REPEATED = late(r"(.)\1{2,}")
_HAPPENED = late(r"[啦喽咯嘞咧]+(?=[,!?☺]|$)")  # 停水啦 tells what 停水了 tells
_SIGNS = late(r"([!?,])[!?,]+")

_HAIL = (
    "(?:你好|您好|大家好|早上好|上午好|中午好|下午好|晚上好|在吗|在么|在不在|有人吗|请问在吗|打扰了"
    "|打扰一下|喂|嗨|哈喽)"
)
_THANKS = (
    "(?:非常|太|十分|万分|先)?(?:谢谢|多谢|感谢|谢了|辛苦|麻烦|拜托)"
    "(?:你们|您们|大家|各位|您|你|师傅|领导|书记|老师|啦|了|啊|哈|哦)*"
)
_HAILED = late(rf"^(?:{_HAIL}[啊呀哈]?(?:[,!?。~;\s]+|$))+")
_THANKED_FIRST = late(rf"^(?:{_THANKS}(?:[,!?。~;\s]+|$))+")
_THANKED = late(rf"(?:(?:^|[,!?。~;\s]+){_THANKS}[,!?。~;\s]*)+$")


def essence(text: str) -> str:
    """What is left to be understood: the beginning of a text, spelled one way, lower case, without courtesy around it.

    A greeting or a thank-you, before or after, must not change what a message asks; so nobody behind this sees it.
    """
    plain = normalise(text[:LONGEST]).lower().strip()
    while True:
        bare = _THANKED.sub("", _THANKED_FIRST.sub("", _HAILED.sub("", plain))).strip(" ,~;\n")
        if bare == plain or not bare:
            return bare
        plain = bare


def tidy(text: str) -> str:
    """A normalised text as the reader sees it. Its length differs: nothing is looked up in it by position."""
    text = _FACES.sub(FACE, text)
    if "www" in text or "http" in text:
        text = _LINKS.sub(LINK, text)
    text = _NUMBERS.sub(_number, _PHONES.sub(PHONE, text))
    text = _SIGNS.sub(r"\1", _REPEATED.sub(r"\1\1", _PAUSES.sub(",", text)))
    text = _HAPPENED.sub("了", text)
    pattern, words = _dialect()
    return pattern.sub(lambda found: words[found[0]], text)


def _number(found: re.Match[str]) -> str:
    return _EMERGENCY_CALLS.get(found[0], NUMBER)


@cache
def _dialect() -> tuple[re.Pattern[str], dict[str, str]]:
    """Dialect words and what they are in the standard language, the longest first."""
    words: dict[str, str] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["words"]
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))), words
