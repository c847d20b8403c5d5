"""Flight on rotors: along a leg, to a point, up and down.

Speeds come from ArduPilot's ``WPNAV_`` (copter) and ``Q_WP_`` (quadplane) parameters. Measured in the traces
(``copter/auto_delivery``): 800 m in 85 s at 10 m/s; a 90 degree corner at about 3 m/s; arrival within 2 m.
"""

import math
from dataclasses import dataclass, replace

from simulator.motion.body import Body
from simulator.physics import STEP_S
from simulator.physics.command import rotors

_JERK_M_S3 = 0.8
"""``WPNAV_JERK`` is 1 m/s³; 0.8 matches the recorded starts: 3.5 m/s after 3.3 s, 7.6 after 5.3 s."""

_TRACK_GAIN = 0.5
_TRACK_SPEED_M_S = 4.0
_YAW_RATE = math.radians(45.0)
_STILL_M_S = 0.15
_ARRIVED_M = 0.3
_VERTICAL_GAIN = 1.2
_YAW_DISTANCE_M = 3.0


@dataclass(frozen=True, slots=True)
class HoverLimits:
    """Limits in m/s and m/s²; ``radius_m`` is where a waypoint that is flown through counts as reached."""

    speed: float
    climb: float
    descent: float
    acceleration: float
    acceleration_up: float
    radius_m: float = 2.0

    def with_speed(self, speed: float) -> "HoverLimits":
        """Return the same limits with another speed."""
        return replace(self, speed=speed)


def corner_speed(turn_rad: float, limits: HoverLimits) -> float:
    """Return the speed at which a corner is flown through.

    ArduPilot rounds it within the waypoint radius, with twice the straight acceleration (``WPNAV_ACCEL_C``
    0): v = sqrt(2 a r / tan(turn / 2)); 90 degrees gives 3.2 m/s, as recorded.
    """
    if turn_rad >= math.pi - 0.05:
        return 0.0
    if turn_rad < 0.02:
        return limits.speed
    return min(limits.speed, math.sqrt(2 * limits.acceleration * limits.radius_m / math.tan(turn_rad / 2)))


def vertical_speed(error_m: float, limits: HoverLimits) -> float:
    """Return the vertical speed that takes away a height error and stops there."""
    size = abs(error_m)
    braking = math.sqrt(1.4 * limits.acceleration_up * size)
    speed = min(braking, _VERTICAL_GAIN * size, limits.climb if error_m > 0 else limits.descent)
    return math.copysign(speed, error_m)


def drive(
    body: Body, north: float, east: float, up: float, limits: HoverLimits, pushed: bool = False
) -> None:
    """Ask for a velocity over ground; ``pushed`` where a quadplane is between rotors and wing."""
    body.command = rotors(
        (north, east, up), limits.acceleration, limits.acceleration_up, *body.nose, pushed=pushed
    )


@dataclass(slots=True)
class HoverLeg:
    """A straight leg through the air; ``end_speed`` 0 stops at its end.

    ``entry_speed`` is what it brings along through the corner from the leg before (m/s), and keeps.
    """

    start: tuple[float, float, float]
    end: tuple[float, float, float]
    limits: HoverLimits
    end_speed: float = 0.0
    turn_rad: float = math.pi
    crosstrack_m: float = 0.0
    remaining_m: float = math.inf
    push: float = 0.0
    entry_speed: float = 0.0

    @classmethod
    def to(cls, body: Body, end: tuple[float, float, float], limits: HoverLimits) -> "HoverLeg":
        """Begin a leg where the body is, and stop at its end."""
        return cls((body.north, body.east, body.up), end, limits)

    def step(self, body: Body) -> bool:
        """Fly one step; say whether the end is reached."""
        along, across, length, unit = self._progress(body)
        slope = (self.end[2] - self.start[2]) / length if length > 1.0 else 0.0
        speed_now = body.v_north * unit[0] + body.v_east * unit[1]
        speed = self._speed(speed_now, along, length, slope)
        wanted_up = self.start[2] + slope * min(length, max(0.0, along)) if length > 1.0 else self.end[2]
        aside = min(_TRACK_SPEED_M_S, max(-_TRACK_SPEED_M_S, -_TRACK_GAIN * across))
        if self.remaining_m > _YAW_DISTANCE_M:
            body.turn_nose(math.atan2(unit[1], unit[0]), _YAW_RATE)
        drive(
            body,
            unit[0] * speed - unit[1] * aside,
            unit[1] * speed + unit[0] * aside,
            vertical_speed(wanted_up - body.up, self.limits) + slope * max(0.0, speed),
            self.limits,
        )
        return self._reached(body, along, length)

    def _progress(self, body: Body) -> tuple[float, float, float, tuple[float, float]]:
        run_north, run_east = self.end[0] - self.start[0], self.end[1] - self.start[1]
        length = math.hypot(run_north, run_east)
        to_north, to_east = self.end[0] - body.north, self.end[1] - body.east
        self.remaining_m = math.hypot(to_north, to_east)
        if length <= 1.0:
            size = max(self.remaining_m, 1e-6)
            return length - self.remaining_m, 0.0, length, (to_north / size, to_east / size)
        unit = (run_north / length, run_east / length)
        along = length - (to_north * unit[0] + to_east * unit[1])
        self.crosstrack_m = to_north * unit[1] - to_east * unit[0]
        return along, self.crosstrack_m, length, unit

    def _speed(self, speed_now: float, along: float, length: float, slope: float) -> float:
        limits = self.limits
        left = length - along
        cruise = limits.speed
        if abs(slope) > 1e-6:
            cruise = min(cruise, (limits.climb if slope > 0 else limits.descent) / abs(slope))
        braking = math.sqrt(self.end_speed**2 + 1.4 * limits.acceleration * abs(left))
        if self.end_speed == 0.0:
            braking = math.copysign(min(braking, 0.8 * abs(left)), left)
        return min(cruise, braking, self._eased(speed_now, cruise))

    def _eased(self, speed_now: float, cruise: float) -> float:
        """Return the speed that a limited jerk allows next; the push grows, and fades near the cruise."""
        limit = self.limits.acceleration
        speed_now = max(speed_now, self.entry_speed)
        self.push = min(limit, self.push + _JERK_M_S3 * STEP_S)
        fading = max(0.2, cruise - max(0.0, speed_now))
        return max(0.0, speed_now) + min(self.push, fading) * STEP_S

    def _reached(self, body: Body, along: float, length: float) -> bool:
        if abs(body.up - self.end[2]) > max(1.0, self.limits.radius_m):
            return False
        if self.end_speed > 0.0:
            # A corner is rounded within the radius; a waypoint on a straight line is passed.
            near_m = self.limits.radius_m * min(1.0, self.turn_rad / (math.pi / 2))
            return self.remaining_m <= near_m or along >= length
        return (
            self.remaining_m < _ARRIVED_M
            and abs(body.up - self.end[2]) < _ARRIVED_M
            and body.ground_speed < _STILL_M_S
        )


def hold(body: Body, point: tuple[float, float, float], limits: HoverLimits) -> None:
    """Stay at a point for one step."""
    to_north, to_east = point[0] - body.north, point[1] - body.east
    distance = math.hypot(to_north, to_east)
    speed = min(limits.speed, math.sqrt(1.4 * limits.acceleration * distance), 0.8 * distance)
    share = speed / distance if distance > 1e-6 else 0.0
    drive(body, to_north * share, to_east * share, vertical_speed(point[2] - body.up, limits), limits)
