"""Which lanes lie near a position, in a grid of cells, so that a county's lanes need not all be measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from haversine import Unit, haversine

_CELL = 0.005  # degrees; some 500 m


@dataclass(frozen=True)
class Nearby:
    """Positions of lanes by the cell in which they lie; `radius` in metres."""

    grid: Mapping[tuple[int, int], list[tuple[str, tuple[float, float]]]]
    radius: int

    @classmethod
    def of(cls, lanes: Iterable[tuple[str, float | None, float | None]], radius: int) -> Nearby:
        """Of codes with latitude and longitude, where they are known."""
        grid: defaultdict[tuple[int, int], list[tuple[str, tuple[float, float]]]] = defaultdict(list)
        for code, latitude, longitude in lanes:
            if latitude is not None and longitude is not None:
                grid[_cell(latitude, longitude)].append((code, (latitude, longitude)))
        return cls(dict(grid), radius)

    def lanes_near(self, location: tuple[float, float]) -> tuple[tuple[float, str], ...]:
        """Lanes within the radius with their distance in metres, nearest first."""
        latitude, longitude = location
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return ()
        reach = int(self.radius / 111_000 / _CELL) + 1
        wide = reach * 2 + 1  # a degree of longitude is shorter: half of it at 60° north
        row, column = _cell(latitude, longitude)
        found = [
            (haversine(location, position, unit=Unit.METERS), code)
            for r in range(row - reach, row + reach + 1)
            for c in range(column - wide, column + wide + 1)
            for code, position in self.grid.get((r, c), ())
        ]
        return tuple(sorted(pair for pair in found if pair[0] <= self.radius))


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude // _CELL), int(longitude // _CELL)
