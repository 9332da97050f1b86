"""How signs sound, without what many people and voice input do not keep apart: zh/z, ch/c, sh/s, -ng/-n."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache, lru_cache


@lru_cache(maxsize=8192)
def sound_of(sign: str) -> str:
    """`幸` → `xin`; what is no Chinese sign stays as it is."""
    return blurred(_speller()(sign)[0]) if "\u4e00" <= sign <= "\u9fff" else sign


def sounds_of(text: str) -> tuple[str, ...]:
    """The sound of each sign."""
    return tuple(map(sound_of, text))


class _Signs(dict[int, int]):
    """For str.translate: a sign's number to that of a private sign for its sound. Learns as it goes."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __missing__(self, number: int) -> int:
        sound = sound_of(chr(number))
        known = number if sound == chr(number) else 0xE000 + self._numbers.setdefault(sound, len(self._numbers))
        self[number] = known
        return known


_SIGNS = _Signs()


def by_sound(text: str) -> str:
    """A text in private signs of sound, one for each sign: texts that sound alike become equal, 楼水 and 漏水."""
    return text.translate(_SIGNS)


def blurred(sound: str) -> str:
    """`zhang` → `zan`."""
    return re.sub(r"([zcs])h", r"\1", sound).replace("ng", "n")


@cache
def _speller() -> Callable[[str], list[str]]:
    """Signs are spelled one by one, so the dictionary of phrases, slow to load, is left out."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin
