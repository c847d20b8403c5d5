"""Coming down on rotors: to the ground, or as far as a payload is lowered."""

import math

from simulator.autopilot.activities.base import rotor_limits
from simulator.autopilot.activities.rotor import Climb, Sequence, go_to
from simulator.autopilot.craft import Craft
from simulator.motion.hover import drive

_STOPPED_M_S = 0.5


class Descend:
    """Sink vertically to the ground.

    The copter slows down at ``LAND_ALT_LOW`` (10 m) to ``LAND_SPEED``; the quadplane at ``Q_LAND_FINAL_ALT``
    (6 m) to ``Q_LAND_FINAL_SPD``, and says so. Without a place (north, east) it comes down where it stops.
    """

    def __init__(self, craft: Craft, place: tuple[float, float] | None = None) -> None:
        self._craft = craft
        self._point = place
        self._limits = rotor_limits(craft)
        params = craft.params
        if craft.airframe.wings:
            self._low_m, self._final_m_s = params["Q_LAND_FINAL_ALT"], params["Q_LAND_FINAL_SPD"]
        else:
            self._low_m, self._final_m_s = params["LAND_ALT_LOW"] / 100.0, params["LAND_SPEED"] / 100.0
        self._announced = False
        self._sinking = False

    def step(self) -> bool:
        """Sink one step; done on the ground."""
        body = self._craft.body
        if body.on_ground:
            if self._sinking:
                self._sinking = False
                self._craft.say(f"SIM Hit ground at {self._final_m_s:.6f} m/s")
            return True
        self._sinking = True
        height = body.up
        if height <= self._low_m and not self._announced:
            self._announced = True
            if self._craft.airframe.wings:
                self._craft.say("Land final started")
        speed = min(
            self._limits.descent, math.sqrt(self._final_m_s**2 + 2.0 * max(0.0, height - self._low_m))
        )
        if self._point is None and body.ground_speed < _STOPPED_M_S:
            self._point = body.position
        north, east = self._point or body.position
        drive(body, (north - body.north) * 0.5, (east - body.east) * 0.5, -speed, self._limits)
        return False


def land_at(craft: Craft, point: tuple[float, float]) -> Sequence:
    """Return a copter's landing: to the place at the present height, a stop, and down."""
    there = (point[0], point[1], craft.body.up)
    return Sequence(craft, lambda c: go_to(c, there), Descend)


class Place:
    """``NAV_PAYLOAD_PLACE``: sink by at most ``largest_descent_m`` and rise again (``qp_auto_delivery``).

    With a limit, reaching it ends the descent with ``Payload place aborted``, or a copter's words for it
    (``PayloadPlace::run``). Without one the aircraft lands,
    and an ArduPlane waits there for ever (trace ``qp_payload_place``).
    """

    def __init__(
        self, craft: Craft, largest_descent_m: float, place: tuple[float, float] | None = None
    ) -> None:
        self._craft = craft
        self._from_m = craft.body.up
        self._floor_m = craft.body.up - largest_descent_m if largest_descent_m > 0 else -math.inf
        self._down: Descend | None = Descend(craft, place)
        self._up: Climb | None = None

    def step(self) -> bool:
        """Sink, then rise; done at the height where it began."""
        if self._up is not None:
            return self._up.step()
        craft = self._craft
        if self._down is not None and not self._down.step():
            if craft.body.up <= self._floor_m:
                wings = craft.airframe.wings
                craft.say("Payload place aborted" if wings else "PayloadPlace: Reached maximum descent")
                self._up = Climb(craft, self._from_m, 0.0)
            return False
        if self._down is not None:
            craft.say("Land complete")
            self._down = None
        return False
