"""Where a drone can come in from the sea: approach sectors for ports, and pads on a shore near a village."""

import math
from collections.abc import Callable, Iterator

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from geofences.shapes import XY, bearing_deg, point_at
from geofences.values import ApproachSector

HALF_WIDTH_M = 110.0
"""The certified approach (`AirspacePolicy.approach_half_width_m`) and 10 m to spare."""
BEARING_STEP_DEG = 5
LENGTH_STEP_M = 50
SHORTEST_M = 600
"""A quadplane turns at the gate with up to 90 m of lead (``WP_RADIUS``) and brakes over 160 m: on shorter
sectors it was 60 m beside the line, and in 8 m/s of wind more."""
LONGEST_M = 1_500
FLOOR_ABOVE_PAD_M = 30.0
"""Lower than this a drone moves only straight up and down. The law wants 30 m from people and things on the
ground (Civil Aeronautics Act, art. 132-86 (2)), and the masts and lamps of a fishing port are lower."""

GATE_MARGIN_M = 20.0
"""The gate lies this far inside the cruise area, so that the coast's next edition does not close it."""

QUAY_RADIUS_M = 120.0
"""Land so near to the pad is the pad's own quay or breakwater (coordinates are off by 100 m and more)."""

LAND_ON_LINE_M = 60.0
"""Land that the middle line may cross outside the quay: about the coast's own error (46 m at the 95th
percentile)."""

LAND_IN_SECTOR_M2 = 500.0
"""Land in the sector outside the quay, at most: slivers of a generalised coast."""

LARGEST_TURN_DEG = 90.0
"""Where a drone would turn more sharply at the gate of the shortest sector, another sector is looked for."""

WANTED_TURN_DEG = 75.0
"""A sector with no sharper turn is good enough: 15° are left for wind and for other destinations."""

SHORE_STEP_M = 50.0
SHORE_REACH_M = 4_000.0


class PadFinder:
    """Finds approach sectors over one land and sea, both on the local map.

    Parameters
    ----------
    land
        All islands.
    cruise
        Where the middle of a cruise corridor may run; only its largest part counts, the open sea.
    way_on
        Returns the next point after a gate on the way to the hub, or None where there is none.
    """

    def __init__(
        self,
        land: Polygon | MultiPolygon,
        cruise: Polygon | MultiPolygon,
        way_on: Callable[[XY], XY | None] = lambda gate: None,
    ) -> None:
        self._land = land
        self._way_on = way_on
        open_sea = max(shapely.get_parts(cruise), key=shapely.area)
        self._gates = shapely.buffer(open_sea, -GATE_MARGIN_M)
        shapely.prepare(self._gates)
        shapely.prepare(self._land)

    def approach(self, pad: XY) -> ApproachSector | None:
        """Return a sector that crosses no land but the quay, or None.

        It is the shortest one; where the turn at its gate is sharp, the shortest with a gentle turn, near to
        the first in direction, or else the one with the gentlest turn.
        """
        found = sorted(self._candidates(pad))
        if not found:
            return None
        length_m, bearing = found[0]
        if self._turn_deg(pad, length_m, bearing) > LARGEST_TURN_DEG:
            length_m, bearing = min(
                found,
                key=lambda each: (
                    max(self._turn_deg(pad, *each), WANTED_TURN_DEG),
                    each[0],
                    abs(each[1] - bearing),
                ),
            )
        return ApproachSector(float(bearing), float(length_m), HALF_WIDTH_M, FLOOR_ABOVE_PAD_M)

    def _turn_deg(self, pad: XY, length_m: int, bearing: int) -> float:
        """Return the turn at the gate of a sector on the way to the hub."""
        gate = point_at(pad, bearing, length_m)
        after = self._way_on(gate)
        return 0.0 if after is None else abs((bearing_deg(gate, after) - bearing + 180.0) % 360.0 - 180.0)

    def shore_pad(self, place: XY, island: Polygon) -> tuple[XY, ApproachSector] | None:
        """Return the shore point nearest to a place of an island that has an approach, or None."""
        shore = island.exterior
        stations = np.arange(0.0, shore.length, SHORE_STEP_M)
        points = [(float(x), float(y)) for x, y in shapely.get_coordinates(shore.interpolate(stations))]
        near = [point for point in points if math.dist(point, place) <= SHORE_REACH_M]
        for point in sorted(near, key=lambda each: math.dist(each, place)):
            approach = self.approach(point)
            if approach is not None:
                return point, approach
        return None

    def _candidates(self, pad: XY) -> Iterator[tuple[int, int]]:
        """Yield length and bearing of usable sectors, one per bearing."""
        for bearing in range(0, 360, BEARING_STEP_DEG):
            length = self._length(pad, bearing)
            if length is not None and self._is_over_sea(pad, point_at(pad, bearing, length)):
                yield length, bearing

    def _length(self, pad: XY, bearing: int) -> int | None:
        lengths = np.arange(SHORTEST_M, LONGEST_M + 1, LENGTH_STEP_M)
        ends = np.array([point_at(pad, bearing, float(length)) for length in lengths])
        inside = lengths[shapely.contains_xy(self._gates, ends[:, 0], ends[:, 1])]
        return int(inside[0]) if len(inside) else None

    def _is_over_sea(self, pad: XY, gate: XY) -> bool:
        line = LineString([pad, gate])
        on_line_m = shapely.length(
            shapely.difference(shapely.intersection(line, self._land), Point(pad).buffer(QUAY_RADIUS_M))
        )
        if on_line_m > LAND_ON_LINE_M:
            return False
        sector = shapely.buffer(line, HALF_WIDTH_M)
        beyond = shapely.difference(
            shapely.intersection(sector, self._land), Point(pad).buffer(QUAY_RADIUS_M)
        )
        return bool(shapely.area(beyond) <= LAND_IN_SECTOR_M2)
