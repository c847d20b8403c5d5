"""A short proved round trip over open water, so that the contract of the drivers is flown in minutes."""

from dataclasses import replace
from functools import cache

from shapely import Polygon

from flight.plan import FlightPlan, VehicleAddress, VehicleClass
from geofences.airspace import Airspace
from geofences.values import ApproachSector, Island, Site
from simulator.values import HomePoint
from tests.flight_plans import DESTINATION, HOME, MAP, PAD_AMSL_M, ProvedTrip, prove

HALF_WAY_M = 500.0
"""Each pad from the middle; two approach sectors have to fit in between."""

APPROACH_M = 400.0

PAD_M = 50.0


@cache
def short_trip(vehicle_class: VehicleClass) -> ProvedTrip:
    """Return a round trip of 1 km each way, planned and proved."""
    return prove(_airspace(), vehicle_class, HOME, DESTINATION)


def short_plan(vehicle_class: VehicleClass, vehicle: VehicleAddress) -> FlightPlan:
    """Return its flight plan for a vehicle whose battery nobody knows.

    That of ArduPilot's own simulation is much smaller than our aircraft's: with one known, the energy
    supervision would rightly end the flight before the delivery.
    """
    return replace(short_trip(vehicle_class).compiled(vehicle=vehicle), energy_available_wh=None)


def home_pad() -> HomePoint:
    """Return where the vehicle stands."""
    place = MAP.position_from_local(-HALF_WAY_M, 0.0)
    return HomePoint(place.latitude_deg, place.longitude_deg, PAD_AMSL_M, 90.0)


def _airspace() -> Airspace:
    sites = {
        HOME: _site(HOME, -HALF_WAY_M, bearing_deg=90.0),
        DESTINATION: _site(DESTINATION, HALF_WAY_M, bearing_deg=270.0),
    }
    islands = tuple(
        Island(name, name, name, True, _square(centre_m, PAD_M))
        for name, centre_m in (("WEST", -HALF_WAY_M - PAD_M), ("EAST", HALF_WAY_M + PAD_M))
    )
    return Airspace(islands, (), (), sites, _square(0.0, 3000.0))


def _site(site_id: str, east_m: float, bearing_deg: float) -> Site:
    return Site(
        id=site_id,
        kind="port",
        name_ja=site_id,
        name_en=site_id,
        island="",
        position=MAP.position_from_local(east_m, 0.0),
        elevation_amsl_m=PAD_AMSL_M,
        uncertainty_m=0.0,
        is_hub=site_id == HOME,
        approach=ApproachSector(bearing_deg, APPROACH_M, 110.0),
        pad_site_id=None,
        road_km=None,
        note_ja="",
        note_en="",
        source="test",
    )


def _square(centre_east_m: float, half_m: float) -> Polygon:
    corners = ((-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m))
    places = [MAP.position_from_local(centre_east_m + east, north) for east, north in corners]
    return Polygon([(each.longitude_deg, each.latitude_deg) for each in places])
