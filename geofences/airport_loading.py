"""Reading airports from a JSON file; every problem of the file is told at once, by airport and rule."""

import json
from collections.abc import Mapping
from pathlib import Path

from geofences.airport_checks import contradictions
from geofences.airports import (
    UNKNOWN_BEARING_ERROR_DEG,
    UNKNOWN_POSITION_ERROR_M,
    Airport,
    Designation,
    Runway,
    RunwayEnd,
)
from geofences.errors import DataError
from geofences.features import Feature
from geofences.values import Position


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
    except (OSError, ValueError, RecursionError) as error:
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
        self._known = len(problems)
        if not isinstance(row, dict):
            self.report(f"must be an object, not {row!r}")

    @property
    def is_sound(self) -> bool:
        """Say whether nothing was wrong with this airport so far: only then may its numbers be compared."""
        return len(self._problems) == self._known

    def has(self, name: str) -> bool:
        """Say whether the file gives a property."""
        return name in self._row

    def position(self, name: str, value: object) -> Position:
        """Return a longitude and latitude as a position."""
        if not isinstance(value, list) or len(value) != 2:
            self.report(f"{name!r} must be [longitude, latitude], not {value!r}")
            return Position(0.0, 0.0)
        longitude_deg, latitude_deg = (self.finite(name, each) for each in value)
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
    bearing_deg = row.number("bearing_true")
    if row.is_sound:
        for problem in contradictions(airport, bearing_deg):
            row.report(problem)
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
    return Runway((first, second), row.length("length_m"), row.flag("instrument"), row.flag("ils"))
