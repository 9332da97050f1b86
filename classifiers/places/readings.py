"""A text as places are looked for in it, and how they are found that are not written as in the roster.

By sound and in letters (`Sounds`), a village in short (`Villages`), a lane or an estate by its beginning (`Shortened`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import ahocorasick_rs

from classifiers.places.hits import Hit
from classifiers.places.meant import is_denied, is_elsewhere, numbers_taken_back
from classifiers.places.naming import LANE_WORD, UNIT_WORD, estate_stem
from classifiers.places.placenames import Names
from classifiers.places.spelling import key_and_origins, place_key
from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.reader.sounds import blurred, by_sound, sounds_of

_LONGEST_TEXT = 600
_LEAST_SYLLABLES = 3  # names of two signs have too many namesakes
MOST_SYLLABLES = 12

_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")  # they are spoken, too
# 该 is 街 as the south says it, and so is 港 for 巷; 胡洞 and 柳树囤 are slips of the finger.
_SLIPS = {"该": "街", "垓": "街", "港": "巷", "洞": "同", "动": "同", "囤": "屯"}
_HEARD = _DIGITS | str.maketrans(_SLIPS)
_WORDS_TOO = "该港动"  # words of their own, so only before a door: 中心该不该管
_ESTATE_BEGINS = late(r"(?:^|[^\u4e00-\u9fff\da-z]|[住是家]|[我们家住]在)$")  # 在建设3号楼 is being built
_BUILDING_BEHIND = late(r"(?:\d{1,3}|[a-z])(?:号楼|[栋幢座排#])|\d{1,3}-\d{1,2}-\d")
_YARD_BEHIND = late(rf"{_BUILDING_BEHIND.pattern}|院[里内]")
_LATIN = late(r"[a-z]+(?:[ '-][a-z]+)*")
_BEGINS = late(r"(?:^|[^\u4e00-\u9fff\da-z]|[在住是到去家的])$")
_SHORT_BEHIND = late(r"[那这]条(?:胡同|巷)|\d{1,4}号(?![楼门窗机柜桌厅库线])")


@dataclass(frozen=True)
class Reading:
    """A text as it is looked through: `key` its spelling, `origins` where each sign of it stood in `plain`."""

    plain: str
    key: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Reading:
        plain = normalise(text[:_LONGEST_TEXT])
        key, origins = key_and_origins(plain)
        if wrong := numbers_taken_back(key):
            plain = plain[: origins[wrong[0]]] + plain[origins[wrong[1]] :]
            return cls(plain, *key_and_origins(plain))
        return cls(plain, key, origins)

    def without(self, found: Sequence[Hit], hits: Sequence[Hit]) -> Reading:
        """With blanks for the names that were found and are not meant."""
        if len(found) == len(hits):
            return self
        kept = {(hit.start, hit.end) for hit in hits}
        gone = [hit for hit in found if (hit.start, hit.end) not in kept]
        return replace(self, key=blanked(self.key, gone))

    def text(self, start: int, end: int) -> str:
        return self.plain[self.origins[start] : self.origins[end]]


class Sounds:
    """Names by how they sound, and by how they are typed in letters."""

    def __init__(self, names: Iterable[str]) -> None:
        namesakes: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            if _LEAST_SYLLABLES <= len(name) <= MOST_SYLLABLES:
                namesakes[_sound_of(name)].append(name)
        self._names = [tuple(sorted(found)) for found in namesakes.values()]
        self._finder = finder(list(namesakes))
        self._typed = {"".join(sounds_of(found[0].translate(_DIGITS))): found for found in self._names}

    def spoken_in(self, key: str) -> Iterator[tuple[str, int, int]]:
        """Names with where they begin and end in the key. A third of the signs must be the name's own: 重新接 is not
        中心街."""
        for index, start, end in self._finder.find_matches_as_indexes(_sound_of(key)):
            is_word = key[end - 1] in _WORDS_TOO and not key[end : end + 1].isdecimal()
            for name in self._names[index]:
                if is_word and name[-1] != key[end - 1]:
                    continue
                shared = sum(one == other for one, other in zip(name, key[start:end], strict=False))
                if shared * 3 >= len(name):
                    yield name, start, end
        for match in _LATIN.finditer(key):
            for name in self._typed.get(blurred(re.sub(r"[ '-]", "", match[0])), ()):
                yield name, match.start(), match.end()


def _sound_of(key: str) -> str:
    """One sign for the sound of each of the key's."""
    return by_sound(key.translate(_HEARD))


def finder(patterns: list[str]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


class Villages:
    """Villages as people name them beside a lane: 前进 for 前进村; 钱进村, which sounds so."""

    def __init__(self, lanes_of_unit: Mapping[str, frozenset[str]]) -> None:
        self._lanes_of_unit = lanes_of_unit
        self._full: defaultdict[str, list[str]] = defaultdict(list)
        for key in lanes_of_unit:
            self._full[UNIT_WORD.sub("", key)].append(key)
        self._short = sorted(name for name in self._full if len(name) >= 2)
        self._finder = finder(self._short)
        self._sounds = Sounds(lanes_of_unit)

    def said_in(self, reading: Reading, hits: Sequence[Hit]) -> tuple[frozenset[str], frozenset[str]]:
        """Lanes of the villages named, and of those where it is not; the names of other places aside: 石佛 in 石佛路
        is no village."""
        key = blanked(reading.key, [hit for hit in hits if not hit.is_unit])
        found = [(self._short[index], start, end) for index, start, end in self._finder.find_matches_as_indexes(key)]
        places = [(full, start, end) for short, start, end in found for full in self._full[short]]
        places += self._sounds.spoken_in(key)
        said = [full for full, start, end in places if not is_denied(key, start, end)]
        denied = [full for full, start, end in places if is_elsewhere(key, start, end)]
        return self._lanes_of(said), self._lanes_of(denied)

    def _lanes_of(self, villages: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self._lanes_of_unit[key] for key in villages))


class Shortened:
    """Places by the beginning of their names, where none else begins so: 柳荫3号, 幸福3号楼, 棉纺厂院里."""

    def __init__(
        self, index: Names, spellings: Sequence[str], lanes: Iterable[tuple[str, str]], villages: Collection[str]
    ) -> None:
        self._lane: dict[str, str] = {}
        for code, name in lanes:
            key = place_key(name)
            stem = LANE_WORD.sub("", key)
            if 2 <= len(stem) < len(key) and not any(map(str.isdecimal, stem)):
                alike = _beginning_with(spellings, stem)
                if all(index[one].lanes | index[one].parts_held == {code} for one in alike):
                    self._lane[stem] = code
        self._estates = _estates(index, spellings, villages)
        self._stems = list({**self._lane, **self._estates})
        self._finder = finder(self._stems)

    def stems_in(self, reading: Reading) -> list[tuple[str, int, int]]:
        """Short names with where they begin and end in the key."""
        found = self._finder.find_matches_as_indexes(reading.key)
        return [(self._stems[number], start, end) for number, start, end in found]

    def estates_said_in(self, reading: Reading, said: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
        """An estate's full name with where its short one stands: a building or the yard must follow."""
        for stem, start, end in said:
            for name in self._estates.get(stem, ()):
                behind = _YARD_BEHIND if name.endswith(("院", "宿舍")) else _BUILDING_BEHIND
                if behind.match(reading.key, end) and _ESTATE_BEGINS.search(reading.key[:start]):
                    yield name, start, end
                    break

    def lanes_said_in(self, reading: Reading, said: Iterable[tuple[str, int, int]]) -> Iterator[Hit]:
        for stem, start, end in said:
            lane = self._lane.get(stem)
            behind = _SHORT_BEHIND.match(reading.key, end)
            if lane and behind and _BEGINS.search(reading.key[:start]):
                yield Hit(reading.text(start, behind.end()), start, end, frozenset({lane}))


def _estates(index: Names, spellings: Sequence[str], villages: Collection[str]) -> dict[str, list[str]]:
    """The full names of an estate by the short one; not where another estate, or the village, is called so in short."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in spellings:
        if (stem := estate_stem(name)) and stem not in villages:
            found[stem].append(name)
    return {stem: names for stem, names in found.items() if _is_one_estate(index, spellings, stem, names)}


def _is_one_estate(index: Names, spellings: Sequence[str], stem: str, names: Sequence[str]) -> bool:
    """Streets aside: 幸福路 has no building 3."""
    held = index[names[0]].all_lanes
    alike = [index[name].all_lanes for name in _beginning_with(spellings, stem) if not LANE_WORD.search(name)]
    return bool(held) and all(index[name].all_lanes == held for name in names) and all(one <= held for one in alike)


def _beginning_with(spellings: Sequence[str], stem: str) -> Sequence[str]:
    """Of names in order those that begin so."""
    return spellings[bisect_left(spellings, stem) : bisect_left(spellings, stem + "\uffff")]


def blanked(key: str, hits: Iterable[Hit]) -> str:
    """The text with blanks where these names stand."""
    for hit in hits:
        key = key[: hit.start] + " " * (hit.end - hit.start) + key[hit.end :]
    return key
