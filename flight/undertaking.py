"""A launch, an upload or an adoption under way, until it is known whether the vehicle flies our plan."""

import logging
from collections.abc import Callable
from functools import partial

from flight.errors import LaunchCancelled
from flight.events import FlightEvent, Launched, LaunchFailed
from flight.launching.adoption import adopt
from flight.launching.arming import Arming
from flight.launching.launch import launch
from flight.launching.upload import upload
from flight.log_fields import log_fields
from flight.order import Order
from flight.preflight.preflight import Preflight
from flight.procedure import Announcement, Runner
from flight.protocol.messages import Message
from flight.vehicle import Vehicle

_log = logging.getLogger(__name__)


class Undertaking:
    """Runs one procedure to its end; an exception that is nobody's plan ends it with an event.

    Parameters
    ----------
    order, vehicle
        What is to be flown, and by whom.
    preflight
        The checks of a launch; ``None`` for what arms nothing.
    uploads
        Without a preflight: put the plan on board, and do not adopt a flight, which writes nothing.
    """

    def __init__(
        self, order: Order, vehicle: Vehicle, preflight: Preflight | None = None, *, uploads: bool = False
    ) -> None:
        self.order = order
        self.flying: bool | None = None
        self._vehicle = vehicle
        self._preflight = preflight
        self._arming = Arming()
        self._events: list[FlightEvent] = []
        self._writes = uploads or preflight is not None
        if preflight is not None:
            self._runner = Runner(launch(order, vehicle, self._arming, preflight))
        else:
            self._runner = Runner((upload if uploads else adopt)(order, vehicle))

    @property
    def arm_commanded(self) -> bool:
        """Say whether an arm command may have reached the vehicle."""
        return self._arming.commanded_at is not None

    def start(self, now: float) -> None:
        """Begin."""
        self._drive(partial(self._runner.start, now), now)

    def receive(self, message: Message, now: float) -> None:
        """Pass a message of the vehicle on."""
        self._drive(partial(self._runner.receive, message, now), now)

    def handle_timer(self, now: float) -> None:
        """Pass the time on."""
        self._drive(partial(self._runner.handle_timer, now), now)

    def cancel(self, now: float) -> None:
        """Stop a launch, as long as no arm command went out, or an upload."""
        if self._writes and not self.arm_commanded:
            self._drive(partial(self._runner.interrupt, LaunchCancelled(), now), now)

    def override(self, by: str, reason: str, now: float) -> None:
        """Let a launch go on that waits for a person; the next look at its checks takes it up."""
        if self._preflight is not None:
            self._preflight.override(by, reason)
            self.handle_timer(now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called."""
        return self._runner.next_timer()

    def take_messages(self) -> list[Message]:
        """Return the messages to send, and forget them."""
        return self._runner.take_messages()

    def take_events(self) -> list[FlightEvent]:
        """Return the events since the last call."""
        events, self._events = self._events, []
        return events

    def _drive(self, call: Callable[[], None], now: float) -> None:
        try:
            call()
        except Exception as error:
            _log.exception("a procedure failed", extra=log_fields(self._vehicle.address, self.order))
            self._break(error, now)
        self._events[:0] = self._runner.take_events()
        if self._runner.done and self.flying is None:
            self.flying = bool(self._runner.value)

    def _break(self, error: Exception, now: float) -> None:
        """End by what the vehicle does and not by what we wanted."""
        if not self._runner.done:
            return
        self.flying = self.arm_commanded and self._vehicle.telemetry.armed
        self._events.append(self._outcome(error)(now))

    def _outcome(self, error: Exception) -> Announcement:
        if self.flying:
            return self.order.announce(Launched)
        return self.order.announce(LaunchFailed, stage="internal error", reason=repr(error))
