"""What a plan is compiled from, checked to belong together, and the plan that is made of written items."""

from dataclasses import dataclass
from functools import cached_property

from flight.errors import PlanError
from flight.geodesy import e7_from_degrees
from flight.plan import Delivery, FlightPlan, MissionItem, VehicleAddress, VehicleClass
from flight.vehicles.diverts import write_diverts
from flight.vehicles.expectations import Expectations
from flight.vehicles.fencing import FENCE_CORNERS, fence_items
from flight.vehicles.parameters import required_parameters
from flight.vehicles.stop import StopItems
from flight.vehicles.writer import MissionWriter
from geofences.airspace import Airspace
from geofences.onboard import fence_around
from geofences.route import Certificate, FlightFigures, Route, Way, route_digest
from geofences.values import Interval, Site


@dataclass(frozen=True, kw_only=True)
class Task:
    """A proved round trip, the vehicle that flies it, and how it delivers.

    Parameters
    ----------
    drop_height_m
        Height above the destination's pad at which the payload is released; for a placement the length of
        the line that it hangs on.
    handshake_s
        The longest wait above the pad for the receiver to say that it is clear, after which the vehicle goes
        home with its payload; ``None``: it does not wait.
    wind_limit_m_s
        The strongest wind that the flight was planned to bear.
    vehicle_uid
        The unique id of the autopilot board, where it is known.
    battery_wh
        What a full battery holds; ``None``: what the certificate counts with, for a battery that is full.

    Raises
    ------
    PlanError
        If the certificate is not for these routes and this airspace, or the wait does not fit its energy.
    """

    sortie_id: str
    vehicle: VehicleAddress
    vehicle_class: VehicleClass
    way_out: Route
    way_home: Route
    certificate: Certificate
    airspace: Airspace
    delivery: Delivery = Delivery.SERVO
    drop_height_m: float = 20.0
    handshake_s: float | None = None
    wind_limit_m_s: float | None = None
    vehicle_uid: str | None = None
    battery_wh: float | None = None

    def __post_init__(self) -> None:
        if self.certificate.airspace_version != self.airspace.version:
            raise PlanError(
                "the certificate is for another version of the airspace: certify the routes again"
            )
        if self.certificate.route_digest != route_digest(self.way_out, self.way_home):
            raise PlanError("the certificate is for other routes: certify these")
        ends = (self.way_home.origin_site_id, self.way_home.destination_site_id)
        if ends != (self.way_out.destination_site_id, self.way_out.origin_site_id):
            raise PlanError(f"the way home leads from {ends[0]} to {ends[1]}, which is not the way back")
        if min(len(self.way_out.waypoints), len(self.way_home.waypoints)) < 3:
            raise PlanError("each way needs a waypoint between the pads: the gate of an approach sector")
        self._check_wait()

    @property
    def hub(self) -> Site:
        """Where the way out begins and the way home ends."""
        return self.airspace.site(self.way_out.origin_site_id)

    @property
    def _battery_wh(self) -> float:
        return self.certificate.energy_available_wh if self.battery_wh is None else self.battery_wh

    @property
    def destination(self) -> Site:
        """Where the way out ends."""
        return self.airspace.site(self.way_out.destination_site_id)

    def writer(self, home: Site) -> MissionWriter:
        """Return an empty mission for a vehicle that stands at a site."""
        waypoints = (*self.way_out.waypoints, *self.way_home.waypoints)
        # The speed that the vehicle has by itself: limits in lanes only lower it.
        cruise_m_s = max(waypoint.airspeed_m_s for waypoint in waypoints)
        return MissionWriter(self.vehicle_class, home.elevation_amsl_m, cruise_m_s)

    def plan(
        self, writer: MissionWriter, home: Site, stop: StopItems, return_seq: int, landing_seq: int
    ) -> FlightPlan:
        """Append the ways to divert sites, and return the plan."""
        expectations = self._expectations(home)
        from_hub = home == self.hub
        expected = (expectations.expected if from_hub else expectations.expected_from_stop)(writer.marks)
        ways = {Way.OUT: self.way_out, Way.HOME: self.way_home}
        of_flight = [each for each in self.certificate.diverts if from_hub or each.way is Way.HOME]
        diverts = write_diverts(writer, of_flight, ways, self.airspace, expectations.landing_wh)
        total = expectations.total if from_hub else expectations.home
        return FlightPlan(
            sortie_id=self.sortie_id,
            vehicle=self.vehicle,
            vehicle_class=self.vehicle_class,
            home_latitude_e7=e7_from_degrees(home.position.latitude_deg),
            home_longitude_e7=e7_from_degrees(home.position.longitude_deg),
            home_amsl_m=home.elevation_amsl_m,
            mission=writer.mission(),
            release_seq=stop.release_seq,
            return_seq=return_seq,
            fence=self._fence(),
            rally=(),
            parameters=required_parameters(self.vehicle_class),
            airspace_version=self.airspace.version,
            certificate_digest=self.certificate.route_digest,
            planned_energy_wh=total.energy_wh,
            planned_duration_s=total.time_s,
            energy_available_wh=self._battery_wh,
            delivery=self.delivery,
            landing_seq=landing_seq,
            diverts=diverts,
            expected=expected,
            hold_seq=stop.hold_seq,
            descend_seq=stop.descend_seq,
            reserve_fraction=self.certificate.reserve_fraction,
            wind_limit_m_s=self.wind_limit_m_s,
            vehicle_uid=self.vehicle_uid,
        )

    @cached_property
    def _figures(self) -> FlightFigures:
        if self.certificate.figures is None:
            raise PlanError("the certificate holds no figures of the aircraft: certify with its performance")
        return self.certificate.figures

    def _expectations(self, home: Site) -> Expectations:
        return Expectations(
            self.way_out,
            self.way_home,
            self._figures,
            hub_amsl_m=self.hub.elevation_amsl_m,
            pad_amsl_m=self.destination.elevation_amsl_m,
            home_amsl_m=home.elevation_amsl_m,
            energy_wh=self.certificate.energy_wh,
            hold_s=self.handshake_s or 0.0,
        )

    def _fence(self) -> tuple[MissionItem, ...]:
        valid = Interval(self.certificate.valid_from, self.certificate.valid_until)
        return fence_items(fence_around(self.airspace, self.way_out, self.way_home, valid, FENCE_CORNERS))

    def _check_wait(self) -> None:
        """Let the longest wait above the pad fit into the energy, with the way home or any divert."""
        if self.handshake_s is None:
            return
        if self.handshake_s <= 0.0:
            raise PlanError(f"handshake_s is {self.handshake_s:g}: give a time, or None for no wait")
        certificate = self.certificate
        needed_wh = max([certificate.energy_wh, *(each.needed_wh for each in certificate.diverts)])
        needed_wh += self._expectations(self.hub).hold_wh
        if needed_wh > certificate.usable_wh:
            raise PlanError(
                f"with a wait of {self.handshake_s:.0f} s above the pad the flight needs {needed_wh:.0f} Wh,"
                f" and may use {certificate.usable_wh:.0f} Wh: shorten handshake_s, or load less"
            )
