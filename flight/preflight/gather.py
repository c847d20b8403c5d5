"""Asking the vehicle for everything that preflight wants to know and telemetry does not bring."""

from flight.errors import RemoteFlightError
from flight.plan import FlightPlan, VehicleClass
from flight.preflight.ask import AskMessage
from flight.preflight.facts import Facts, Signing
from flight.preflight.probe import ProbeSigning
from flight.procedure import Procedure, perform
from flight.protocol.messages import AutopilotVersion, FenceStatus, Wind
from flight.protocol.parameters import EnsureParameter
from flight.vehicle import Vehicle
from flight.vehicles.parameters import REQUIRED, names_of

AUTOPILOT_VERSION_ID = 148
FENCE_STATUS_ID = 162
WIND_ID = 168


def gather(plan: FlightPlan, vehicle: Vehicle, airspace_version: str | None) -> Procedure[Facts]:
    """Ask for everything; what the vehicle does not tell in time is ``None``. Nothing is written to it.

    The wind goes to the telemetry, where newer ones follow it.
    """
    target = vehicle.target
    yield from perform(AskMessage(target, Wind, WIND_ID))
    return Facts(
        airspace_version=airspace_version,
        version=(yield from perform(AskMessage(target, AutopilotVersion, AUTOPILOT_VERSION_ID))),
        fence=(yield from perform(AskMessage(target, FenceStatus, FENCE_STATUS_ID))),
        parameters=(yield from _differing_parameters(plan, vehicle)),
        signing=(yield from _signing(vehicle)),
    )


def _differing_parameters(plan: FlightPlan, vehicle: Vehicle) -> Procedure[tuple[str, ...]]:
    differing: list[str] = []
    for name, value in plan.parameters:
        look = EnsureParameter(vehicle.target, "parameters", names_of(name), value, write=False)
        try:
            yield from perform(look)
        except RemoteFlightError as error:
            differing.append(error.reason + _purpose(name, vehicle.vehicle_class))
    return tuple(differing)


def _purpose(name: str, vehicle_class: VehicleClass) -> str:
    """Return what a parameter is for, in brackets; nothing where only the plan wants it."""
    return next((f" ({each.reason})" for each in REQUIRED[vehicle_class] if each.name == name), "")


def _signing(vehicle: Vehicle) -> Procedure[Signing]:
    if not vehicle.signed:
        return Signing.NO_KEY
    return (yield from perform(ProbeSigning(vehicle.target)))
