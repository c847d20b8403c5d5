"""The route of a leg and the certificate that proves it: values only, no planning."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from geofences.values import Position


@dataclass(frozen=True, slots=True)
class RouteWaypoint:
    """A point of a route.

    ``offset_s`` is the time since departure and ``energy_wh`` the energy used since then, on arrival here.
    ``half_width_m`` is half the width of the certified corridor on the segment that *ends* here (the first
    waypoint carries that of the segment that begins there). So do the speeds, and ``corridor_id``, the
    corridor whose band and speed limit hold there (None on the open sea and in approach sectors).
    """

    position: Position
    altitude_amsl_m: float
    half_width_m: float
    offset_s: float
    energy_wh: float
    ground_speed_m_s: float
    airspeed_m_s: float
    corridor_id: str | None = None


@dataclass(frozen=True)
class Route:
    """A way from one drone site to another through flyable airspace.

    The first and the last waypoint stand over the two pads, at cruise altitude; the vertical parts of the
    flight (take-off, descent) are between pad and waypoint and are counted in time and energy. Corners are
    flown as arcs of ``turn_radius_m`` that touch both legs; 0 for an aircraft that turns on the spot.
    """

    origin_site_id: str
    destination_site_id: str
    departure: datetime
    waypoints: tuple[RouteWaypoint, ...]
    length_m: float
    turn_radius_m: float = 0.0

    @property
    def duration_s(self) -> float:
        """Time from departure to arrival."""
        return self.waypoints[-1].offset_s

    @property
    def energy_wh(self) -> float:
        """Energy from departure to arrival."""
        return self.waypoints[-1].energy_wh


@dataclass(frozen=True)
class Certificate:
    """The proof attached to a way out and its way home.

    ``zone_clearance_m`` is the smallest horizontal distance from the edge of the certified corridor (route
    and way home, widened by their half widths) to any keep-out zone that concerns the flight, buffer
    included; ``None`` where no zone concerns it. ``coast_clearance_m`` is the same to any land, outside
    approach sectors; ``energy_wh`` is for both ways and the stop. ``route_digest`` binds the certificate
    to the routes that it was made for.
    """

    airspace_version: str
    route_digest: str
    valid_from: datetime
    valid_until: datetime
    zone_clearance_m: float | None
    nearest_zone_id: str | None
    coast_clearance_m: float
    nearest_island_id: str
    energy_wh: float
    energy_available_wh: float
    reserve_fraction: float


def route_digest(*routes: Route) -> str:
    """Return the SHA-256 hex digest of the routes' content (order counts)."""
    content = json.dumps([asdict(route) for route in routes], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()
