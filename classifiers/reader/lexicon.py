"""Word lists and how they are found in a text: one pass for all words, whatever their number.

A list's entry is a word, or words joined by `~`: all of them within `gap` signs of each other, in any order, within
one sentence. `<name>` stands for any word of the group of that name.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any, Final, NamedTuple

import ahocorasick_rs

from classifiers.reader.segment import normalise

LEXICONS: Final = Path(__file__).parents[1] / "lexicons"
WEIGHTS: Final[Mapping[str, int]] = {"strong": 5, "clear": 3, "hint": 1}
_SENTENCE_END = frozenset("。!?;\n")
# Labels of words that speak of something else than a type.
NOT_A_TYPE: Final = frozenset({"cue", "advert", "small_talk", "gap", "urgent", "calm", "confidential", "private"})
_MOST_OCCURRENCES = 5  # of one part of one entry; keeps a text of one repeated word from costing its square


class LexiconError(ValueError):
    """A word list cannot be read; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: `parts` are alternatives, each of which must be there."""

    label: str
    parts: tuple[tuple[str, ...], ...]
    weight: int = 1
    gap: int = 8


class Hit(NamedTuple):
    """An entry found in a text, from `start` to `end`. A tuple: thousands a second are made."""

    label: str
    words: tuple[str, ...]
    weight: int
    start: int
    end: int

    @property
    def text(self) -> str:
        return "…".join(self.words)

    def covers(self, other: Hit) -> bool:
        """Whether the other says nothing more: 水管 beside 水管…漏."""
        return (
            self.start <= other.start
            and other.end <= self.end
            and (self.weight, self.end - self.start) > (other.weight, other.end - other.start)
        )


class _Joined(NamedTuple):
    """An entry with the numbers of its parts."""

    entry: Entry
    parts: tuple[int, ...]
    others: frozenset[int]  # all but the first


class Matcher:
    """Finds all entries of several lists at once.

    Each distinct part of an entry (a word, or a group) has a number; a text is searched once for the words of all
    parts, and an entry is tried only when all its parts are there.

    `keep_covered`: also give hits that a heavier or longer one of their label covers; each may be judged apart.
    """

    def __init__(self, entries: Iterable[Entry], *, keep_covered: bool = False) -> None:
        self._keep_covered = keep_covered
        numbers: dict[tuple[str, ...], int] = {}
        self._alone: defaultdict[int, list[Entry]] = defaultdict(list)  # entries of one part
        self._joined: defaultdict[int, list[_Joined]] = defaultdict(list)  # those of several, by the first
        for entry in entries:
            first, *others = (numbers.setdefault(words, len(numbers)) for words in entry.parts)
            if others:
                self._joined[first].append(_Joined(entry, (first, *others), frozenset(others)))
            else:
                self._alone[first].append(entry)
        uses: defaultdict[str, list[int]] = defaultdict(list)
        for words, number in numbers.items():
            for word in words:
                uses[word].append(number)
        self._parts_of = list(uses.values())
        self._finder = ahocorasick_rs.AhoCorasick(list(uses))

    def find(self, text: str) -> tuple[Hit, ...]:
        """All hits in the order in which they start."""
        places: dict[int, list[tuple[int, int]]] = {}
        for index, start, end in self._finder.find_matches_as_indexes(text, overlapping=True):
            for number in self._parts_of[index]:
                places.setdefault(number, []).append((start, end))
        hits: list[Hit] = []
        there = places.keys()
        for number in there & self._alone.keys():
            for entry in self._alone[number]:
                hits += _alone(entry, places[number], text)
        for number in there & self._joined.keys():
            for entry, parts, others in self._joined[number]:
                if there >= others:
                    hits += _joined(entry, [places[part][:_MOST_OCCURRENCES] for part in parts], text)
        kept = set(hits) if self._keep_covered else _uncovered(hits)
        return tuple(sorted(kept, key=lambda hit: (hit.start, hit.end, hit.label)))


def _alone(entry: Entry, spans: Iterable[tuple[int, int]], text: str) -> Iterator[Hit]:
    for start, end in spans:
        yield Hit(entry.label, (text[start:end],), entry.weight, start, end)


def _joined(entry: Entry, parts: Sequence[Sequence[tuple[int, int]]], text: str) -> Iterator[Hit]:
    for combination in product(*parts):
        spans = sorted(combination)
        if all(_is_near(before, after, entry.gap, text) for before, after in pairwise(spans)):
            words = tuple(text[start:end] for start, end in spans)
            yield Hit(entry.label, words, entry.weight, spans[0][0], max(end for _, end in spans))


def _is_near(before: tuple[int, int], after: tuple[int, int], gap: int, text: str) -> bool:
    between = text[before[1] : after[0]]
    return before[1] <= after[0] and len(between) <= gap and _SENTENCE_END.isdisjoint(between)


def _uncovered(hits: list[Hit]) -> Iterator[Hit]:
    by_label: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in set(hits):
        by_label[hit.label].append(hit)
    for same in by_label.values():
        yield from (hit for hit in same if not any(other.covers(hit) for other in same))


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a list. Raises LexiconError with the file's name."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error


def own_entries() -> Iterator[Entry]:
    """The words that this package brings for types, urgency, sensitivity and talk."""
    types, chat = read_toml(LEXICONS / "types.toml"), read_toml(LEXICONS / "chat.toml")
    for code, table in types["types"].items():
        yield from entries_of(table, code, types)
    for label, key in (("cue", "cues"), ("advert", "advert"), ("small_talk", "small_talk"), ("gap", "gaps")):
        yield from entries_of({"words": chat[key]}, label, chat)
    for name in ("urgency", "sensitivity"):
        source = read_toml(LEXICONS / f"{name}.toml")
        for label, table in source.items():
            if label in NOT_A_TYPE and isinstance(table, dict):
                yield from entries_of(table, label, source)


def entries_of(table: Mapping[str, Any], label: str, source: Mapping[str, Any]) -> Iterator[Entry]:
    """The entries of one table: `words` as a list (weight 1) or a table of weights, and strong, clear, hint."""
    groups, gap = source.get("groups", {}), source.get("gap", 8)
    words = table.get("words", ())
    if isinstance(words, Mapping):
        weighted = [(text, weight) for text, weight in words.items()]
    else:
        weighted = [(text, 1) for text in words]
    weighted += [(text, weight) for name, weight in WEIGHTS.items() for text in table.get(name, ())]
    for text, weight in weighted:
        if not isinstance(weight, int):
            raise LexiconError(f"{label} 的“{text}”:分量要写整数")
        yield Entry(label, tuple(_alternatives(part, groups, text) for part in text.split("~")), weight, gap)


def _alternatives(part: str, groups: Mapping[str, Sequence[str]], text: str) -> tuple[str, ...]:
    if not part:
        raise LexiconError(f"“{text}”里有空的词")
    if not (part.startswith("<") and part.endswith(">")):
        return (normalise(part).lower(),)
    if part[1:-1] not in groups:
        raise LexiconError(f"“{text}”:没有词组 {part}")
    return tuple(sorted({normalise(word).lower() for word in groups[part[1:-1]]}))
