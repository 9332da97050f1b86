"""The index of all names of places: what each can stand for, and which lanes hold a door or a building under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from classifiers.places.addresses import AddressError, DoorRange, Segment, building_name, parse_addresses
from classifiers.places.spelling import place_key, place_keys
from classifiers.reader.late import late

_LISTED = 400  # doors of a range that are listed one by one; longer ranges are looked through
_BUILDING_KINDS: Final = frozenset({"号楼", "栋", "幢", "座", "排", "#", "#楼", "楼"})
_OF_A_DOOR = r"号|号院|号楼|栋|幢|座|排|#|-|单元|室|户|楼|层|门"
_ADDRESS = late(rf"(?:\d+|[a-z](?![a-z]))(?:{_OF_A_DOOR}|\d|[a-z](?![a-z]))*$")
_NUMBERS = late(r"\d+|[a-z]")

BUILDING_WORD: Final = r"号楼(?![道梯])|号院|栋|幢|座|排|#楼?|楼(?![上下道顶梯长层房])"
_FIRST = (
    r"[甲乙丙丁副]?(?P<first>\d{1,5}(?![\d点分天个年月日人次盏米条辆块小家位件]|[:.]\d)|[A-Za-z](?![A-Za-z]))"
    rf"(?P<kind>{BUILDING_WORD}|号|-)?(?:[东西南北][头边侧](?=\d{{1,2}}单元))?"
)
_REST = r"(?:(?P<second>\d{1,2})(?P<unit>单元|-|门)?)?(?:(?P<third>\d{3,4}|\d{1,2}(?=号|室|户))(?:号|室|户)?)?"
_AFTER_A_NAME = late(rf"^[,的里]{{0,2}}(?:门牌)?{_FIRST}{_REST}")
# Away from the name only what is a building or a door beyond doubt.
_ELSEWHERE = late(
    r"(?<![\da-zA-Z-])(?:(?P<first>\d{1,3}|[A-Za-z])(?P<kind>号楼(?!道)|栋|幢|座|排|#)|(?P<door>\d{1,4})号(?=[门院家旁的]|对|,|。|$))"
    r"(?:(?P<second>\d{1,2})单元)?"
)
# 49号和50号; 5号楼2单元和3单元: the number that is told beside the first.
_MORE = late(r"^(?:和|跟|与|及|、|,|到|至|还有)(?P<number>\d{1,5})(?P<kind>单元|号楼|栋|幢|座|排|号)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The numbers said with a name: `4号楼2单元301` is 4, 号楼, 2, 301."""

    first: str
    kind: str = ""
    second: str | None = None
    third: str | None = None
    text: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part for part in (self.first, self.second, self.third) if part)

    @property
    def is_building(self) -> bool:
        return self.kind in _BUILDING_KINDS


def spoken_after(key: str) -> Spoken | None:
    """The numbers at the beginning of what follows a name."""
    match = _AFTER_A_NAME.match(key)
    if match is None:
        return None
    return Spoken(match["first"], match["kind"] or "", match["second"], match["third"], match[0].rstrip("-"))


def also_spoken(spoken: Spoken, behind: str) -> Spoken | None:
    """A second door, building or unit of the same name: of `12号和13号` the 13号. `behind`: what follows the first."""
    match = _MORE.match(behind)
    if match is None:
        return None
    if match["kind"] == "单元":
        return replace(spoken, second=match["number"], third=None) if spoken.second else None
    return Spoken(match["number"], match["kind"], text=match[0])


def spoken_elsewhere(key: str) -> Spoken | None:
    """A building or a door that is said away from the name: `3号楼漏水,春晖里的`."""
    match = _ELSEWHERE.search(key)
    if match is None:
        return None
    return Spoken(match["first"] or match["door"], match["kind"] or "号", match["second"], None, match[0])


@dataclass
class Name:
    """All that one spelling can stand for."""

    lanes: set[str] = field(default_factory=set)  # called so
    units: set[str] = field(default_factory=set)  # lanes below a unit called so
    segments: list[tuple[str, Segment]] = field(default_factory=list)  # a street or estate of which lanes hold a part
    households: dict[str, set[str]] = field(default_factory=dict)  # doors below this beginning of an address

    def holders(self, spoken: Spoken) -> frozenset[str]:
        """Lanes that hold what was said: a building for 3号楼, a door for 3号, and the other where there is none."""
        buildings, doors = self._holders_of_building(spoken), self._doors.holders(spoken)
        is_door_first = spoken.kind in ("", "号", "号院") and not spoken.second
        likely, other = (doors, buildings) if is_door_first else (buildings, doors)
        return (likely or other) | self._whole

    def household_lanes(self, spoken: Spoken) -> frozenset[str]:
        """Lanes of the households at this door, else of those in this building or unit."""
        for length in range(len(spoken.parts), 0, -1):
            if found := self.households.get(_door(spoken.parts[:length])):
                return frozenset(found)
        return frozenset()

    @cached_property
    def parts_held(self) -> frozenset[str]:
        """All lanes that hold a part."""
        return frozenset(lane for lane, _ in self.segments)

    @property
    def all_lanes(self) -> frozenset[str]:
        """All that it can stand for, as a place of lanes."""
        return self.parts_held | self.lanes | frozenset().union(*self.households.values())

    def _holders_of_building(self, spoken: Spoken) -> frozenset[str]:
        unit = int(spoken.second) if spoken.second else None
        held = self._buildings.get(building_name(spoken.first, spoken.kind), ())
        return frozenset(lane for lane, units in held if not units or unit is None or unit in units)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(lane for lane, segment in self.segments if segment.is_whole)

    @cached_property
    def _buildings(self) -> dict[str, list[tuple[str, tuple[int, ...]]]]:
        found: defaultdict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
        for lane, segment in self.segments:
            for building in segment.buildings:
                found[building.name].append((lane, building.units))
        return dict(found)

    @cached_property
    def _doors(self) -> _Doors:
        return _Doors.of((door, lane) for lane, segment in self.segments for door in segment.doors)


@dataclass(frozen=True)
class _Doors:
    """Which lanes hold a door of one street: of common ranges listed by door, made when the street is first named."""

    listed: dict[int, set[str]]
    long: tuple[tuple[DoorRange, str], ...]

    @classmethod
    def of(cls, ranges: Iterable[tuple[DoorRange, str]]) -> _Doors:
        listed: defaultdict[int, set[str]] = defaultdict(set)
        long: list[tuple[DoorRange, str]] = []
        for door, lane in ranges:
            if door.last - door.first > _LISTED:
                long.append((door, lane))
                continue
            for number in range(door.first, door.last + 1):
                if door.holds(number):
                    listed[number].add(lane)
        return cls(dict(listed), tuple(long))

    def holders(self, spoken: Spoken) -> frozenset[str]:
        if not spoken.first.isdecimal():
            return frozenset()
        number = int(spoken.first)
        return frozenset(self.listed.get(number, ())) | {lane for door, lane in self.long if door.holds(number)}


class Names:
    """Every spelling with what it stands for."""

    def __init__(self) -> None:
        self._names: dict[str, Name] = {}
        self._held_by: defaultdict[str, list[str]] = defaultdict(list)

    def __getitem__(self, key: str) -> Name:
        return self._names[key]

    def spellings(self) -> list[str]:
        return sorted(key for key in self._names if len(key) >= 2)

    def names_held_by(self, lane: str) -> list[Name]:
        """The streets and estates of which a lane holds a part."""
        return [self._names[key] for key in self._held_by.get(lane, ())]

    def spellings_held_by(self, lane: str) -> list[str]:
        """How those streets and estates are written."""
        return self._held_by.get(lane, [])

    def knows(self, key: str) -> bool:
        return key in self._names

    def name(self, key: str) -> Name:
        return self._names.setdefault(key, Name())

    def add_segments(self, lane: str, addresses: str) -> None:
        """A roster that did not come by the import may hold what cannot be read; it must not stop the desk."""
        try:
            segments = parse_addresses(addresses)
        except AddressError:
            return
        for segment in segments:
            self._held_by[lane].append(place_key(segment.name))
            for spelling in (segment.name, *segment.other_names):
                self.name(place_key(spelling)).segments.append((lane, segment))

    def add_numbered(self, lane: str, spelling: str) -> None:
        """A lane that is called 新村一排: the 新村 alone may be that one too, and has to be asked about."""
        if _ADDRESS.search(place_key(spelling)):
            self.add_segments(lane, spelling)

    def share_other_names(self, village_of: dict[str, str]) -> None:
        """`春晖里(春晖小区)` is written once; the estate's other lanes of the village are found by that name too."""
        for name in list(self._names.values()):
            others: defaultdict[str, dict[str, None]] = defaultdict(dict)
            for lane, segment in name.segments:
                others[village_of[lane]].update(dict.fromkeys(segment.other_names))
            if not any(others.values()):
                continue
            for lane, segment in tuple(name.segments):
                for other in others[village_of[lane]]:
                    self._lend(other, lane, segment)

    def add_other_ways(self, other_way: Callable[[str], str]) -> None:
        """What another way of saying a name stands for, where nothing else is called so."""
        for key, name in list(self._names.items()):
            if (other := other_way(key)) and not self.knows(other):
                self._names[other] = name

    def _lend(self, other: str, lane: str, segment: Segment) -> None:
        known = self.name(place_key(other)).segments
        if (lane, segment) not in known:
            known.append((lane, segment))

    def add_households(self, households: Sequence[tuple[str, str]], unit_keys: dict[str, tuple[str, ...]]) -> None:
        """Pairs of address and lane. `和平村中心街88号` is kept below 中心街: people leave the village out."""
        heads: dict[tuple[str, str], Name] = {}
        for key, (_, lane) in zip(place_keys(address for address, _ in households), households, strict=True):
            match = _ADDRESS.search(key)
            if match is None or not match.start():
                self.name(key).lanes.add(lane)
                continue
            written = key[: match.start()]
            name = heads.get((written, lane))
            if name is None:
                name = heads[written, lane] = self.name(_without_units(written, unit_keys[lane]))
            door = ""
            for number in _NUMBERS.findall(match[0]):
                door += f"-{number.lstrip('0') or '0'}"
                name.households.setdefault(door, set()).add(lane)


def _door(numbers: Sequence[str]) -> str:
    return "".join(f"-{number.lower().lstrip('0') or '0'}" for number in numbers)


def _without_units(head: str, keys: Iterable[str]) -> str:
    for key in sorted(keys, key=len, reverse=True):
        if len(key) >= 2 and head.startswith(key) and len(head) - len(key) >= 2:
            head = head.removeprefix(key)
    return head
