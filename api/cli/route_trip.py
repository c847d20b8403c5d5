"""A round trip on paper: planned in a wind, proved, checked again, and compiled for QGroundControl."""

from dataclasses import dataclass, replace
from datetime import datetime

from api.cli.airspace_view import JST
from api.cli.errors import CliError
from dispatch.energy import RESERVE_FRACTION, STOP_S, hover_energy_wh, performance_of
from dispatch.values import DroneType
from flight.plan import FlightPlan, VehicleAddress
from flight.vehicles.compile import compile_plan
from flight.vehicles.task import Task
from geofences.airspace import Airspace
from geofences.certificate import START_WINDOW_S, certify
from geofences.errors import CertificateError, NoRoute
from geofences.round_trip import plan_round_trip
from geofences.route import Certificate, Route
from geofences.verify import verify
from geofences.wind import WindField

NO_VEHICLE = VehicleAddress("udp:127.0.0.1:14550", 1)
"""A plan on paper is for no drone yet; what goes on board is compiled anew for the drone that flies."""


@dataclass(frozen=True)
class ProvedTrip:
    """A way out and home, their certificate, and what they were planned with."""

    airspace: Airspace
    drone_type: DroneType
    wind: WindField
    way_out: Route
    way_home: Route
    certificate: Certificate
    stop_s: float

    @property
    def ways(self) -> tuple[Route, Route]:
        """Both ways."""
        return self.way_out, self.way_home


def proved_trip(
    airspace: Airspace,
    ends: tuple[str, str],
    drone_type: DroneType,
    mass_kg: float,
    wind: WindField,
    departure: datetime,
    wait_up_to_s: float,
) -> ProvedTrip:
    """Return the round trip between two places.

    Raises
    ------
    CliError
        Where there is no way: with what blocks, and when it would work. Where there is one, but no proof: too
        little energy, or no return or divert from a leg.
    """
    performance = replace(performance_of(drone_type, mass_kg), wind=wind)
    stop_s = STOP_S[drone_type.vehicle_class]
    try:
        way_out, way_home = plan_round_trip(
            airspace,
            *ends,
            performance=performance,
            departure=departure,
            stop_s=stop_s,
            start_window_s=START_WINDOW_S,
            wait_up_to_s=wait_up_to_s,
        )
    except NoRoute as error:
        raise _explained(airspace, error) from error
    try:
        certificate = certify(
            airspace,
            way_out,
            way_home,
            energy_available_wh=drone_type.battery_wh,
            reserve_fraction=RESERVE_FRACTION,
            stop_energy_wh=hover_energy_wh(drone_type, mass_kg),
            performance=performance,
        )
    except CertificateError as error:
        remedy = "try less payload, another drone, a nearer place or another wind"
        raise CliError(f"there is a way, but it cannot be proved: {error}", remedy) from error
    verify(certificate, way_out, way_home, airspace, way_out.departure)
    return ProvedTrip(airspace, drone_type, wind, way_out, way_home, certificate, stop_s)


def flight_plan_of(trip: ProvedTrip) -> FlightPlan:
    """Return what would go on board; raise CliError where an end has no pad to take off from or land on."""
    for end_id in (trip.way_out.origin_site_id, trip.way_out.destination_site_id):
        if end_id not in trip.airspace.sites:
            raise CliError(f"--plan: {end_id} has no pad", "plan between drone sites, or leave out --plan", 2)
    return compile_plan(
        Task(
            sortie_id=f"{trip.way_out.origin_site_id}-{trip.way_out.destination_site_id}",
            vehicle=NO_VEHICLE,
            vehicle_class=trip.drone_type.vehicle_class,
            way_out=trip.way_out,
            way_home=trip.way_home,
            certificate=trip.certificate,
            airspace=trip.airspace,
        )
    )


def _clock(when: datetime) -> str:
    return f"{when.astimezone(JST):%Y-%m-%d %H:%M:%S} JST"


def _explained(airspace: Airspace, error: NoRoute) -> CliError:
    """Return the error with the names of what blocks, and the time at which it would work."""
    zones = {each.id: f"{each.id} ({each.name_ja}, {each.reason_en})" for each in airspace.zones}
    blocking = [f"zone {zones.get(each, each)}" for each in error.blocking_zones]
    blocking += [f"closed corridor {each}" for each in error.blocking_corridors]
    problem = error.reason + (f"; blocked by {', '.join(blocking)}" if blocking else "")
    if error.works_from is None:
        return CliError(problem, "choose another place, drone or wind: to wait, even a week, would not help")
    when = error.works_from.isoformat(timespec="seconds")
    return CliError(
        f"{problem}; it would work from {_clock(error.works_from)}", f"try --at {when}, or --wait"
    )
