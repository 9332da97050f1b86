"""What the trained reader sees of a text: its pieces, and the names of the word lists that spoke in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import add
from typing import Final

import ahocorasick_rs

from classifiers.dangers.emergencies import Danger, Doubt, EmergencyWatch, guard_words
from classifiers.reader.late import late
from classifiers.reader.lexicon import LEXICONS, Hit, Matcher, own_entries, read_toml
from classifiers.reader.model import WORDS
from classifiers.reader.segment import Segmenter, normalise
from classifiers.reader.sounds import by_sound
from classifiers.reader.tidying import essence, tidy

START, END = "^", "$"
_GAPS: Final = (2, 3)  # how far apart two signs may stand and still belong together
_OFTEN: Final = (2, 4)  # times a letter holds a word
_CODES = late(r"[A-Z]\d*|[\d.]+|[\W_]+")
_CLAUSES = late(r"[,。;!?\n ]+")
_LISTS_WITH_GROUPS: Final = ("types", "emergencies", "sensitivity", "urgency")


@dataclass(frozen=True, slots=True)
class Sight:
    """One text as it is seen. `pieces` are parts of its tidy spelling, `marks` the names of what was found in it."""

    plain: str
    pieces: frozenset[str]
    marks: frozenset[str]
    hits: Sequence[Hit]
    dangers: Sequence[Danger]
    doubts: Sequence[Doubt]

    @property
    def features(self) -> frozenset[str]:
        return self.pieces | self.marks


def features_of(text: str, cut: str, *, is_segmented: bool = False) -> Set[str]:
    """What a model of this cut is asked with. An empty text has no features."""
    return see_words(text, is_segmented=is_segmented) if cut == WORDS else see(essence(text)).features


def see(plain: str) -> Sight:
    """All features of a normalised lower-case text. Never raises."""
    lists = _lists()
    hits = lists.votes.find(plain)
    dangers, doubts = lists.watch.look(plain)
    there = lists.presence.find(plain)
    heard = {f"heard:{name}" for name in lists.sounds.find(by_sound(plain)) - there}
    marks = {*there, *heard, *_length_marks(plain), *_danger_marks(dangers, doubts)}
    for hit in hits:
        marks.add(f"word:{hit.label}")
        marks.add(f"word:{hit.label}:{hit.weight}")
    return Sight(plain, frozenset(pieces(tidy(plain))), frozenset(marks), hits, dangers, doubts)


def pieces(tidy_text: str) -> set[str]:
    """One to three neighbouring signs, and two with one or two others between them (`a|b`), which know a word again
    when something stands inside it. ^ and $ stand for the ends. Built by whole lists: ten times a loop's speed."""
    text = f"{START}{tidy_text}{END}"
    pairs = list(map(add, text, text[1:]))
    begun = [sign + "|" for sign in text]
    apart = (map(add, begun, text[gap:]) for gap in _GAPS)
    return {*text, *pairs, *map(add, pairs, text[2:])}.union(*apart)


def see_words(text: str, *, is_segmented: bool = False) -> set[str]:
    """Words of a long letter, cut by jieba, their pairs, and which come again: for models of an operator's material."""
    words = text.split() if is_segmented else _segmenter().words(text)
    kept = [word for word in words if not _CODES.fullmatch(word)]
    again = (f"{word}#{times}" for word, count in Counter(kept).items() for times in _OFTEN if count >= times)
    return {*kept, *again, *(f"{first} {second}" for first, second in pairwise(kept))}


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def _length_marks(plain: str) -> Iterator[str]:
    yield f"signs:{min(6, (len(plain) + 1).bit_length() - 1)}"  # 1, 3, 7, 15, 31, 63 and more
    yield f"clauses:{min(6, sum(1 for clause in _CLAUSES.split(plain) if len(clause) > 1))}"


def _danger_marks(dangers: Iterable[Danger], doubts: Iterable[Doubt]) -> Iterator[str]:
    for danger in dangers:
        yield from ("danger", f"danger:{danger.kind}")
    for doubt in doubts:
        yield from ("doubt", f"doubt:{doubt.guard}", f"doubt:{doubt.kind}")


class _Presence:
    """Says which lists have a word in a text, wherever it stands."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        names: dict[str, list[str]] = {}
        for name, words in lists.items():
            for word in words:
                names.setdefault(word, []).append(name)
        self._names = [tuple(found) for found in names.values()]
        self._finder = ahocorasick_rs.AhoCorasick(list(names))

    def find(self, text: str) -> set[str]:
        found = {index for index, _, _ in self._finder.find_matches_as_indexes(text, overlapping=True)}
        return {name for index in found for name in self._names[index]}


@dataclass(frozen=True, slots=True)
class _Lists:
    votes: Matcher
    watch: EmergencyWatch
    presence: _Presence
    sounds: _Presence  # the same words by their sound


@cache
def _lists() -> _Lists:
    """Read once a process."""
    presence: dict[str, Iterable[str]] = {}
    for file in _LISTS_WITH_GROUPS:
        for name, words in read_toml(LEXICONS / f"{file}.toml").get("groups", {}).items():
            presence[f"{file}:{name}"] = words
    for name, words in read_toml(LEXICONS / "concepts.toml")["groups"].items():
        presence[f"about:{name}"] = words
    for name, words in guard_words():
        presence[f"guard:{name}"] = words
    spelled = {name: [normalise(word).lower() for word in words] for name, words in presence.items()}
    sounds = {name: [by_sound(word) for word in words if len(word) > 1] for name, words in spelled.items()}
    return _Lists(Matcher(own_entries()), EmergencyWatch(), _Presence(spelled), _Presence(sounds))
