"""Blocking calls on top of a gateway that runs in another thread."""

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from flight.commands import Adopt, Divert, Hold, InFlight, LandNow, Launch, Resume, ReturnHome, Upload
from flight.drivers.asking import Asking
from flight.drivers.doing import Doing
from flight.drivers.driver import ACTION_S, ADOPTION_S, LAUNCH_S, UPLOAD_S
from flight.drivers.engine import Engine
from flight.drivers.mailbox import Mailbox
from flight.errors import LocalFlightError, PlanError, VehicleSilent
from flight.events import (
    ActionRefused,
    ActionTaken,
    AdoptionFailed,
    FlightAdopted,
    FlightEvent,
    Landed,
    Launched,
    LaunchFailed,
    PlanVerified,
    SortieEvent,
    TelemetryUpdated,
    UploadFailed,
    VehicleSnapshot,
)
from flight.plan import FlightPlan, VehicleAddress, VehicleClass
from flight.transports.clock import Clock

HEARTBEAT_S = 30.0
"""A vehicle that is switched on sends one a second; this is also the answer to a wrong address."""


class GatewayDriver:
    """A `Driver` of the vehicle of one engine; ``by`` is the name that events give to who flies it.

    ``engine_of`` starts the engine, which puts its events into the mailbox that it is given.
    """

    def __init__(
        self,
        address: VehicleAddress,
        vehicle_class: VehicleClass,
        clock: Clock,
        by: str,
        engine_of: Callable[[Mailbox], Engine],
    ) -> None:
        self.address = address
        self._vehicle_class = vehicle_class
        self._clock = clock
        self._mailbox = Mailbox(clock)
        self._by = by
        self._attempt = 0
        self._doing = Doing(vehicle_class)
        self._noted = self._mailbox.open(lambda event: isinstance(event, SortieEvent))
        self._unread = self._mailbox.open(lambda event: not isinstance(event, TelemetryUpdated))
        self._engine = engine_of(self._mailbox)
        self._asking = Asking(self._engine, self._mailbox, clock)

    def await_vehicle(self, timeout_s: float) -> None:
        """Wait for the first heartbeat; close and raise VehicleSilent if none comes."""
        until = self._clock.now() + timeout_s
        with self._mailbox.reader(lambda event: isinstance(event, TelemetryUpdated)) as queue:
            while self._engine.snapshot().mode is None:
                if self._mailbox.take(queue, until) is None:
                    self.close()
                    raise not_heard(self.address, timeout_s)

    def state(self) -> VehicleSnapshot:
        """Return what is known of the vehicle now."""
        self._mailbox.check()
        return self._engine.snapshot()

    def upload(self, plan: FlightPlan, timeout_s: float = UPLOAD_S) -> str:
        """Put a plan on board, read it back and compare; return its hash. Nothing is armed."""
        command = Upload(plan.sortie_id, self._next_attempt(plan), plan)
        event = self._asking.ask(command, (PlanVerified, UploadFailed), "upload", timeout_s)
        if isinstance(event, UploadFailed):
            raise self._asking.error_of(event.stage, event.reason)
        return plan.hash

    def launch(
        self, plan: FlightPlan, airspace_version: str | None = None, timeout_s: float = LAUNCH_S
    ) -> None:
        """Carry out a verified launch: upload, read back, compare, preflight, arm, start."""
        command = Launch(plan.sortie_id, self._next_attempt(plan), plan, airspace_version)
        event = self._asking.ask(command, (Launched, LaunchFailed), "launch", timeout_s)
        if isinstance(event, LaunchFailed):
            raise self._asking.error_of(event.stage, event.reason)

    def adopt(self, plan: FlightPlan, timeout_s: float = ADOPTION_S) -> None:
        """Take over a flight under way, of an earlier run of the script, if this plan is the one on board."""
        command = Adopt(plan.sortie_id, self._next_attempt(plan), plan)
        event = self._asking.ask(
            command, (FlightAdopted, AdoptionFailed, LaunchFailed), "adoption", timeout_s
        )
        if isinstance(event, AdoptionFailed | LaunchFailed):
            raise self._asking.error_of("adoption", event.reason)

    def hold(self, timeout_s: float = ACTION_S) -> None:
        """Stop in the air, for a limited time; then the flight returns by itself."""
        self._act(Hold, timeout_s)

    def resume(self, timeout_s: float = ACTION_S) -> None:
        """End a hold; fly on as planned."""
        self._act(Resume, timeout_s)

    def return_home(self, timeout_s: float = ACTION_S) -> None:
        """Fly home by the return path of the plan."""
        self._act(ReturnHome, timeout_s)

    def divert(self, timeout_s: float = ACTION_S) -> str:
        """Fly to the certified divert site of this leg; return its id."""
        return self._act(Divert, timeout_s).site_id or ""

    def land(self, timeout_s: float = ACTION_S) -> None:
        """Begin to land here, whatever is below."""
        self._act(LandNow, timeout_s)

    def events(self, timeout_s: float) -> Iterator[FlightEvent]:
        """Yield what has happened and what happens, each once, up to and with the landing of a flight."""
        until = self._clock.now() + timeout_s
        while (event := self._mailbox.take(self._unread, until)) is not None:
            yield event
            if isinstance(event, Landed):
                return
        raise self._asking.late("flight", timeout_s)

    def close(self) -> None:
        """End all threads and let go of the vehicle; a second time does nothing."""
        self._engine.stop()
        self._mailbox.end(LocalFlightError(f"the driver of {self.address} is closed; make another one"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _next_attempt(self, plan: FlightPlan) -> int:
        """Count what is about a plan; raise PlanError if it is not for this vehicle."""
        if plan.vehicle != self.address:
            raise PlanError(f"the plan is for {plan.vehicle} and not for {self.address}")
        if plan.vehicle_class is not self._vehicle_class:
            raise PlanError(f"the plan is for a {plan.vehicle_class}, and this is a {self._vehicle_class}")
        self._attempt += 1
        return self._attempt

    def _act(self, kind: type[InFlight], timeout_s: float) -> ActionTaken:
        """Ask for an action and see it done; one that was done before, and still lasts, is not asked for."""
        self._mailbox.check()
        sortie, action = self._current(), kind.action
        lasting = self._doing.already(action, self._engine.snapshot().mode)
        if lasting is not None:
            return lasting
        command = kind(*sortie, by=self._by)
        event = self._asking.ask(command, (ActionTaken, ActionRefused, Landed), action, timeout_s)
        if isinstance(event, ActionTaken):
            return event
        if isinstance(event, ActionRefused):
            raise self._asking.error_of(action, event.reason)
        raise LocalFlightError(f"{action}: the vehicle has landed meanwhile")

    def _current(self) -> tuple[str, int]:
        """Return the flight under way."""
        while self._noted:
            self._doing.note(self._noted.popleft())
        if self._doing.sortie is None:
            raise LocalFlightError(f"{self.address} flies nothing of ours; launch a plan first")
        return self._doing.sortie


def not_heard(address: VehicleAddress, timeout_s: float) -> VehicleSilent:
    """Return the error for a vehicle that never sent a heartbeat."""
    reason = f"no heartbeat from {address} in {timeout_s:.0f} s; switch it on, or correct link and system id"
    return VehicleSilent("connection", reason)
