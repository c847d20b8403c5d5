"""Values that describe the airspace: positions, bands, intervals, zones, corridors, sites, islands.

All are frozen. Geometry is shapely, in degrees, axis order (longitude, latitude) as in GeoJSON (RFC 7946).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shapely import Polygon


@dataclass(frozen=True, slots=True)
class Position:
    """A point on WGS 84, in degrees."""

    latitude_deg: float
    longitude_deg: float


@dataclass(frozen=True, slots=True)
class AltitudeBand:
    """A closed range of altitudes above mean sea level, in metres."""

    floor_amsl_m: float
    ceiling_amsl_m: float

    @property
    def middle_amsl_m(self) -> float:
        """The altitude flown in this band."""
        return (self.floor_amsl_m + self.ceiling_amsl_m) / 2

    def overlaps(self, other: "AltitudeBand") -> bool:
        """Say whether the two bands share an altitude (touching counts)."""
        return self.floor_amsl_m <= other.ceiling_amsl_m and other.floor_amsl_m <= self.ceiling_amsl_m


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of time; both ends are timezone-aware UTC."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Interval") -> bool:
        """Say whether the two intervals share an instant. Overlap counts, not containment."""
        return self.start <= other.end and other.start <= self.end


class ZoneRule(StrEnum):
    """What a zone asks of a flight."""

    KEEP_OUT = "keep-out"
    KEEP_IN = "keep-in"
    CAUTION = "caution"


class Datum(StrEnum):
    """What a height is measured from."""

    AMSL = "AMSL"
    AGL = "AGL"


@dataclass(frozen=True, slots=True)
class VerticalLimit:
    """The floor or ceiling of a zone: metres above mean sea level, or above the ground or sea below (AGL)."""

    height_m: float
    datum: Datum = Datum.AMSL


@dataclass(frozen=True, slots=True)
class Circle:
    """All points within a distance of a centre."""

    centre: Position
    radius_m: float


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers for a zone; empty text where not known."""

    name: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""


NO_CONTACT = Contact()


@dataclass(frozen=True, slots=True)
class ApproachSector:
    """The way between a pad and the open sea: a capsule of ``half_width_m`` around a straight line.

    Below ``floor_above_pad_m`` a drone there moves straight up and down only.
    """

    bearing_deg: float
    length_m: float
    half_width_m: float
    floor_above_pad_m: float = 20.0


@dataclass(frozen=True)
class Site:
    """A place that asks for or sends supplies.

    A drone site has a pad and an ``approach``. Any other site names the drone site that serves it by road
    (``pad_site_id``, ``road_km``) and says why it has no pad of its own (``note_ja``, ``note_en``).
    """

    id: str
    kind: str
    name_ja: str
    name_en: str
    island: str
    position: Position
    elevation_amsl_m: float
    uncertainty_m: float
    is_hub: bool
    approach: ApproachSector | None
    pad_site_id: str | None
    road_km: float | None
    note_ja: str
    note_en: str
    source: str
    winch_height_m: float = 20.0

    @property
    def is_drone_site(self) -> bool:
        """Say whether a drone may come here itself."""
        return self.approach is not None


@dataclass(frozen=True)
class Island:
    """Land above the sea, with its inhabitants or without."""

    id: str
    name_ja: str
    name_en: str
    inhabited: bool
    geometry: Polygon
