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


def blurred(sound: str) -> str:
    """`zhang` → `zan`."""
    return re.sub(r"([zcs])h", r"\1", sound).replace("ng", "n")


@cache
def _speller() -> Callable[[str], list[str]]:
    """Signs are spelled one by one, so the dictionary of phrases, slow to load, is left out."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin
