"""Whether this is the kind of vehicle that the plan was made for, and whether it stands still."""

from flight.errors import VehicleRefused, VehicleSilent
from flight.plan import VehicleClass
from flight.procedure import Procedure, WaitUntil, perform
from flight.protocol.messages import Heartbeat
from flight.protocol.names import AUTOPILOT_ARDUPILOT
from flight.vehicle import Vehicle
from flight.vehicles.kinds import class_of

STAGE = "identity"

HEARTBEAT_TIMEOUT_S = 30.0
"""A vehicle that is switched on sends one a second; this is also the answer to a wrong address."""

FRESH_S = 3.0
"""A heartbeat not older than this describes the vehicle as it is."""

AUTOPILOT_PX4 = 12


def await_heartbeat(vehicle: Vehicle, timeout_s: float) -> Procedure[Heartbeat]:
    """Wait for a fresh heartbeat and check that it is an ArduPilot of the right class."""
    telemetry = vehicle.telemetry

    def fresh(now: float) -> bool:
        return telemetry.heartbeat is not None and now - telemetry.heartbeat_at <= FRESH_S

    silent = VehicleSilent(STAGE, f"no heartbeat from {vehicle.address} in {timeout_s:.0f} s")
    yield from perform(WaitUntil(fresh, timeout_s, lambda: silent))
    heartbeat = telemetry.heartbeat
    if heartbeat is None:
        raise silent
    _check_kind(heartbeat, vehicle.vehicle_class)
    return heartbeat


def check_on_ground(vehicle: Vehicle) -> None:
    """Raise VehicleRefused if the vehicle is armed or in the air: nobody writes to it then."""
    if vehicle.telemetry.armed:
        raise VehicleRefused(STAGE, f"the vehicle is armed, in {vehicle.mode_name}")
    if not vehicle.telemetry.on_ground:
        raise VehicleRefused(STAGE, "the vehicle says that it is in the air")


def _check_kind(heartbeat: Heartbeat, vehicle_class: VehicleClass) -> None:
    if heartbeat.autopilot != AUTOPILOT_ARDUPILOT:
        name = "PX4" if heartbeat.autopilot == AUTOPILOT_PX4 else f"number {heartbeat.autopilot}"
        raise VehicleRefused(STAGE, f"autopilot is {name}; only ArduPilot is supported")
    if class_of(heartbeat.type) is not vehicle_class:
        raise VehicleRefused(STAGE, f"vehicle type {heartbeat.type} is no {vehicle_class}")
