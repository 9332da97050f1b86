"""No message makes the desk think for ever: every regular expression is asked words of its own, again and again.

A pattern that can read the same signs in two ways, and repeats (`(?:刚|刚刚)*`), needs twice as long for each word
more; one resident could stop the whole desk. Found here by what such a pattern does, not by how it is written.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from random import Random
from types import FrameType
from typing import Protocol, cast

import pytest

import classifiers
import handlers
from classifiers.members.replies import read_replies
from classifiers.reader import late

WORDS = re.compile(r"[\u4e00-\u9fff\ue001-\ue004]{1,4}|\d|[a-z]{2,5}")
LENGTH = 100  # signs: twice as long for each word more is beyond all patience by then
PATIENCE = 10.0  # seconds for what takes a thousandth of one
TRIES = 40


class _Asked(Protocol):
    pattern: str

    def search(self, text: str, /) -> object: ...
    def fullmatch(self, text: str, /) -> object: ...


class _TooLongError(Exception):
    pass


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLongError


def _all_patterns() -> list[str]:
    """Of all rooms, and of the rules of members' words, which are made when they are first asked."""
    read_replies("收到")
    found = {cast("_Asked", one).pattern for one in late._made}
    for room in (classifiers, handlers):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            values = vars(importlib.import_module(module.name)).values()
            found |= {one.pattern for one in values if isinstance(one, re.Pattern)}
    return sorted(pattern for pattern in found if _is_one(pattern))


def _is_one(pattern: str) -> bool:
    """Another test makes one that is none; of ours, each must be one to be asked anything at all."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _texts(pattern: str, random: Random) -> Iterator[str]:
    words = list(dict.fromkeys(WORDS.findall(pattern)))
    signs = sorted(set("".join(words)))
    for _ in range(TRIES if words else 0):
        said = "".join(
            random.choice(words if random.random() < 0.6 else signs) for _ in range(random.choice((1, 1, 2, 3)))
        )
        yield (said * LENGTH)[:LENGTH]
        yield (said * LENGTH)[:LENGTH] + "!"
        yield f"1{(said * LENGTH)[:24]}☆"


@pytest.mark.slow
def test_no_pattern_takes_for_ever() -> None:
    random, slow = Random(18), []
    before = signal.signal(signal.SIGALRM, _too_long)
    try:
        for pattern in _all_patterns():
            asked = re.compile(pattern)
            for text in _texts(pattern, random):
                signal.setitimer(signal.ITIMER_REAL, PATIENCE)
                try:
                    asked.search(text)
                    asked.fullmatch(text)
                except _TooLongError:
                    slow.append((pattern[:80], text))
                    break
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert slow == []
