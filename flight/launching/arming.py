"""Arming, starting, and never leaving a vehicle in between."""

from collections.abc import Callable
from dataclasses import dataclass

from flight.errors import RemoteFlightError, VehicleSilent
from flight.plan import VehicleClass
from flight.procedure import Procedure, WaitUntil, perform
from flight.protocol.command import SendCommand
from flight.protocol.names import MODE_FLAG_CUSTOM, Command
from flight.protocol.set_current import SetCurrent
from flight.vehicle import Vehicle
from flight.vehicles.modes import AUTO, COPTER_GUIDED, PLANE_FBWA

CONFIRM_TIMEOUT_S = 10.0
"""A mode shows in the heartbeat at once and arming within a second (recorded); the rest is for the link."""

MODE_ATTEMPTS = 3
"""Each with all the patience of a command."""

SETTLE_S = 7.0
"""The last copy of an arm command may be on its way for 3 s, the heartbeat follows arming by up to a second
(recorded), and takes 3 s as well. What is heard before says nothing of that copy."""

TAKE_OFF_SEQ = 1

FIRST_ITEMS = (0, TAKE_OFF_SEQ)
"""``MISSION_CURRENT`` of a mission that has not begun: home, or the take-off."""

Ready = Callable[[], Procedure[None]]


@dataclass
class Arming:
    """Remembers what may have reached the vehicle, whatever we heard of it: AUTO, the arm command."""

    commanded_at: float | None = None
    set_auto: bool = False


def make_ready(vehicle: Vehicle) -> Procedure[None]:
    """Wind the mission back, and set a mode in which the vehicle's own checks say whether it can be armed.

    A copter is armed in GUIDED, as it cannot be in AUTO (recorded). A quadplane is armed in AUTO, which
    starts the mission at once, so it waits in FBWA: only entering AUTO begins the mission anew, and nobody
    with a transmitter can start it before we do.
    """
    yield from _rewind(vehicle)
    waiting = COPTER_GUIDED if vehicle.vehicle_class is VehicleClass.COPTER else PLANE_FBWA
    yield from _set_mode(vehicle, waiting)


def start_mission(vehicle: Vehicle, arming: Arming, ready: Ready) -> Procedure[None]:
    """Arm and start, in the order that ArduPilot wants for the class (recorded).

    A copter in GUIDED: arm, ``MISSION_START``. A quadplane is set to AUTO on the ground, and arming it
    there starts the mission. ``ready`` is the last check before the arm command.
    """
    auto = AUTO[vehicle.vehicle_class]
    if vehicle.vehicle_class is VehicleClass.COPTER:
        yield from ready()
        yield from _arm(vehicle, arming)
        yield from perform(SendCommand(vehicle.target, "start", Command.MISSION_START))
    else:
        arming.set_auto = True
        yield from _set_mode(vehicle, auto)
        yield from ready()
        yield from _arm(vehicle, arming)
    yield from _confirm(vehicle, lambda: vehicle.telemetry.armed and vehicle.telemetry.mode == auto, "start")


def leave_safe(vehicle: Vehicle, arming: Arming) -> Procedure[bool]:
    """After a failed launch make sure that nothing is armed; say whether the vehicle flies after all.

    Without an arm command there is nothing to do. With one the heartbeat decides, not the acknowledgements,
    which may have been lost: disarmed is failed; armed and under way is launched, and is never called
    failed; armed on the ground is disarmed. While nothing is heard of the vehicle its state is unknown, and
    this waits: to call a flight failed that may be in the air would send a second drone after it.
    """
    if arming.commanded_at is None:
        yield from _leave_auto(vehicle, arming)
        return False
    while True:
        yield from perform(WaitUntil(heard_after_settling(vehicle)))
        if not vehicle.telemetry.armed:
            yield from _leave_auto(vehicle, arming)
            return False
        if _under_way(vehicle):
            return True
        try:
            yield from perform(SendCommand(vehicle.target, "disarm", Command.COMPONENT_ARM_DISARM, 0.0))
        except RemoteFlightError:
            continue  # the next heartbeat tells what became of it


def _leave_auto(vehicle: Vehicle, arming: Arming) -> Procedure[None]:
    """Take a quadplane that we put into AUTO out of it: whoever armed it there would start the mission.

    One try, as a launch mostly fails because the vehicle does not answer.
    """
    telemetry = vehicle.telemetry
    if not arming.set_auto or telemetry.armed or telemetry.mode != AUTO[vehicle.vehicle_class]:
        return
    mode = SendCommand(vehicle.target, "mode", Command.DO_SET_MODE, MODE_FLAG_CUSTOM, float(PLANE_FBWA))
    try:
        yield from perform(mode)
    except RemoteFlightError:
        return


def heard_after_settling(vehicle: Vehicle) -> Callable[[float], bool]:
    """Return whether a heartbeat was heard that knows of everything that was sent before the first call."""
    begun: list[float] = []

    def settled(now: float) -> bool:
        begun.append(now)
        return vehicle.telemetry.heartbeat_at >= begun[0] + SETTLE_S

    return settled


def _under_way(vehicle: Vehicle) -> bool:
    waiting = vehicle.vehicle_class is VehicleClass.COPTER and vehicle.telemetry.mode == COPTER_GUIDED
    return not (waiting and vehicle.telemetry.on_ground)


def _arm(vehicle: Vehicle, arming: Arming) -> Procedure[None]:
    yield from perform(_ArmCommand(vehicle, arming))
    yield from _confirm(vehicle, lambda: vehicle.telemetry.armed, "arm")


class _ArmCommand(SendCommand):
    """The arm command, which notes that it went out before it does."""

    def __init__(self, vehicle: Vehicle, arming: Arming) -> None:
        super().__init__(vehicle.target, "arm", Command.COMPONENT_ARM_DISARM, 1.0)
        self._arming = arming

    def start(self, now: float) -> None:
        """Note, then send."""
        self._arming.commanded_at = now
        super().start(now)


def _set_mode(vehicle: Vehicle, mode: int) -> Procedure[None]:
    """Set a mode until the heartbeat shows it.

    The acknowledgement alone may be a late copy of an earlier mode's, and then nobody would ask again.
    """
    for attempt in range(MODE_ATTEMPTS):
        yield from perform(
            SendCommand(vehicle.target, "mode", Command.DO_SET_MODE, MODE_FLAG_CUSTOM, float(mode))
        )
        try:
            yield from _confirm(vehicle, lambda: vehicle.telemetry.mode == mode, "mode")
        except VehicleSilent:
            if attempt == MODE_ATTEMPTS - 1:
                raise
        else:
            return


def _rewind(vehicle: Vehicle) -> Procedure[None]:
    """Make sure that the mission begins with its take-off and not where an earlier one stopped."""
    if vehicle.telemetry.mission_seq not in (None, *FIRST_ITEMS):
        yield from perform(SetCurrent(vehicle.target, "start", TAKE_OFF_SEQ, FIRST_ITEMS))


def _confirm(vehicle: Vehicle, condition: Callable[[], bool], stage: str) -> Procedure[None]:
    def failure() -> VehicleSilent:
        state = "armed" if vehicle.telemetry.armed else "disarmed"
        return VehicleSilent(stage, f"the heartbeat still says {state}, in {vehicle.mode_name}")

    yield from perform(WaitUntil(lambda _: condition(), CONFIRM_TIMEOUT_S, failure))
