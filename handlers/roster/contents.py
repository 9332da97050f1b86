"""What a roster holds, and how its pieces are told apart. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from storage.records import Duty, Household, Lane, Leave, Member, Roster, Unit

Record = Unit | Lane | Member | Duty | Leave | Household
R = TypeVar("R")


class Kind(StrEnum):
    """The six sheets; the value is the field of Contents and the English name of the sheet."""

    UNITS = "units"
    LANES = "lanes"
    MEMBERS = "members"
    DUTIES = "duties"
    LEAVES = "leaves"
    HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a roster says."""

    units: tuple[Unit, ...] = ()
    lanes: tuple[Lane, ...] = ()
    members: tuple[Member, ...] = ()
    duties: tuple[Duty, ...] = ()
    leaves: tuple[Leave, ...] = ()
    households: tuple[Household, ...] = ()

    def of(self, kind: Kind) -> tuple[Record, ...]:
        found: tuple[Record, ...] = getattr(self, kind.value)
        return found

    @classmethod
    def made_of(cls, records: Mapping[Kind, tuple[Any, ...]]) -> Contents:
        """From records by kind; each tuple holds records of its kind only."""
        return cls(**{kind.value: some for kind, some in records.items()})

    def roster(self, version: int = 0) -> Roster:
        """Places and people as the rules read them."""
        return Roster(version, self.units, self.lanes, self.members, self.duties, self.leaves)

    def households_per_lane(self) -> Mapping[str, int]:
        return Counter(household.lane for household in self.households)


# Duties have no code: all of a member's terms in one role for one area stand and fall together.
KEY: Mapping[Kind, Callable[..., tuple[Hashable, ...]]] = {
    Kind.UNITS: lambda unit: (unit.code,),
    Kind.LANES: lambda lane: (lane.code,),
    Kind.MEMBERS: lambda member: (member.code,),
    Kind.DUTIES: lambda duty: (duty.member, duty.area, duty.role),
    Kind.LEAVES: lambda leave: (leave.member, leave.starts),
    Kind.HOUSEHOLDS: lambda household: (household.lane, household.address),
}


def grouped(kind: Kind, records: Iterable[R]) -> dict[tuple[Hashable, ...], tuple[R, ...]]:
    """Records by their key, in their order."""
    found: dict[tuple[Hashable, ...], list[R]] = {}
    for record in records:
        found.setdefault(KEY[kind](record), []).append(record)
    return {key: tuple(same) for key, same in found.items()}
