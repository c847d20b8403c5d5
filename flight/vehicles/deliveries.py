"""How the payload leaves the vehicle at a stop that is hovered at, one function a kind.

Each begins at the height of the approach and returns the number of the item that releases the payload; what
counts as evidence of a delivery stands at `flight.plan.Delivery`.
"""

import math
from collections.abc import Callable

from flight.errors import PlanError
from flight.plan import Delivery
from flight.protocol.names import Command
from flight.vehicles.stop import VTOL_SETTLE_S, Stop

LATCH_SERVO = 9
LATCH_OPEN_US = 1900

RELEASE_DELAY_S = 10
"""Time above the pad after the release, for the parcel to leave and swing out."""

GRIPPER = 1
GRIPPER_RELEASE = 0
"""``GRIPPER_ACTION_RELEASE``."""

WINCH = 1
WINCH_RELATIVE_LENGTH = 1
"""``WINCH_RELATIVE_LENGTH_CONTROL``: so many metres out, or in where negative."""

WINCH_RATE_M_S = 1.0
"""``WINCH_RATE_MAX``, default; ArduCopter ignores the rate of an item that has a length (``do_winch``)."""

WINCH_SLACK_M = 1.0
"""Line that is let out beyond the height above the pad: the hook opens when the line goes slack."""

WINCH_SETTLE_S = 5
"""For acceleration at either end of the line, and for the hook to open."""

PLACE_SEARCH_M = 5.0
"""``NAV_PAYLOAD_PLACE`` begins so far above the length of the line and ends so far below: barometers drift by
metres in a flight."""

PLACE_LOWEST_M = 5.0
"""Above the pad. A vehicle that touches the ground while placing rises again by itself (ArduCopter), or waits
there armed for ever (ArduPlane, recorded); neither may happen beside a person."""

PLACE_DESCENT_M_S = 0.5
"""``LAND_SPEED`` and ``Q_LAND_FINAL_SPD``, defaults: the slowest descent of a placement."""


def servo(stop: Stop) -> int:
    """Open a latch above the pad."""
    stop.descend_to(stop.drop_height_m)
    release_seq = stop.writer.do(Command.DO_SET_SERVO, LATCH_SERVO, LATCH_OPEN_US)
    stop.wait(RELEASE_DELAY_S)
    return release_seq


def gripper(stop: Stop) -> int:
    """Open the gripper above the pad."""
    stop.descend_to(stop.drop_height_m)
    release_seq = stop.writer.do(Command.DO_GRIPPER, GRIPPER, GRIPPER_RELEASE)
    stop.wait(RELEASE_DELAY_S)
    return release_seq


def winch(stop: Stop) -> int:
    """Let the payload down to the pad, and wind the line in again; the hook opens by itself on slack.

    The item that winds in is the release: behind it the payload has been on the ground for a while.
    """
    if stop.writer.is_quadplane:
        raise PlanError("ArduPlane drives no winch (only ArduCopter does): deliver by servo or gripper")
    length_m = stop.drop_height_m + WINCH_SLACK_M
    takes_s = math.ceil(length_m / WINCH_RATE_M_S) + WINCH_SETTLE_S
    stop.descend_to(stop.drop_height_m)
    stop.writer.do(Command.DO_WINCH, WINCH, WINCH_RELATIVE_LENGTH, length_m, WINCH_RATE_M_S)
    stop.wait(takes_s)
    release_seq = stop.writer.do(Command.DO_WINCH, WINCH, WINCH_RELATIVE_LENGTH, -length_m, WINCH_RATE_M_S)
    stop.wait(takes_s)
    return release_seq


def place(stop: Stop) -> int:
    """Descend until the payload, on a line as long as the drop height, touches the ground, and rise again.

    The limit of the descent keeps the vehicle itself off the ground. A delay stands before it because a
    placement counts as a landing, which ArduPlane refuses right behind a waypoint near it (recorded).
    """
    if stop.drop_height_m < PLACE_SEARCH_M + PLACE_LOWEST_M:
        raise PlanError(
            f"a line of {stop.drop_height_m:.0f} m is too short to place by, under"
            f" {PLACE_SEARCH_M + PLACE_LOWEST_M:.0f} m: use a longer line (drop_height_m)"
        )
    stop.descend_to(stop.drop_height_m + PLACE_SEARCH_M)
    stop.wait(VTOL_SETTLE_S)
    limit_m = 2 * PLACE_SEARCH_M
    stop.writer.spend(2 * math.ceil(limit_m / PLACE_DESCENT_M_S))
    return stop.writer.place(
        Command.NAV_PAYLOAD_PLACE, stop.arrives.position, stop.pad_amsl_m, param1=limit_m
    )


HOVERING: dict[Delivery, Callable[[Stop], int]] = {
    Delivery.SERVO: servo,
    Delivery.GRIPPER: gripper,
    Delivery.WINCH: winch,
    Delivery.PLACE: place,
}
"""Deliveries that need no landing."""
