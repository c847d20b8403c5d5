"""The maps and the queries: the sea of Goto as shipped, and random squares with obstacles."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geofences.airspace import Airspace
from geofences.shapes import XY, polygons
from geofences.values import Interval
from geofences.zones import Zone

SEED = 20261126
DEPARTURE = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
INTERVAL = Interval(DEPARTURE, DEPARTURE + timedelta(hours=1))

HALF_SIDE_M = 5_000.0
"""Random maps are squares of 10 km."""

CORNERS = 5, 11
"""Fewest and most corners of an obstacle."""

REACH = 0.2, 0.45
"""Nearest and farthest corner of an obstacle, in widths of its cell: obstacles never touch."""

INSIDE_M = 1.0
"""Queries keep this far from every obstacle, so that no planner has to decide what is on an edge."""


@dataclass(frozen=True)
class Chart:
    """A map to plan on, and where from and where to."""

    name: str
    area: Polygon | MultiPolygon
    queries: tuple[tuple[XY, XY], ...]

    @property
    def sea(self) -> Polygon:
        """The largest part of the area, which holds all queries: the peers take one polygon."""
        return max(polygons(self.area), key=lambda part: part.area)


def zones_in_force(airspace: Airspace) -> tuple[Zone, ...]:
    """Return the zones that count for a flight over the sea at the time of the benchmark."""
    return airspace.zones_for([airspace.envelope], INTERVAL)


def goto_chart(area: Polygon | MultiPolygon, queries: int) -> Chart:
    """Return the area of Goto with random queries in its open sea."""
    sea = Chart("Goto", area, ()).sea
    return Chart("Goto", area, random_queries(sea, queries, SEED))


def random_chart(obstacles: int, queries: int) -> Chart:
    """Return a square with a number of obstacles, one in each cell of a grid, some cells empty."""
    random = np.random.default_rng([SEED, obstacles])
    cells = math.ceil(math.sqrt(obstacles))
    width_m = 2.0 * HALF_SIDE_M / cells
    chosen = random.choice(cells * cells, obstacles, replace=False)
    centres = (np.stack([chosen % cells, chosen // cells], axis=1) + 0.5) * width_m - HALF_SIDE_M
    holes = [_obstacle(random, centre, width_m) for centre in centres]
    square = shapely.box(-HALF_SIDE_M, -HALF_SIDE_M, HALF_SIDE_M, HALF_SIDE_M)
    area = Polygon(square.exterior, holes)
    return Chart(f"{obstacles} obstacles", area, random_queries(area, queries, obstacles))


def random_queries(area: Polygon, count: int, seed: int) -> tuple[tuple[XY, XY], ...]:
    """Return starts and goals in an area, away from its edges."""
    random = np.random.default_rng(seed)
    west, south, east, north = area.bounds
    edges = shapely.boundary(area)
    shapely.prepare([area, edges])
    places: list[XY] = []
    while len(places) < 2 * count:
        x, y = random.uniform((west, south), (east, north)).tolist()
        place = shapely.Point(x, y)
        if area.contains(place) and not shapely.dwithin(edges, place, INSIDE_M):
            places.append((x, y))
    return tuple(zip(places[::2], places[1::2], strict=True))


def _obstacle(random: np.random.Generator, centre: np.ndarray, width_m: float) -> list[XY]:
    """Return a polygon with the centre of its cell inside, corners in order of direction."""
    corners = int(random.integers(*CORNERS, endpoint=True))
    directions = (np.arange(corners) + random.uniform(0.1, 0.9, corners)) * 2.0 * math.pi / corners
    reach_m = random.uniform(*REACH, corners)[:, None] * width_m
    towards = np.stack([np.cos(directions), np.sin(directions)], axis=1)
    return [(float(x), float(y)) for x, y in centre + reach_m * towards]
