"""Looking things up for the routes and the live feed: values from the store joined with live telemetry."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from api import views
from api.auth import Principal
from api.flight_views import flight_out
from api.schemas import DroneOut, EventOut, RequestOut, SortieDetailOut, SortieOut
from api.service import Service
from dispatch.control import control_of
from dispatch.errors import NotFound
from dispatch.flight_record import flight_record
from dispatch.states import ENDED
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import Drone, Event, Request, Sortie
from flight.events import VehicleSnapshot
from flight.plan import VehicleAddress

PLANS_KEPT = 256
"""Plans never change once stored, and unpacking one takes a millisecond: the newest ones are kept."""


class Desk:
    """Answers questions about requests, sorties and drones. Every method is one read transaction."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.plan = lru_cache(PLANS_KEPT)(service.dispatcher.plan)

    def requests(self, principal: Principal) -> list[RequestOut]:
        """Return the requests that the principal may see, newest first."""
        with self._service.store.reading() as work:
            visible = [request for request in work.requests.all() if may_see(principal, request)]
            newest_first = sorted(visible, key=lambda each: (each.submitted_at, each.id), reverse=True)
            return [self._request_out(work, request) for request in newest_first]

    def request(self, principal: Principal, request_id: str) -> RequestOut:
        """Return a request; raise NotFound also for one that the principal may not see."""
        with self._service.store.reading() as work:
            request = work.requests.get(request_id)
            if not may_see(principal, request):
                raise NotFound("request", request_id)
            return self._request_out(work, request)

    def sorties(self, principal: Principal) -> list[SortieOut]:
        """Return the sorties that the principal may see, newest first."""
        with self._service.store.reading() as work:
            return [
                self._sortie_out(work, sortie, self._events_of(work, sortie))
                for sortie in reversed(work.sorties.all())
                if may_see(principal, work.requests.get(sortie.request_id))
            ]

    def sortie(self, principal: Principal, sortie_id: str) -> SortieDetailOut:
        """Return a sortie with its history; raise NotFound also for one that the principal may not see."""
        with self._service.store.reading() as work:
            sortie = work.sorties.get(sortie_id)
            if not may_see(principal, work.requests.get(sortie.request_id)):
                raise NotFound("sortie", sortie_id)
            events = work.journal.of(sortie_id)
            return views.sortie_detail_out(self._sortie_out(work, sortie, events), events)

    def drones(self) -> list[DroneOut]:
        """Return the fleet."""
        with self._service.store.reading() as work:
            active = {sortie.drone_id: sortie for sortie in work.sorties.active()}
            return [self._drone_out(drone, active.get(drone.id)) for drone in work.drones.all()]

    def drone_at(self, address: VehicleAddress) -> tuple[DroneOut, str | None] | None:
        """Return the drone with this address and the request that it flies for, if there is one."""
        with self._service.store.reading() as work:
            drone = work.drones.at(address)
            if drone is None:
                return None
            sortie = next((each for each in work.sorties.active() if each.drone_id == drone.id), None)
            return self._drone_out(drone, sortie), None if sortie is None else sortie.request_id

    def events(self, after: int, limit: int) -> list[EventOut]:
        """Return stored events, oldest first."""
        return [views.event_out(event) for event in self._service.dispatcher.events(after, limit)]

    def may_see_any(self, principal: Principal, request_ids: Iterable[str]) -> bool:
        """Say whether one of the requests concerns the principal."""
        with self._service.store.reading() as work:
            return any(may_see(principal, work.requests.get(request_id)) for request_id in request_ids)

    def _request_out(self, work: UnitOfWork, request: Request) -> RequestOut:
        if request.sortie_id is None:
            return views.request_out(request, None)
        sortie = work.sorties.get(request.sortie_id)
        eta, _ = views.expected_times(sortie, self.plan(sortie.id), self._snapshot_of(work, sortie))
        return views.request_out(request, eta)

    def _sortie_out(self, work: UnitOfWork, sortie: Sortie, events: Sequence[Event]) -> SortieOut:
        plan, now = self.plan(sortie.id), self._service.clock.utc()
        flight = flight_out(
            sortie,
            plan,
            flight_record(events),
            control_of(work, sortie, now),
            now,
            two_persons=self._service.settings.two_person_termination,
        )
        return views.sortie_out(sortie, plan, self._snapshot_of(work, sortie), flight)

    def _events_of(self, work: UnitOfWork, sortie: Sortie) -> Sequence[Event]:
        """Return what is known of a flight now: of one that has ended nothing, as there may be thousands."""
        return () if sortie.state in ENDED else work.journal.of(sortie.id)

    def _snapshot_of(self, work: UnitOfWork, sortie: Sortie) -> VehicleSnapshot | None:
        if sortie.state in ENDED:
            return None
        return self._service.flight.snapshots().get(work.drones.get(sortie.drone_id).address)

    def _drone_out(self, drone: Drone, sortie: Sortie | None) -> DroneOut:
        drone_type = self._service.dispatcher.catalogue[drone.type_id]
        return views.drone_out(drone, drone_type, self._service.flight.snapshots().get(drone.address), sortie)


def may_see(principal: Principal, request: Request) -> bool:
    """Say whether a request concerns the principal: operators see all, a clinic what it asked for or gets."""
    if principal.is_operator:
        return True
    return request.requested_by == principal.name or principal.site_id == request.to_site_id
