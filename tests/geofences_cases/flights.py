"""Random flights: who flies from where to where, in which wind, and when."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import shapely

from geofences.airspace import Airspace
from geofences.performance import Performance
from geofences.values import Position
from geofences.wind import NO_WIND, Wind, WindField, WindGrid
from tests.geofences_cases.worlds import GROUP, World, world_of
from tests.geofences_cases.zones import Random
from tests.unit.geofences.pond import PERFORMANCE

QUADPLANE = replace(PERFORMANCE, turn_radius_m=110.0)
COPTER = replace(PERFORMANCE, cruise_speed_m_s=12.0)
VEHICLES = (QUADPLANE, COPTER)
SETTLING_S = (130.0, 40.0)
"""Time at the stop of each vehicle."""

GRID_HOURS = range(-1, 37, 6)
"""Frames of wind grids: longer than any flight against it."""


@dataclass(frozen=True)
class Flight:
    """What is asked of the router: between sites a round trip, else one way."""

    seed: int
    world: World
    origin: str | Position
    destination: str | Position
    performance: Performance
    stop_s: float
    departure: datetime
    way_home_best: bool

    @property
    def airspace(self) -> Airspace:
        """Where it flies."""
        return self.world.airspace

    @property
    def is_round_trip(self) -> bool:
        """Say whether both ends are sites."""
        return isinstance(self.origin, str) and isinstance(self.destination, str)

    def within(self, airspace: Airspace) -> "Flight":
        """Return the same flight in another airspace."""
        return replace(self, world=replace(self.world, airspace=airspace))


def flight_of(seed: int) -> Flight:
    """Return the flight of a seed."""
    world = world_of(seed // GROUP)
    random = np.random.default_rng([seed, 2])
    departure = world.around + timedelta(seconds=float(random.uniform(-1800.0, 3600.0)))
    vehicle = int(random.integers(2))
    performance = VEHICLES[vehicle]
    origin, destination = _ends(random, world.airspace)
    return Flight(
        seed=seed,
        world=world,
        origin=origin,
        destination=destination,
        performance=replace(performance, wind=_wind(random, performance.cruise_speed_m_s, world, departure)),
        stop_s=SETTLING_S[vehicle],
        departure=departure,
        way_home_best=bool(random.random() < 0.3),
    )


def _ends(random: Random, airspace: Airspace) -> tuple[str | Position, str | Position]:
    pads = sorted(site.id for site in airspace.sites.values() if site.is_drone_site)
    first, second = random.choice(len(pads), 2, replace=False)
    kind = random.choice(4, p=[0.7, 0.1, 0.1, 0.1])
    origin = pads[first] if kind in {0, 1} else _point(random, airspace)
    return origin, pads[second] if kind in {0, 2} else _point(random, airspace)


def _point(random: Random, airspace: Airspace) -> Position:
    """Return a point anywhere in the boundary, land included."""
    west, south, east, north = airspace.boundary.bounds
    while True:
        x_deg, y_deg = (
            round(float(random.uniform(west, east)), 7),
            round(float(random.uniform(south, north)), 7),
        )
        if shapely.contains_xy(airspace.boundary, x_deg, y_deg):
            return Position(y_deg, x_deg)


def _wind(random: Random, airspeed_m_s: float, world: World, departure: datetime) -> WindField:
    kind = random.choice(4, p=[0.4, 0.53, 0.05, 0.02])
    from_deg = float(random.uniform(0.0, 360.0))
    if kind == 0:
        return NO_WIND
    if kind == 1:
        return Wind(float(random.uniform(0.0, 0.9 * airspeed_m_s)), from_deg)
    if kind == 2:
        return Wind(float(random.uniform(0.9 * airspeed_m_s, 1.3 * airspeed_m_s)), from_deg)
    return _grid(random, 0.35 * airspeed_m_s, world, departure)


def _grid(random: Random, most_m_s: float, world: World, departure: datetime) -> WindGrid:
    """Return a wind that changes in space and time, each component at most so strong."""
    west, south, east, north = world.airspace.terrain.boundary.bounds
    frames = [
        (departure + timedelta(hours=hour), random.uniform(-most_m_s, most_m_s, (2, 3, 4)))
        for hour in GRID_HOURS
    ]
    return WindGrid.from_frames(
        np.linspace(west, east, 4).tolist(), np.linspace(south, north, 3).tolist(), frames
    )
