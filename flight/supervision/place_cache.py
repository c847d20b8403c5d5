"""A value that depends on the place, worked out anew only when the place is another one."""

import math
from collections.abc import Callable
from typing import Generic, TypeVar

from flight.geodesy import METRES_PER_DEGREE, Point

T = TypeVar("T")


class PlaceCache(Generic[T]):
    """Remembers the last value for as long as the vehicle stays near to where it was.

    Parameters
    ----------
    work
        Returns the value at a place.
    reach_m
        How far from there a value may be used.
    """

    __slots__ = ("_east_scale", "_known", "_reach_m", "_work")

    def __init__(self, work: Callable[[Point], T], reach_m: Callable[[T], float]) -> None:
        self._work, self._reach_m = work, reach_m
        self._known: tuple[Point, float, T] | None = None
        self._east_scale = METRES_PER_DEGREE

    def at(self, place: Point) -> T:
        """Return the value."""
        if self._known is not None:
            (latitude_deg, longitude_deg), reach_m, value = self._known
            north_m = (place[0] - latitude_deg) * METRES_PER_DEGREE
            east_m = (place[1] - longitude_deg) * self._east_scale
            if north_m * north_m + east_m * east_m < reach_m * reach_m:
                return value
        value = self._work(place)
        self._known = (place, self._reach_m(value), value)
        self._east_scale = METRES_PER_DEGREE * math.cos(math.radians(place[0]))
        return value
