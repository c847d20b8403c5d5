"""The state of motion of one aircraft, in metres and radians around its home pad."""

import math
from dataclasses import dataclass

from simulator.airframes import Phase

STEP_S = 0.2
"""Length of a step. Nothing here turns faster than 90 degrees a second, so 0.2 s resolves every manoeuvre."""

GRAVITY_M_S2 = 9.80665
_TILT_LAG_S = 0.6


@dataclass(slots=True)
class Body:
    """Position (north, east, up from the pad), velocity over ground, attitude.

    ``wind_north`` and ``wind_east`` are the movement of the air.
    """

    wind_north: float
    wind_east: float
    yaw: float
    north: float = 0.0
    east: float = 0.0
    up: float = 0.0
    v_north: float = 0.0
    v_east: float = 0.0
    v_up: float = 0.0
    roll: float = 0.0
    pitch: float = 0.0
    on_ground: bool = True
    phase: Phase = Phase.IDLE

    @property
    def ground_speed(self) -> float:
        """Speed over ground, horizontally."""
        return math.hypot(self.v_north, self.v_east)

    @property
    def airspeed(self) -> float:
        """Speed through the air, horizontally."""
        return math.hypot(self.v_north - self.wind_north, self.v_east - self.wind_east)

    @property
    def position(self) -> tuple[float, float]:
        """North and east."""
        return self.north, self.east

    def accelerate(self, north: float, east: float, up: float, limit: float, limit_up: float) -> None:
        """Change the velocity towards the wanted one within the limits (m/s²), and move for one step."""
        d_north, d_east = north - self.v_north, east - self.v_east
        size = math.hypot(d_north, d_east)
        reach = limit * STEP_S
        if size > reach:
            d_north *= reach / size
            d_east *= reach / size
        before = self.v_north, self.v_east, self.v_up
        self.v_north += d_north
        self.v_east += d_east
        reach = limit_up * STEP_S
        self.v_up += min(reach, max(-reach, up - self.v_up))
        self.travel(*before)

    def travel(self, v_north: float, v_east: float, v_up: float) -> None:
        """Move by the mean of the velocities before and after the step; the ground stops everything."""
        half = STEP_S / 2
        self.north += (v_north + self.v_north) * half
        self.east += (v_east + self.v_east) * half
        self.up += (v_up + self.v_up) * half
        if self.up <= 0.0 and self.v_up <= 0.0:
            self.touch_down()
        elif self.up > 0.0:
            self.on_ground = False

    def touch_down(self) -> None:
        """Stand still on the ground."""
        self.up = self.v_up = self.v_north = self.v_east = self.roll = self.pitch = 0.0
        self.on_ground = True

    def turn_nose(self, yaw: float, rate: float) -> None:
        """Yaw towards a heading, at most ``rate`` (rad/s)."""
        error = (yaw - self.yaw + math.pi) % math.tau - math.pi
        self.yaw += min(rate * STEP_S, max(-rate * STEP_S, error))

    def tilt(self, forward: float, right: float) -> None:
        """Let pitch and roll follow the wanted acceleration (m/s²) of a multicopter."""
        share = STEP_S / _TILT_LAG_S
        self.pitch += (-math.atan(forward / GRAVITY_M_S2) - self.pitch) * share
        self.roll += (math.atan(right / GRAVITY_M_S2) - self.roll) * share
