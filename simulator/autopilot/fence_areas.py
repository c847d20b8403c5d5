"""The shape of a fence: polygons and circles to stay in or out of, in metres around the pad."""

import math
from dataclasses import dataclass

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.lists.items import Item
from simulator.geodesy import LocalFrame, distance_to_segment

_INCLUSION = mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION
_EXCLUSION = mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_EXCLUSION
_CIRCLE_IN = mavlink.MAV_CMD_NAV_FENCE_CIRCLE_INCLUSION
_CIRCLE_OUT = mavlink.MAV_CMD_NAV_FENCE_CIRCLE_EXCLUSION

Ring = tuple[tuple[float, float], ...]
Circle = tuple[float, float, float]
"""North, east and radius."""


def inside(ring: Ring, north: float, east: float) -> bool:
    """Say whether a point is inside a ring (even-odd rule)."""
    odd = False
    before_north, before_east = ring[-1]
    for at_north, at_east in ring:
        if (at_east > east) != (before_east > east):
            crossing = at_north + (east - at_east) * (before_north - at_north) / (before_east - at_east)
            odd = odd != (north < crossing)
        before_north, before_east = at_north, at_east
    return odd


def distance_to_ring(ring: Ring, north: float, east: float) -> float:
    """Return the distance to the nearest side."""
    before, nearest = ring[-1], math.inf
    for corner in ring:
        nearest = min(nearest, distance_to_segment((north, east), before, corner))
        before = corner
    return nearest


@dataclass(frozen=True)
class Areas:
    """What a fence is made of."""

    inclusions: tuple[Ring, ...] = ()
    exclusions: tuple[Ring, ...] = ()
    circles_in: tuple[Circle, ...] = ()
    circles_out: tuple[Circle, ...] = ()

    def outside_m(self, north: float, east: float) -> float:
        """Return how far a point is beyond the border it has crossed furthest; 0 where it may be."""
        beyond = [
            distance_to_ring(ring, north, east)
            for rings, wanted in ((self.inclusions, True), (self.exclusions, False))
            for ring in rings
            if inside(ring, north, east) is not wanted
        ]
        beyond += [math.hypot(north - n, east - e) - radius for n, e, radius in self.circles_in]
        beyond += [radius - math.hypot(north - n, east - e) for n, e, radius in self.circles_out]
        return max(0.0, *beyond) if beyond else 0.0


def areas_of(items: tuple[Item, ...], frame: LocalFrame) -> Areas:
    """Return the areas of a valid list of fence items."""
    rings: dict[int, list[Ring]] = {_INCLUSION: [], _EXCLUSION: []}
    circles: dict[int, list[Circle]] = {_CIRCLE_IN: [], _CIRCLE_OUT: []}
    index = 0
    while index < len(items):
        item = items[index]
        count = int(item.params[0]) if item.command in rings else 1
        places = [frame.local_from_e7(each.x_e7, each.y_e7) for each in items[index : index + count]]
        if item.command in rings:
            rings[item.command].append(tuple(places))
        elif item.command in circles:
            circles[item.command].append((*places[0], item.params[0]))
        index += count
    return Areas(
        tuple(rings[_INCLUSION]),
        tuple(rings[_EXCLUSION]),
        tuple(circles[_CIRCLE_IN]),
        tuple(circles[_CIRCLE_OUT]),
    )
