"""Airports and their runways, as far as the obstacle limitation surfaces need them."""

from dataclasses import dataclass
from enum import StrEnum

from geofences.values import Position

UNKNOWN_POSITION_ERROR_M = 100.0
UNKNOWN_BEARING_ERROR_DEG = 5.0
"""Taken where a file does not say how well an airport is surveyed: the worst of the airports of Goto."""


class Designation(StrEnum):
    """Surfaces that exist only where the minister designates them (Civil Aeronautics Act, art. 56)."""

    CONICAL = "conical"
    EXTENDED_APPROACH = "extended-approach"
    OUTER_HORIZONTAL = "outer-horizontal"


@dataclass(frozen=True, slots=True)
class RunwayEnd:
    """A threshold: the runway's name for landing here, its place and its height."""

    name: str
    threshold: Position
    elevation_amsl_m: float


@dataclass(frozen=True, slots=True)
class Runway:
    """A runway between two ends.

    ``is_instrument`` is a runway with instrument approaches; ``has_precision_approach`` says that ILS or PAR
    is used, which makes the approach surface flatter and wider.
    """

    ends: tuple[RunwayEnd, RunwayEnd]
    length_m: float
    is_instrument: bool
    has_precision_approach: bool


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport with one runway and its reference point (ARP).

    ``position_error_m`` and ``bearing_error_deg`` say how well the data is surveyed.
    """

    icao: str
    name_ja: str
    name_en: str
    reference_point: Position
    elevation_amsl_m: float
    runway: Runway
    designated: frozenset[Designation] = frozenset()
    position_error_m: float = UNKNOWN_POSITION_ERROR_M
    bearing_error_deg: float = UNKNOWN_BEARING_ERROR_DEG
