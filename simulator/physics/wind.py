"""The mean wind where each aircraft is: uniform or a field in space and time, growing with height."""

import math
from collections.abc import Sequence

import numpy as np

from geofences.wind import WindField
from simulator.physics.state import Floats
from simulator.wind import Wind

REFERENCE_M = 10.0
"""The height for which winds are given (WMO Guide No. 8)."""

LOWEST_M = 0.5
HIGHEST_M = 150.0
"""The power law describes the air near the ground, between the roughness of the surface and about here;
above, the wind stays as it is."""

_FIELD_EVERY_S = 1.0
"""A field changes over kilometres and minutes; asking it once a second is enough."""


class WindModel:
    """The mean wind around a fleet.

    ``front_north_m_s`` and ``front_east_m_s``, shape (n,), are added to the wind: a gust front sets them.

    Parameters
    ----------
    winds
        The wind of each aircraft, 10 m above the ground.
    field
        A wind in space and time in place of the speeds and directions of ``winds``, also for 10 m above the
        ground; it does not know heights, so the shear of ``winds`` applies to it.
    """

    def __init__(self, winds: Sequence[Wind], field: WindField | None = None) -> None:
        velocities = np.array([wind.velocity_m_s for wind in winds]).reshape(-1, 2)
        self._north, self._east = velocities[:, 0].copy(), velocities[:, 1].copy()
        self._shear = np.array([wind.shear for wind in winds])
        self._sheared = bool(self._shear.any())
        self._lowest = np.full(len(winds), LOWEST_M)
        self._highest = np.full(len(winds), HIGHEST_M)
        self._field = field
        self._asked_at_s = -math.inf
        self.front_north_m_s: Floats = np.zeros(len(winds))
        self.front_east_m_s: Floats = np.zeros(len(winds))

    def velocity(
        self, map_north_m: Floats, map_east_m: Floats, height_m: Floats, time_s: float
    ) -> tuple[Floats, Floats]:
        """Return the velocity of the air to the north and to the east, m/s.

        Parameters
        ----------
        map_north_m, map_east_m
            Places on the local map of the field; not looked at without a field.
        height_m
            Height above the ground.
        time_s
            Time, Unix seconds.
        """
        if self._field is not None and not 0.0 <= time_s - self._asked_at_s < _FIELD_EVERY_S:
            when_s = np.full(len(height_m), time_s)
            self._east, self._north = self._field.at(map_east_m, map_north_m, when_s)
            self._asked_at_s = time_s
        if not self._sheared:
            return self._north + self.front_north_m_s, self._east + self.front_east_m_s
        growth = self._growth(height_m)
        return self._north * growth + self.front_north_m_s, self._east * growth + self.front_east_m_s

    def _growth(self, height_m: Floats) -> Floats:
        height_m = np.minimum(np.maximum(height_m, self._lowest), self._highest)
        growth: Floats = np.power(height_m / REFERENCE_M, self._shear)
        return growth
