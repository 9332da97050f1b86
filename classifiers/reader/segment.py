"""Makes all spellings of a text one, and cuts it into words."""

from __future__ import annotations

import io
import logging
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Protocol

from opencc import OpenCC

from classifiers.reader.late import late

_INVISIBLE = late("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad]")
_CONTROL = late(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]+")
_SPACES = late(r"[ \u3000]+")
_DIGITS = "零一二三四五六七八九"
_SPELLED = {
    **{sign: value for value, sign in enumerate(_DIGITS)},
    **{sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "两": 2,
    "幺": 1,
}
_SCORES = {"廿": 20, "卅": 30}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}
CHINESE_NUMBER = "[零〇一二两三四五六七八九十廿卅百千幺壹贰叁肆伍陆柒捌玖拾佰]"
_NUMBERED = late(
    rf"({CHINESE_NUMBER}+)(?=号|栋|幢|座|单元|排|层|楼|室|户|门|组|队|社|弄|巷|条|道|里弄|街|胡同|支|区|期|#)"
)


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=64)  # places, words of danger, commands: half a dozen readers look at each message
def normalise(text: str) -> str:
    """Half width, simplified, without invisible signs, single spaces; new lines are kept. Never raises."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    plain = unicodedata.normalize("NFKC", whole.replace("\r\n", "\n").replace("\r", "\n"))
    visible = _CONTROL.sub(" ", _INVISIBLE.sub("", plain))
    return _SPACES.sub(" ", str(_simplifier().convert(visible))).strip()


def read_number(signs: str) -> int | None:
    """`342`, `三四二`, `三百四十二`, `十二` → the number; None when it is none. At most nine digits."""
    if signs.isdecimal():
        return int(signs) if len(signs) <= 9 else None
    if not signs or any(sign not in _SPELLED | _TENS | _SCORES for sign in signs):
        return None
    if not any(sign in _TENS | _SCORES for sign in signs):
        return int("".join(str(_SPELLED[sign]) for sign in signs[:9]))
    return _sum_of(signs)


def _sum_of(signs: str) -> int:
    """`三百四十二` → 342; a last digit after 百 without 零 counts tens (`三百五` = 350)."""
    total, digit, last_step, zero = 0, 0, 1, False
    for sign in signs:
        if sign in _SCORES:
            total, digit = total + _SCORES[sign], 0
        elif sign in _TENS:
            last_step = _TENS[sign]
            total += (digit or (0 if total and zero else 1)) * last_step
            digit, zero = 0, False
        else:
            digit, zero = _SPELLED[sign], _SPELLED[sign] == 0 or zero
    return total + (digit * last_step // 10 if last_step >= 100 and not zero else digit)


def with_plain_numbers(text: str) -> tuple[str, tuple[int, ...]]:
    """Chinese numerals before the words of a place become digits: `三号楼二单元` → `3号楼2单元`.

    The second value gives, for each sign of the new text and for its end, where it stood in the old one.
    """
    pieces: list[str] = []
    origins: list[int] = []
    end = 0
    for match in _NUMBERED.finditer(text):
        number = read_number(match[1])
        if number is None:
            continue
        pieces += (text[end : match.start()], str(number))
        origins += (*range(end, match.start()), *([match.start()] * len(str(number))))
        end = match.end()
    pieces.append(text[end:])
    origins += range(end, len(text) + 1)
    return "".join(pieces), tuple(origins)


class _Tokenizer(Protocol):
    """What we use of jieba.Tokenizer, which carries no types."""

    FREQ: dict[str, int]
    total: int
    initialized: bool

    def add_word(self, word: str, freq: int | None = None) -> None: ...
    def get_dict_file(self) -> Any: ...
    def gen_pfdict(self, file: Any) -> tuple[dict[str, int], int]: ...
    def tokenize(self, text: str, mode: str = ..., HMM: bool = ...) -> Iterable[tuple[str, int, int]]: ...


class Segmenter:
    """jieba with the words of this desk; a few megabytes beside the dictionary, which a process reads once."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._tokenizer: _Tokenizer | None = None
        self._lock = threading.Lock()

    def prepare(self, words: Iterable[str]) -> None:
        """Add own words: place names, names of people, the lexicons. Before or after loading."""
        fresh = {word for word in words if 2 <= len(word) <= 16} - self._words
        self._words |= fresh
        if self._tokenizer is not None:
            _teach(self._tokenizer, fresh)

    def load(self) -> None:
        """Be ready now, not at the first message. Safe to call from a thread and twice."""
        with self._lock:
            if self._tokenizer is None:
                tokenizer = _new_tokenizer()
                _teach(tokenizer, self._words)
                self._tokenizer = tokenizer

    def cut(self, text: str) -> tuple[tuple[str, int, int], ...]:
        """Words with where they start and end."""
        self.load()
        assert self._tokenizer is not None  # noqa: S101  load() has just set it
        return tuple((word, start, end) for word, start, end in self._tokenizer.tokenize(text, HMM=False))

    def words(self, text: str) -> list[str]:
        """The words alone, unknown ones guessed as jieba guesses them (HMM)."""
        self.load()
        assert self._tokenizer is not None  # noqa: S101  load() has just set it
        return [word for word, _, _ in self._tokenizer.tokenize(text)]


def _new_tokenizer() -> _Tokenizer:
    import jieba  # 30 ms that a process without a desk need not pay

    jieba.setLogLevel(logging.WARNING)
    tokenizer: _Tokenizer = jieba.Tokenizer()
    words, tokenizer.total = read_dictionary()
    tokenizer.FREQ = words.copy()
    tokenizer.initialized = True
    return tokenizer


@cache
def read_dictionary() -> tuple[dict[str, int], int]:
    """jieba's words with their counts, and the sum: half a second and 80 MB, once a process.

    Read from the package each time: jieba's own cache is no faster, and it is a marshal file in the shared temporary
    folder, where anybody may put one.
    """
    import jieba

    tokenizer: _Tokenizer = jieba.Tokenizer()
    # gen_pfdict asks for the file's name and closes it; a buffer would do but for the name.
    with io.BufferedReader(tokenizer.get_dict_file()) as file:
        return tokenizer.gen_pfdict(file)


def _teach(tokenizer: _Tokenizer, words: Iterable[str]) -> None:
    """A fixed weight instead of jieba's own guess: that guess costs a segmentation for each word."""
    for word in sorted(words):
        tokenizer.add_word(word, max(tokenizer.FREQ.get(word, 0), 20 * len(word)))
