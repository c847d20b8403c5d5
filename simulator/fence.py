"""The fence on board: whether the aircraft is where it may be (trace ``copter/fence_breach``)."""

import math
from dataclasses import dataclass

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.craft import Craft
from simulator.lists.stores import FenceStore

ALTITUDE, CIRCLE, POLYGON, FLOOR = 1, 2, 4, 8
"""Bits of ``FENCE_TYPE``."""

NAMES = {ALTITUDE: "Max Alt", CIRCLE: "Circle", POLYGON: "Polygon", FLOOR: "Min Alt"}
_INCLUSION = mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION
_EXCLUSION = mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_EXCLUSION
_CIRCLE_IN = mavlink.MAV_CMD_NAV_FENCE_CIRCLE_INCLUSION
_CIRCLE_OUT = mavlink.MAV_CMD_NAV_FENCE_CIRCLE_EXCLUSION

Ring = tuple[tuple[float, float], ...]


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


@dataclass(frozen=True)
class _Areas:
    inclusions: tuple[Ring, ...]
    exclusions: tuple[Ring, ...]
    circles_in: tuple[tuple[float, float, float], ...]
    circles_out: tuple[tuple[float, float, float], ...]


class FenceWatch:
    """Compares the position with fence parameters and fence items."""

    def __init__(self, craft: Craft, store: FenceStore) -> None:
        self._craft = craft
        self._store = store
        self._areas = _Areas((), (), (), ())
        self._version = -1
        self.breaches = 0
        self.count = 0
        self.time_ms = 0

    @property
    def enabled(self) -> bool:
        """Say whether the fence is in force."""
        return self._craft.params["FENCE_ENABLE"] == 1

    def check(self) -> int:
        """Update ``breaches`` and return those that are new, as bits of ``FENCE_TYPE``."""
        now = self.breached() if self.enabled and self._craft.home_known else 0
        fresh = now & ~self.breaches
        self.breaches = now
        if fresh:
            self.count += 1
            self.time_ms = round(self._craft.time * 1000)
        return fresh

    def breached(self) -> int:
        """Return the kinds of fence that are broken here and now."""
        params, home = self._craft.params, self._craft.home
        north, east, up = self._craft.here
        kinds = int(params["FENCE_TYPE"])
        height = up - home[2]
        found = 0
        if kinds & ALTITUDE and height > params["FENCE_ALT_MAX"]:
            found |= ALTITUDE
        if kinds & FLOOR and height < params["FENCE_ALT_MIN"] and not self._craft.body.on_ground:
            found |= FLOOR
        if kinds & CIRCLE and math.hypot(north - home[0], east - home[1]) > params["FENCE_RADIUS"]:
            found |= CIRCLE
        if kinds & POLYGON and not self.contains(north, east):
            found |= POLYGON
        return found

    def contains(self, north: float, east: float) -> bool:
        """Say whether a point is inside every inclusion and outside every exclusion."""
        areas = self._current()
        return (
            all(inside(ring, north, east) for ring in areas.inclusions)
            and not any(inside(ring, north, east) for ring in areas.exclusions)
            and all(math.hypot(north - n, east - e) <= radius for n, e, radius in areas.circles_in)
            and not any(math.hypot(north - n, east - e) < radius for n, e, radius in areas.circles_out)
        )

    def _current(self) -> _Areas:
        if self._version != self._store.version:
            self._version = self._store.version
            self._areas = self._build()
        return self._areas

    def _build(self) -> _Areas:
        items = self._store.items()
        rings: dict[int, list[Ring]] = {_INCLUSION: [], _EXCLUSION: []}
        circles: dict[int, list[tuple[float, float, float]]] = {_CIRCLE_IN: [], _CIRCLE_OUT: []}
        index = 0
        while index < len(items):
            item = items[index]
            count = int(item.params[0]) if item.command in rings else 1
            places = [
                self._craft.frame.local_from_e7(each.x_e7, each.y_e7) for each in items[index : index + count]
            ]
            if item.command in rings:
                rings[item.command].append(tuple(places))
            elif item.command in circles:
                circles[item.command].append((*places[0], item.params[0]))
            index += count
        return _Areas(
            tuple(rings[_INCLUSION]),
            tuple(rings[_EXCLUSION]),
            tuple(circles[_CIRCLE_IN]),
            tuple(circles[_CIRCLE_OUT]),
        )

    def status(self) -> mavlink.MAVLink_fence_status_message:
        """Return ``FENCE_STATUS``; 3 stands for any border, circle or polygon (recorded)."""
        kind = mavlink.FENCE_BREACH_NONE
        if self.breaches & (CIRCLE | POLYGON):
            kind = mavlink.FENCE_BREACH_BOUNDARY
        elif self.breaches:
            kind = mavlink.FENCE_BREACH_MAXALT if self.breaches & ALTITUDE else mavlink.FENCE_BREACH_MINALT
        return mavlink.MAVLink_fence_status_message(
            int(self.breaches != 0), self.count, kind, self.time_ms, 1
        )
