"""Finds the lane a text speaks of: by name, address, household, position or the bound lane. Never guesses.

Names are looked up in one pass over the text, whatever the size of the roster; a name that sounds the same (voice
input writes 兴福里 for 幸福里) is looked up by its syllables, and only when nothing was found as written.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import ahocorasick_rs
from haversine import Unit, haversine

from classifiers.addresses import AddressError, Segment, building_name, parse_addresses
from classifiers.segment import normalise, with_plain_numbers

MOST_CANDIDATES = 4  # as many as can be asked in one question
_LONGEST_TEXT = 600
_SAME_DISTANCE = 25.0  # metres; two lanes nearer to each other than a phone can tell
_CELL = 0.005  # degrees; some 500 m
_LEAST_SYLLABLES = 3  # names of two signs have too many namesakes

_BUILDING_WORD = r"号楼|号院|栋|幢|座|排|#楼?|楼(?!上|下|道|顶|梯|长)"
_NUMBERS_AFTER = re.compile(
    rf"^[\s,的]{{0,2}}(?P<first>\d{{1,5}}(?![\d点分天个年月日人次盏米条辆块小家位件]|[:.]\d)|[A-Za-z](?![A-Za-z]))(?P<kind>{_BUILDING_WORD}|号|-)?"
    r"(?:\s*(?P<second>\d{1,2})(?P<unit>单元|-|门)?)?(?:\s*(?P<third>\d{3,4}|\d{1,2}(?=号|室|户))(?:号|室|户)?)?"
)
_ADDRESS = re.compile(
    r"^(?P<head>.*?)(?P<tail>(?:\d+|[A-Za-z])(?:号|栋|幢|座|排|#|-|单元|室|户|楼|层|门|\d|[A-Za-z]|\s)*)$"
)
_LATIN = re.compile(r"[a-z]+(?:[ '-][a-z]+)*")


@dataclass(frozen=True, slots=True)
class LaneEntry:
    """A lane as the finder needs it. `unit_names`: its unit's and the parents' names and aliases, nearest first."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    unit_names: tuple[str, ...] = ()
    addresses: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class HouseholdEntry:
    """A door and the lane it belongs to."""

    address: str
    lane: str


@dataclass(frozen=True, slots=True)
class Place:
    """What was found. `how`: named, location, household, bound or nothing; `candidates`: lanes to be asked about."""

    lane: str | None = None
    candidates: tuple[str, ...] = ()
    text: str = ""
    how: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(slots=True)
class _Meaning:
    """All that one spelling can stand for."""

    lanes: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)  # lanes below a unit of this name
    segments: list[tuple[str, Segment]] = field(default_factory=list)
    is_head: bool = False  # the beginning of a household's address


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name in the text with the lanes that it can mean here."""

    text: str
    lanes: frozenset[str]
    is_unit: bool = False
    is_household: bool = False


class Gazetteer:
    """All places of a roster, ready to be found. Make a new one when the roster changes; safe to share by threads."""

    def __init__(
        self, lanes: Iterable[LaneEntry], households: Iterable[HouseholdEntry] = (), radius: int = 500
    ) -> None:
        self._lanes = {lane.code: lane for lane in sorted(lanes, key=lambda lane: lane.code)}
        self._radius = radius
        self._meanings: defaultdict[str, _Meaning] = defaultdict(_Meaning)
        self._doors: defaultdict[str, set[str]] = defaultdict(set)
        self._unit_keys = {code: tuple(map(place_key, lane.unit_names)) for code, lane in self._lanes.items()}
        for lane in self._lanes.values():
            self._add_lane(lane)
        self._share_other_names()
        for household in households:
            self._add_household(household)
        self._names = sorted(name for name in self._meanings if len(name) >= 2)
        self._finder = _finder(self._names)
        self._sounds = _sounds_of(self._names)
        self._sound_keys = sorted(self._sounds)
        self._sound_finder = _finder(self._sound_keys)
        self._typed = {sound.replace("|", ""): names for sound, names in self._sounds.items()}
        self._grid = _grid_of(self._lanes.values())

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling that is known, in digits and simplified signs; for the segmenter's own dictionary."""
        return tuple(self._names)

    def find(self, text: str, *, known_lane: str | None = None, location: tuple[float, float] | None = None) -> Place:
        """The place of a text. A position within the radius settles it, unless the text names a lane that is near too.

        `location` is latitude, longitude in GCJ-02, as lanes are. `known_lane` is the lane somebody is bound to.
        """
        known = known_lane if known_lane in self._lanes else None
        near = self._near(location) if location else ()
        hits = self._hits(normalise(text[:_LONGEST_TEXT]))
        named = self._settle(hits, known) if hits else Place()
        if near:
            return self._by_location(near, named)
        if named.lane or named.candidates or known is None:
            return named
        return Place(known, text=named.text, how="bound", evidence=(*named.evidence, "绑定"))

    # ── building the indexes ──

    def _add_lane(self, lane: LaneEntry) -> None:
        for name in (lane.name, *lane.aliases):
            self._meanings[place_key(name)].lanes.add(lane.code)
        for key in self._unit_keys[lane.code]:
            self._meanings[key].units.add(lane.code)
        for segment in _readable_segments(lane.addresses):
            for name in (segment.name, *segment.other_names):
                self._meanings[place_key(name)].segments.append((lane.code, segment))

    def _share_other_names(self) -> None:
        """`春晖里(春晖小区)` is written once; the estate's other lanes in the same units are found by that name too."""
        for meaning in list(self._meanings.values()):
            for code, segment in tuple(meaning.segments):
                for other, twin in meaning.segments:
                    if other != code and segment.other_names and self._are_related(code, other):
                        self._lend_names(segment, other, twin)

    def _are_related(self, one: str, other: str) -> bool:
        return not self._unit_keys[one] or not set(self._unit_keys[one]).isdisjoint(self._unit_keys[other])

    def _lend_names(self, segment: Segment, lane: str, twin: Segment) -> None:
        for name in segment.other_names:
            known = self._meanings[place_key(name)].segments
            if (lane, twin) not in known:
                known.append((lane, twin))

    def _add_household(self, household: HouseholdEntry) -> None:
        if household.lane not in self._lanes:
            return
        match = _ADDRESS.match(place_key(household.address))
        if match is None or not match["head"]:
            self._meanings[place_key(household.address)].lanes.add(household.lane)
            return
        head = self._without_units(match["head"], household.lane)
        self._meanings[head].is_head = True
        self._doors[_door_key(head, re.findall(r"\d+|[A-Za-z]", match["tail"]))].add(household.lane)

    def _without_units(self, head: str, lane: str) -> str:
        """`和平村中心街` → `中心街`: people leave the village out."""
        for key in self._unit_keys[lane]:
            if len(key) >= 2 and head.startswith(key) and len(head) - len(key) >= 2:
                head = head.removeprefix(key)
        return head

    # ── names in the text ──

    def _hits(self, text: str) -> list[_Hit]:
        key, origins = _key_and_origins(text)
        hits = list(self._exact_hits(key, origins, text))
        if any(not hit.is_unit for hit in hits):
            return hits
        return hits + list(self._sounding_hits(key, origins, text))

    def _exact_hits(self, key: str, origins: Sequence[int], text: str) -> Iterator[_Hit]:
        for index, start, end in self._finder.find_matches_as_indexes(key):
            hit = self._hit(self._names[index], key[end:], text[origins[start] : origins[end]])
            if hit:
                yield hit

    def _sounding_hits(self, key: str, origins: Sequence[int], text: str) -> Iterator[_Hit]:
        syllables, starts = _syllables_of(key)
        for index, start, end in self._sound_finder.find_matches_as_indexes(syllables):
            first, last = starts[start], starts.get(end - 1, len(key))
            for name in self._sounds[self._sound_keys[index]]:
                if hit := self._hit(name, key[last:], text[origins[first] : origins[last]]):
                    yield hit
        for match in _LATIN.finditer(key):
            for name in self._typed.get(_blurred(re.sub(r"[ '-]", "", match[0])), ()):
                if hit := self._hit(name, key[match.end() :], text[origins[match.start()] : origins[match.end()]]):
                    yield hit

    def _hit(self, name: str, after: str, text: str) -> _Hit | None:
        meaning = self._meanings[name]
        numbers = _NUMBERS_AFTER.match(after)
        door = self._household(name, numbers) if meaning.is_head and numbers else frozenset()
        lanes = frozenset(meaning.lanes | {code for code, segment in meaning.segments if _is_within(segment, numbers)})
        if door and (not lanes or len(lanes & door) != 1):
            return _Hit(text + (numbers[0].rstrip(" -") if numbers else ""), door, is_household=True)
        if lanes:
            return _Hit(text + _spoken_door(meaning, numbers), lanes)
        # A street that is known, with a door that no lane holds: ask, for one of its lanes is likely.
        if meaning.segments:
            return _Hit(text, frozenset(code for code, _ in meaning.segments))
        return _Hit(text, frozenset(meaning.units), is_unit=True) if meaning.units else None

    def _household(self, name: str, numbers: re.Match[str]) -> frozenset[str]:
        parts = [part for part in (numbers["first"], numbers["second"], numbers["third"]) if part]
        for length in range(len(parts), 0, -1):
            if found := self._doors.get(_door_key(name, parts[:length])):
                return frozenset(found)
        return frozenset()

    # ── settling ──

    def _settle(self, hits: list[_Hit], known: str | None) -> Place:
        scopes = [hit for hit in hits if hit.is_unit]
        lanes = _common([hit.lanes for hit in hits if not hit.is_unit])
        words = " ".join(dict.fromkeys(hit.text.strip() for hit in hits))
        evidence = tuple(dict.fromkeys(hit.text.strip() for hit in hits))
        if not lanes:
            return self._within_unit(_common([hit.lanes for hit in scopes]), known, words, evidence)
        if scopes:
            inside = lanes & _common([hit.lanes for hit in scopes])
            if not inside:  # the village and the lane do not belong together: one of them is a slip
                return Place(candidates=_first(lanes), text=words, evidence=evidence)
            lanes = inside
        lanes = self._narrowed(lanes, known)
        if len(lanes) == 1:
            how = "household" if any(hit.is_household for hit in hits) else "named"
            return Place(next(iter(lanes)), text=words, how=how, evidence=evidence)
        return Place(candidates=_first(lanes), text=words, evidence=evidence)

    def _within_unit(self, lanes: frozenset[str], known: str | None, words: str, evidence: tuple[str, ...]) -> Place:
        """Only a village was named: enough when it has one lane, or when the speaker lives there."""
        if known in lanes:
            return Place(known, text=words, how="bound", evidence=(*evidence, "绑定"))
        if len(lanes) == 1:
            return Place(next(iter(lanes)), text=words, how="named", evidence=evidence)
        candidates = _first(lanes) if len(lanes) <= MOST_CANDIDATES else ()
        return Place(candidates=candidates, text=words, evidence=evidence)

    def _narrowed(self, lanes: frozenset[str], known: str | None) -> frozenset[str]:
        """Among namesakes: the bound lane, else those that share most units with it."""
        if known is None or len(lanes) < 2:
            return lanes
        if known in lanes:
            return frozenset({known})
        own = set(self._unit_keys[known])
        shared = {code: len(own.intersection(self._unit_keys[code])) for code in lanes}
        most = max(shared.values())
        return frozenset(code for code in lanes if most and shared[code] == most) or lanes

    # ── position ──

    def _near(self, location: tuple[float, float]) -> tuple[tuple[float, str], ...]:
        """Lanes within the radius with their distance in metres, nearest first."""
        latitude, longitude = location
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return ()
        reach = int(self._radius / 111_000 / _CELL) + 1
        wide = reach * 2 + 1  # a degree of longitude is shorter: half of it at 60° north
        row, column = _cell(latitude, longitude)
        found = [
            (haversine(location, position, unit=Unit.METERS), code)
            for r in range(row - reach, row + reach + 1)
            for c in range(column - wide, column + wide + 1)
            for code, position in self._grid.get((r, c), ())
        ]
        return tuple(sorted(pair for pair in found if pair[0] <= self._radius))

    @staticmethod
    def _by_location(near: tuple[tuple[float, str], ...], named: Place) -> Place:
        codes = [code for _, code in near]
        if named.lane in codes:
            return named
        agreed = [code for code in codes if code in named.candidates]
        if agreed:
            return Place(agreed[0], text=named.text, how="location", evidence=(*named.evidence, "位置"))
        evidence = (*named.evidence, f"位置（{near[0][0]:.0f}米）")
        close = tuple(code for distance, code in near if distance - near[0][0] < _SAME_DISTANCE)
        if len(close) > 1:
            return Place(candidates=close[:MOST_CANDIDATES], text=named.text, evidence=evidence)
        return Place(codes[0], text=named.text, how="location", evidence=evidence)


def place_key(name: str) -> str:
    """The spelling under which a name is kept: simplified, digits for numerals, no spaces, small letters."""
    return _key_and_origins(normalise(name))[0]


def _key_and_origins(text: str) -> tuple[str, tuple[int, ...]]:
    plain, origins = with_plain_numbers(text)
    kept = [i for i, sign in enumerate(plain) if not sign.isspace()]
    return "".join(plain[i] for i in kept).lower(), (*(origins[i] for i in kept), origins[-1])


def _readable_segments(addresses: str) -> tuple[Segment, ...]:
    """The import refuses what cannot be read; a roster from elsewhere must not stop the desk."""
    try:
        return parse_addresses(addresses)
    except AddressError:
        return ()


def _finder(patterns: list[str]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _door_key(head: str, numbers: Sequence[str]) -> str:
    return head + "/" + "-".join(str(int(n)) if n.isdecimal() else n.upper() for n in numbers)


def _is_within(segment: Segment, numbers: re.Match[str] | None) -> bool:
    """Whether the numbers spoken after a street's or estate's name lie in this segment; without numbers: perhaps."""
    if numbers is None or segment.is_whole:
        return True
    if segment.doors:
        return not numbers["first"].isdecimal() or any(door.holds(int(numbers["first"])) for door in segment.doors)
    name = building_name(numbers["first"], numbers["kind"] or "")
    units = [building.units for building in segment.buildings if building.name == name]
    return any(not held or numbers["second"] is None or int(numbers["second"]) in held for held in units)


def _spoken_door(meaning: _Meaning, numbers: re.Match[str] | None) -> str:
    return numbers[0].rstrip(" -") if numbers and (meaning.segments or meaning.is_head) else ""


def _common(sets: list[frozenset[str]]) -> frozenset[str]:
    """What all names agree on; when they do not agree, all they could mean."""
    if not sets:
        return frozenset()
    return frozenset.intersection(*sets) or frozenset.union(*sets)


def _first(lanes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(lanes)[:MOST_CANDIDATES])


@cache
def _speller() -> Callable[[str], list[str]]:
    """Signs are spelled one by one, so the dictionary of phrases, slow to load, is left out."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin


@lru_cache(maxsize=8192)
def _syllable(sign: str) -> str:
    return _blurred(_speller()(sign)[0]) if "\u4e00" <= sign <= "\u9fff" else sign


def _blurred(sound: str) -> str:
    """Sounds that many people and voice input do not keep apart: zh/z, ch/c, sh/s, -ng/-n at the end."""
    return re.sub(r"([zcs])h", r"\1", sound).replace("ng", "n")


def _syllables_of(key: str) -> tuple[str, dict[int, int]]:
    """`幸福里` → `|xin|fu|li|`, and which sign begins at each bar."""
    pieces, starts, at = ["|"], {0: 0}, 1
    for position, sign in enumerate(key):
        syllable = _syllable(sign)
        pieces += (syllable, "|")
        at += len(syllable) + 1
        starts[at - 1] = position + 1
    return "".join(pieces), starts


def _sounds_of(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    sounds: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(name) >= _LEAST_SYLLABLES and len(name) <= 12:
            sounds[_syllables_of(name)[0]].append(name)
    return {sound: tuple(sorted(found)) for sound, found in sounds.items()}


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude // _CELL), int(longitude // _CELL)


def _grid_of(lanes: Iterable[LaneEntry]) -> dict[tuple[int, int], list[tuple[str, tuple[float, float]]]]:
    grid: defaultdict[tuple[int, int], list[tuple[str, tuple[float, float]]]] = defaultdict(list)
    for lane in lanes:
        if lane.latitude is not None and lane.longitude is not None:
            position = (lane.latitude, lane.longitude)
            grid[_cell(*position)].append((lane.code, position))
    return dict(grid)
