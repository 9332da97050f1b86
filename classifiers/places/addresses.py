"""Reads the 范围 column of the roster: which doors, buildings and units a lane holds.

Grammar (docs: the outside of the program, "Roster"): segments between `;`; a segment is a name, its other names in
brackets, and then doors (`1-80`, `1-59 单`, `12、14、18-22`), buildings (`1-4号楼`, `一排、二排`), buildings with units
(`4号楼1-2单元`) or nothing, which takes the whole street or estate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from classifiers.reader.late import late
from classifiers.reader.segment import normalise, with_plain_numbers

_MOST_BUILDINGS = 400  # a range longer than this is a slip of the pen (`1-40000号楼`)
_OF_A_BUILDING = r"号楼|号院|栋|幢|座|排|楼|#楼?"
# A number belongs to the name when a word of place follows it: `2道街`, `和平村3组`, `友谊路5号院`.
_NAME = r"(?:[^\d()\s]|\d+(?=道|条|组|队|社|巷|街|弄|期|区|里|胡同|支)|\d+号院(?=\s|\(|$))+"
_SEGMENT = late(rf"^(?P<name>{_NAME})\s*(?:\((?P<others>[^()]*)\))?\s*(?P<rest>.*)$")
_RANGE = late(r" ?[-~—–]+ ?|(?<=[\d号楼栋幢座排院#]) ?[至到] ?(?=[\dA-Za-z])")
# What stands in no name of a street or estate, and numbers in Chinese that are meant as doors.
_NO_NAME = late(r"[@#!?*%$^&=+<>{}\[\]|\\/_`]|[一二三四五六七八九十百零两]号?[至到~-][一二三四五六七八九十百零两]+号?$")
_SIDE = late(r"^(?P<side>单|双)(?:号|侧|数|门)?$")
_DOORS = late(r"^(?P<first>\d{1,5})(?:号?[-至到~](?P<last>\d{1,5}))?号?(?:\s*(?P<side>单|双)(?:号|侧)?)?$")
_BUILDINGS = late(
    rf"^(?P<first>\d{{1,4}}|[A-Za-z])(?:(?:{_OF_A_BUILDING})?[-至到~](?P<last>\d{{1,4}}|[A-Za-z]))?(?P<kind>{_OF_A_BUILDING})$"
)
_UNITS = late(
    rf"^(?P<building>\d{{1,4}}|[A-Za-z])(?P<kind>{_OF_A_BUILDING})(?P<first>\d{{1,2}})(?:单元?)?(?:[-至到~](?P<last>\d{{1,2}}))?(?P<unit>单元)?$"
)
_MORE_UNITS = late(r"^(?P<first>\d{1,2})(?:[-至到~](?P<last>\d{1,2}))?单元$")


class AddressError(ValueError):
    """A segment cannot be read; the message says which one, for the person who keeps the roster."""


class Side(StrEnum):
    """Which doors of a range count."""

    ODD = "odd"
    EVEN = "even"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DoorRange:
    """Doors from `first` to `last`, both included, on one side of the street or on both."""

    first: int
    last: int
    side: Side = Side.ALL

    def holds(self, door: int) -> bool:
        return self.first <= door <= self.last and _on_side(door, self.side)


@dataclass(frozen=True, slots=True)
class Building:
    """`name` is `3`, `A` or, for a row of houses, `3排`; no units means all of them."""

    name: str
    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A street or estate with what of it belongs to the lane; neither doors nor buildings means the whole of it."""

    name: str
    other_names: tuple[str, ...] = ()
    doors: tuple[DoorRange, ...] = ()
    buildings: tuple[Building, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.doors and not self.buildings


def parse_addresses(text: str) -> tuple[Segment, ...]:
    """The segments of a 范围 text in their order; empty text gives none. Raises AddressError."""
    pieces = (piece.strip() for piece in re.split(r"[;\n。]", normalise(text)))
    return tuple(_read_segment(piece) for piece in pieces if piece)


def building_name(number: str, kind: str) -> str:
    """One name for `3号楼`, `03栋`, `3#`; a row `3排` stays apart from building 3."""
    plain = str(int(number)) if number.isdecimal() else number.upper()
    return f"{plain}排" if kind == "排" else plain


def _on_side(door: int, side: Side) -> bool:
    return side is Side.ALL or (door % 2 == 1) == (side is Side.ODD)


def _read_segment(piece: str) -> Segment:
    piece = _RANGE.sub("-", piece)
    plain, origins = with_plain_numbers(piece)
    match = _SEGMENT.match(plain)
    if match is None:
        raise AddressError(f"“{piece}”读不懂：请先写街道或小区的名字，再写门牌，例如“中心街 1-39 单”")
    others = tuple(name.strip() for name in re.split(r"[、,]", match["others"] or "") if name.strip())
    items = [item.strip() for item in re.split(r"[、,]", match["rest"]) if item.strip()]
    name = piece[: origins[match.end("name")]].rstrip(":")
    for one in (name, *others):
        if _NO_NAME.search(one) or not any(sign.isalnum() for sign in one):
            raise AddressError(f"“{piece}”里的“{one}”不像街道或小区的名字：请写成“中心街 1-39 单”，几条之间用 ; 隔开")
    if not items:
        return Segment(name, others)
    if side := _SIDE.match(items[0]) if len(items) == 1 else None:
        return Segment(name, others, doors=(DoorRange(1, 99999, _side(side["side"])),))
    if any(re.search(rf"(?:{_OF_A_BUILDING}|单元)", item) for item in items):
        return Segment(name, others, buildings=_read_buildings(items, piece))
    return Segment(name, others, doors=_read_doors(items, piece))


def _side(sign: str | None) -> Side:
    return {"单": Side.ODD, "双": Side.EVEN}.get(sign or "", Side.ALL)


def _read_doors(items: list[str], piece: str) -> tuple[DoorRange, ...]:
    matches = [_DOORS.match(item) for item in items]
    for item, match in zip(items, matches, strict=True):
        if match is None:
            raise AddressError(f"“{piece}”里的“{item}”读不懂：门牌请写成 12、14 或 1-39 单")
    found = [match for match in matches if match]
    marked = [match["side"] for match in found if match["side"]]
    # `1-9、21-39 单`: one mark at the very end is meant for all ranges before it.
    common = found[-1]["side"] if len(marked) == 1 else None
    return tuple(_door_range(match, match["side"] or common, piece) for match in found)


def _door_range(match: re.Match[str], side: str | None, piece: str) -> DoorRange:
    first = int(match["first"])
    last = int(match["last"] or first)
    if last < first:
        raise AddressError(f"“{piece}”里的“{match[0]}”写反了：小号在前，大号在后")
    return DoorRange(first, last, Side.ALL if match["last"] is None else _side(side))


def _read_buildings(items: list[str], piece: str) -> tuple[Building, ...]:
    kind = next((found[0] for item in reversed(items) if (found := re.search(_OF_A_BUILDING, item))), "号楼")
    buildings: list[Building] = []
    for item in items:
        if (more := _MORE_UNITS.match(item)) and buildings and buildings[-1].units:
            last = buildings.pop()
            buildings.append(Building(last.name, (*last.units, *_numbers(more, piece))))
        elif units := _UNITS.match(item):
            buildings.append(Building(building_name(units["building"], units["kind"]), _numbers(units, piece)))
        else:
            buildings += _whole_buildings(item, kind, piece)
    return tuple(buildings)


def _whole_buildings(item: str, kind: str, piece: str) -> list[Building]:
    match = _BUILDINGS.match(item) or _BUILDINGS.match(item + kind)
    if match is None:
        raise AddressError(f"“{piece}”里的“{item}”读不懂：楼号请写成 3号楼、1-4号楼 或 4号楼1-2单元")
    if not match["first"].isdecimal():
        return [Building(building_name(name, match["kind"])) for name in _letters(match, piece)]
    return [Building(building_name(str(number), match["kind"])) for number in _numbers(match, piece)]


def _letters(match: re.Match[str], piece: str) -> list[str]:
    first, last = match["first"].upper(), (match["last"] or match["first"]).upper()
    if last.isdecimal() or last < first:
        raise AddressError(f"“{piece}”里的“{match[0]}”写反了：小号在前，大号在后")
    return [chr(code) for code in range(ord(first), ord(last) + 1)]


def _numbers(match: re.Match[str], piece: str) -> tuple[int, ...]:
    last = match["last"] or match["first"]
    if not last.isdecimal() or int(last) < int(match["first"]):
        raise AddressError(f"“{piece}”里的“{match[0]}”写反了：小号在前，大号在后")
    if int(last) - int(match["first"]) > _MOST_BUILDINGS:
        raise AddressError(f"“{piece}”里的“{match[0]}”太多了：一次最多写 {_MOST_BUILDINGS} 栋楼")
    return tuple(range(int(match["first"]), int(last) + 1))
