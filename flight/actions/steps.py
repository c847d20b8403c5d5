"""The steps that several actions are made of. Each ends when the vehicle is seen to do it."""

from collections.abc import Callable

from flight.actions.airborne import Airborne
from flight.errors import VehicleSilent
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

Steps = Procedure[None]


def set_mode(flight: Airborne, mode: int, stage: str) -> Steps:
    """Change the flight mode."""
    telemetry = flight.vehicle.telemetry
    yield from command(flight, stage, Command.DO_SET_MODE, MODE_FLAG_CUSTOM, mode)
    yield from see(flight, lambda: telemetry.mode == mode, stage)


def follow_mission(flight: Airborne, stage: str) -> Steps:
    """Enter AUTO, unless the mission is flown already."""
    if not flight.follows_mission:
        yield from set_mode(flight, AUTO[flight.vehicle.vehicle_class], stage)


def make_current(flight: Airborne, first: int, last: int, stage: str) -> Steps:
    """Make an item current; seen when the vehicle is at it or, as items end, at one up to the last."""
    shown = range(first, last + 1)
    before = flight.vehicle.telemetry.mission_seq
    yield from perform(SetCurrent(flight.vehicle.target, stage, first, shown, before))


def climb(flight: Airborne, seq: int, stage: str) -> Steps:
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


def fly_on(flight: Airborne, state: VtolState, stage: str) -> Steps:
    """Let a quadplane in AUTO fly on its rotors or on its wing."""
    yield from command(flight, stage, Command.DO_VTOL_TRANSITION, state)


def lost_link_sends_home(flight: Airborne, home: bool, stage: str) -> Steps:
    """Choose what a quadplane does when it hears nothing: fly home, or go on."""
    names, value = (LOST_LINK_ACTION,), float(home)
    yield from perform(EnsureParameter(flight.vehicle.target, stage, names, value, write=True))


def command(
    flight: Airborne, stage: str, number: Command, *params: float, place: Place | None = None
) -> Steps:
    """Send a command until it is accepted."""
    floats = (float(each) for each in params)
    yield from perform(SendCommand(flight.vehicle.target, stage, number, *floats, place=place))


def see(
    flight: Airborne, condition: Callable[[], bool], stage: str, timeout_s: float = TAKES_EFFECT_S
) -> Steps:
    """Wait until the vehicle is seen to do it; its words alone do not count."""

    def not_seen() -> VehicleSilent:
        doing = f"it is in {flight.vehicle.mode_name}, at item {flight.seq}"
        return VehicleSilent(stage, f"the vehicle acknowledged and did not do it: {doing}")

    yield from perform(WaitUntil(lambda _: condition(), timeout_s, not_seen))
