"""The fence on board as polygons, and how far inside of it a place is."""

import math
from collections.abc import Sequence

from flight.geodesy import METRES_PER_DEGREE, Point, place_of
from flight.plan import MissionItem
from flight.protocol.names import Command
from flight.vehicles.fencing import polygons_of

Edge = tuple[float, float, float, float, float]
"""North and east of its start, north and east along it, one over its squared length; metres."""


class FenceArea:
    """Where the fence lets a vehicle be: inside the inclusions, outside the exclusions.

    The map is flat around the first corner: over 20 km distances are right to 0.3 %.

    Parameters
    ----------
    fence
        The corners as they are on board, polygon after polygon.
    """

    def __init__(self, fence: Sequence[MissionItem]) -> None:
        self._origin = place_of(fence[0]) if fence else (0.0, 0.0)
        self._east_scale = METRES_PER_DEGREE * math.cos(math.radians(self._origin[0]))
        self._polygons = [
            (corners[0].command == Command.FENCE_POLYGON_VERTEX_INCLUSION, self._edges(corners))
            for corners in polygons_of(fence)
        ]

    def margin_m(self, place: Point) -> float | None:
        """Return the distance to the nearest edge, negative where the fence is breached; None without one."""
        north_m, east_m = self._local(place)
        margins = (
            _inside_m(north_m, east_m, edges) * (1.0 if included else -1.0)
            for included, edges in self._polygons
        )
        return min(margins, default=None)

    def _edges(self, corners: Sequence[MissionItem]) -> tuple[Edge, ...]:
        points = [self._local(place_of(each)) for each in corners]
        return tuple(_edge(one, other) for one, other in zip(points, [*points[1:], points[0]], strict=True))

    def _local(self, place: Point) -> tuple[float, float]:
        return (
            (place[0] - self._origin[0]) * METRES_PER_DEGREE,
            (place[1] - self._origin[1]) * self._east_scale,
        )


def _edge(one: Point, other: Point) -> Edge:
    north_m, east_m = other[0] - one[0], other[1] - one[1]
    square_m2 = north_m**2 + east_m**2
    return (*one, north_m, east_m, 1.0 / square_m2 if square_m2 else 0.0)


def _inside_m(north_m: float, east_m: float, edges: Sequence[Edge]) -> float:
    """Return the distance to the edge of a polygon, negative outside (rule of crossings).

    This is the hot path of supervision: one loop and no calls.
    """
    inside, nearest_m2 = False, math.inf
    for start_north_m, start_east_m, along_north_m, along_east_m, per_square in edges:
        to_north_m, to_east_m = north_m - start_north_m, east_m - start_east_m
        part = (to_north_m * along_north_m + to_east_m * along_east_m) * per_square
        if part <= 0.0:
            off_north_m, off_east_m = to_north_m, to_east_m
        elif part >= 1.0:
            off_north_m, off_east_m = to_north_m - along_north_m, to_east_m - along_east_m
        else:
            off_north_m, off_east_m = to_north_m - part * along_north_m, to_east_m - part * along_east_m
        distance_m2 = off_north_m * off_north_m + off_east_m * off_east_m
        if distance_m2 < nearest_m2:
            nearest_m2 = distance_m2
        if (to_north_m < 0.0) != (to_north_m < along_north_m):
            crosses_m = to_north_m * along_east_m / along_north_m
            inside ^= to_east_m < crosses_m
    distance_m = math.sqrt(nearest_m2)
    return distance_m if inside else -distance_m
