"""A small world for the tests of dispatch: a few sites, three drones, a planner without a map."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shapely import Point, box
from shapely.geometry.base import BaseGeometry

from dispatch.assign import Errand, RoundTrip
from dispatch.catalogue import load_drone_types, load_fleet
from dispatch.dispatcher import Dispatcher
from dispatch.flight_record import FlightRecord, flight_record
from dispatch.planning import AirspacePlanner
from dispatch.policy import Policy
from dispatch.store.records import ProvedPlan
from dispatch.store.store import Store
from dispatch.values import Drone, DroneType, NewRequest, Request, TemperatureClass, Urgency
from flight.commands import FlightCommand
from flight.events import (
    ActionTaken,
    FlightPhase,
    Landed,
    Launched,
    LaunchStarted,
    PayloadReleased,
    PhaseChanged,
    PlanVerified,
    SortieEvent,
    TelemetryUpdated,
    VehicleSnapshot,
)
from flight.link_state import LinkState
from flight.plan import FlightPlan, MissionItem
from flight.situations import Action
from geofences.airspace import Airspace
from geofences.deconflict import Reservations
from geofences.errors import CertificateError, NoRoute
from geofences.route import Certificate, Route, RouteWaypoint, route_digest
from geofences.values import ApproachSector, Position, Site
from geofences.volumes import Volume4D

NOW = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
HUB = Position(32.7, 128.8)
PLACES = {"SGP": Position(32.7283501, 128.6010499), "NRP": Position(32.8, 128.85)}
NEARER = {"SGP": 1.0, "NRP": 0.5}
"""Share of the flight time."""

FLIGHT_TIME_S = {"quadplane": 1500.0, "copter": 3000.0}
"""One way, in the fake planner."""


def site(site_id: str, *, pad: bool = True, pad_site_id: str | None = None) -> Site:
    return Site(
        id=site_id,
        kind="port" if pad else "clinic",
        name_ja=f"{site_id}港",
        name_en=site_id,
        island="Test",
        position=Position(32.7, 128.8),
        elevation_amsl_m=3.0,
        uncertainty_m=10.0,
        is_hub=site_id == "FKP",
        approach=ApproachSector(0.0, 500.0, 50.0) if pad else None,
        pad_site_id=pad_site_id,
        road_km=1.0 if pad_site_id else None,
        note_ja="崖の上にあります",
        note_en="on a cliff",
        source="test",
    )


SITES = {
    each.id: each
    for each in (
        site("FKP"),
        site("SGP"),
        site("NRP"),
        site("SGC", pad=False, pad_site_id="SGP"),
        site("GCH", pad=False, pad_site_id="FKP"),
        site("ROCK", pad=False),
    )
}

AIRSPACE = Airspace(islands=(), zones=(), corridors=(), sites=SITES, boundary=box(128.0, 32.0, 130.0, 34.0))
Q1, C1, C2 = load_fleet()
TYPES = load_drone_types()
ERRAND = Errand(1.2, TemperatureClass.COLD, "FKP", "SGP")


def new_request(**changes: Any) -> NewRequest:
    """Return a sound request, but for the changes."""
    request = NewRequest(
        items="インスリン 10本",
        mass_kg=1.2,
        temperature=TemperatureClass.COLD,
        urgency=Urgency.URGENT,
        deadline=NOW + timedelta(hours=4),
        from_site_id="GCH",
        to_site_id="SGC",
        requested_by="嵯峨島診療所",
    )
    return replace(request, **changes)


class FakePlanner:
    """Plans without a map: every way is straight and free, unless a test says otherwise."""

    def __init__(self) -> None:
        self.airspace_version = "v1"
        self.energy_wh = {"quadplane": 500.0, "copter": 600.0}
        self.blocked_by: tuple[str, ...] = ()
        self.disproof: str | None = None
        self.corridors_meet = True
        self.proposals = 0
        self.hold_seq: int | None = None
        self._on_a_plane = AirspacePlanner(AIRSPACE)

    def propose(self, drone_type: DroneType, errand: Errand, departure: datetime) -> RoundTrip:
        self.proposals += 1
        if self.blocked_by:
            raise NoRoute("the way is closed", self.blocked_by)
        one_way_s = FLIGHT_TIME_S[drone_type.id] * NEARER.get(errand.destination_pad_id, 1.0)
        return RoundTrip(
            way_out=route(errand.origin_pad_id, errand.destination_pad_id, departure, one_way_s),
            way_home=route(
                errand.destination_pad_id,
                errand.origin_pad_id,
                departure + timedelta(seconds=one_way_s),
                one_way_s,
            ),
            energy_wh=self.energy_wh[drone_type.id],
            arrives_at=departure + timedelta(seconds=one_way_s),
            duration_s=2 * one_way_s,
        )

    def separated(self, trip: RoundTrip, reserved: Reservations) -> RoundTrip:
        return self._on_a_plane.separated(trip, reserved) if self.corridors_meet else trip

    def prepare(
        self,
        sortie_id: str,
        drone: Drone,
        drone_type: DroneType,
        trip: RoundTrip,
        available_wh: float,
        mass_kg: float,
    ) -> ProvedPlan:
        if self.disproof is not None:
            raise CertificateError([self.disproof])
        proved = proved_plan(sortie_id, drone, drone_type, trip, self.airspace_version)
        return replace(proved, flight_plan=replace(proved.flight_plan, hold_seq=self.hold_seq))

    def verify(self, plan: ProvedPlan, at: datetime) -> None:
        if self.disproof is not None:
            raise CertificateError([self.disproof])

    def corridor(self, plan: ProvedPlan) -> BaseGeometry:
        if self.corridors_meet:
            return self._on_a_plane.corridor(plan)
        return Point(float(hash(plan.flight_plan.sortie_id)), 0.0).buffer(1.0)

    def volumes(
        self, plan: ProvedPlan, departure: datetime, start_window_s: float = 0.0
    ) -> tuple[Volume4D, ...]:
        volumes = self._on_a_plane.volumes(plan, departure, start_window_s)
        if self.corridors_meet:
            return volumes
        return tuple(replace(each, area=self.corridor(plan)) for each in volumes)

    def is_inside(
        self, volumes: Sequence[Volume4D], position: Position, altitude_amsl_m: float, at: datetime
    ) -> bool:
        return self._on_a_plane.is_inside(volumes, position, altitude_amsl_m, at)


def route(origin: str, destination: str, departure: datetime, duration_s: float) -> Route:
    from_place, to_place = PLACES.get(origin, HUB), PLACES.get(destination, HUB)
    altitude_m = 60.0 if to_place is not HUB else 85.0
    start = RouteWaypoint(from_place, altitude_m, 50.0, 20.1, 10.3, 25.0, 25.0)
    end = RouteWaypoint(to_place, altitude_m, 50.0, duration_s, 240.7, 25.0, 25.0)
    return Route(origin, destination, departure, (start, end), 37_012.3)


def proved_plan(
    sortie_id: str, drone: Drone, drone_type: DroneType, trip: RoundTrip, airspace_version: str
) -> ProvedPlan:
    certificate = Certificate(
        airspace_version=airspace_version,
        route_digest=route_digest(trip.way_out, trip.way_home),
        valid_from=trip.way_out.departure,
        valid_until=trip.way_out.departure + timedelta(hours=3),
        zone_clearance_m=None,
        nearest_zone_id=None,
        coast_clearance_m=204.3,
        nearest_island_id="ISLAND-000",
        energy_wh=trip.energy_wh,
        energy_available_wh=drone_type.battery_wh,
        reserve_fraction=0.3,
    )
    plan = FlightPlan(
        sortie_id=sortie_id,
        vehicle=drone.address,
        vehicle_class=drone_type.vehicle_class,
        home_latitude_e7=327_000_000,
        home_longitude_e7=1_288_000_000,
        home_amsl_m=3.0,
        mission=(
            MissionItem(16, 0),
            MissionItem(84, 3, z_m=57.1),
            MissionItem(183, 0, param1=9, param2=1900.0),
        ),
        release_seq=2,
        return_seq=2,
        fence=(MissionItem(5001, 0, param1=3.0, x_e7=327_000_001, y_e7=1_288_000_001),),
        rally=(),
        parameters=(("FS_GCS_ENABLE", 1.0), ("WP_RADIUS", 90.0)),
        airspace_version=airspace_version,
        certificate_digest=certificate.route_digest,
        planned_energy_wh=trip.energy_wh,
        planned_duration_s=trip.duration_s,
    )
    return ProvedPlan(plan, trip.way_out, trip.way_home, certificate)


def position_on_plan(plan: ProvedPlan, flown_s: float) -> Position:
    """Return where a drone is on the straight way out of the fake planner."""
    start, end = plan.way_out.waypoints
    one, other = start.position, end.position
    ends = (AIRSPACE.projection.local_from_position(each) for each in (one, other))
    flown_m = (flown_s - start.offset_s) * end.ground_speed_m_s
    part = min(1.0, max(0.0, flown_m / math.dist(*ends)))
    return Position(
        one.latitude_deg + part * (other.latitude_deg - one.latitude_deg),
        one.longitude_deg + part * (other.longitude_deg - one.longitude_deg),
    )


@dataclass
class World:
    """A dispatcher with a fake planner, a gateway that only writes down what it is sent, and a clock."""

    url: str
    policy: Policy | None = None
    planner: FakePlanner = field(default_factory=FakePlanner)
    now: datetime = NOW
    sent: list[FlightCommand] = field(default_factory=list)
    shares_air: bool = False
    two_persons: bool = True

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin again with nothing but the database, as after ``kill -9``."""
        self.store = Store(self.url)
        self.dispatcher = Dispatcher(
            self.store,
            AIRSPACE,
            self.policy,
            planner=self.planner,
            shares_air=self.shares_air,
            two_person_termination=self.two_persons,
        )
        for drone in (Q1, C1, C2):
            self.dispatcher.register_drone(drone, "test", self.now)

    def hear(self, drone: Drone, link: LinkState = LinkState.FRESH, battery: float | None = 1.0) -> None:
        snapshot = snapshot_of(drone, link, battery, self.now)
        self.dispatcher.handle_flight_event(
            TelemetryUpdated(self.now.timestamp(), drone.address, snapshot), NOW
        )

    def hear_all(self) -> None:
        for drone in (Q1, C1, C2):
            self.hear(drone)

    def tick(self, seconds: float = 1.0) -> None:
        self.now += timedelta(seconds=seconds)
        self.dispatcher.tick(self.now)

    def relay(self) -> list[FlightCommand]:
        """Relay, and return what was sent."""
        before = len(self.sent)
        self.dispatcher.relay(self.sent.append, self.now)
        return self.sent[before:]

    def submit(self, **changes: Any) -> Request:
        return self.dispatcher.submit_request(new_request(**changes), "clinic", self.now)

    def request(self, request_id: str = "R-0001") -> Request:
        return self.dispatcher.request(request_id)

    def report(self, kind: type[SortieEvent], sortie_id: str = "S-0001", **details: Any) -> None:
        """Have the gateway report on a sortie, at the present time unless told otherwise."""
        self.now += timedelta(seconds=1)
        sortie = self.dispatcher.sortie(sortie_id)
        drone = next(each for each in (Q1, C1, C2) if each.id == sortie.drone_id)
        common = {"at": self.now.timestamp(), "vehicle": drone.address, "sortie_id": sortie_id}
        event = kind(**{**common, "attempt": sortie.attempt, **details})
        self.dispatcher.handle_flight_event(event, self.now)

    def plan_and_launch(self) -> None:
        """Bring the first request as far as the order to launch, sent."""
        self.hear_all()
        self.submit()
        self.tick()
        self.dispatcher.confirm_loaded("R-0001", "operator", self.now)
        self.dispatcher.approve_sortie("S-0001", "operator", self.now)
        self.relay()

    def take_off(self) -> None:
        self.report(LaunchStarted)
        self.report(PlanVerified, plan_hash=self.dispatcher.sortie("S-0001").plan_hash)
        self.report(Launched)

    def fly_out(self) -> None:
        """Bring the first request as far as the way out."""
        self.plan_and_launch()
        self.take_off()
        self.report(PhaseChanged, phase=FlightPhase.ENROUTE)

    def order(self, action: Action, actor: str = "operator") -> list[FlightCommand]:
        """Have an operator give an order; return what goes out."""
        self.dispatcher.order("S-0001", action, actor, self.now)
        return self.relay()

    def see(self, action: Action, by: str = "operator", site_id: str | None = None) -> None:
        """Have the gateway see the drone do something."""
        self.report(ActionTaken, action=action, by=by, reason="seen", site_id=site_id)

    def record(self) -> FlightRecord:
        """Return what the events say about the flight of the first sortie."""
        return flight_record(self.dispatcher.history("S-0001"))

    def deliver(self) -> None:
        self.report(PhaseChanged, phase=FlightPhase.ENROUTE)
        self.report(PhaseChanged, phase=FlightPhase.DELIVERING)
        self.report(PayloadReleased, latitude_deg=32.728, longitude_deg=128.601)
        self.report(PhaseChanged, phase=FlightPhase.RETURNING)

    def land(
        self, *, released: bool = True, distance_from_home_m: float = 1.0, site_id: str | None = None
    ) -> None:
        self.report(
            Landed,
            latitude_deg=32.7,
            longitude_deg=128.8,
            distance_from_home_m=distance_from_home_m,
            released=released,
            energy_used_wh=480.0,
            site_id=site_id,
        )

    def event_types(self) -> list[str]:
        return [event.type for event in self.dispatcher.events()]


def snapshot_of(drone: Drone, link: LinkState, battery: float | None, now: datetime) -> VehicleSnapshot:
    return VehicleSnapshot(
        address=drone.address,
        link=link,
        at=now.timestamp(),
        armed=False,
        mode="QHOVER",
        latitude_deg=32.7,
        longitude_deg=128.8,
        altitude_amsl_m=3.0,
        altitude_above_home_m=0.0,
        heading_deg=0.0,
        ground_speed_m_s=0.0,
        battery_remaining=battery,
        energy_used_wh=0.0,
        mission_seq=0,
        phase=FlightPhase.ON_GROUND,
        sortie_id=None,
        progress=None,
        distance_to_go_m=None,
        eta_s=None,
    )
