"""How well places are found against a made-up county of sixty lanes; one half was tuned on, the other was not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from classifiers.places.finding import MOST_CANDIDATES, Gazetteer, HouseholdEntry, LaneEntry

DATA = Path(__file__).parents[1] / "data"
GOAL = 0.97


def rows(name: str) -> list[list[str]]:
    lines = (DATA / f"places_{name}.txt").read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if not line.startswith("#")]


@cache
def county() -> Gazetteer:
    lanes = [
        LaneEntry(code, name, tuple(filter(None, aliases.split("、"))), tuple(units.split("、")), addresses)
        for code, name, aliases, units, addresses in rows("roster")
    ]
    return Gazetteer(lanes, [HouseholdEntry(address, lane) for address, lane in rows("households")])


@dataclass(frozen=True)
class Case:
    """Words with the lane they mean (`h1`), the lanes to ask about (`h1,h2?`), or neither (`-`)."""

    expected: str
    known: str | None
    text: str

    def found(self) -> str:
        place = county().find(self.text, known_lane=self.known)
        return place.lane or (",".join(place.candidates) + "?" if place.candidates else "-")

    @property
    def is_right(self) -> bool:
        found = self.found()
        if not (self.expected.endswith("?") and found.endswith("?")):
            return found == self.expected
        asked, possible = set(found[:-1].split(",")), set(self.expected[:-1].split(","))
        return asked <= possible and len(asked) == min(len(possible), MOST_CANDIDATES)


def cases(half: str) -> list[Case]:
    return [Case(expected, known if known != "-" else None, text) for expected, known, text in rows(half)]


@pytest.mark.parametrize("half", ["tune", "held_out"])
def test_places_are_found_asked_about_or_left_unknown(half: str) -> None:
    wrong = [(case, case.found()) for case in cases(half) if not case.is_right]
    assert len(wrong) <= len(cases(half)) * (1 - GOAL), wrong
