"""A recording played through telemetry and supervision: what happened, as events with their time."""

from collections.abc import Iterable, Iterator

from flight.events import FlightEvent
from flight.plan import FlightPlan, VehicleAddress
from flight.protocol.codec import ReceivedFrame
from flight.protocol.messages import Heartbeat
from flight.protocol.names import AUTOPILOT_ARDUPILOT
from flight.records.reader import Record
from flight.records.recorded_vehicle import RecordedVehicle
from flight.vehicle import Vehicle
from flight.vehicles.kinds import class_of

LINK = "recording"
"""The link of the vehicles' addresses, where no plan names another."""

STEP_S = 1.0
"""How often to look while the recording is silent: links are judged in seconds."""


def replay(records: Iterable[Record], plan: FlightPlan | None = None) -> Iterator[FlightEvent]:
    """Yield the events of a recording, in order.

    Parameters
    ----------
    records
        From `flight.records.reader.read_tlog`.
    plan
        What its vehicle was to fly. Else each flight is held against the mission that stands in the
        recording, as it was uploaded or read back.
    """
    vehicles: dict[int, RecordedVehicle] = {}
    before: float | None = None
    for at, frame in records:
        if before is not None:
            yield from _pass_time(vehicles.values(), before, at)
        before = at
        if frame.system_id not in vehicles:
            vehicle = _vehicle_of(frame, plan)
            if vehicle is not None:
                vehicles[frame.system_id] = RecordedVehicle(vehicle, plan)
        yield from _take(vehicles, frame, at)


def _take(vehicles: dict[int, RecordedVehicle], frame: ReceivedFrame, at: float) -> Iterator[FlightEvent]:
    sender = vehicles.get(frame.system_id)
    if sender is not None:
        if frame.component_id == sender.component_id:
            yield from sender.receive(frame, at)
        return
    receiver = vehicles.get(getattr(frame.message, "target_system", 0))
    if receiver is not None and frame.message is not None:
        receiver.lists.receive(frame.message)


def _pass_time(vehicles: Iterable[RecordedVehicle], start: float, end: float) -> Iterator[FlightEvent]:
    """Look on while nothing comes, until nothing more can change by silence."""
    now = start + STEP_S
    while now < end and not all(vehicle.is_lost for vehicle in vehicles):
        for vehicle in vehicles:
            yield from vehicle.look(now)
        now += STEP_S


def _vehicle_of(frame: ReceivedFrame, plan: FlightPlan | None) -> Vehicle | None:
    """Return the vehicle that a heartbeat tells of; ``None`` if it is a ground station or no ArduPilot."""
    heartbeat = frame.message
    if not isinstance(heartbeat, Heartbeat) or heartbeat.autopilot != AUTOPILOT_ARDUPILOT:
        return None
    vehicle_class = class_of(heartbeat.type)
    if vehicle_class is None:
        return None
    link = LINK if plan is None else plan.vehicle.link
    return Vehicle(VehicleAddress(link, frame.system_id, frame.component_id), vehicle_class)
