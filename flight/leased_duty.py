"""What is done about one vehicle, as far as the lease allows: its duty, and a watch for strangers."""

from math import inf

from flight.commands import Adopt, CancelLaunch, FlightCommand, InFlight, Launch, Upload
from flight.duty import Duty
from flight.events import FlightEvent
from flight.launching.stranger import StrangerWatch
from flight.lease import Lease, refusal
from flight.order import Order
from flight.protocol.messages import Message
from flight.protocol.wanted import FLIGHT, GROUND, PREFLIGHT
from flight.supervision.flight import Supervision
from flight.vehicle import Vehicle

SUPERVISION_INTERVAL_S = 1.0
"""25 m at the fastest; nearly every alert has to hold for 2 s anyway. A change of mode, item or arming moves
the stages of a flight without delay."""


class LeasedDuty:
    """Passes on commands, messages and time to what is under way with a vehicle, and looks at its flight.

    ``timer`` is when `handle_timer` wants to be called. Every procedure has a timer while it is under way,
    so that nothing waits for ever: without one there is nobody to pass a message to.
    """

    def __init__(self, vehicle: Vehicle, duty: Duty, lease: Lease) -> None:
        self.timer = inf
        self.lease = lease
        self._vehicle = vehicle
        self._duty = duty
        self._stranger = StrangerWatch(vehicle)
        self._refused: set[tuple[str, int]] = set()
        self._events: list[FlightEvent] = []
        self._procedure_timer = inf
        self._supervise_at = inf
        self._supervised_at = -inf

    @property
    def order(self) -> Order | None:
        """The newest order of this vehicle."""
        return self._duty.order

    @property
    def sortie_id(self) -> str | None:
        """The sortie that is being carried out."""
        return self._duty.order.sortie_id if self._duty.order is not None and self._duty.busy else None

    @property
    def rate_phase(self) -> str:
        """Which messages are needed now: one of the names in `flight.protocol.wanted.PHASES`."""
        if self._vehicle.telemetry.armed:
            return FLIGHT
        if not self._duty.busy:
            return GROUND
        return PREFLIGHT if self._duty.supervision is None else FLIGHT

    @property
    def supervision(self) -> Supervision | None:
        """The supervision of the flight under way, or of the last one."""
        return self._duty.supervision

    def grant(self, until: float, now: float) -> None:
        """Take the right to command up to a time; a gap since the last one mutes what is under way."""
        self._settle(now)
        self.lease.grant(until)
        self.timer = min(self.timer, self.lease.timer)

    def command(self, command: FlightCommand, now: float) -> None:
        """Take a command of dispatch; without a lease refuse it, and what would write a plan for good."""
        key = (command.sortie_id, command.attempt)
        if isinstance(command, Adopt) and self.lease.is_muted(now):
            self._duty.abandon_action("the right to command this vehicle was lost meanwhile", now)
            self._settle(now)
        refused = None if self.lease.holds(now) else refusal(command, self._vehicle.address, now)
        if refused is not None:
            self._events.append(refused)
            if isinstance(command, Launch | Upload):
                self._refused.add(key)
        elif key not in self._refused:
            self._duty.command(command, now)
        self._settle(now)

    def is_about(self, command: InFlight | CancelLaunch) -> bool:
        """Say whether the command means the order of this vehicle."""
        return self._duty.is_about(command)

    def receive(self, message: Message, now: float) -> bool:
        """Pass a message on to what is under way; say whether there is anything."""
        if self._procedure_timer == inf:
            return False
        self._duty.receive(message, now)
        self._stranger.receive(message, now)
        self._settle(now)
        return True

    def handle_timer(self, now: float) -> None:
        """Pass the time on."""
        self._stranger.update(now, is_known=self._duty.busy or not self.lease.holds(now))
        self._duty.handle_timer(now)
        self._stranger.handle_timer(now)
        self._settle(now)
        if now >= self._supervise_at:
            self.supervise(now)

    def supervise(self, now: float) -> None:
        """Look at the flight now, unless that was just done, and again in a second."""
        if self._supervise_at < inf and now > self._supervised_at:
            self._supervised_at = now
            self._supervise_at = now + SUPERVISION_INTERVAL_S
            self._duty.supervise(now)
            self._settle(now)

    def take_messages(self, now: float) -> list[Message]:
        """Return the messages to send; without a lease they are dropped."""
        messages = [*self._duty.take_messages(), *self._stranger.take_messages()]
        return messages if self.lease.holds(now) else []

    def take_events(self) -> list[FlightEvent]:
        """Return the events since the last call."""
        events, self._events = self._events, []
        return [*events, *self._duty.take_events(), *self._stranger.take_events()]

    def _settle(self, now: float) -> None:
        """Note when what is under way wants to go on, and whether it may."""
        duty, stranger = self._duty.next_timer(), self._stranger.next_timer()
        self._procedure_timer = min(inf if duty is None else duty, inf if stranger is None else stranger)
        if not self._duty.busy:
            self._supervise_at = inf
        elif self._supervise_at == inf:
            self._supervise_at = now
        self.lease.update(now, is_working=self._procedure_timer < inf)
        self.timer = min(self._procedure_timer, self._supervise_at, self.lease.timer)
