"""Random plans in canonical form: what a compiler could make, and more."""

from dataclasses import replace

import numpy as np

from flight.plan import FlightPlan, MissionItem
from tests.unit.flight.plans import HOME_E7, small_plan

WAYPOINT, FENCE_CORNER, RALLY_POINT = 16, 5001, 5100
SPREAD_E7 = 500_000
HEIGHT_DECIMALS = {WAYPOINT: 2, FENCE_CORNER: 0, RALLY_POINT: 0}
"""ArduPilot keeps the height of a rally point in whole metres (seen with ArduCopter 4.7)."""

MOST_WAYPOINTS, MOST_CORNERS, MOST_RALLY_POINTS = 45, 20, 5


def drawn_plan(random: np.random.Generator) -> FlightPlan:
    """Draw a plan of 4 to 47 mission items, 3 to 20 fence corners or none, and 0 to 5 rally points."""
    small = small_plan()
    waypoints = [_place(random, WAYPOINT, 3) for _ in range(random.integers(2, MOST_WAYPOINTS + 1))]
    corners = int(random.integers(2, MOST_CORNERS + 1))
    fence = [
        _place(random, FENCE_CORNER, 0, param1=float(corners)) for _ in range(corners if corners > 2 else 0)
    ]
    rally = [_place(random, RALLY_POINT, 3) for _ in range(random.integers(0, MOST_RALLY_POINTS + 1))]
    mission = (*small.mission[:2], *waypoints, *small.mission[-3:])
    return replace(small, mission=mission, fence=tuple(fence), rally=tuple(rally))


def _place(random: np.random.Generator, command: int, frame: int, param1: float = 0.0) -> MissionItem:
    north, east = random.integers(-SPREAD_E7, SPREAD_E7 + 1, 2)
    height_m = 0.0 if frame == 0 else round(float(random.uniform(20.0, 120.0)), HEIGHT_DECIMALS[command])
    return MissionItem(
        command, frame, param1, x_e7=HOME_E7[0] + int(north), y_e7=HOME_E7[1] + int(east), z_m=height_m
    )
