"""The steps that several actions are made of. Each ends when the vehicle is seen to do it."""

import logging
from collections.abc import Callable

from flight.actions.airborne import Airborne
from flight.errors import RemoteFlightError, VehicleSilent
from flight.log_fields import log_fields
from flight.procedure import Procedure, WaitUntil, perform
from flight.protocol.command import Place, SendCommand
from flight.protocol.names import MODE_FLAG_CUSTOM, Command, VtolState
from flight.protocol.parameters import EnsureParameter
from flight.protocol.set_current import SetCurrent
from flight.vehicles.modes import AUTO

TAKES_EFFECT_S = 15.0
"""Mode and current item change at once (recorded); the rest is for the link."""

CLIMBS_WITHIN_S = 120.0
"""From the ground to the ceiling of the lowest airspace, 150 m, at 2.5 m/s (``Q_WP_SPEED_UP``), twice."""

SPEED_AS_IS, CHANGE_MODE = -1.0, 1.0
"""``DO_REPOSITION``: no other speed; enter GUIDED (``MAV_DO_REPOSITION_FLAGS_CHANGE_MODE``)."""

LOST_LINK_ACTION = "FS_LONG_ACTN"
"""What ArduPlane does without a ground station: 0 goes on with AUTO and with GUIDED, 1 is RTL, which
``RTL_AUTOLAND`` 4 makes the return path."""

LOW_BATTERY_ACTION = "BATT_FS_LOW_ACT"
"""What ArduPilot does once its battery is low: the plan has it take the return path, 0 only tells."""

_log = logging.getLogger(__name__)


def set_mode(flight: Airborne, mode: int, stage: str) -> Procedure[None]:
    """Change the flight mode."""
    telemetry = flight.vehicle.telemetry
    yield from command(flight, stage, Command.DO_SET_MODE, MODE_FLAG_CUSTOM, mode)
    yield from see(flight, lambda: telemetry.mode == mode, stage)


def follow_mission(flight: Airborne, stage: str) -> Procedure[None]:
    """Enter AUTO, unless the mission is flown already."""
    if not flight.follows_mission:
        yield from set_mode(flight, AUTO[flight.vehicle.vehicle_class], stage)


def make_current(flight: Airborne, first: int, last: int, stage: str) -> Procedure[None]:
    """Make an item current; seen when the vehicle is at it or, as items end, at one up to the last."""
    shown = range(first, last + 1)
    before = flight.vehicle.telemetry.mission_seq
    yield from perform(SetCurrent(flight.vehicle.target, stage, first, shown, before))


def climb(flight: Airborne, seq: int, stage: str) -> Procedure[None]:
    """Climb above the pad of the stop to where the mission would, and see it done.

    A vehicle in AUTO does it with the item of its mission. A quadplane that is held does it in GUIDED, as
    entering AUTO would put it on its wing down there.
    """
    if flight.is_quadplane and flight.held:
        item = flight.plan.mission[seq]
        place = Place(item.x_e7, item.y_e7, item.z_m)
        yield from command(flight, stage, Command.DO_REPOSITION, SPEED_AS_IS, CHANGE_MODE, place=place)
    else:
        yield from make_current(flight, seq, flight.plan.return_seq, stage)
        yield from follow_mission(flight, stage)
    yield from see(flight, lambda: flight.climb_seq is None, stage, CLIMBS_WITHIN_S)


def fly_on(flight: Airborne, state: VtolState, stage: str) -> Procedure[None]:
    """Let a quadplane in AUTO fly on its rotors or on its wing."""
    yield from command(flight, stage, Command.DO_VTOL_TRANSITION, state)


def lost_link_sends_home(flight: Airborne, stage: str) -> Procedure[None]:
    """Let a quadplane fly home when it hears nothing, as it has to before it is held."""
    yield from perform(EnsureParameter(flight.vehicle.target, stage, (LOST_LINK_ACTION,), 1.0, write=True))


def lost_link_changes_nothing(flight: Airborne, stage: str) -> Procedure[None]:
    """Let a quadplane go on when it hears nothing, as planned."""
    if flight.is_quadplane:
        yield from _switch_off(flight, LOST_LINK_ACTION, stage)


def low_battery_changes_nothing(flight: Airborne, stage: str) -> Procedure[None]:
    """Keep a vehicle on its way to a site also when its battery gets low there."""
    yield from _switch_off(flight, LOW_BATTERY_ACTION, stage)


def _switch_off(flight: Airborne, name: str, stage: str) -> Procedure[None]:
    """Switch a reaction of the vehicle off, once it was seen to do what was asked.

    That is done then, also where nothing more is heard of the vehicle: to call it refused would have another
    action follow.
    """
    try:
        yield from perform(EnsureParameter(flight.vehicle.target, stage, (name,), 0.0, write=True))
    except RemoteFlightError as error:
        about = log_fields(flight.vehicle.address, flight.order)
        _log.warning("%s could not be switched off: %s", name, error, extra=about)


def command(
    flight: Airborne, stage: str, number: Command, *params: float, place: Place | None = None
) -> Procedure[None]:
    """Send a command until it is accepted."""
    floats = (float(each) for each in params)
    yield from perform(SendCommand(flight.vehicle.target, stage, number, *floats, place=place))


def see(
    flight: Airborne, condition: Callable[[], bool], stage: str, timeout_s: float = TAKES_EFFECT_S
) -> Procedure[None]:
    """Wait until the vehicle is seen to do it; its words alone do not count."""

    def not_seen() -> VehicleSilent:
        doing = f"it is in {flight.vehicle.mode_name}, at item {flight.seq}"
        return VehicleSilent(stage, f"the vehicle acknowledged and did not do it: {doing}")

    yield from perform(WaitUntil(lambda _: condition(), timeout_s, not_seen))
