"""One simulated vehicle and its own gateway, on a clock that others share."""

from typing import Any, TypeVar

from flight.commands import Launch
from flight.contingencies.policy import Policy
from flight.duty import Duty
from flight.events import (
    AlertRaised,
    FlightEvent,
    FlightPhase,
    LaunchFailed,
    PhaseChanged,
    TelemetryUpdated,
    TextReceived,
)
from flight.gateway import Gateway
from flight.plan import FlightPlan
from flight.situations import Situation
from flight.supervision.flight import Supervision
from simulator import Vehicle

PEER = "gateway"
ATTEMPT = 1
E = TypeVar("E", bound=FlightEvent)


class Flight:
    """A flight from its launch to its end.

    ``heard`` may be set to ``False``: then no datagram arrives, in either direction.

    Parameters
    ----------
    plan
        What it flies.
    vehicle
        The aircraft, one of a fleet.
    policy
        The settings of its gateway.
    """

    def __init__(self, plan: FlightPlan, vehicle: Vehicle, policy: Policy) -> None:
        self.plan = plan
        self.vehicle = vehicle
        self.gateway = Gateway(vehicles=[(plan.vehicle, plan.vehicle_class)], policy=policy)
        self.events: list[FlightEvent] = []
        self.heard = True
        self.now = 0.0
        self._send_at = 0.0

    def launch(self, now: float) -> None:
        """Order the launch."""
        self.gateway.command(Launch(self.plan.sortie_id, ATTEMPT, self.plan, self.plan.airspace_version), now)

    def step(self, now: float) -> None:
        """Pass on what is on its way, and let the gateway act; the fleet has been advanced to ``now``."""
        self.now = now
        link = self.plan.vehicle.link
        for data, peer in self.vehicle.send():
            if self.heard and peer == PEER:
                self.gateway.receive(data, link, now)
        self._serve()

    def command(self, command: Any) -> None:
        """Give a command to the gateway."""
        self.gateway.command(command, self.now)
        self._serve()

    def all(self, kind: type[E]) -> list[E]:
        """Return the events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def tell(self, situation: Situation) -> None:
        """Tell the gateway of a situation that its supervision has not noticed."""
        supervision, conduct = self.supervision, self._duty._conduct
        if supervision is None or supervision.phase is None or conduct is None:
            return
        alert = AlertRaised(
            self.now,
            self.plan.vehicle,
            self.plan.sortie_id,
            ATTEMPT,
            situation,
            supervision.phase,
            0.0,
            0.0,
            "",
            f"{situation} was put in",
        )
        conduct.answer(alert, self.now)
        self._serve()

    @property
    def supervision(self) -> Supervision | None:
        """What watches the flight, once it flies."""
        return self._duty.supervision

    @property
    def phase(self) -> FlightPhase | None:
        """The newest phase that was told."""
        changes = self.all(PhaseChanged)
        return changes[-1].phase if changes else None

    @property
    def failed(self) -> str | None:
        """Why the launch failed, if it did."""
        failures = self.all(LaunchFailed)
        return f"{failures[0].stage}: {failures[0].reason}" if failures else None

    @property
    def _duty(self) -> Duty:
        (session,) = self.gateway._sessions.values()
        return session._duty._duty

    def _serve(self) -> None:
        timer = self.gateway.next_timer()
        if timer is None or timer <= self.now:
            self.gateway.handle_timer(self.now)
        for data, _ in self.gateway.send(self.now):
            if self.heard:
                self.vehicle.receive(data, PEER, self.now)
        while (event := self.gateway.next_event()) is not None:
            if not isinstance(event, TelemetryUpdated | TextReceived):
                self.events.append(event)
