"""Finds the lane a text speaks of: by name, address, household, position or the bound lane. Never guesses.

Names are looked up in one pass over the text, whatever the size of the roster; a name that sounds the same (voice
input writes 兴福里 for 幸福里) is looked up by its syllables, and only when nothing was found as written.

| said | the lane |
|---|---|
| a name, an address, a door | the one that is called so or holds it; of namesakes that in the village named |
| nothing but 6号楼 | of the bound lane's estate the one that holds building 6 |
| namesakes, no village | that in the bound village, else they are asked about |
| a door that no lane of a street holds | those of the street are asked about |
| a village alone | its only lane, or the bound one if it lies there; up to four are asked about |
| two doors, two lanes | they are asked about; a lane and a building that is another's likewise |
| a place that no lane is called | unknown: it is asked where that is |
| 不住粮店胡同了 | not that one, were it the bound one |
| nothing | the bound one |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from classifiers.places.hits import Hit
from classifiers.places.meant import meant
from classifiers.places.naming import (
    LANE_WORD,
    UNIT_WORD,
    is_inside,
    village_by_another_word,
    with_and_without_village,
    without_works,
)
from classifiers.places.nearby import Nearby
from classifiers.places.placenames import Name, Names, Spoken, also_spoken, spoken_after, spoken_elsewhere
from classifiers.places.readings import MOST_SYLLABLES, Reading, Shortened, Sounds, Villages, blanked, finder
from classifiers.places.spelling import place_key
from classifiers.places.unlisted import unlisted_place
from classifiers.reader.late import late

MOST_CANDIDATES = 4  # as many as can be asked in one question
_SAME_DISTANCE = 25.0  # metres; two lanes nearer to each other than a phone can tell
_LEAST_UNIT = 3  # 和平 alone may be anything; 和平村 is a village

# 南场北路, 春晖里大街: another road, called after the place; 南场北路灯 may be the lamps in the north of it.
_OTHER_ROAD = late(r"(?:[东西南北中](?:大?街(?![坊道口])|路(?![灯口面边上中牌标障]))|大街|大道|路(?=\d))")


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

    @property
    def is_open(self) -> bool:
        """Whether a place was named and it is not known which lane that is: the bound one would be a guess."""
        return self.lane is None and bool(self.candidates or self.text)

    def lane_or(self, bound: str) -> str:
        """The lane, or the one somebody is bound to; empty when it has to be asked."""
        return self.lane or ("" if self.is_open else bound)


class Gazetteer:
    """All places of a roster, ready to be found. Make a new one when the roster changes; safe to share by threads."""

    def __init__(
        self, lanes: Iterable[LaneEntry], households: Iterable[HouseholdEntry] = (), radius: int = 500
    ) -> None:
        self._lanes = {lane.code: lane for lane in sorted(lanes, key=lambda lane: lane.code)}
        self._unit_keys = _keys_of_units(self._lanes.values())
        self._lanes_of_unit = _by_unit(self._unit_keys)
        self._index = self._indexed([(one.address, one.lane) for one in households if one.lane in self._lanes])
        self._spellings = self._index.spellings()
        self._finder = finder(self._spellings)
        self._sounds = Sounds(self._spellings)
        self._villages = Villages(self._lanes_of_unit)
        names = [(code, lane.name) for code, lane in self._lanes.items()]
        self._shortened = Shortened(
            self._index, self._spellings, names, {UNIT_WORD.sub("", key) for key in self._lanes_of_unit}
        )
        self._nearby = Nearby.of(((code, lane.latitude, lane.longitude) for code, lane in self._lanes.items()), radius)

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling that is known, in digits and simplified signs; for the segmenter's own dictionary."""
        return tuple(self._spellings)

    def find(self, text: str, *, known_lane: str | None = None, location: tuple[float, float] | None = None) -> Place:
        """The place of a text. A position within the radius settles it, unless the text names a lane that is near too.

        `location` is latitude, longitude in GCJ-02, as lanes are. `known_lane` is the lane somebody is bound to.
        """
        known = known_lane if known_lane in self._lanes else None
        near = self._nearby.lanes_near(location) if location else ()
        reading = Reading.of(text)
        found = self._hits(reading)
        hits = meant(reading.key, found)
        reading = reading.without(found, hits)
        if known and not any(hit for hit in hits if not hit.is_unit):
            hits += self._beside(reading, known)
        named = self._settle(reading, hits, known) if hits else self._denied(found, known)
        if all(hit.is_unit for hit in hits) and (strange := self._unlisted(reading, hits, known)):
            named = Place(candidates=named.candidates, text=strange, evidence=(*named.evidence, strange))
        if near:
            return self._by_location(near, named)
        if named.lane or named.is_open or known is None:
            return named
        return Place(known, how="bound", evidence=("绑定",))

    # ── building the index ──

    def _indexed(self, households: Sequence[tuple[str, str]]) -> Names:
        names = Names()
        for code, lane in self._lanes.items():
            for spelling in (lane.name, *lane.aliases):
                names.name(place_key(spelling)).lanes.add(code)
                names.add_numbered(code, spelling)
            names.add_segments(code, lane.addresses)
        for key, lanes in self._lanes_of_unit.items():
            names.name(key).units |= lanes
        self._add_ways_of_villages(names)
        names.share_other_names({code: keys[0] if keys else "" for code, keys in self._unit_keys.items()})
        names.add_other_ways(without_works)
        names.add_households(households, self._unit_keys)
        return names

    def _add_ways_of_villages(self, names: Names) -> None:
        """柳树村 is said for 柳树屯, and 石桥村东头 for the 石桥东头 of 石桥村, where nothing else is called so."""
        villages = [(village_by_another_word(key), lanes) for key, lanes in self._lanes_of_unit.items()]
        for village, lanes in [pair for pair in villages if pair[0] and not names.knows(pair[0])]:
            names.name(village).units |= lanes
        spelled = [(code, place_key(name)) for code, lane in self._lanes.items() for name in (lane.name, *lane.aliases)]
        others = [
            (code, other) for code, key in spelled for other in with_and_without_village(key, self._unit_keys[code])
        ]
        for code, other in [pair for pair in others if not names.knows(pair[1])]:
            names.name(other).lanes.add(code)

    # ── names in the text ──

    def _hits(self, reading: Reading) -> list[Hit]:
        hits = list(self._found(reading, self._written(reading)))
        if not any(not hit.is_unit for hit in hits):
            hits += self._found(reading, self._sounds.spoken_in(reading.key))
        if not any(not hit.is_unit for hit in hits):
            hits += self._in_short(reading)
        return hits

    def _in_short(self, reading: Reading) -> Iterator[Hit]:
        if said := self._shortened.stems_in(reading):
            yield from self._found(reading, self._shortened.estates_said_in(reading, said))
            yield from self._shortened.lanes_said_in(reading, said)

    def _written(self, reading: Reading) -> Iterator[tuple[str, int, int]]:
        for index, start, end in self._finder.find_matches_as_indexes(reading.key):
            if not _is_part_of_longer(self._spellings[index], reading.key, start, end):
                yield self._spellings[index], start, end
                yield from self._overlapping(reading.key, start, end)

    def _overlapping(self, key: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """张各庄村东头 is the 村东头 of 张各庄, though the longest name ends behind the 村."""
        if key[end - 1] != "村":
            return
        for index, first, last in self._finder.find_matches_as_indexes(key[end - 1 : end + MOST_SYLLABLES]):
            if first == 0:
                yield self._spellings[index], end - 1, end - 1 + last
            return

    def _found(self, reading: Reading, places: Iterable[tuple[str, int, int]]) -> Iterator[Hit]:
        for name, start, end in places:
            if hit := self._hit(self._index[name], reading, start, end):
                yield hit

    def _hit(self, name: Name, reading: Reading, start: int, end: int) -> Hit | None:
        has_doors = bool(name.segments or name.households)
        behind = spoken_after(reading.key[end:])
        spoken = behind if has_doors else None
        said = reading.text(start, end)
        text = said + (spoken.text if spoken else "")
        if behind is None and is_inside(said, reading.key[:start], reading.key[end:]):
            return None
        if several := self._several(name, behind, reading.key[end:]):
            return Hit(text, start, end, several, is_several=True)
        if spoken is None and has_doors:
            spoken = spoken_elsewhere(reading.key[:start] + " " + reading.key[end:])
        held = name.holders(spoken) if spoken else name.parts_held
        homes = name.household_lanes(spoken) if spoken and name.households else frozenset()
        if homes and (not held or len(held & homes) != 1):
            return Hit(text, start, end, homes, is_household=True)
        if (road := _OTHER_ROAD.match(reading.key, end)) and not LANE_WORD.search(reading.key[start:end]):
            called = name.parts_held | name.lanes
            return Hit(reading.text(start, road.end()), start, end, called, is_doubtful=True) if called else None
        if lanes := held if spoken and held else held | name.lanes - (name.parts_held if spoken else frozenset()):
            return Hit(text, start, end, lanes)
        if name.segments:
            return Hit(text, start, end, name.parts_held | name.lanes, is_doubtful=True)
        return Hit(text, start, end, frozenset(name.units), is_unit=True) if name.units else None

    def _several(self, name: Name, spoken: Spoken | None, behind: str) -> frozenset[str]:
        """`49号和50号` of two lanes; `南区5号楼4单元` where that unit is the north's. Nothing when it is one lane."""
        if spoken is None:
            return frozenset()
        if more := also_spoken(spoken, behind[len(spoken.text) :]):
            one, other = name.holders(spoken), name.holders(more)
            return one | other if one and other and not one & other else frozenset()
        if not name.lanes or name.segments or not spoken.is_building:
            return frozenset()
        held = frozenset().union(*(self._holders_in_estates(spoken, lane) for lane in name.lanes))
        return held | name.lanes if held and not held & name.lanes else frozenset()

    def _beside(self, reading: Reading, known: str) -> list[Hit]:
        """`6号楼` said by somebody of the estate: the lane that holds it, though he is bound to its neighbour."""
        spoken = spoken_elsewhere(reading.key)
        if spoken is None or not spoken.is_building:
            return []
        held = self._holders_in_estates(spoken, known)
        if not held or known in held:
            return []
        return [Hit(spoken.text, 0, 0, held)]

    def _holders_in_estates(self, spoken: Spoken, lane: str) -> frozenset[str]:
        """Who holds a building in the estates of which this lane has a part."""
        estates = [name for name in self._index.names_held_by(lane) if any(s.buildings for _, s in name.segments)]
        return frozenset().union(*(self._holders_nearby(name, spoken, lane) for name in estates))

    def _holders_nearby(self, name: Name, spoken: Spoken, known: str) -> frozenset[str]:
        village = self._unit_keys[known][:1]
        return name.holders(spoken) & (self._lanes_of_unit[village[0]] if village else frozenset({known}))

    # ── settling ──

    def _settle(self, reading: Reading, hits: Sequence[Hit], known: str | None) -> Place:
        evidence = tuple(dict.fromkeys(hit.text.strip() for hit in hits))
        words = " ".join(evidence)
        named = [hit for hit in hits if not hit.is_unit]
        villages = _common([hit.lanes for hit in hits if hit.is_unit])
        if not named:
            return self._within_unit(hits, villages, known, words, evidence)
        lanes = _common([hit.lanes for hit in named])
        if villages and not lanes & villages:  # the village and the lane do not belong together: one is a slip
            return Place(candidates=_first(lanes), text=words, evidence=evidence)
        lanes = lanes & villages or lanes
        if any(hit.is_several for hit in named) or _are_of_two_lanes(named):
            return Place(candidates=_first(lanes), text=words, evidence=evidence)
        is_doubtful = all(hit.is_doubtful for hit in named)
        lanes = self._narrowed(lanes, reading, hits, known, is_doubtful=is_doubtful)
        if len(lanes) == 1 and not is_doubtful:
            how = "household" if any(hit.is_household for hit in named) else "named"
            return Place(next(iter(lanes)), text=words, how=how, evidence=evidence)
        return Place(candidates=_first(lanes), text=words, evidence=evidence)

    def _within_unit(
        self, hits: Sequence[Hit], lanes: frozenset[str], known: str | None, words: str, evidence: tuple[str, ...]
    ) -> Place:
        """Only a village was named: enough when it has one lane, or when the speaker lives there."""
        if known in lanes:
            return Place(known, text=words, how="bound", evidence=(*evidence, "绑定"))
        if all(hit.end - hit.start < _LEAST_UNIT for hit in hits):
            return Place()
        if len(lanes) == 1:
            return Place(next(iter(lanes)), text=words, how="named", evidence=evidence)
        candidates = _first(lanes) if len(lanes) <= MOST_CANDIDATES else ()
        return Place(candidates=candidates, text=words, evidence=evidence)

    def _narrowed(
        self,
        lanes: frozenset[str],
        reading: Reading,
        hits: Sequence[Hit],
        known: str | None,
        *,
        is_doubtful: bool,
    ) -> frozenset[str]:
        """Among namesakes: those of a village named in short, else the bound lane, else those of the bound village."""
        if len(lanes) < 2:
            return lanes
        said, denied = self._villages.said_in(reading, hits)
        lanes = lanes - denied or lanes
        if 0 < len(lanes & said) < len(lanes):
            return lanes & said
        if known is None:
            return lanes
        if known in lanes and not is_doubtful:
            return frozenset({known})
        insides = (lanes & self._lanes_of_unit[key] for key in self._unit_keys[known])
        return next((inside for inside in insides if inside), lanes)

    # ── what is not there ──

    def _unlisted(self, reading: Reading, hits: Sequence[Hit], known: str | None) -> str:
        """The words of a place that no roster knows."""
        match = unlisted_place(blanked(reading.key, [hit for hit in hits if hit.end - hit.start >= _LEAST_UNIT]))
        if match is None or (known and self._is_own(match[0], known)):
            return ""
        return reading.text(*match.span()).strip()

    def _is_own(self, said: str, known: str) -> bool:
        """Whether somebody calls his own place a little differently: 丽景小区 in 丽景苑, 张各庄 in 张各庄村."""
        lane = self._lanes[known]
        names = [*map(place_key, (lane.name, *lane.aliases)), *self._index.spellings_held_by(known)]
        villages = {UNIT_WORD.sub("", key) for key in self._unit_keys[known]}
        return any(name[:2] in said for name in names if len(name) > 2) or UNIT_WORD.sub("", said) in villages

    @staticmethod
    def _denied(found: Sequence[Hit], known: str | None) -> Place:
        """不住粮店胡同了, said by somebody bound to it, without a word of where he lives now."""
        denied = next((hit for hit in found if known in hit.lanes), None)
        words = f"不在{denied.text}" if denied else ""
        return Place(text=words, evidence=(words,)) if denied else Place()

    # ── position ──

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


def _is_part_of_longer(name: str, key: str, start: int, end: int) -> bool:
    """Whether the text goes on to another name: 中心街道 for 中心街, 大前街 for 前街, 12道街 for 2道街;
    and 街坊 are neighbours."""
    before, after = key[start - 1 : start], key[end : end + 2]
    if before.isdecimal() and name[0].isdecimal():
        return True
    if name.endswith("街") and ((after.startswith("道") and after != "道路") or after.startswith("坊")):
        return True
    return bool(before) and before in "大小新双" and not name.startswith(before) and len(name) <= 3


def _keys_of_units(lanes: Iterable[LaneEntry]) -> dict[str, tuple[str, ...]]:
    known: dict[str, str] = {}
    for lane in lanes:
        for name in lane.unit_names:
            if name not in known:
                known[name] = place_key(name)
    return {lane.code: tuple(known[name] for name in lane.unit_names) for lane in lanes}


def _by_unit(unit_keys: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for lane, keys in unit_keys.items():
        for key in keys:
            found[key].add(lane)
    return {key: frozenset(lanes) for key, lanes in found.items()}


def _are_of_two_lanes(named: Sequence[Hit]) -> bool:
    """Whether each name means one lane, and not all the same: 中心街5号和炮台街10号."""
    return all(len(hit.lanes) == 1 for hit in named) and len({hit.lanes for hit in named}) > 1


def _common(sets: list[frozenset[str]]) -> frozenset[str]:
    """What all names agree on; when they do not agree, all they could mean."""
    if not sets:
        return frozenset()
    return frozenset.intersection(*sets) or frozenset.union(*sets)


def _first(lanes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(lanes)[:MOST_CANDIDATES])
