"""What a straight leg costs an aircraft in wind: seconds, for the search and for the timetable alike.

The aircraft crabs: its velocity over ground is its velocity through the air plus that of the air, and lies
on the track (wind triangle). In a uniform wind the time of a leg is then a norm of it that depends on the
direction, so a fastest path bends only where a shortest one may: at corners of obstacles.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from geofences.wind import Wind, WindField

Floats = npt.NDArray[np.float64]

MINIMUM_GROUND_SPEED_M_S = 1.0
"""Below this a leg against the wind would never end; such a flight is refused."""

SAME_POINT_M = 1e-9
SLOWEST_M_S = 1e-9
"""Smaller lengths and speeds are none: no division by nothing."""

GRID_STEP_M = 1_000.0
"""Step of integration through a wind grid. The midpoint rule errs with its square, and the grids of weather
models have cells of 2 to 5 km (JMA local and meso-scale model)."""


class LaneRules(Protocol):
    """What lanes ask of a straight leg."""

    def against_one_way(self, starts: Floats, ends: Floats) -> npt.NDArray[np.bool_]:
        """Say which legs, shape (n, 2) each, run against a one-way lane inside it."""
        ...

    def slow_parts(self, starts: Floats, ends: Floats) -> list[tuple[float, Floats]]:
        """Return each speed limit in m/s with the part of each leg, 0 to 1, on which it holds."""
        ...


@dataclass(frozen=True)
class TimeInWind:
    """Seconds along straight legs at a constant airspeed; inf where the wind is too strong.

    Where a region factor of the graph makes the elapsed cost larger than the elapsed time, a wind grid is
    read that much too late in the search; the timetable of the route found does not depend on it.

    Parameters
    ----------
    airspeed_m_s
        Airspeed in cruise.
    wind
        The wind field.
    starts_s
        POSIX time at which no cost has been spent yet, for winds that change.
    rules
        Lanes that forbid or slow down.
    """

    airspeed_m_s: float
    wind: WindField
    starts_s: float = 0.0
    rules: LaneRules | None = None

    @property
    def depends_on_elapsed(self) -> bool:
        """Say whether the wind changes with time, so that legs cannot be weighed beforehand."""
        return not isinstance(self.wind, Wind)

    def cost(self, starts: Floats, ends: Floats, elapsed: Floats) -> Floats:
        """Return the seconds of each leg, shapes (n, 2), (n, 2) and (n,) to (n,)."""
        seconds = self._seconds(self.airspeed_m_s, starts, ends, elapsed)
        if self.rules is None:
            return seconds
        total = np.where(self.rules.against_one_way(starts, ends), math.inf, seconds)
        for limit_m_s, part in self.rules.slow_parts(starts, ends):
            if limit_m_s < self.airspeed_m_s and part.any():
                slow = self._seconds(limit_m_s, starts, ends, elapsed)
                total = total + part * (_finite(slow) - _finite(seconds))
                total = np.where((part > 0.0) & ~np.isfinite(slow), math.inf, total)
        return total

    def bound(self, starts: Floats, ends: Floats) -> Floats:
        """Return seconds that no path between the points can beat."""
        towards = ends - starts
        length_m = np.hypot(towards[..., 0], towards[..., 1])
        if isinstance(self.wind, Wind):
            speed_m_s = _along_track(self.airspeed_m_s, towards, length_m, *self.wind.velocity_m_s)
            return _over(length_m, speed_m_s, 0.0)
        return np.asarray(length_m / (self.airspeed_m_s + self.wind.strongest_m_s))

    def leg_seconds(
        self, points: Sequence[tuple[float, float]], limits_m_s: Sequence[float], elapsed_s: float
    ) -> list[float]:
        """Return the seconds of each leg of a chain, flown one after the other; lanes are not asked.

        Parameters
        ----------
        limits_m_s
            The largest airspeed on each leg, one fewer than points.
        elapsed_s
            Time spent before the first leg.
        """
        table = np.array(points)
        airspeeds_m_s = np.minimum(self.airspeed_m_s, np.array(limits_m_s))
        if isinstance(self.wind, Wind):
            at_s = np.full(len(airspeeds_m_s), elapsed_s)
            return [float(each) for each in self._seconds(airspeeds_m_s, table[:-1], table[1:], at_s)]
        seconds: list[float] = []
        for index, airspeed_m_s in enumerate(airspeeds_m_s):
            at_s = np.array([elapsed_s + sum(seconds)])
            if not np.isfinite(at_s[0]):
                return [*seconds, *[math.inf] * (len(airspeeds_m_s) - index)]
            leg = table[index : index + 1], table[index + 1 : index + 2]
            seconds.append(float(self._seconds(airspeed_m_s, *leg, at_s)[0]))
        return seconds

    @property
    def is_length(self) -> bool:
        """Say whether time is length over airspeed, so that the shortest path is the fastest."""
        return self.rules is None and self.wind.strongest_m_s == 0.0

    def _seconds(self, airspeed_m_s: float | Floats, starts: Floats, ends: Floats, elapsed: Floats) -> Floats:
        towards = ends - starts
        length_m = np.hypot(towards[..., 0], towards[..., 1])
        if isinstance(self.wind, Wind):
            speed_m_s = _along_track(airspeed_m_s, towards, length_m, *self.wind.velocity_m_s)
            return _over(length_m, speed_m_s, MINIMUM_GROUND_SPEED_M_S)
        return self._integrated(airspeed_m_s, starts, towards, length_m, elapsed)

    def _integrated(
        self, airspeed_m_s: float | Floats, starts: Floats, towards: Floats, length_m: Floats, elapsed: Floats
    ) -> Floats:
        """Integrate along the legs by the midpoint rule; what outlasts the wind field costs inf."""
        steps = np.maximum(1, np.ceil(length_m / GRID_STEP_M)).astype(np.intp)
        step_m = length_m / steps
        begin_s = self.starts_s + elapsed
        now_s = np.array(np.broadcast_to(begin_s, length_m.shape), dtype=np.float64)
        for number in range(int(steps.max(initial=0))):
            todo = np.flatnonzero((number < steps) & np.isfinite(now_s))
            part, half_m = number / steps[todo], step_m[todo] / 2
            guess_s = now_s[todo] + self._step(
                airspeed_m_s, starts[todo], towards[todo], length_m[todo], part, half_m, now_s[todo]
            )
            part = part + 0.5 / steps[todo]
            now_s[todo] += self._step(
                airspeed_m_s, starts[todo], towards[todo], length_m[todo], part, 2 * half_m, guess_s
            )
        return np.where(now_s <= self.wind.span_s[1], now_s - begin_s, math.inf)

    def _step(
        self,
        airspeed_m_s: float | Floats,
        starts: Floats,
        towards: Floats,
        length_m: Floats,
        part: Floats,
        distance_m: Floats,
        when_s: Floats,
    ) -> Floats:
        """Return the seconds for a distance with the wind of a part of each leg and a moment."""
        known = when_s <= self.wind.span_s[1]
        at = starts + part[:, None] * towards
        east_m_s, north_m_s = self.wind.at(at[:, 0], at[:, 1], np.where(known, when_s, self.wind.span_s[1]))
        speed_m_s = _along_track(airspeed_m_s, towards, length_m, east_m_s, north_m_s)
        return np.where(known, _over(distance_m, speed_m_s, MINIMUM_GROUND_SPEED_M_S), math.inf)


def ground_speed_m_s(airspeed_m_s: float, bearing_deg: float, east_m_s: float, north_m_s: float) -> float:
    """Return the speed over ground on a track through moving air, or -inf where it cannot be held."""
    angle = math.radians(bearing_deg)
    towards = np.array([[math.sin(angle), math.cos(angle)]])
    air = np.array([east_m_s]), np.array([north_m_s])
    return float(_along_track(airspeed_m_s, towards, np.ones(1), *air)[0])


def _along_track(
    airspeed_m_s: float | Floats,
    towards: Floats,
    length_m: Floats,
    east_m_s: float | Floats,
    north_m_s: float | Floats,
) -> Floats:
    """Return the ground speed along each leg, or -inf where the wind blows it off the track."""
    scale = np.maximum(length_m, SAME_POINT_M)
    with_m_s = (towards[..., 0] * east_m_s + towards[..., 1] * north_m_s) / scale
    across_m_s = (towards[..., 0] * north_m_s - towards[..., 1] * east_m_s) / scale
    rest = airspeed_m_s * airspeed_m_s - across_m_s * across_m_s
    return np.where(rest > 0.0, with_m_s + np.sqrt(np.maximum(rest, 0.0)), -math.inf)


def _finite(seconds: Floats) -> Floats:
    return np.where(np.isfinite(seconds), seconds, 0.0)


def _over(length_m: Floats, speed_m_s: Floats, least_m_s: float) -> Floats:
    """Return time from length and speed: inf below the least speed, 0 for no length."""
    least_m_s = max(least_m_s, SLOWEST_M_S)
    seconds = np.where(speed_m_s >= least_m_s, length_m / np.maximum(speed_m_s, least_m_s), math.inf)
    return np.where(length_m > SAME_POINT_M, seconds, 0.0)
