"""What one vehicle has to do: its order, the procedure under way, the supervision of its flight."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from flight.actions.return_home import return_home
from flight.commands import Adopt, CancelLaunch, InFlight, Launch, ReturnHome
from flight.errors import LaunchCancelled, PlanError
from flight.events import (
    AdoptionFailed,
    FlightAdopted,
    FlightEvent,
    FlightPhase,
    Launched,
    LaunchFailed,
)
from flight.launching.adoption import adopt
from flight.launching.arming import Arming
from flight.launching.launch import check_order, launch
from flight.order import Order
from flight.procedure import Announcement, Runner
from flight.protocol.messages import Message
from flight.supervision.flight import Baseline, Supervision
from flight.vehicle import Vehicle

HOMEWARD = (FlightPhase.RETURNING, FlightPhase.LANDING, FlightPhase.ON_GROUND)

_log = logging.getLogger(__name__)


class Duty:
    """Carries out the commands for one vehicle, one order at a time.

    Commands are idempotent by (sortie id, attempt): a second launch of a pair is ignored, and an adoption
    of the flight that is being supervised is answered again. An exception that is nobody's plan ends the
    order with an event and is logged; it never leaves this object.
    """

    def __init__(self, vehicle: Vehicle) -> None:
        self.order: Order | None = None
        self.supervision: Supervision | None = None
        self._vehicle = vehicle
        self._seen: set[tuple[str, int]] = set()
        self._arming: Arming | None = None
        self._task: Runner[bool] | None = None
        self._return: Runner[None] | None = None
        self._events: list[FlightEvent] = []

    def launch(self, command: Launch, now: float) -> None:
        """Begin a verified launch."""
        order = Order(command.sortie_id, command.attempt, command.plan)
        if order.key in self._seen:
            return
        self._seen.add(order.key)
        problem = self._problem(order)
        if problem is not None:
            self._announce(order.announce(LaunchFailed, stage="refused", reason=problem), now)
            return
        self._arming = Arming()
        self._begin(order, Runner(launch(order, self._vehicle, self._arming)), now)

    def adopt(self, command: Adopt, now: float) -> None:
        """Begin an adoption, or answer again if the flight is ours already."""
        order = Order(command.sortie_id, command.attempt, command.plan)
        if self.busy and self.order is not None and self.order.key == order.key:
            if self._task is None:
                self._announce(order.announce(FlightAdopted, plan_hash=order.plan.hash), now)
            return
        self._seen.add(order.key)
        problem = self._problem(order)
        if problem is not None:
            self._announce(order.announce(AdoptionFailed, reason=problem), now)
            return
        self._arming = None
        self._begin(order, Runner(adopt(order, self._vehicle)), now)

    def return_home(self, command: ReturnHome, now: float) -> None:
        """Turn the flight back; nothing to do if it is on its way home, or not flying."""
        supervision = self.supervision
        if supervision is None or not self.is_about(command) or supervision.phase in HOMEWARD:
            return
        if self._return is None:
            phase = supervision.phase or FlightPhase.ENROUTE
            self._return = Runner(return_home(supervision.order, self._vehicle, phase, command.by))
            self._drive(partial(self._return.start, now), now)

    def cancel(self, command: CancelLaunch, now: float) -> None:
        """Stop a launch, as long as no arm command went out."""
        if self._task is None or self._arming is None or self._arm_commanded:
            return
        if self.is_about(command):
            self._drive(partial(self._task.interrupt, LaunchCancelled(), now), now)

    def receive(self, message: Message, now: float) -> None:
        """Pass a message of the vehicle to what is under way."""
        for runner in self._runners():
            self._drive(partial(runner.receive, message, now), now)

    def handle_timer(self, now: float) -> None:
        """Pass the time to what is under way."""
        for runner in self._runners():
            self._drive(partial(runner.handle_timer, now), now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called."""
        timers = (runner.next_timer() for runner in self._runners())
        return min((timer for timer in timers if timer is not None), default=None)

    def supervise(self, now: float) -> None:
        """Look at the flight, if there is one."""
        if self.supervision is None:
            return
        try:
            for announcement in self.supervision.update(now):
                self._announce(announcement, now)
        except Exception:
            _log.exception(
                "supervision of %s failed; it goes on with the next message", self._vehicle.address
            )

    def take_messages(self) -> list[Message]:
        """Return the messages to send, and forget them."""
        return [message for runner in self._runners() for message in runner.take_messages()]

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

    @property
    def _arm_commanded(self) -> bool:
        return self._arming is not None and self._arming.commanded_at is not None

    def _problem(self, order: Order) -> str | None:
        try:
            check_order(order, self._vehicle)
        except PlanError as error:
            return str(error)
        if self.busy and self.order is not None:
            return f"{self._vehicle.address} is busy with sortie {self.order.sortie_id}"
        return None

    def _runners(self) -> list[Runner[Any]]:
        return [runner for runner in (self._task, self._return) if runner is not None]

    def _begin(self, order: Order, runner: Runner[bool], now: float) -> None:
        self.order, self.supervision, self._task = order, None, runner
        self._drive(partial(runner.start, now), now)

    def _drive(self, call: Callable[[], None], now: float) -> None:
        """Let a runner go on, take its events, and see whether it is over."""
        try:
            call()
        except Exception as error:
            _log.exception("a procedure of %s failed", self._vehicle.address)
            self._broken(error, now)
        for runner in self._runners():
            self._events.extend(runner.take_events())
        if self._task is not None and self._task.done:
            self._finish(flying=bool(self._task.value))
        if self._return is not None and self._return.done:
            self._return = None

    def _finish(self, *, flying: bool) -> None:
        self._task = None
        if flying and self.order is not None:
            self.supervision = Supervision(self.order, self._vehicle, self._baseline())

    def _baseline(self) -> Baseline:
        """Return the energy counter at take-off; after an adoption nobody knows it."""
        return Baseline(self._vehicle.telemetry.energy_used_wh if self._arm_commanded else None)

    def _broken(self, error: Exception, now: float) -> None:
        """End an order that broke, by what the vehicle does and not by what we wanted."""
        order, task = self.order, self._task
        if order is None or task is None or not task.done:
            return
        if self._arm_commanded and self._vehicle.telemetry.armed:
            self._announce(order.announce(Launched), now)
            self._finish(flying=True)
        else:
            self._announce(order.announce(LaunchFailed, stage="internal error", reason=repr(error)), now)

    def _announce(self, announcement: Announcement, now: float) -> None:
        self._events.append(announcement(now))
