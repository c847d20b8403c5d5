"""Which other aircraft of ours is nearest: a grid, so that a thousand of them cost a thousand steps."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flight.geodesy import METRES_PER_DEGREE
from flight.plan import VehicleAddress

CELL_DEG = 0.005
"""556 m north, 470 m east in Japan, 278 m at 60 degrees: more than `flight.supervision.monitors.traffic` asks
for."""

Air = tuple[float, float, float]
"""Latitude, longitude in degrees, altitude above mean sea level in metres."""

Cell = tuple[int, int]
Placed = tuple[VehicleAddress, Air]

AROUND = tuple((north, east) for north in (-1, 0, 1) for east in (-1, 0, 1))


class Neighbour(NamedTuple):
    """Another aircraft in the air, and how far off it is."""

    address: VehicleAddress
    horizontal_m: float
    vertical_m: float


def nearest(positions: Mapping[VehicleAddress, Air]) -> dict[VehicleAddress, Neighbour]:
    """Return for each aircraft the nearest other one, where there is one within a cell's width.

    Height counts tenfold: who is 15 m above is as far as who is 150 m away.

    Parameters
    ----------
    positions
        Those that are in the air; who stands on the ground is no traffic. Nobody near the date line.
    """
    cells: dict[Cell, list[Placed]] = defaultdict(list)
    for placed in positions.items():
        cells[_cell_of(placed[1])].append(placed)
    found: dict[VehicleAddress, Neighbour] = {}
    for cell, own in cells.items():
        around = [each for step in AROUND for each in cells.get((cell[0] + step[0], cell[1] + step[1]), ())]
        if len(around) > 1:
            found |= {address: _nearest_to(address, air, around) for address, air in own}
    return found


def _cell_of(air: Air) -> Cell:
    return math.floor(air[0] / CELL_DEG), math.floor(air[1] / CELL_DEG)


def _nearest_to(address: VehicleAddress, air: Air, around: Sequence[Placed]) -> Neighbour:
    others = (_seen_from(air, other, where) for other, where in around if other != address)
    return min(others, key=_weighted_m)


def _seen_from(air: Air, other: VehicleAddress, where: Air) -> Neighbour:
    north_m = (where[0] - air[0]) * METRES_PER_DEGREE
    east_m = (where[1] - air[1]) * METRES_PER_DEGREE * math.cos(math.radians(air[0]))
    return Neighbour(other, math.hypot(north_m, east_m), abs(where[2] - air[2]))


HEIGHT_WEIGHT = 10.0


def _weighted_m(neighbour: Neighbour) -> float:
    return math.hypot(neighbour.horizontal_m, HEIGHT_WEIGHT * neighbour.vertical_m)
