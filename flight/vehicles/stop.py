"""What is done above the pad of the destination: hover, wait for the receiver, deliver, climb."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from flight.protocol.names import Command
from flight.vehicles.ways import turn_to_wing
from flight.vehicles.writer import MissionWriter
from geofences.route import Route, RouteWaypoint

VTOL_DESCENT_M_S = 1.5
VTOL_CLIMB_M_S = 2.5
"""``Q_WP_SPEED_DN`` and ``Q_WP_SPEED_UP``, defaults; a copter's ``WPNAV_SPEED_DN`` and ``WPNAV_SPEED_UP`` are
the same."""

VTOL_SETTLE_S = 5
"""For acceleration at either end (``Q_WP_ACCEL_Z`` 1 m/s²), and the last 5 m."""

TURN_S = 15
"""For the metres on rotors that a quadplane turns in (`flight.vehicles.ways.TURN_POINT_M`)."""

CLOCKWISE = 1.0
"""Direction of a loiter as ArduPilot gives it back, of no meaning for a hover."""

FOR_EVER = -1
"""Repeats of a ``DO_JUMP`` that never ends."""


@dataclass
class Stop:
    """Writes the items of a stop and keeps the height that each leaves the vehicle at.

    Parameters
    ----------
    arrives
        The last waypoint of the way out, above the pad.
    way_home
        The way home, which begins above the pad.
    pad_amsl_m
        Height of the pad.
    drop_height_m
        Height above the pad at which the payload is released.
    """

    writer: MissionWriter
    arrives: RouteWaypoint
    way_home: Route
    pad_amsl_m: float
    drop_height_m: float
    amsl_m: float = math.nan

    def __post_init__(self) -> None:
        self.amsl_m = self.arrives.altitude_amsl_m
        self.writer.spend(0.0)

    def descend_to(self, height_m: float) -> None:
        """Go down to a height above the pad."""
        self._move(self.arrives, self.pad_amsl_m + height_m, VTOL_DESCENT_M_S)

    def climb(self) -> None:
        """Go up to the height of the way home; a quadplane then flies as an aeroplane again."""
        leaves = self.way_home.waypoints[0]
        self._move(leaves, leaves.altitude_amsl_m, VTOL_CLIMB_M_S)
        if self.writer.is_quadplane:
            self.writer.spend(TURN_S)
            turn_to_wing(self.writer, self.way_home)

    def wait(self, duration_s: float) -> int:
        """Hover for a time; return the number of the item.

        An armed ArduPlane does not wait at a ``NAV_DELAY`` (``ModeAuto::verify_nav_delay``), but flies a
        ``NAV_LOITER_TIME`` as a hover where it is a multicopter. -1: no time of day is waited for.
        """
        self.writer.spend(duration_s)
        if not self.writer.is_quadplane:
            return self.writer.do(Command.NAV_DELAY, duration_s, -1.0, -1.0, -1.0)
        over = self.arrives.position
        return self.writer.place(
            Command.NAV_LOITER_TIME, over, self.amsl_m, param1=duration_s, param3=CLOCKWISE
        )

    def _move(self, over: RouteWaypoint, amsl_m: float, speed_m_s: float) -> None:
        """Move straight up or down over a waypoint.

        A quadplane takes a waypoint above the one before as reached at once, without waiting for the height
        (``Plane::verify_nav_wp`` looks at the horizontal distance only). At a ``NAV_LOITER_TO_ALT`` it waits
        until it is within 5 m of the height (``Plane::loiter_angle_update``), so a wait follows for the rest.
        """
        self.writer.spend(math.ceil(abs(amsl_m - self.amsl_m) / speed_m_s) + VTOL_SETTLE_S)
        self.amsl_m = amsl_m
        if self.writer.is_quadplane:
            self.writer.place(Command.NAV_LOITER_TO_ALT, over.position, amsl_m)
            self.wait(VTOL_SETTLE_S)
        else:
            self.writer.fly_to(over.position, amsl_m)


@dataclass(frozen=True, slots=True)
class StopItems:
    """The numbers of the items that others have to know."""

    release_seq: int
    hold_seq: int | None = None
    descend_seq: int | None = None


def write_stop(stop: Stop, deliver: Callable[[Stop], int], handshake_s: float | None) -> StopItems:
    """Append a stop, up to the climb; return the items that matter."""
    if handshake_s is None:
        release_seq = deliver(stop)
        stop.climb()
        return StopItems(release_seq)
    hold_seq, jump_seq = _wait_for_receiver(stop, handshake_s)
    descend_seq = stop.writer.next_seq
    release_seq = deliver(stop)
    stop.climb()
    stop.writer.aim_jump(jump_seq, stop.writer.next_seq)
    return StopItems(release_seq, hold_seq, descend_seq)


def _wait_for_receiver(stop: Stop, longest_s: float) -> tuple[int, int]:
    """Hover at the height of the approach, and go home if nobody says that the pad is clear.

    Saying so is making the item behind the jump current. A vehicle that hears nothing climbs to the height of
    the way home and jumps to the return path, with its payload.
    """
    hold_seq = stop.wait(longest_s)
    arrived_amsl_m, stop.writer.as_planned = stop.amsl_m, False
    stop.climb()
    jump_seq = stop.writer.jump(FOR_EVER)
    stop.amsl_m, stop.writer.as_planned = arrived_amsl_m, True
    return hold_seq, jump_seq
