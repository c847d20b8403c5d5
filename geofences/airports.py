"""Airports and their runways, as far as the obstacle limitation surfaces need them."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from geofences.errors import DataError
from geofences.features import Feature
from geofences.values import Position

BUSY_AIRPORTS = frozenset({"RJCC", "RJAA", "RJTT", "RJGG", "RJBB", "RJOO", "RJFF", "ROAH"})
"""New Chitose, Narita, Haneda, Chubu, Kansai, Itami, Fukuoka, Naha: here the space *below* the surfaces is
closed too (Civil Aeronautics Act, Enforcement Regulations, art. 236-71), so heights alone allow too much."""

UNKNOWN_POSITION_ERROR_M = 100.0
UNKNOWN_BEARING_ERROR_DEG = 5.0
"""Taken where a file does not say how well an airport is surveyed: the worst of the airports of Goto."""

LARGEST_LENGTH_DIFFERENCE = 0.1
LARGEST_BEARING_DIFFERENCE_DEG = 2.0
"""How far thresholds may contradict the published length and bearing; more is a mistake in the file."""

METRES_PER_DEGREE = 111_195.0


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


def load_airports(path: Path) -> tuple[Airport, ...]:
    """Return the airports of a JSON file (a list of objects); raise DataError with all problems of it.

    Needed are ``icao``, ``name_ja``, ``name_en``, ``arp`` and two ``thresholds`` ([longitude, latitude]),
    ``elev_m``, ``thr_elev`` (in the order of the thresholds), ``length_m``, ``bearing_true`` (from the first
    threshold to the second), ``instrument`` and ``ils``. ``designated`` lists the surfaces under art. 56
    (none where missing); ``position_error_m`` and ``bearing_error_deg`` are large where missing.
    """
    problems: list[str] = []
    airports = [_airport(_Row(number, row, problems)) for number, row in enumerate(_rows(path))]
    codes = [airport.icao for airport in airports]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    problems += [f"the code {code!r} is used more than once" for code in twice]
    if problems:
        raise DataError(path.name, problems)
    return tuple(airports)


def _rows(path: Path) -> list[object]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(path.name, [f"is not readable JSON: {error}"]) from None
    if not isinstance(rows, list):
        raise DataError(path.name, ["must be a list of airports"])
    return rows


class _Row(Feature):
    """One airport of the file, read and checked as the features of GeoJSON files are."""

    def __init__(self, number: int, row: object, problems: list[str]) -> None:
        self._row = row if isinstance(row, dict) else {}
        content = {"type": "Feature", "properties": {"id": self._row.get("icao", "?"), **self._row}}
        super().__init__(number, content, problems)

    def has(self, name: str) -> bool:
        """Say whether the file gives a property."""
        return name in self._row

    def position(self, name: str, value: object) -> Position:
        """Return a longitude and latitude as a position."""
        pair = value if isinstance(value, list) and len(value) == 2 else [None, None]
        longitude_deg, latitude_deg = (self.finite(name, each) for each in pair)
        if abs(latitude_deg) > 90.0 or abs(longitude_deg) > 180.0:
            self.report(f"{name!r} must be longitude and latitude in this order, not {value!r}")
        return Position(latitude_deg, longitude_deg)

    def designated(self) -> frozenset[Designation]:
        """Return the designated surfaces."""
        names = self.value("designated") if self.has("designated") else []
        if not isinstance(names, list) or not set(map(str, names)) <= set(Designation):
            self.report(f"'designated' must be a list of {', '.join(Designation)}, not {names!r}")
            return frozenset()
        found = frozenset(Designation(each) for each in names)
        if found and Designation.CONICAL not in found:
            self.report("'designated' needs conical with any other: they are joined to its edge")
        return found


def _airport(row: _Row) -> Airport:
    runway = _runway(row)
    airport = Airport(
        icao=row.text("icao"),
        name_ja=row.text("name_ja"),
        name_en=row.text("name_en"),
        reference_point=row.position("arp", row.value("arp")),
        elevation_amsl_m=row.number("elev_m"),
        runway=runway,
        designated=row.designated(),
        position_error_m=_error(row, "position_error_m", UNKNOWN_POSITION_ERROR_M),
        bearing_error_deg=_error(row, "bearing_error_deg", UNKNOWN_BEARING_ERROR_DEG),
    )
    if airport.icao in BUSY_AIRPORTS:
        row.report("closed below the surfaces too (Regulations art. 236-71): draw zones for it instead")
    return airport


def _error(row: _Row, name: str, otherwise: float) -> float:
    return row.length(name) if row.has(name) else otherwise


def _runway(row: _Row) -> Runway:
    thresholds: Mapping[str, object] = row.table("thresholds")
    heights = row.value("thr_elev")
    if len(thresholds) != 2 or not isinstance(heights, list) or len(heights) != 2:
        row.report("must have exactly two 'thresholds' and two 'thr_elev'")
        thresholds, heights = {"": [0.0, 0.0], " ": [0.0, 0.0]}, [0.0, 0.0]
    first, second = (
        RunwayEnd(name, row.position(f"threshold {name}", place), row.finite("thr_elev", height))
        for (name, place), height in zip(thresholds.items(), heights, strict=True)
    )
    length_m = row.length("length_m")
    _check_runway(row, first.threshold, second.threshold, length_m)
    return Runway((first, second), length_m, row.flag("instrument"), row.flag("ils"))


def _check_runway(row: _Row, first: Position, second: Position, length_m: float) -> None:
    """Note where the thresholds contradict the published length or bearing."""
    scale = math.cos(math.radians((first.latitude_deg + second.latitude_deg) / 2))
    east_m = (second.longitude_deg - first.longitude_deg) * scale * METRES_PER_DEGREE
    north_m = (second.latitude_deg - first.latitude_deg) * METRES_PER_DEGREE
    found_m, found_deg = math.hypot(east_m, north_m), math.degrees(math.atan2(east_m, north_m)) % 360.0
    if abs(found_m - length_m) > LARGEST_LENGTH_DIFFERENCE * length_m:
        row.report(f"thresholds lie {found_m:.0f} m apart, but 'length_m' is {length_m:g}")
    turned_deg = (found_deg - row.number("bearing_true") + 180.0) % 360.0 - 180.0
    if abs(turned_deg) > LARGEST_BEARING_DIFFERENCE_DEG:
        row.report(f"the second threshold bears {found_deg:.1f}° from the first, unlike 'bearing_true'")
