"""The airspaces of the cases: Goto with zones that come and go, and ponds with random islands and lanes."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np
from shapely import LineString, Polygon

from geofences.airspace import Airspace
from geofences.loading import load_airspace
from geofences.policy import INBOUND
from geofences.shapes import XY
from geofences.values import Island
from geofences.zones import Corridor
from tests.geofences_cases.zones import Random, random_schedule, random_star, random_zone
from tests.unit.geofences.pond import MAP, pond
from tests.unit.geofences.pond_lanes import lane

GROUP = 10
"""Seeds that share an airspace."""

PONDS_IN_FIVE = 4
"""Groups in five that fly on a pond: a tenth of the time of Goto, and other islands each time."""

POND_SHARES = (0.7, 0.2, 0.1)
GOTO_SHARES = (0.94, 0.03, 0.03)
"""Keep-outs, cautions and keep-ins: only keep-outs are cut out of a graph of Goto without a new one."""

RULED_LANES = 0.02
"""Few lanes are one-way or slow: a flight among them takes a hundred times as long to plan."""

FIRST_DAY = datetime(2026, 3, 20, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """An airspace, and a time that its zones begin and end near to."""

    airspace: Airspace
    around: datetime
    is_pond: bool


@lru_cache(maxsize=1)
def goto() -> Airspace:
    """Return the airspace of Goto as shipped."""
    return load_airspace()


@lru_cache(maxsize=2)
def world_of(group: int) -> World:
    """Return the airspace of a group of seeds."""
    random = np.random.default_rng([group, 1])
    around = FIRST_DAY + timedelta(minutes=int(random.integers(0, 14 * 24 * 60)))
    is_pond = group % 5 < PONDS_IN_FIVE
    airspace = random_pond(random, around) if is_pond else goto()
    west, south, east, north = airspace.terrain.boundary.bounds
    for number in range(int(random.integers(0, 5))):
        at = _place(random, airspace)
        scale_m = min(east - west, north - south)
        shares = POND_SHARES if is_pond else GOTO_SHARES
        zone = random_zone(random, f"RANDOM-{number}", airspace.projection, at, scale_m, around, shares)
        airspace = airspace.with_zone(zone)
    return World(airspace, around, is_pond)


def random_pond(random: Random, around: datetime) -> Airspace:
    """Return the pond with other islands in the middle, and sometimes with lanes."""
    airspace = pond()
    shores = [each for each in airspace.islands if each.id != "MIDDLE"]
    islands = [_island(random, number) for number in range(int(random.integers(1, 7)))]
    lanes = [_lane(random, number, around) for number in range(int(random.integers(0, 3)))]
    return replace(airspace, islands=(*shores, *islands), corridors=tuple(lanes))


def _island(random: Random, number: int) -> Island:
    at = float(random.uniform(-4_000.0, 4_000.0)), float(random.uniform(-5_000.0, 5_000.0))
    shape = MAP.geometry_to_geographic(random_star(random, at, float(random.uniform(100.0, 1_800.0))))
    return Island(f"ISLAND-{number}", "島", "island", True, Polygon(shape.exterior))


def _lane(random: Random, number: int, around: datetime) -> Corridor:
    ends = [(-5_400.0, 0.0), (5_400.0, 0.0)]
    bends = [(x_m, float(random.uniform(-5_000.0, 5_000.0))) for x_m in (-1_800.0, 1_800.0)]
    points = [ends[0], *bends, ends[1]]
    is_one_way, is_slow = random.random(2) < RULED_LANES
    return lane(
        f"LANE-{number}",
        points if random.random() < 0.5 else points[::-1],
        width_m=float(random.uniform(200.0, 1_000.0)),
        inbound=None if is_one_way else INBOUND,
        schedule=random_schedule(random, around),
        speed_limit_m_s=float(random.uniform(8.0, 20.0)) if is_slow else None,
    )


def _place(random: Random, airspace: Airspace) -> XY:
    """Return a place between two gates, where zones matter, or now and then anywhere."""
    gates = [gate for _, gate in airspace.terrain.approaches.values()]
    first, second = random.choice(len(gates), 2, replace=False)
    if random.random() < 0.7:
        line = LineString([gates[first], gates[second]])
        at = line.interpolate(float(random.uniform(-0.05, 1.05)), normalized=True)
        return float(at.x + random.normal(0.0, 1_000.0)), float(at.y + random.normal(0.0, 1_000.0))
    west, south, east, north = airspace.terrain.boundary.bounds
    return float(random.uniform(west, east)), float(random.uniform(south, north))
