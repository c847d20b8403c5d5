"""The dispatcher: the one door to this package. The work is in the modules that its methods name."""

from collections.abc import Callable, Collection
from datetime import datetime

from dispatch import (
    control,
    fleet,
    flight_events,
    gateway_lease,
    in_flight,
    intent,
    operators,
    overriding,
    receiver,
    reconcile,
    recovery,
    relay,
    requests,
    termination,
)
from dispatch.catalogue import Catalogue, load_drone_types
from dispatch.fleet_view import FleetView
from dispatch.planner import Planner
from dispatch.planning import AirspacePlanner
from dispatch.policy import OperatorApproves, Policy
from dispatch.services import IdSource, Services, numbered_id
from dispatch.store.records import ProvedPlan
from dispatch.store.store import Store
from dispatch.values import Drone, Event, NewRequest, Request, Sortie
from flight.commands import FlightCommand
from flight.events import FlightEvent
from flight.plan import VehicleAddress
from flight.situations import Action
from geofences.airspace import Airspace
from geofences.volumes import Volume4D

MAX_EVENTS = 1000
"""Events in one answer; a reader asks again from the last one it has."""


class Dispatcher:
    """Requests in, commands out, flight events in; everything is in the store.

    All methods may be called from any thread. ``now`` is timezone-aware and comes from the caller's clock.

    Parameters
    ----------
    store
        The database.
    airspace
        Sites, and the airspace to plan in.
    policy
        Who approves; an operator unless told otherwise.
    catalogue
        Drone types; those of ``dispatch/data/drone_types.toml`` unless told otherwise.
    planner
        Plans and proves; the real thing unless told otherwise.
    new_id
        Makes identifiers; R-0001, S-0001 … unless told otherwise.
    shares_air
        Whether drones of one hub may fly at once; see `dispatch.traffic` for what is not covered then.
    two_person_termination
        Whether it takes a second person to stop the motors of a drone in flight.
    """

    def __init__(
        self,
        store: Store,
        airspace: Airspace,
        policy: Policy | None = None,
        *,
        catalogue: Catalogue | None = None,
        planner: Planner | None = None,
        new_id: IdSource = numbered_id,
        shares_air: bool = False,
        two_person_termination: bool = True,
    ) -> None:
        self._services = Services(
            store=store,
            sites=airspace.sites,
            planner=planner or AirspacePlanner(airspace),
            policy=policy or OperatorApproves(),
            catalogue=catalogue or load_drone_types(),
            new_id=new_id,
            shares_air=shares_air,
            two_person_termination=two_person_termination,
        )

    # Clinics

    def submit_request(self, new: NewRequest, actor: str, now: datetime) -> Request:
        """See `dispatch.requests.submit_request`."""
        return requests.submit_request(self._services, new, actor, now)

    def cancel_request(self, request_id: str, actor: str, now: datetime, reason: str) -> Request:
        """See `dispatch.requests.cancel_request`."""
        return requests.cancel_request(self._services, request_id, actor, now, reason)

    def confirm_receipt(self, request_id: str, actor: str, now: datetime) -> Request:
        """See `dispatch.requests.confirm_receipt`."""
        return requests.confirm_receipt(self._services, request_id, actor, now)

    def answer_pad(self, request_id: str, actor: str, now: datetime, *, clear: bool) -> Request:
        """See `dispatch.receiver.answer_pad`."""
        return receiver.answer_pad(self._services, request_id, actor, now, clear=clear)

    # Operators

    def confirm_loaded(self, request_id: str, actor: str, now: datetime) -> Request:
        """See `dispatch.requests.confirm_loaded`."""
        return requests.confirm_loaded(self._services, request_id, actor, now)

    def reject_request(self, request_id: str, actor: str, now: datetime, reason: str) -> Request:
        """See `dispatch.requests.reject_request`."""
        return requests.reject_request(self._services, request_id, actor, now, reason)

    def retry_request(self, request_id: str, actor: str, now: datetime) -> Request:
        """See `dispatch.requests.retry_request`."""
        return requests.retry_request(self._services, request_id, actor, now)

    def hand_over_request(self, request_id: str, actor: str, now: datetime, reason: str) -> Request:
        """See `dispatch.requests.hand_over_request`."""
        return requests.hand_over_request(self._services, request_id, actor, now, reason)

    def approve_sortie(self, sortie_id: str, actor: str, now: datetime) -> Sortie:
        """See `dispatch.operators.approve_sortie`."""
        return operators.approve_sortie(self._services, sortie_id, actor, now)

    def abort_sortie(self, sortie_id: str, actor: str, now: datetime, reason: str) -> Sortie:
        """See `dispatch.operators.abort_sortie`."""
        return operators.abort_sortie(self._services, sortie_id, actor, now, reason)

    def close_sortie(
        self, sortie_id: str, actor: str, now: datetime, reason: str, *, delivered: bool
    ) -> Sortie:
        """See `dispatch.operators.close_sortie`."""
        return operators.close_sortie(self._services, sortie_id, actor, now, reason, delivered=delivered)

    # Operators, in flight

    def order(
        self, sortie_id: str, action: Action, actor: str, now: datetime, reason: str | None = None
    ) -> Sortie:
        """See `dispatch.in_flight.order`."""
        return in_flight.order(self._services, sortie_id, action, actor, now, reason)

    def request_termination(self, sortie_id: str, actor: str, now: datetime, reason: str) -> Sortie:
        """See `dispatch.termination.request_termination`."""
        return termination.request_termination(self._services, sortie_id, actor, now, reason)

    def confirm_termination(self, sortie_id: str, actor: str, now: datetime) -> Sortie:
        """See `dispatch.termination.confirm_termination`."""
        return termination.confirm_termination(self._services, sortie_id, actor, now)

    def take_control(
        self, sortie_id: str, actor: str, now: datetime, *, take: bool, reason: str | None = None
    ) -> Sortie:
        """See `dispatch.control.take_control`."""
        return control.take_control(self._services, sortie_id, actor, now, take=take, reason=reason)

    def release_control(self, sortie_id: str, actor: str, now: datetime) -> Sortie:
        """See `dispatch.control.release_control`."""
        return control.release_control(self._services, sortie_id, actor, now)

    def override_preflight(self, sortie_id: str, actor: str, now: datetime, reason: str) -> Sortie:
        """See `dispatch.overriding.override_preflight`."""
        return overriding.override_preflight(self._services, sortie_id, actor, now, reason)

    # Fleet

    def register_drone(self, drone: Drone, actor: str, now: datetime) -> Drone:
        """See `dispatch.fleet.register_drone`."""
        return fleet.register_drone(self._services, drone, actor, now)

    # Clock and gateway

    def recover(self, now: datetime) -> None:
        """See `dispatch.recovery.recover`; call it once, at start, where no lease is held."""
        recovery.recover(self._services, now)

    def tick(self, now: datetime) -> None:
        """See `dispatch.reconcile.tick`; call it every second or so."""
        reconcile.tick(self._services, now)

    def handle_flight_event(self, event: FlightEvent, now: datetime) -> None:
        """See `dispatch.flight_events.handle_flight_event`. The event's own time counts, not ``now``."""
        flight_events.handle_flight_event(self._services, event)

    def hold_vehicles(
        self,
        holder: str,
        until: datetime,
        now: datetime,
        vehicles: Collection[VehicleAddress],
        known: Collection[VehicleAddress],
    ) -> frozenset[VehicleAddress]:
        """See `dispatch.gateway_lease.hold_vehicles`; call it well before ``until``, again and again."""
        return gateway_lease.hold_vehicles(self._services, holder, until, now, vehicles, known)

    def release_vehicles(self, holder: str) -> None:
        """See `dispatch.gateway_lease.release_vehicles`."""
        gateway_lease.release_vehicles(self._services, holder)

    def relay(
        self, submit: Callable[[FlightCommand], None], now: datetime, holder: str | None = None
    ) -> None:
        """See `dispatch.relay.relay`; call it after every tick and every change."""
        relay.relay(self._services, submit, now, holder)

    # Queries

    def request(self, request_id: str) -> Request:
        """Return a request; raise `dispatch.errors.NotFound`."""
        with self._services.store.reading() as uow:
            return uow.requests.get(request_id)

    def requests(self) -> list[Request]:
        """Return all requests, in the order in which they are served."""
        with self._services.store.reading() as uow:
            return uow.requests.all()

    def sortie(self, sortie_id: str) -> Sortie:
        """Return a sortie; raise `dispatch.errors.NotFound`."""
        with self._services.store.reading() as uow:
            return uow.sorties.get(sortie_id)

    def sorties(self) -> list[Sortie]:
        """Return all sorties, oldest first."""
        with self._services.store.reading() as uow:
            return uow.sorties.all()

    def plan(self, sortie_id: str) -> ProvedPlan:
        """Return what a sortie flies, with routes and certificate; raise `dispatch.errors.NotFound`."""
        with self._services.store.reading() as uow:
            return uow.sorties.plan(sortie_id)

    def intended_volumes(self, sortie_id: str, now: datetime) -> tuple[Volume4D, ...]:
        """See `dispatch.intent.intended_volumes`."""
        return intent.intended_volumes(self._services, sortie_id, now)

    def drones(self) -> list[Drone]:
        """Return the fleet, by id."""
        with self._services.store.reading() as uow:
            return uow.drones.all()

    def events(self, after_id: int = 0, limit: int = MAX_EVENTS) -> list[Event]:
        """Return the events that came after the one with this id, oldest first."""
        with self._services.store.reading() as uow:
            return uow.journal.after(after_id, min(limit, MAX_EVENTS))

    def history(self, subject_id: str) -> list[Event]:
        """Return the events of one request, sortie or drone, oldest first."""
        with self._services.store.reading() as uow:
            return uow.journal.of(subject_id)

    @property
    def fleet(self) -> FleetView:
        """The newest telemetry of each vehicle."""
        return self._services.fleet

    @property
    def catalogue(self) -> Catalogue:
        """Drone types by id."""
        return self._services.catalogue
