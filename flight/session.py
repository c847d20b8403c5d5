"""One vehicle: its links, what is asked of it, its telemetry, and what is done about it. Sans-IO."""

from math import inf

from flight.commands import CancelLaunch, FlightCommand, InFlight
from flight.events import (
    FlightEvent,
    LinkChanged,
    LinkMoved,
    LinkSwitched,
    TelemetryUpdated,
    TextReceived,
    VehicleSnapshot,
)
from flight.leased_duty import LeasedDuty
from flight.link_state import LinkState
from flight.links.link import VehicleLink
from flight.links.seal import Seal
from flight.order import Order
from flight.outgoing import Addressed, Outgoing
from flight.protocol.addressing import is_for
from flight.protocol.codec import ReceivedFrame
from flight.protocol.messages import Heartbeat, HighLatency2, Message, MissionCurrent, TimeSync
from flight.protocol.sequence import DoubleFilter
from flight.snapshot import snapshot_of
from flight.station import Station
from flight.supervision.flight import Supervision
from flight.vehicle import Vehicle

TELEMETRY_INTERVAL_S = 1.0
"""A person's eye and a map need no more."""

TURNING_POINTS = frozenset({Heartbeat, HighLatency2, MissionCurrent})
"""The messages that tell mode, item and arming."""


class VehicleSession:
    """Everything that the gateway knows of one vehicle and does with it.

    Telemetry takes only what came over the link in use and is newer than all before it; the procedures take
    everything but exact copies, as they have to live with late messages anyway. ``stirred`` says that
    there may be something to send or to tell, or another timer.
    """

    def __init__(
        self,
        vehicle: Vehicle,
        station: Station,
        duty: LeasedDuty,
        *,
        seal: Seal | None = None,
        may_move: bool = False,
    ) -> None:
        self.vehicle = vehicle
        self.seal = seal
        self.may_move = may_move
        self.stirred = True
        self.doubles = 0
        self._station = station
        self._duty = duty
        self._links = vehicle.links
        self._outgoing = Outgoing(vehicle)
        self._copies = DoubleFilter() if len(self._links.links) > 1 else None
        self._events: list[FlightEvent] = []
        self._freshness = LinkState.UNKNOWN
        self._turning_point: tuple[object, ...] = ()
        self._next_telemetry = inf

    @property
    def order(self) -> Order | None:
        """The newest order of this vehicle."""
        return self._duty.order

    @property
    def supervision(self) -> Supervision | None:
        """The supervision of the flight under way, or of the last one."""
        return self._duty.supervision

    def grant(self, until: float, now: float) -> None:
        """Allow to command the vehicle up to a time."""
        self._duty.grant(until, now)

    def command(self, command: FlightCommand, now: float) -> None:
        """Take a command of dispatch."""
        self.stirred = True
        self._duty.command(command, now)

    def is_about(self, command: InFlight | CancelLaunch) -> bool:
        """Say whether the command means the order of this vehicle."""
        return self._duty.is_about(command)

    def admits(self, frame: ReceivedFrame, now: float) -> bool:
        """Say whether a frame is the vehicle's own, by its signature; each frame is asked about once."""
        return self.seal is None or self.seal.accepts(frame.raw, now)

    def accepts(self, frame: ReceivedFrame, link: VehicleLink, now: float) -> bool:
        """Say whether a frame is the vehicle's own and no copy of one that came before.

        A copy only shows that its link works, too; with a key not even that, as anybody can repeat a frame.
        It is looked for before the signature, which it would fail as a replay.
        """
        if self._copies is None or not self._copies.is_double(frame.sequence, frame.raw, now):
            return self.admits(frame, now)
        self.doubles += 1
        if self.seal is None:
            link.receive(frame, now)
            self._judge_links(now)
        return False

    def receive(self, frame: ReceivedFrame, link: VehicleLink, now: float) -> None:
        """Take a frame of this vehicle's autopilot."""
        message = frame.message
        if self._copies is not None:
            self._copies.remember(frame.sequence, frame.raw, now)
        was_satellite = link.high_latency
        is_new = link.receive(frame, now)
        self.stirred |= link.high_latency is not was_satellite
        if link.freshness is not LinkState.FRESH or link is not self._links.best:
            self._judge_links(now)
        if message is None:
            self._outgoing.rates.receive_unwanted()
        elif is_for(message, self._station.system_id, self._station.component_id):
            self._take(message, link, is_new, now)

    def moved(self, old: str, new: str, now: float) -> None:
        """Tell that the vehicle is at another address."""
        self._events.append(LinkMoved(now, self.vehicle.address, old, new))
        self.stirred = True

    def handle_timer(self, now: float) -> None:
        """Act on the time."""
        self.stirred = True
        self._judge_links(now)
        publishes = now >= self._next_telemetry
        if publishes or now >= self._duty.timer:
            self._duty.handle_timer(now)
        if publishes:
            self._duty.supervise(now)
            self._publish(now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called."""
        timer = min(self._outgoing.timer, self._duty.timer, self._next_telemetry)
        silence = self._links.next_timer()
        return timer if silence is None else min(timer, silence)

    def take_messages(self, now: float) -> list[Addressed]:
        """Return what is to be sent now, each with its link; without a lease heartbeats only."""
        commands = self._duty.take_messages(now)
        self._outgoing.rates.set_phase(self._duty.rate_phase)
        messages = self._outgoing.take(now, may_ask=self._duty.lease.holds(now))
        return messages + [(message, self._links.best) for message in commands] if commands else messages

    def take_events(self) -> list[FlightEvent]:
        """Return the events since the last call."""
        events, self._events = self._events, []
        return events + self._duty.take_events()

    def snapshot(self, now: float) -> VehicleSnapshot:
        """Return the newest state."""
        return snapshot_of(self.vehicle, self._freshness, self._duty.supervision, self._duty.sortie_id, now)

    def _take(self, message: Message, link: VehicleLink, is_new: bool, now: float) -> None:
        kind = type(message)
        if kind is TimeSync:
            self._take_time(message, link, now)
        elif is_new and link is self._links.best:
            self._outgoing.rates.receive(message, now)
            for text in self.vehicle.telemetry.receive(message, now):
                self._events.append(TextReceived(now, self.vehicle.address, text.severity, text.text))
                self.stirred = True
        if self._duty.receive(message, now):
            self.stirred = True
        if kind in TURNING_POINTS:
            self._look_at_turning_point(now)

    def _take_time(self, message: Message, link: VehicleLink, now: float) -> None:
        if isinstance(message, TimeSync):
            self._outgoing.take_time(message, link, now)
            self.stirred = True

    def _look_at_turning_point(self, now: float) -> None:
        """Look at the flight at once if mode, item or arming changed, and tell of the first heartbeat."""
        telemetry = self.vehicle.telemetry
        found = (telemetry.armed, telemetry.mode, telemetry.mission_seq)
        if found != self._turning_point:
            self._turning_point = found
            self.stirred = True
            self._duty.supervise(now)
            if self._next_telemetry == inf and telemetry.heartbeat is not None:
                self._publish(now)

    def _judge_links(self, now: float) -> None:
        left = self._links.update(now)
        if left is not None:
            self._events.append(LinkSwitched(now, self.vehicle.address, left.name, self._links.best.name))
            self.stirred = True
        if self._links.freshness is not self._freshness:
            self._freshness = self._links.freshness
            self._events.append(LinkChanged(now, self.vehicle.address, self._freshness))
            self.stirred = True

    def _publish(self, now: float) -> None:
        self._next_telemetry = now + TELEMETRY_INTERVAL_S
        self._events.append(TelemetryUpdated(now, self.vehicle.address, self.snapshot(now)))
