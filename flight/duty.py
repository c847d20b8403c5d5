"""What one vehicle has to do: its order, the launch or adoption under way, the flight that is supervised."""

import logging

from flight.commands import Adopt, CancelLaunch, FlightCommand, InFlight, Launch, OverridePreflight, Upload
from flight.conduct import Conduct
from flight.contingencies.policy import Policy
from flight.errors import PlanError
from flight.events import (
    ActionRefused,
    AlertRaised,
    FlightAdopted,
    FlightEvent,
)
from flight.launching.launch import check_order
from flight.lease import refused
from flight.log_fields import log_fields
from flight.order import Order
from flight.preflight.preflight import Preflight
from flight.preflight.settings import PreflightSettings
from flight.protocol.messages import Message
from flight.supervision.flight import Supervision
from flight.supervision.observer import Baseline
from flight.undertaking import Undertaking
from flight.vehicle import Vehicle

_log = logging.getLogger(__name__)


class Duty:
    """Carries out the commands for one vehicle, one order at a time.

    Commands are idempotent by (sortie id, attempt): a second launch of a pair is ignored, and an adoption
    of the flight that is being supervised is answered again. A flight that is not ours is never commanded:
    without an order there is nothing that a command could be about.
    """

    def __init__(self, vehicle: Vehicle, preflight: PreflightSettings, policy: Policy) -> None:
        self.order: Order | None = None
        self.supervision: Supervision | None = None
        self._vehicle = vehicle
        self._preflight = preflight
        self._policy = policy
        self._seen: set[tuple[str, int]] = set()
        self._task: Undertaking | None = None
        self._conduct: Conduct | None = None
        self._events: list[FlightEvent] = []

    def command(self, command: FlightCommand, now: float) -> None:
        """Take a command; one about another order is out of date."""
        if isinstance(command, Launch | Upload):
            self._write(command, now)
        elif isinstance(command, Adopt):
            self._adopt(command, now)
        elif self.is_about(command):
            self._command_in_order(command, now)
        self._settle(now)

    def abandon_action(self, reason: str, now: float) -> None:
        """End the action under way, if there is one, and tell why; the flight is supervised as before."""
        if self._conduct is not None:
            self._conduct.abandon(reason, now)
        self._settle(now)

    def receive(self, message: Message, now: float) -> None:
        """Pass a message of the vehicle to what is under way."""
        for each in self._under_way():
            each.receive(message, now)
        self._settle(now)

    def handle_timer(self, now: float) -> None:
        """Pass the time to what is under way."""
        for each in self._under_way():
            each.handle_timer(now)
        self._settle(now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called; nothing while nothing is asked of the vehicle."""
        timers = (each.next_timer() for each in self._under_way())
        return min((timer for timer in timers if timer is not None), default=None)

    def supervise(self, now: float) -> None:
        """Look at the flight, if there is one, and act on what is out of the ordinary."""
        supervision, conduct = self.supervision, self._conduct
        if supervision is None or conduct is None:
            return
        try:
            for announcement in supervision.update(now):
                event = announcement(now)
                self._events.append(event)
                if isinstance(event, AlertRaised):
                    conduct.answer(event, now)
            conduct.look(now)
        except Exception:
            about = log_fields(self._vehicle.address, self.order)
            _log.exception("supervision failed; it goes on with the next message", extra=about)
        self._settle(now)

    def take_messages(self) -> list[Message]:
        """Return the messages to send, and forget them."""
        return [message for each in self._under_way() for message in each.take_messages()]

    def take_events(self) -> list[FlightEvent]:
        """Return the events since the last call."""
        events, self._events = self._events, []
        return events

    def is_about(self, command: InFlight | CancelLaunch) -> bool:
        """Say whether the command means the order of this vehicle."""
        return self.order is not None and self.order.key == (command.sortie_id, command.attempt)

    @property
    def busy(self) -> bool:
        """Say whether an order is being carried out."""
        return self._task is not None or (self.supervision is not None and not self.supervision.landed)

    def _write(self, command: Launch | Upload, now: float) -> None:
        """Begin a verified launch, or an upload."""
        order = Order(command.sortie_id, command.attempt, command.plan)
        if order.key in self._seen:
            return
        self._seen.add(order.key)
        problem = self._problem(order)
        if problem is not None:
            self._events.append(refused(command, problem, now))
        elif isinstance(command, Launch):
            preflight = Preflight(order, self._vehicle, self._preflight, command.airspace_version)
            self._begin(Undertaking(order, self._vehicle, preflight), now)
        else:
            self._begin(Undertaking(order, self._vehicle, uploads=True), now)

    def _adopt(self, command: Adopt, now: float) -> None:
        """Begin an adoption, or answer again if the flight is ours already.

        Another flight that was supervised here until now is over: another gateway had the vehicle meanwhile.
        """
        order = Order(command.sortie_id, command.attempt, command.plan)
        if self.busy and self.order is not None and self.order.key == order.key:
            if self._task is None:
                self._events.append(order.announce(FlightAdopted, plan_hash=order.plan.hash)(now))
            return
        self._seen.add(order.key)
        problem = self._problem(order, may_replace_flight=True)
        if problem is not None:
            self._events.append(refused(command, problem, now))
            return
        self._begin(Undertaking(order, self._vehicle), now)

    def _command_in_order(self, command: InFlight | CancelLaunch, now: float) -> None:
        if isinstance(command, CancelLaunch):
            if self._task is not None:
                self._task.cancel(now)
        elif isinstance(command, OverridePreflight):
            if self._task is not None:
                self._task.override(command.by, command.reason, now)
        elif self._conduct is not None and self.busy:
            self._conduct.command(command, now)
        elif self.order is not None:
            details = {"action": command.action, "by": command.by, "reason": self._idle_reason}
            self._events.append(self.order.announce(ActionRefused, **details)(now))

    @property
    def _idle_reason(self) -> str:
        """Why there is no flight that could be told to do something."""
        if self._task is not None:
            return "the vehicle is not known to be in the air yet; a launch can be cancelled"
        if self.supervision is not None:
            return "the flight is over"
        return "the vehicle is not known to fly this sortie"

    def _problem(self, order: Order, *, may_replace_flight: bool = False) -> str | None:
        try:
            check_order(order, self._vehicle)
        except PlanError as error:
            return str(error)
        is_taken = self._task is not None if may_replace_flight else self.busy
        if is_taken and self.order is not None:
            return f"{self._vehicle.address} is busy with sortie {self.order.sortie_id}"
        return None

    def _under_way(self) -> list[Undertaking | Conduct]:
        return [each for each in (self._task, self._conduct) if each is not None]

    def _begin(self, task: Undertaking, now: float) -> None:
        self.order, self.supervision, self._conduct, self._task = task.order, None, None, task
        task.start(now)

    def _settle(self, now: float) -> None:
        """Take the events of what is under way; begin to supervise what has begun to fly."""
        for each in self._under_way():
            self._events.extend(each.take_events())
        task = self._task
        if task is None or task.flying is None:
            return
        self._task = None
        if task.flying:
            self.supervision = Supervision(task.order, self._vehicle, self._baseline(task))
            self._conduct = Conduct(self.supervision, self._vehicle, self._policy)

    def _baseline(self, task: Undertaking) -> Baseline:
        """Return the energy counter at take-off; after an adoption nobody knows it."""
        return Baseline(self._vehicle.telemetry.energy_used_wh if task.arm_commanded else None)
