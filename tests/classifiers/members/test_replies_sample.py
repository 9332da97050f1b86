"""How well members' words are understood: a sample in many voices, one half of which nothing was tuned on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from classifiers.members.replies import Command, read_replies

DATA = Path(__file__).parents[1] / "data"
GOAL = 0.97
PEOPLE = (
    "张建国",
    "王秀英",
    "李卫东",
    "赵小燕",
    "陈志强",
    "刘芳",
    "周铁柱",
    "孙丽华",
    "马超群",
    "何大明",
    "王立新",
    "刘洋",
)
Meaning = tuple[str, tuple[int, ...], bool, str | None]
_EXPECTED = re.compile(r"(?P<intent>\w+)(?P<numbers>(?: \d+)*)(?P<asked> \?)?(?: @(?P<to>\S+))?")


@dataclass(frozen=True)
class Line:
    """One line of the sample with what it means: commands as (intent, numbers, must be asked, receiver)."""

    text: str
    open_requests: tuple[int, ...]
    quoted: int | None
    expected: tuple[Meaning, ...]

    def understood(self) -> tuple[Meaning, ...]:
        return tuple(map(_plain, read_replies(self.text, self.open_requests, self.quoted, PEOPLE))) or (_NOTHING,)

    @property
    def is_right(self) -> bool:
        """接342,接350 and 接342、350 say the same."""
        return _one_by_one(self.understood()) == _one_by_one(self.expected)


_NOTHING = ("none", (), False, None)


def _plain(command: Command) -> Meaning:
    return command.intent, command.requests, command.ambiguous, command.to


def _one_by_one(commands: Iterable[Meaning]) -> list[Meaning]:
    return [
        (intent, (number,) if number else (), asked, to)
        for intent, numbers, asked, to in commands
        for number in numbers or (0,)
    ]


def _expected(words: str) -> Iterator[Meaning]:
    for one in words.split(";"):
        match = _EXPECTED.fullmatch(one.strip())
        assert match, words
        numbers = tuple(map(int, match["numbers"].split()))
        yield match["intent"], numbers, match["asked"] is not None, match["to"]


def sample(name: str) -> list[Line]:
    rows = (DATA / f"replies_{name}.txt").read_text(encoding="utf-8").splitlines()
    return [_line(row) for row in rows if not row.startswith("#")]


def _line(row: str) -> Line:
    expected, held, quoted, text = (part.strip() for part in row.split("|", 3))
    numbers = tuple(map(int, held.split())) if held != "-" else ()
    return Line(text, numbers, int(quoted) if quoted != "-" else None, tuple(_expected(expected)))


@pytest.mark.parametrize("half", ["tune", "held_out"])
def test_words_of_members_are_understood(half: str) -> None:
    lines = sample(half)
    wrong = [(line.text, line.expected, line.understood()) for line in lines if not line.is_right]
    assert len(wrong) <= len(lines) * (1 - GOAL), wrong
