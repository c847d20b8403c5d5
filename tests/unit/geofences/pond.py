"""A pond that can be computed by hand: an island two kilometres square between two pads, twelve apart.

Pad A lies at x = -6000 m and its gate at -5400; pad B and its gate are the mirror of them. Around the island,
300 m off its corners, the shortest way between the gates is about 11.2 km long.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from shapely import Polygon

from geofences.airspace import Airspace
from geofences.performance import FlightPhase, Performance
from geofences.projection import LocalProjection
from geofences.round_trip import plan_round_trip
from geofences.route import Route
from geofences.router import plan_route
from geofences.schedule import during
from geofences.values import (
    AltitudeBand,
    ApproachSector,
    Interval,
    Island,
    Position,
    Site,
    VerticalLimit,
    ZoneRule,
)
from geofences.zones import Zone

DEPARTURE = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
SEA_BAND = AltitudeBand(0.0, 120.0)
ACROSS_EVERYTHING = (2000.0, -7000.0, 2500.0, 7000.0)
NORTH_OF_ISLAND = (-500.0, 900.0, 500.0, 7000.0)
SOUTH_OF_ISLAND = (-500.0, -7000.0, 500.0, -900.0)

Box = tuple[float, float, float, float]
MAP = LocalProjection.for_goto()


@dataclass(frozen=True)
class SimplePower:
    """Draws 430 W in cruise and 1,900 W in every other phase, with any payload."""

    def power_w(self, phase: FlightPhase, payload_kg: float) -> float:
        """Return the power."""
        return 430.0 if phase is FlightPhase.CRUISE else 1900.0


PERFORMANCE = Performance(
    cruise_speed_m_s=25.0, climb_rate_m_s=2.5, descent_rate_m_s=1.5, power=SimplePower(), payload_kg=1.2
)


def pond() -> Airspace:
    """Return the airspace of the pond, without zones."""
    boxes = {
        "MIDDLE": (-1000.0, -1000.0, 1000.0, 1000.0),
        "WEST": (-6100.0, -50.0, -6000.0, 50.0),
        "EAST": (6000.0, -50.0, 6100.0, 50.0),
    }
    islands = tuple(Island(name, name, name, True, box_in_degrees(box)) for name, box in boxes.items())
    sites = [
        site("A", -6000.0, ApproachSector(90.0, 600.0, 110.0)),
        site("B", 6000.0, ApproachSector(270.0, 600.0, 110.0)),
        site("VILLAGE", 6090.0, None, pad_site_id="B"),
    ]
    boundary = box_in_degrees((-9000.0, -6000.0, 9000.0, 6000.0))
    return Airspace(islands, (), (), {each.id: each for each in sites}, boundary)


def site(site_id: str, x_m: float, approach: ApproachSector | None, pad_site_id: str | None = None) -> Site:
    """Return a site on the line y = 0, on a quay 4 m above the sea."""
    return Site(
        id=site_id,
        kind="port",
        name_ja=site_id,
        name_en=site_id,
        island="",
        position=MAP.position_from_local(x_m, 0.0),
        elevation_amsl_m=4.0,
        uncertainty_m=0.0,
        is_hub=site_id == "A",
        approach=approach,
        pad_site_id=pad_site_id,
        road_km=None if pad_site_id is None else 0.1,
        note_ja="",
        note_en="",
        source="test",
    )


def zone(
    zone_id: str,
    box: Box,
    *,
    rule: ZoneRule = ZoneRule.KEEP_OUT,
    band: AltitudeBand = SEA_BAND,
    active: tuple[Interval, ...] = (),
    buffer_m: float = 0.0,
) -> Zone:
    """Return a zone over a box given in metres."""
    return Zone(
        id=zone_id,
        name_ja=zone_id,
        name_en=zone_id,
        rule=rule,
        geometry=box_in_degrees(box),
        floor=VerticalLimit(band.floor_amsl_m),
        ceiling=VerticalLimit(band.ceiling_amsl_m),
        buffer_m=buffer_m,
        reason_ja="試験",
        reason_en="test",
        source="test",
        schedule=during(*active),
    )


def box_in_degrees(box: Box) -> Polygon:
    """Return a box given in metres as a polygon in degrees."""
    west, south, east, north = box
    corners = [(west, south), (east, south), (east, north), (west, north)]
    return Polygon([_in_degrees(MAP.position_from_local(*corner)) for corner in corners])


def way(airspace: Airspace, origin: str = "A", destination: str = "B") -> Route:
    """Return the way out between two sites."""
    return plan_route(
        airspace,
        origin,
        destination,
        performance=PERFORMANCE,
        departure=DEPARTURE,
        band=airspace.policy.outbound,
    )


def round_trip(airspace: Airspace, origin: str = "A", destination: str = "B") -> tuple[Route, Route]:
    """Return the way out and the way home between two sites."""
    return plan_round_trip(
        airspace,
        origin,
        destination,
        performance=PERFORMANCE,
        departure=DEPARTURE,
        stop_s=40.0,
        start_window_s=1800.0,
    )


def _in_degrees(position: Position) -> tuple[float, float]:
    return position.longitude_deg, position.latitude_deg
