"""One vehicle: heartbeats, link state, message rates, telemetry, and its duty. Sans-IO."""

from flight.commands import Adopt, CancelLaunch, FlightCommand, InFlight, Launch, ReturnHome
from flight.duty import Duty
from flight.events import (
    FlightEvent,
    LinkChanged,
    LinkState,
    TelemetryUpdated,
    TextReceived,
    VehicleSnapshot,
)
from flight.protocol.codec import ReceivedFrame
from flight.protocol.heartbeat import OWN_HEARTBEAT, HeartbeatSender, HeartbeatWatch
from flight.protocol.messages import Message
from flight.protocol.rates import RateKeeper
from flight.protocol.sequence import SequenceFilter
from flight.snapshot import snapshot_of
from flight.vehicle import Vehicle

TELEMETRY_INTERVAL_S = 1.0
"""A person's eye and a map need no more."""

AUTOPILOT_COMPONENT = 1
"""``MAV_COMP_ID_AUTOPILOT1``: a gimbal's or a camera's heartbeat says nothing about the flight."""


class VehicleSession:
    """Everything that the gateway knows of one vehicle and does with it.

    Telemetry takes only what is newer than all before it; the procedures take everything, as they have to
    live with doubled and late messages anyway.
    """

    def __init__(self, vehicle: Vehicle) -> None:
        self.vehicle = vehicle
        self._duty = Duty(vehicle)
        self._events: list[FlightEvent] = []
        self._heartbeats = HeartbeatSender()
        self._watch = HeartbeatWatch()
        self._rates = RateKeeper(vehicle.target)
        self._sequence = SequenceFilter()
        self._next_telemetry: float | None = None

    def command(self, command: FlightCommand, now: float) -> None:
        """Take a command of dispatch."""
        if isinstance(command, Launch):
            self._duty.launch(command, now)
        elif isinstance(command, Adopt):
            self._duty.adopt(command, now)
        elif isinstance(command, ReturnHome):
            self._duty.return_home(command, now)
        elif isinstance(command, CancelLaunch):
            self._duty.cancel(command, now)

    def is_about(self, command: InFlight | CancelLaunch) -> bool:
        """Say whether the command means the order of this vehicle."""
        return self._duty.is_about(command)

    def receive(self, frame: ReceivedFrame, now: float) -> None:
        """Take a frame of this vehicle."""
        if frame.component_id != AUTOPILOT_COMPONENT:
            return
        self._watch.heard(now)
        is_new = self._sequence.is_new(frame.sequence, now)
        if frame.message is None:
            self._rates.receive_unwanted()
        else:
            if is_new:
                self._take_telemetry(frame.message, now)
            self._duty.receive(frame.message, now)
        self._update(now)

    def handle_timer(self, now: float) -> None:
        """Act on the time."""
        self._duty.handle_timer(now)
        self._update(now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called."""
        timers = (
            self._heartbeats.next_timer(),
            self._watch.next_timer(),
            self._rates.next_timer(),
            self._duty.next_timer(),
            self._next_telemetry,
        )
        return min((timer for timer in timers if timer is not None), default=None)

    def take_messages(self, now: float) -> list[Message]:
        """Return what is to be sent now."""
        heartbeat = [OWN_HEARTBEAT] if self._heartbeats.due(now) else []
        return [*heartbeat, *self._rates.requests(now), *self._duty.take_messages()]

    def take_events(self) -> list[FlightEvent]:
        """Return the events since the last call."""
        events = [*self._events, *self._duty.take_events()]
        self._events = []
        return events

    def snapshot(self, now: float) -> VehicleSnapshot:
        """Return the newest state."""
        order = self._duty.order if self._duty.busy else None
        sortie_id = None if order is None else order.sortie_id
        link = LinkState(self._watch.freshness.value)
        return snapshot_of(self.vehicle, link, self._duty.supervision, sortie_id, now)

    def _take_telemetry(self, message: Message, now: float) -> None:
        self._rates.receive(message, now)
        for text in self.vehicle.telemetry.receive(message, now):
            self._events.append(TextReceived(now, self.vehicle.address, text.severity, text.text))

    def _update(self, now: float) -> None:
        if self._watch.update(now):
            state = LinkState(self._watch.freshness.value)
            self._events.append(LinkChanged(now, self.vehicle.address, state))
        self._duty.supervise(now)
        if self._next_telemetry is not None and now < self._next_telemetry:
            return
        if self.vehicle.telemetry.heartbeat is not None:
            self._next_telemetry = now + TELEMETRY_INTERVAL_S
            self._events.append(TelemetryUpdated(now, self.vehicle.address, self.snapshot(now)))
