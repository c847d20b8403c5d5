"""How a quadplane on its wing stops over a point in GUIDED with ``Q_GUIDED_MODE`` 1.

Seen with ArduPlane 4.7 (SITL): it flies on to the point, and from nine tenths of its stopping distance on it
brakes, without an approach or an airbrake, to a hover over the point (``QuadPlane::guided_start``).
"""

from functools import partial

from simulator.autopilot.activities.approach import VtolApproach, stopping_distance_m
from simulator.autopilot.activities.plane import FW, WingTo
from simulator.autopilot.activities.rotor import go_to
from simulator.autopilot.craft import Craft, Point

_BRAKES_FROM = 0.91
"""143 m at 25 m/s, where ``Q_TRANS_DECEL`` 2 m/s² makes 157 m."""


class GuidedStop:
    """Fly to a point on the wing, and hover over it for good."""

    def __init__(self, craft: Craft, point: Point) -> None:
        self._craft = craft
        self._start, self._point = craft.here, point
        self._way = WingTo(craft, craft.here, point, 0.0)
        self._stop: VtolApproach | None = None

    def step(self) -> bool:
        """Fly one step."""
        if self._stop is None and self._is_near():
            self._stop = _Stop(self._craft, self._start, self._point, partial(go_to, point=self._point))
        if self._stop is not None:
            return self._stop.step()
        self._way.step()
        return False

    def _is_near(self) -> bool:
        if self._craft.vtol_state != FW:
            return self._way.leg.remaining_m <= stopping_distance_m(self._craft)
        return self._way.leg.remaining_m <= _BRAKES_FROM * stopping_distance_m(self._craft)


class _Stop(VtolApproach):
    """The last part of an approach."""

    def _begin(self) -> None:
        self._craft.say(f"VTOL Position1 d={self._leg.remaining_m:.1f}")
        self._brake()

    def _arrive(self) -> None:
        self._final = self._make_final(self._craft)
