"""Zones and corridors: where flight is forbidden, kept in, dearer or wanted; at which heights; and when."""

from dataclasses import dataclass
from datetime import timedelta

import shapely
from shapely import LineString, MultiPolygon, Polygon

from geofences.schedule import ALWAYS, Schedule
from geofences.values import (
    NO_CONTACT,
    AltitudeBand,
    Circle,
    Contact,
    Datum,
    Position,
    VerticalLimit,
    ZoneRule,
)


@dataclass(frozen=True)
class Zone:
    """A volume with a rule.

    ``buffer_m`` is added outward to a keep-out geometry. ``cost_factor`` (1 or more) is what a metre through
    a caution zone costs; it is 1 for other rules.
    """

    id: str
    name_ja: str
    name_en: str
    rule: ZoneRule
    geometry: Polygon | MultiPolygon | Circle
    floor: VerticalLimit
    ceiling: VerticalLimit
    buffer_m: float
    reason_ja: str
    reason_en: str
    source: str
    schedule: Schedule = ALWAYS
    cost_factor: float = 1.0
    contact: Contact = NO_CONTACT

    def band_over(self, ground: AltitudeBand) -> AltitudeBand:
        """Return the altitudes that the zone concerns above ground of these heights.

        Above uneven ground it reaches from its lowest floor to its highest ceiling: a keep-in zone, too, for
        one that concerns no flight would keep none in.
        """
        low_m, high_m = ground.floor_amsl_m, ground.ceiling_amsl_m
        return AltitudeBand(_above_sea(self.floor, low_m), _above_sea(self.ceiling, high_m))


def _above_sea(limit: VerticalLimit, ground_amsl_m: float) -> float:
    return limit.height_m + (ground_amsl_m if limit.datum is Datum.AGL else 0.0)


CLOSES_SOON = timedelta(minutes=30)
"""A lane that closes so soon after the time of a proof binds only those who name it: whether it is open for
all of a flight follows from how long that may take, which is known only when its way is chosen."""


@dataclass(frozen=True)
class Corridor:
    """A sea lane: a centreline with a width (or an ``area`` of any shape) and a band for each direction.

    ``outbound`` is flown along the centreline, ``inbound`` against it; a one-way lane has no ``inbound``.
    A lane that is not open, or out of its schedule, gives no way and no preference.
    """

    id: str
    name_ja: str
    name_en: str
    centreline: LineString
    width_m: float
    outbound: AltitudeBand
    inbound: AltitudeBand | None
    is_open: bool
    area: Polygon | None = None
    schedule: Schedule = ALWAYS
    speed_limit_m_s: float | None = None


def position_in(geometry: Polygon | MultiPolygon | Circle) -> Position:
    """Return a position in a zone, for its sunrise and sunset."""
    if isinstance(geometry, Circle):
        return geometry.centre
    at = shapely.point_on_surface(geometry)
    return Position(at.y, at.x)


def start_of(corridor: Corridor) -> Position:
    """Return where a corridor begins, for its sunrise and sunset."""
    longitude_deg, latitude_deg = corridor.centreline.coords[0][:2]
    return Position(latitude_deg, longitude_deg)
