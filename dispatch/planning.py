"""Planning for real: routes and proofs by ``geofences``, flight plans by ``flight``."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import shapely
from shapely.geometry.base import BaseGeometry

from dispatch import reasons
from dispatch.assign import Errand, RoundTrip
from dispatch.energy import RESERVE_FRACTION, STOP_S, hover_energy_wh, performance_of, sortie_energy_wh
from dispatch.reservations import LAUNCH_WINDOW_S, PLANNED_IN_CALM, corridor_of
from dispatch.store.records import ProvedPlan
from dispatch.values import Drone, DroneType
from dispatch.waiting import OnlyWaiting, volumes_of_flight
from flight.vehicles.compile import compile_plan
from flight.vehicles.task import Task
from geofences.airspace import Airspace
from geofences.certificate import START_WINDOW_S, certify
from geofences.deconflict import Reservations, deconflict
from geofences.performance import FlightPhase
from geofences.round_trip import plan_round_trip
from geofences.values import Position
from geofences.verify import verify
from geofences.volumes import Volume4D

GUST_FACTOR = 1.3
"""Of gusts to the mean wind over open sea (WMO-TD No. 1555, table 1.1: 1.23 to 1.38 over 10 minutes). Plans
allow for a mean, and a vehicle tells the wind of the moment."""


class AirspacePlanner:
    """Plans in one airspace.

    Parameters
    ----------
    airspace
        The snapshot to plan in. When it changes, make another planner.
    handshake_s
        The longest that a drone waits above the pad for the receiver's word; ``None``: it does not ask.
    """

    def __init__(self, airspace: Airspace, handshake_s: float | None = None) -> None:
        self._airspace = airspace
        self._handshake_s = handshake_s

    @property
    def airspace_version(self) -> str:
        """Version of the airspace that plans are made in."""
        return self._airspace.version

    def propose(self, drone_type: DroneType, errand: Errand, departure: datetime) -> RoundTrip:
        """Return the shortest round trip that stays free of zones; raise `geofences.errors.NoRoute`."""
        performance = performance_of(drone_type, errand.mass_kg)
        stop_s = STOP_S[drone_type.vehicle_class]
        way_out, way_home = plan_round_trip(
            self._airspace,
            errand.origin_pad_id,
            errand.destination_pad_id,
            performance=performance,
            departure=departure,
            stop_s=stop_s,
            start_window_s=START_WINDOW_S,
        )
        return RoundTrip(
            way_out=way_out,
            way_home=way_home,
            energy_wh=sortie_energy_wh(drone_type, errand.mass_kg, way_out, way_home)
            + self._handshake_wh(drone_type, errand.mass_kg),
            arrives_at=departure + timedelta(seconds=way_out.duration_s),
            duration_s=way_out.duration_s + stop_s + (self._handshake_s or 0.0) + way_home.duration_s,
        )

    def separated(self, trip: RoundTrip, reserved: Reservations) -> RoundTrip:
        """Return the round trip with the wait on the ground that keeps it clear of what is reserved.

        The routes stay as they are: their certificate holds for a start up to the longest delay later.
        """
        found = deconflict(trip.way_out, reserved, OnlyWaiting(self._airspace, trip, LAUNCH_WINDOW_S))
        if found.delay_s == 0.0:
            return trip
        # What follows the change are the remedies that were never in question.
        told = found.explanation[: -len(found.rejected)]
        arrives_at = trip.arrives_at + timedelta(seconds=found.delay_s)
        return replace(trip, arrives_at=arrives_at, wait_s=found.delay_s, waits_for=reasons.told(told))

    def prepare(
        self,
        sortie_id: str,
        drone: Drone,
        drone_type: DroneType,
        trip: RoundTrip,
        available_wh: float,
        mass_kg: float,
    ) -> ProvedPlan:
        """Prove a round trip with goods of a mass and compile it for one drone."""
        certificate = certify(
            self._airspace,
            trip.way_out,
            trip.way_home,
            energy_available_wh=available_wh,
            reserve_fraction=RESERVE_FRACTION,
            stop_energy_wh=hover_energy_wh(drone_type, mass_kg),
            performance=performance_of(drone_type, mass_kg),
        )
        flight_plan = compile_plan(
            Task(
                sortie_id=sortie_id,
                vehicle=drone.address,
                vehicle_class=drone_type.vehicle_class,
                way_out=trip.way_out,
                way_home=trip.way_home,
                certificate=certificate,
                airspace=self._airspace,
                handshake_s=self._handshake_s,
                wind_limit_m_s=GUST_FACTOR * PLANNED_IN_CALM.wind_error_m_s,
                vehicle_uid=drone.uid,
                battery_wh=drone_type.battery_wh,
            )
        )
        return ProvedPlan(flight_plan, trip.way_out, trip.way_home, certificate)

    def _handshake_wh(self, drone_type: DroneType, mass_kg: float) -> float:
        """Return what the longest wait above the pad uses, which the compiler adds to the certificate's."""
        wait_s = self._handshake_s or 0.0
        return performance_of(drone_type, mass_kg).energy_wh(FlightPhase.HOVER, wait_s)

    def verify(self, plan: ProvedPlan, at: datetime) -> None:
        """Check the proof against the airspace; raise `geofences.errors.CertificateError`."""
        verify(plan.certificate, plan.way_out, plan.way_home, self._airspace, at)

    def corridor(self, plan: ProvedPlan) -> BaseGeometry:
        """Return the area that the plan's corridors cover, in local metres."""
        return corridor_of(self._airspace.projection, plan.way_out, plan.way_home)

    def volumes(
        self, plan: ProvedPlan, departure: datetime, start_window_s: float = 0.0
    ) -> tuple[Volume4D, ...]:
        """Return the 4D volumes of the whole flight if it starts at a time, or in a window from then on."""
        delay_s = (departure - plan.way_out.departure).total_seconds()
        return volumes_of_flight(self._airspace, plan.way_out, plan.way_home, delay_s, start_window_s)

    def is_inside(
        self, volumes: Sequence[Volume4D], position: Position, altitude_amsl_m: float, at: datetime
    ) -> bool:
        """Say whether a place and height lie in one of some volumes at its time."""
        place = shapely.Point(self._airspace.projection.local_from_position(position))
        return any(
            volume.interval.start <= at <= volume.interval.end
            and volume.band.floor_amsl_m <= altitude_amsl_m <= volume.band.ceiling_amsl_m
            and volume.area.covers(place)
            for volume in volumes
        )
