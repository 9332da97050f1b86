"""Keeps the reader of messages in step with the roster: a new version of places or people makes a new one."""

from __future__ import annotations

import asyncio
from pathlib import Path

from classifiers.places.finding import Gazetteer, HouseholdEntry, LaneEntry
from classifiers.understand import Understander
from handlers.settings import DeskSettings
from storage.records import Lane, Roster
from storage.session import Session


def lane_entry(roster: Roster, lane: Lane) -> LaneEntry:
    """A lane as the gazetteer knows it, with all names of the places it lies in."""
    above = roster.units_above(lane.code)
    return LaneEntry(
        code=lane.code,
        name=lane.name,
        aliases=lane.aliases,
        unit_names=tuple(name for unit in above for name in (unit.name, *unit.aliases)),
        addresses=lane.addresses,
        latitude=lane.latitude,
        longitude=lane.longitude,
    )


class Understanding:
    """One Understander a roster version."""

    def __init__(self, settings: DeskSettings) -> None:
        self._settings = settings
        self._version: int | None = None
        self._reader: Understander | None = None

    async def reader(self, roster: Roster, session: Session) -> Understander:
        if self._reader is None or self._version != roster.version:
            doors = await session.places.doors()
            self._reader = await asyncio.to_thread(self._build, roster, doors)  # a county takes seconds
            self._version = roster.version
        return self._reader

    def _build(self, roster: Roster, doors: list[tuple[str, str]]) -> Understander:
        gazetteer = Gazetteer(
            [lane_entry(roster, lane) for lane in roster.lanes],
            [HouseholdEntry(address, lane) for address, lane in doors],
            radius=self._settings.classifier.location_radius,
        )
        enabled = {code for code, kind in self._settings.types.items() if kind.enabled}
        lexicons = [Path(name) for name in self._settings.classifier.lexicons]
        model = Path(self._settings.classifier.model) if self._settings.classifier.model else None
        return Understander(gazetteer, lexicons=lexicons, enabled_types=enabled, model=model)
