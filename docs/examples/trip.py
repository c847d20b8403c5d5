"""A proved round trip for the scripts beside this file: 1 kg from Fukue Port to the clinic of Hisaka."""

from datetime import UTC, datetime

from dispatch.assign import Errand
from dispatch.catalogue import load_drone_types
from dispatch.planning import AirspacePlanner
from dispatch.values import Drone, TemperatureClass
from flight.plan import FlightPlan, VehicleAddress
from geofences.loading import load_airspace

ERRAND = Errand(1.0, TemperatureClass.AMBIENT, origin_pad_id="FKP", destination_pad_id="HSC-S")


def hisaka_trip(vehicle: VehicleAddress) -> FlightPlan:
    """Plan in the airspace of the Goto Islands, prove, and compile for one copter."""
    copter = load_drone_types()["copter"]
    planner = AirspacePlanner(load_airspace())
    trip = planner.propose(copter, ERRAND, departure=datetime(2027, 1, 15, 1, tzinfo=UTC))
    drone = Drone("C1", copter.id, vehicle, base_site_id="FKP")
    return planner.prepare("script-1", drone, copter, trip, copter.battery_wh, ERRAND.mass_kg).flight_plan
