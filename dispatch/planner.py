"""What the dispatcher needs of the packages that plan: a narrow view, so that tests need no map."""

from datetime import datetime
from typing import Protocol

from shapely.geometry.base import BaseGeometry

from dispatch.assign import Errand, RoundTrip
from dispatch.store.records import ProvedPlan
from dispatch.values import Drone, DroneType


class Planner(Protocol):
    """Plans round trips, proves them, and checks the proof again before launch."""

    @property
    def airspace_version(self) -> str:
        """Version of the airspace that plans are made in."""
        ...

    def propose(self, drone_type: DroneType, errand: Errand, departure: datetime) -> RoundTrip:
        """Return a round trip for a type of drone; raise `geofences.errors.NoRoute`."""
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
