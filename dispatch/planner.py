"""What the dispatcher needs of the packages that plan: a narrow view, so that tests need no map."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from shapely.geometry.base import BaseGeometry

from dispatch.assign import Errand, RoundTrip
from dispatch.store.records import ProvedPlan
from dispatch.values import Drone, DroneType
from geofences.deconflict import Reservations
from geofences.values import Position
from geofences.volumes import Volume4D


class Planner(Protocol):
    """Plans round trips, proves them, and checks the proof again before launch."""

    @property
    def airspace_version(self) -> str:
        """Version of the airspace that plans are made in."""
        ...

    def propose(self, drone_type: DroneType, errand: Errand, departure: datetime) -> RoundTrip:
        """Return a round trip for a type of drone; raise `geofences.errors.NoRoute`."""
        ...

    def separated(self, trip: RoundTrip, reserved: Reservations) -> RoundTrip:
        """Return the round trip with the wait on the ground that keeps it clear of what is reserved.

        Raises `geofences.deconflict.StillInConflict` where that is longer than a plan holds.
        """
        ...

    def prepare(
        self,
        sortie_id: str,
        drone: Drone,
        drone_type: DroneType,
        trip: RoundTrip,
        available_wh: float,
        mass_kg: float,
    ) -> ProvedPlan:
        """Prove a round trip with goods of a mass and compile it for one drone.

        Raises `geofences.errors.CertificateError` or `flight.errors.PlanError`.
        """
        ...

    def verify(self, plan: ProvedPlan, at: datetime) -> None:
        """Check the proof against the present airspace; raise `geofences.errors.CertificateError`."""
        ...

    def corridor(self, plan: ProvedPlan) -> BaseGeometry:
        """Return the area that the plan's corridors cover, in local metres."""
        ...

    def volumes(
        self, plan: ProvedPlan, departure: datetime, start_window_s: float = 0.0
    ) -> tuple[Volume4D, ...]:
        """Return the 4D volumes of the whole flight if it starts at a time, or in a window from then on."""
        ...

    def is_inside(
        self, volumes: Sequence[Volume4D], position: Position, altitude_amsl_m: float, at: datetime
    ) -> bool:
        """Say whether a place and height lie in one of some volumes at its time."""
        ...
