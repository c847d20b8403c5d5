"""A proved round trip of about 4 km each way past an islet, with a third pad off the way, for both classes.

Home lies at x = -2000 m and the destination at 2000 m, with gates 600 m before them. On the way an islet is
to be passed at 300 m, so that each way has corners in the open sea. From the first ones the pad of DIVERT,
north of the islet, is nearer than both others: the way out diverts there, and to the destination later.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from shapely import Polygon

from api.soak.airspace import goto
from flight.plan import FlightPlan, VehicleAddress, VehicleClass
from flight.vehicles.compile import compile_plan
from flight.vehicles.task import Task
from geofences.airspace import Airspace
from geofences.certificate import certify
from geofences.performance import FlightPhase, Performance
from geofences.projection import LocalProjection
from geofences.round_trip import plan_round_trip
from geofences.route import Certificate, Route, route_digest
from geofences.values import ApproachSector, Island, Site

ADDRESS = VehicleAddress("udp:127.0.0.1:14550", 1)
HOME, DESTINATION, DIVERT = "HOME", "DESTINATION", "DIVERT"
PAD_AMSL_M = 4.0
STOP_S = {VehicleClass.COPTER: 40.0, VehicleClass.QUADPLANE: 130.0}
HOVER_W = {VehicleClass.COPTER: 900.0, VehicleClass.QUADPLANE: 1900.0}
CRUISE_W = {VehicleClass.COPTER: 900.0, VehicleClass.QUADPLANE: 430.0}
AVAILABLE_WH = 900.0
DEPARTURE = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
MAP = LocalProjection.for_goto()

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Power:
    """Draws one power in cruise and another one in every other phase, with any payload."""

    cruise_w: float
    hover_w: float

    def power_w(self, phase: FlightPhase, payload_kg: float) -> float:
        """Return the power."""
        return self.cruise_w if phase is FlightPhase.CRUISE else self.hover_w


@dataclass(frozen=True)
class ProvedTrip:
    """A round trip with its certificate, ready to be compiled."""

    vehicle_class: VehicleClass
    airspace: Airspace
    way_out: Route
    way_home: Route
    certificate: Certificate

    def task(self, **changes: Any) -> Task:
        """Return what a plan is compiled from; ``changes`` are its further fields."""
        fields: dict[str, Any] = {
            "sortie_id": "S1",
            "vehicle": ADDRESS,
            "vehicle_class": self.vehicle_class,
            "way_out": self.way_out,
            "way_home": self.way_home,
            "certificate": self.certificate,
            "airspace": self.airspace,
        }
        return Task(**{**fields, **changes})

    def compiled(self, **changes: Any) -> FlightPlan:
        """Return the flight plan."""
        return compile_plan(self.task(**changes))


@cache
def divert_plan(vehicle_class: VehicleClass, vehicle: VehicleAddress = ADDRESS) -> FlightPlan:
    """Return the plan for a vehicle of a class that stands at the home pad."""
    return proved_trip(vehicle_class).compiled(vehicle=vehicle)


@cache
def proved_trip(vehicle_class: VehicleClass) -> ProvedTrip:
    """Return the round trip of a class past the islet, planned and proved."""
    return prove(islets(), vehicle_class, HOME, DESTINATION)


@cache
def goto_trip(vehicle_class: VehicleClass = VehicleClass.QUADPLANE) -> ProvedTrip:
    """Return a round trip of 37 km each way through the real Goto Islands."""
    return prove(goto(), vehicle_class, "FKP", "SGP")


def prove(airspace: Airspace, vehicle_class: VehicleClass, origin: str, destination: str) -> ProvedTrip:
    """Plan and prove a round trip."""
    performance, stop_s = performance_of(vehicle_class), STOP_S[vehicle_class]
    way_out, way_home = plan_round_trip(
        airspace,
        origin,
        destination,
        performance=performance,
        departure=DEPARTURE,
        stop_s=stop_s,
        start_window_s=600.0,
    )
    certificate = certificate_of(airspace, vehicle_class, way_out, way_home)
    return ProvedTrip(vehicle_class, airspace, way_out, way_home, certificate)


def certificate_of(
    airspace: Airspace, vehicle_class: VehicleClass, way_out: Route, way_home: Route
) -> Certificate:
    """Prove a round trip."""
    return certify(
        airspace,
        way_out,
        way_home,
        energy_available_wh=AVAILABLE_WH,
        reserve_fraction=0.3,
        stop_energy_wh=HOVER_W[vehicle_class] * STOP_S[vehicle_class] / 3600.0,
        performance=performance_of(vehicle_class),
    )


def with_stop(trip: ProvedTrip, stop_s: float) -> ProvedTrip:
    """Return a trip that stays longer at the destination, without a new proof."""
    starts_at = trip.way_out.departure + timedelta(seconds=trip.way_out.duration_s + stop_s)
    way_home = replace(trip.way_home, departure=starts_at)
    certificate = replace(trip.certificate, route_digest=route_digest(trip.way_out, way_home))
    return replace(trip, way_home=way_home, certificate=certificate)


@cache
def islets() -> Airspace:
    """Return the airspace: the islet to be passed, and one for each pad."""
    sites = (
        _site(HOME, (-2000.0, 0.0), bearing_deg=90.0),
        _site(DESTINATION, (2000.0, 0.0), bearing_deg=270.0),
        _site(DIVERT, (-850.0, 1150.0), bearing_deg=180.0),
    )
    boxes = {
        "MIDDLE": (-750.0, -50.0, -650.0, 50.0),
        "WEST": (-2100.0, -50.0, -2000.0, 50.0),
        "EAST": (2000.0, -50.0, 2100.0, 50.0),
        "NORTH": (-900.0, 1150.0, -800.0, 1250.0),
    }
    islands = tuple(Island(name, name, name, True, _in_degrees(box)) for name, box in boxes.items())
    boundary = _in_degrees((-4000.0, -4000.0, 4000.0, 4000.0))
    return Airspace(islands, (), (), {each.id: each for each in sites}, boundary)


def performance_of(vehicle_class: VehicleClass) -> Performance:
    """Return the speeds and powers of a class."""
    is_copter = vehicle_class is VehicleClass.COPTER
    return Performance(
        cruise_speed_m_s=12.0 if is_copter else 25.0,
        climb_rate_m_s=2.5,
        descent_rate_m_s=1.5,
        power=Power(CRUISE_W[vehicle_class], HOVER_W[vehicle_class]),
        payload_kg=1.0,
        turn_radius_m=0.0 if is_copter else 120.0,
    )


def _site(site_id: str, place_m: tuple[float, float], bearing_deg: float) -> Site:
    return Site(
        id=site_id,
        kind="port",
        name_ja=site_id,
        name_en=site_id,
        island="",
        position=MAP.position_from_local(*place_m),
        elevation_amsl_m=PAD_AMSL_M,
        uncertainty_m=0.0,
        is_hub=site_id == HOME,
        approach=ApproachSector(bearing_deg, 600.0, 110.0),
        pad_site_id=None,
        road_km=None,
        note_ja="",
        note_en="",
        source="test",
    )


def _in_degrees(box: Box) -> Polygon:
    west, south, east, north = box
    corners = [(west, south), (east, south), (east, north), (west, north)]
    places = [MAP.position_from_local(*corner) for corner in corners]
    return Polygon([(each.longitude_deg, each.latitude_deg) for each in places])
