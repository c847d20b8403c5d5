"""How much more energy and time a flight takes than its plan says, on the way that it is on."""

import math

from flight.supervision.timetable import Planned

TRUST_FRACTION = 0.1
"""A way is compared with its plan as if this part of the whole flight had gone as expected: the first minutes
say little of the rest."""

SETTLE_FRACTION = 0.03
"""So much of all energy is planned until a way has settled. Before, a quadplane accelerates on all motors,
which is no measure of its cruise."""

STRONGEST_TAIL = 0.65
"""A way out in less than this part of its time would mean a way home that does not advance."""


class Pace:
    """Compares what the counter and the clock say with the plan, and never promises less than the plan.

    A quadplane keeps its airspeed: wind that makes the way out longer makes the way home shorter, and the
    other way round; what more is drawn in each second is drawn on both. If the way out takes ``r`` times the
    planned time, its ground speed is ``v / r``, that of the way home ``2 v - v / r``, and so its time
    ``1 / (2 - 1 / r)`` times the plan's. A copter keeps its ground speed (``WPNAV_SPEED``) and pays for wind
    with power: how much of that is wind is not known, so the geometric mean of it and of the plan counts.

    Parameters
    ----------
    whole
        What is planned up to the landing.
    keeps_airspeed
        Whether the vehicle flies like an aeroplane.
    """

    def __init__(self, whole: Planned, *, keeps_airspeed: bool) -> None:
        self._keeps_airspeed = keeps_airspeed
        self._trust_wh, self._trust_s = TRUST_FRACTION * whole.energy_wh, TRUST_FRACTION * whole.time_s
        self._settle_wh = SETTLE_FRACTION * whole.energy_wh
        self._expected = self._ratios = (1.0, 1.0)
        self._settled_at_wh: float | None = None
        self._start: tuple[float, float, Planned] | None = None

    @property
    def scale(self) -> float:
        """The scale of what is planned on this way, in energy."""
        return max(1.0, self._ratios[0])

    @property
    def other_way(self) -> float:
        """The scale to be expected after a turn."""
        energy, time = self._ratios
        if not self._keeps_airspeed:
            return max(1.0, math.sqrt(energy))
        return max(1.0, energy / time * _mirrored(time))

    def turn(self) -> None:
        """Begin to compare anew, on another way."""
        time = _mirrored(self._ratios[1]) if self._keeps_airspeed else self._ratios[1]
        self._expected = self._ratios = (self.other_way, time)
        self._settled_at_wh = self._start = None

    def look(self, planned: Planned, counter_wh: float | None, now: float) -> None:
        """Compare.

        Parameters
        ----------
        planned
            What the plan expects up to here.
        counter_wh
            What the vehicle's counter says, whenever it began.
        """
        if counter_wh is None or self._trust_wh <= 0.0 or self._trust_s <= 0.0:
            return
        if self._settled_at_wh is None:
            self._settled_at_wh = planned.energy_wh + self._settle_wh
        if planned.energy_wh < self._settled_at_wh:
            return
        if self._start is None:
            self._start = (counter_wh, now, planned)
        before_wh, before_s, before = self._start
        expected_wh = max(0.0, planned.energy_wh - before.energy_wh) + self._trust_wh
        expected_s = max(0.0, planned.time_s - before.time_s) + self._trust_s
        used_wh = max(0.0, counter_wh - before_wh) + self._expected[0] * self._trust_wh
        used_s = max(0.0, now - before_s) + self._expected[1] * self._trust_s
        self._ratios = (used_wh / expected_wh, used_s / expected_s)


def _mirrored(ratio: float) -> float:
    """Return what the time on the other way is to its plan, if wind is what makes the difference."""
    return 1.0 / (2.0 - 1.0 / max(STRONGEST_TAIL, ratio))
