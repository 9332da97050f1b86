"""A name found in a text, and the clause in which it stands; what `meant`, `bygone` and `background` look at."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.places.placenames import spoken_after
from classifiers.reader.late import late

_ENDS = ",.。…!;?、"
_CLAUSE_ENDS = late(f"[{_ENDS}]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text, from `start` to `end` of its key, with the lanes that it can mean here."""

    text: str
    start: int
    end: int
    lanes: frozenset[str]
    is_unit: bool = False
    is_household: bool = False
    is_doubtful: bool = False  # a door that nobody holds
    is_several: bool = False  # two doors of two lanes, or a lane with another's building


def end_of_door(key: str, hit: Hit) -> int:
    """Where the name ends with the door that follows it."""
    spoken = spoken_after(key[hit.end :])
    return hit.end + (len(spoken.text) if spoken else 0)


def clause_start(key: str, position: int) -> int:
    return max(key.rfind(sign, 0, position) for sign in _ENDS) + 1


def clause_end(key: str, position: int) -> int:
    match = _CLAUSE_ENDS.search(key, position)
    return match.start() if match else len(key)


def clauses(text: str) -> list[str]:
    """The clauses of a part of a key, without what parts them."""
    return [clause for clause in _CLAUSE_ENDS.split(text) if clause]
