"""One straight leg between two places, flat around its middle."""

import math

from flight.geodesy import METRES_PER_DEGREE, Point


class Leg:
    """A leg, worked out once, so that a place is compared with it in a microsecond.

    On a leg of 20 km the line in degrees is within 5 m of the great circle, and ArduPilot flies it like this,
    too (``Location::get_distance_NE``).

    Parameters
    ----------
    start, end
        Where it begins and ends; they may be the same place.
    """

    __slots__ = ("_east_m", "_east_scale", "_north_m", "_square_m2", "end", "length_m", "start")

    def __init__(self, start: Point, end: Point) -> None:
        self.start, self.end = start, end
        self._east_scale = METRES_PER_DEGREE * math.cos(math.radians((start[0] + end[0]) / 2))
        self._north_m = (end[0] - start[0]) * METRES_PER_DEGREE
        self._east_m = (end[1] - start[1]) * self._east_scale
        self._square_m2 = self._north_m**2 + self._east_m**2
        self.length_m = math.sqrt(self._square_m2)

    def locate(self, place: Point) -> tuple[float, float]:
        """Return the distance of a place from the leg in metres, and which part of the leg lies behind it.

        A leg without length lies behind every place.
        """
        north_m = (place[0] - self.start[0]) * METRES_PER_DEGREE
        east_m = (place[1] - self.start[1]) * self._east_scale
        if self._square_m2 == 0.0:
            return math.hypot(north_m, east_m), 1.0
        part = (north_m * self._north_m + east_m * self._east_m) / self._square_m2
        part = min(1.0, max(0.0, part))
        return math.hypot(north_m - part * self._north_m, east_m - part * self._east_m), part
