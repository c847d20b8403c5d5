"""One vehicle of a recording: its telemetry again, and what the supervision says to it."""

from collections.abc import Iterator

from flight.errors import PlanError
from flight.events import FlightEvent, LinkChanged, TextReceived
from flight.link_state import LinkState
from flight.order import Order
from flight.plan import FlightPlan
from flight.protocol.codec import ReceivedFrame
from flight.protocol.messages import Heartbeat, Message
from flight.records.lists import RecordedLists
from flight.records.notices import ArmedSeen, DisarmedSeen, ModeSeen, PlanFound, PlanMissing
from flight.records.recovered_plan import recovered_plan
from flight.supervision.flight import Supervision
from flight.supervision.observer import Baseline
from flight.vehicle import Vehicle


class RecordedVehicle:
    """Follows one vehicle through a recording.

    Parameters
    ----------
    vehicle
        Its address and class.
    plan
        What it was to fly; where it is not given, the mission in the recording has to do.
    """

    def __init__(self, vehicle: Vehicle, plan: FlightPlan | None) -> None:
        self.lists = RecordedLists()
        self._vehicle = vehicle
        self._plan = plan
        self._flights = 0
        self._supervision: Supervision | None = None
        self._freshness = LinkState.UNKNOWN
        self._mode: str | None = None
        self._armed = False
        self._missing: str | None = None

    def receive(self, frame: ReceivedFrame, now: float) -> Iterator[FlightEvent]:
        """Take a frame of the vehicle's autopilot."""
        is_new = self._vehicle.links.best.receive(frame, now)
        yield from self._look_at_link(now)
        if frame.message is not None:
            self.lists.receive(frame.message)
            if is_new:
                yield from self._take(frame.message, now)
        yield from self._look_at_flight(now)

    def look(self, now: float) -> Iterator[FlightEvent]:
        """Look at link and flight; time alone changes both."""
        yield from self._look_at_link(now)
        yield from self._look_at_flight(now)

    def _look_at_link(self, now: float) -> Iterator[FlightEvent]:
        self._vehicle.links.update(now)
        if self._vehicle.links.freshness is not self._freshness:
            self._freshness = self._vehicle.links.freshness
            yield LinkChanged(now, self._vehicle.address, self._freshness)

    def _look_at_flight(self, now: float) -> Iterator[FlightEvent]:
        if self._supervision is not None:
            yield from (announcement(now) for announcement in self._supervision.update(now))

    @property
    def component_id(self) -> int:
        """Which component of the system flies it: a camera's frames say nothing of the flight."""
        return self._vehicle.address.component_id

    @property
    def is_lost(self) -> bool:
        """Say whether nothing will change before the vehicle is heard again."""
        return self._freshness in (LinkState.LOST, LinkState.UNKNOWN)

    def _take(self, message: Message, now: float) -> Iterator[FlightEvent]:
        for text in self._vehicle.telemetry.receive(message, now):
            yield TextReceived(now, self._vehicle.address, text.severity, text.text)
        if isinstance(message, Heartbeat):
            yield from self._look_at_mode(now)
            yield from self._look_at_arming(now)

    def _look_at_mode(self, now: float) -> Iterator[FlightEvent]:
        mode = self._vehicle.mode_name
        if mode is not None and mode != self._mode:
            self._mode = mode
            yield ModeSeen(now, self._vehicle.address, mode)

    def _look_at_arming(self, now: float) -> Iterator[FlightEvent]:
        telemetry = self._vehicle.telemetry
        if telemetry.armed is not self._armed:
            self._armed = telemetry.armed
            if self._armed:
                self._missing = None
                yield ArmedSeen(now, self._vehicle.address)
            else:
                yield DisarmedSeen(
                    now, self._vehicle.address, telemetry.latitude_deg, telemetry.longitude_deg
                )
        if self._armed and (self._supervision is None or self._supervision.landed):
            yield from self._begin(now)

    def _begin(self, now: float) -> Iterator[FlightEvent]:
        """Begin to supervise, with the plan or with what is on board by now."""
        try:
            plan = self._plan or recovered_plan(
                self.lists, self._vehicle.address, self._vehicle.vehicle_class
            )
        except PlanError as error:
            if str(error) != self._missing:
                self._missing = str(error)
                yield PlanMissing(now, self._vehicle.address, str(error))
            return
        self._flights += 1
        order = Order(plan.sortie_id, self._flights, plan)
        self._supervision = Supervision(
            order, self._vehicle, Baseline(self._vehicle.telemetry.energy_used_wh)
        )
        yield PlanFound(now, self._vehicle.address, len(plan.mission), plan.hash)
