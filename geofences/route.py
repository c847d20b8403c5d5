"""The route of a leg and the certificate that proves it: values only, no planning."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from geofences.digests import digest
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
    flight (take-off, descent) are between pad and waypoint and are counted in time and energy. An end may
    also be a point in the open, named "latitude,longitude", where the drone is in flight before or after.

    Corners are flown as arcs of ``turn_radius_m`` that touch both legs; 0 for an aircraft that turns on the
    spot. ``length_m``, times and energies are of the straight legs, which are longer than the arcs.
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


class Way(StrEnum):
    """One of the two ways of a flight."""

    OUT = "out"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class FlightFigures:
    """The speeds and powers of an aircraft with its payload, as a certificate counts with them."""

    cruise_speed_m_s: float
    turn_radius_m: float
    climb_rate_m_s: float
    descent_rate_m_s: float
    cruise_w: float
    climb_w: float
    descent_w: float
    strongest_wind_m_s: float


@dataclass(frozen=True, slots=True)
class CheckedReturn:
    """The way home from any point of a leg of the way out.

    ``leg`` is the waypoint that the leg ends at. ``join_wh`` is what turning about, climbing to the way home
    and reaching it use; ``needed_wh`` is all from take-off to landing at the origin, from the worst point.
    """

    leg: int
    join_wh: float
    needed_wh: float


@dataclass(frozen=True)
class CheckedDivert:
    """The way from any point of a leg to a drone site: on to the end of the leg, and along ``path``.

    ``leg`` is the waypoint that the leg ends at, where ``path`` begins; it ends at the site's pad. Length,
    duration and ``energy_wh`` are of the path, its descent included; ``needed_wh`` is all since take-off.
    """

    way: Way
    leg: int
    site_id: str
    path: tuple[Position, ...]
    ground_speeds_m_s: tuple[float, ...]
    length_m: float
    duration_s: float
    energy_wh: float
    needed_wh: float


@dataclass(frozen=True)
class Certificate:
    """The proof attached to a way out and its way home.

    ``zone_clearance_m`` is the smallest horizontal distance from the edge of the certified corridor (route
    and way home, widened by their half widths) to any keep-out zone that concerns the flight, buffer
    included, or to the edge of a keep-in zone; ``None`` where no zone concerns it. ``coast_clearance_m`` is
    the same to any land, outside approach sectors. ``zone_clearance_at`` and ``coast_clearance_at`` are the
    points of the routes where that is. ``energy_wh`` is for both ways and the stop. ``route_digest`` binds
    the certificate to the routes that it was made for, and ``seal`` is a hash of all its other fields.
    ``figures`` is None, and no returns and diverts are there, where the aircraft was not told: this is no
    proof to launch on.
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
    zone_clearance_at: Position | None = None
    coast_clearance_at: Position | None = None
    corridor_ids: tuple[str, ...] = ()
    figures: FlightFigures | None = None
    returns: tuple[CheckedReturn, ...] = ()
    diverts: tuple[CheckedDivert, ...] = ()
    seal: str = ""

    @property
    def usable_wh(self) -> float:
        """What may be used before the reserve."""
        return (1.0 - self.reserve_fraction) * self.energy_available_wh

    def sealed(self) -> Self:
        """Return the certificate with the seal of its content."""
        return replace(self, seal=digest(replace(self, seal="")))

    @property
    def is_sealed(self) -> bool:
        """Say whether nothing changed since it was sealed."""
        return self.seal == self.sealed().seal


def route_digest(*routes: Route) -> str:
    """Return the SHA-256 hex digest of the routes' content (order counts)."""
    return digest(routes)
