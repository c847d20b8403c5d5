"""Requests, sorties and drones in the database. Each class works within one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from dispatch.errors import NotFound
from dispatch.states import ENDED, RequestState
from dispatch.store import codec, convert
from dispatch.store.tables import DroneRow, RequestRow, SortiePlanRow, SortieRow
from dispatch.values import Drone, Request, Sortie
from flight.plan import FlightPlan, VehicleAddress
from geofences.route import Certificate, Route

_OLDEST_FIRST = select(SortieRow).order_by(col(SortieRow.created_at), col(SortieRow.id))
_ACTIVE = _OLDEST_FIRST.where(col(SortieRow.state).not_in([str(state) for state in ENDED]))
"""Built once: they are asked for at every tick, and building them takes longer than running them."""


@dataclass(frozen=True)
class ProvedPlan:
    """What a sortie flies, with the routes it was made from and their proof."""

    flight_plan: FlightPlan
    way_out: Route
    way_home: Route
    certificate: Certificate


class Requests:
    """The requests of the clinics."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, request_id: str) -> Request:
        """Return a request; raise NotFound."""
        row = self._session.get(RequestRow, request_id)
        if row is None:
            raise NotFound("request", request_id)
        return convert.request_from_row(row)

    def all(self, states: Iterable[RequestState] = RequestState) -> list[Request]:
        """Return the requests in the given states, in the order in which they are served."""
        wanted = col(RequestRow.state).in_([str(state) for state in states])
        rows = self._session.exec(select(RequestRow).where(wanted)).all()
        return sorted(map(convert.request_from_row, rows), key=lambda request: request.queue_key)

    def save(self, request: Request) -> None:
        """Add a request, or write it anew."""
        self._session.merge(convert.row_from_request(request))
        self._session.flush()


class Drones:
    """The fleet."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, drone_id: str) -> Drone:
        """Return a drone; raise NotFound."""
        row = self._session.get(DroneRow, drone_id)
        if row is None:
            raise NotFound("drone", drone_id)
        return convert.drone_from_row(row)

    def all(self) -> list[Drone]:
        """Return the fleet, by id."""
        rows = self._session.exec(select(DroneRow).order_by(col(DroneRow.id))).all()
        return [convert.drone_from_row(row) for row in rows]

    def at(self, address: VehicleAddress) -> Drone | None:
        """Return the drone with this address, if there is one."""
        at_address = (col(DroneRow.link) == address.link, col(DroneRow.system_id) == address.system_id)
        row = self._session.exec(select(DroneRow).where(*at_address)).one_or_none()
        return None if row is None else convert.drone_from_row(row)

    def save(self, drone: Drone) -> None:
        """Add a drone, or write it anew."""
        self._session.merge(convert.row_from_drone(drone))
        self._session.flush()


class Sorties:
    """The sorties and what each of them flies."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, sortie_id: str) -> Sortie:
        """Return a sortie; raise NotFound."""
        row = self._session.get(SortieRow, sortie_id)
        if row is None:
            raise NotFound("sortie", sortie_id)
        return convert.sortie_from_row(row)

    def all(self) -> list[Sortie]:
        """Return all sorties, oldest first."""
        return [convert.sortie_from_row(row) for row in self._session.exec(_OLDEST_FIRST).all()]

    def active(self) -> list[Sortie]:
        """Return the sorties that have not ended, oldest first."""
        return [convert.sortie_from_row(row) for row in self._session.exec(_ACTIVE).all()]

    def save(self, sortie: Sortie) -> None:
        """Add a sortie, or write it anew."""
        self._session.merge(convert.row_from_sortie(sortie))
        self._session.flush()

    def add_plan(self, sortie_id: str, plan: ProvedPlan) -> None:
        """Keep what a sortie flies; it never changes afterwards."""
        row = SortiePlanRow(
            sortie_id=sortie_id,
            flight_plan=codec.plan_to_json(plan.flight_plan),
            way_out=codec.route_to_json(plan.way_out),
            way_home=codec.route_to_json(plan.way_home),
            certificate=codec.certificate_to_json(plan.certificate),
        )
        self._session.add(row)
        self._session.flush()

    def plan(self, sortie_id: str) -> ProvedPlan:
        """Return what a sortie flies; raise NotFound."""
        row = self._session.get(SortiePlanRow, sortie_id)
        if row is None:
            raise NotFound("sortie", sortie_id)
        return ProvedPlan(
            codec.plan_from_json(row.flight_plan),
            codec.route_from_json(row.way_out),
            codec.route_from_json(row.way_home),
            codec.certificate_from_json(row.certificate),
        )
