"""Fly the proved return path now."""

from collections.abc import Generator

from flight.errors import FlightError, VehicleSilent
from flight.events import ActionRefused, FlightPhase
from flight.order import Order
from flight.plan import VehicleClass
from flight.procedure import Step, WaitUntil, perform
from flight.protocol.command import SendCommand
from flight.protocol.names import Command, VtolState
from flight.situations import Action
from flight.vehicle import Vehicle
from flight.vehicles.modes import RETURNING

TAKES_EFFECT_S = 15.0
"""Mode and current item change at once (recorded); the rest is for the link."""


def return_home(order: Order, vehicle: Vehicle, phase: FlightPhase, by: str) -> Generator[Step, None, None]:
    """Send ``DO_RETURN_PATH_START`` and believe it when the vehicle is seen on its return path.

    ArduPilot joins the nearest leg behind the marker (recorded). A quadplane that hovers at the stop has to
    be told to fly as an aeroplane again: the item that would do so is left out by the jump.
    """
    try:
        yield from perform(SendCommand(vehicle.target, "return", Command.DO_RETURN_PATH_START))
        yield from perform(WaitUntil(lambda _: _returning(order, vehicle), TAKES_EFFECT_S, _no_effect))
        if vehicle.vehicle_class is VehicleClass.QUADPLANE and phase is FlightPhase.DELIVERING:
            wing = float(VtolState.FIXED_WING)
            yield from perform(SendCommand(vehicle.target, "return", Command.DO_VTOL_TRANSITION, wing))
    except FlightError as error:
        yield order.announce(ActionRefused, action=Action.RETURN, by=by, reason=str(error))


def _returning(order: Order, vehicle: Vehicle) -> bool:
    seq = vehicle.telemetry.mission_seq
    on_path = seq is not None and seq > order.plan.return_seq
    return on_path or vehicle.telemetry.mode in RETURNING[vehicle.vehicle_class]


def _no_effect() -> VehicleSilent:
    return VehicleSilent("return", "the vehicle acknowledged and did not turn to its return path")
