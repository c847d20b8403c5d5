"""Flight on the wing: bank-limited turns that follow a leg in the wind.

The guidance is the L1 law that ArduPilot flies (Park, Deyst, How: "A New Nonlinear Guidance Logic for
Trajectory Tracking", AIAA 2004): steer with the lateral acceleration 2 V² / L1 · sin(η) towards a point L1
ahead on the leg, with L1 = ``NAVL1_PERIOD`` · ``NAVL1_DAMPING`` · V / π.
"""

import math
from dataclasses import dataclass

from simulator.geodesy import wrap_pi
from simulator.motion.body import Body
from simulator.physics.command import wing

_CLIMB_LAG_S = 1.5
_HEIGHT_GAIN = 0.25


@dataclass(frozen=True, slots=True)
class WingLimits:
    """Limits in m/s, m/s² and radians."""

    acceleration: float
    bank: float
    climb: float
    sink: float
    l1_time_s: float

    def l1_distance_m(self, ground_speed: float) -> float:
        """Return how far ahead on the leg to aim."""
        return max(20.0, self.l1_time_s * ground_speed)


def turn_distance_m(radius_m: float, l1_m: float, turn_rad: float) -> float:
    """Return how far before a waypoint to turn: ``WP_RADIUS`` or L1, less for less than 90 degrees."""
    return min(radius_m, l1_m) * min(1.0, abs(turn_rad) / (math.pi / 2))


def fly(body: Body, lateral: float, airspeed: float, up: float, limits: WingLimits) -> None:
    """Ask for one step on the wing.

    Parameters
    ----------
    body
        Where the aircraft is; takes the command.
    lateral
        Wanted acceleration to the right, m/s².
    airspeed
        Wanted speed through the air, m/s.
    up
        Wanted height, m.
    limits
        What the aircraft can do.
    """
    climb = min(limits.climb, max(-limits.sink, _HEIGHT_GAIN * (up - body.up)))
    body.command = wing(lateral, airspeed, climb, limits.acceleration, limits.bank, _CLIMB_LAG_S)


@dataclass(slots=True)
class WingLeg:
    """A straight leg; height changes evenly along it (trace ``qp_auto_delivery``, first leg)."""

    start: tuple[float, float, float]
    end: tuple[float, float, float]
    crosstrack_m: float = 0.0
    remaining_m: float = math.inf
    passed: bool = False

    def lateral(self, body: Body, limits: WingLimits) -> float:
        """Return the acceleration to the right that leads onto the leg, m/s²."""
        speed = body.ground_speed
        l1_m = limits.l1_distance_m(speed)
        bearing = self.measure(body)
        course = math.atan2(body.v_east, body.v_north)
        aside = min(1.0, max(-1.0, self.crosstrack_m / l1_m))
        eta = wrap_pi(bearing - math.asin(aside) - course)
        eta = min(math.pi / 2, max(-math.pi / 2, eta))
        return 2.0 * speed * speed / l1_m * math.sin(eta)

    def height(self) -> float:
        """Return the wanted height where the body is."""
        length = math.hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])
        if length < 1.0:
            return self.end[2]
        share = min(1.0, max(0.0, 1.0 - self.remaining_m / length))
        return self.start[2] + share * (self.end[2] - self.start[2])

    def measure(self, body: Body) -> float:
        """Update the distances and return the bearing of the leg."""
        run_north, run_east = self.end[0] - self.start[0], self.end[1] - self.start[1]
        length = math.hypot(run_north, run_east)
        to_north, to_east = self.end[0] - body.north, self.end[1] - body.east
        self.remaining_m = math.hypot(to_north, to_east)
        if length < 1.0:
            self.passed = self.remaining_m < 1.0
            return math.atan2(to_east, to_north)
        unit_north, unit_east = run_north / length, run_east / length
        self.crosstrack_m = to_north * unit_east - to_east * unit_north
        self.passed = to_north * unit_north + to_east * unit_east <= 0.0
        return math.atan2(run_east, run_north)


def circle(body: Body, centre: tuple[float, float], radius_m: float, limits: WingLimits) -> float:
    """Return the acceleration to the right that leads onto a clockwise circle, m/s²."""
    speed = body.ground_speed
    out_north, out_east = body.north - centre[0], body.east - centre[1]
    distance = math.hypot(out_north, out_east)
    aside = min(1.0, max(-1.0, (distance - radius_m) / limits.l1_distance_m(speed)))
    tangent = math.atan2(out_east, out_north) + math.pi / 2
    course = math.atan2(body.v_east, body.v_north)
    eta = wrap_pi(tangent + math.asin(aside) - course)
    eta = min(math.pi / 2, max(-math.pi / 2, eta))
    l1_m = limits.l1_distance_m(speed)
    near = 1.0 if abs(distance - radius_m) < radius_m / 2 else 0.0
    return 2.0 * speed * speed / l1_m * math.sin(eta) + near * speed * speed / radius_m
