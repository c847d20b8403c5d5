"""Reading airports from a JSON file; every problem of the file is told at once, by airport and rule."""

from collections import Counter
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
from geofences.formats.log import Log, Place
from geofences.formats.records import Record, document_from, finite, shown
from geofences.formats.texts import text_of
from geofences.values import Position


def load_airports(path: Path) -> tuple[Airport, ...]:
    """Return the airports of a JSON file (a list of objects); raise DataError with all problems of it.

    Needed are ``icao``, ``name_ja``, ``name_en``, ``arp`` and two ``thresholds`` ([longitude, latitude]),
    ``elev_m``, ``thr_elev`` (in the order of the thresholds), ``length_m``, ``bearing_true`` (from the first
    threshold to the second), ``instrument`` and ``ils``. ``designated`` lists the surfaces under art. 56
    (none where missing); ``position_error_m`` and ``bearing_error_deg`` are large where missing.
    """
    log = Log(path.name)
    airports = [_airport(row) for row in _rows(path, log)]
    codes = Counter(airport.icao for airport in airports if airport.icao)
    log.problems += [
        f"the code {code!r} is used more than once" for code, count in sorted(codes.items()) if count > 1
    ]
    log.raise_problems()
    return tuple(airports)


def _rows(path: Path, log: Log) -> list[Record]:
    rows = document_from(text_of(path), log)
    log.raise_problems()
    if not isinstance(rows, list):
        raise DataError(path.name, ["must be a list of airports"])
    return [Record(row, _place(number, row, log)) for number, row in enumerate(rows)]


def _place(number: int, row: object, log: Log) -> Place:
    code = row.get("icao") if isinstance(row, dict) else None
    return log.place(f"feature {number} ({code if isinstance(code, str) else '?'})")


def _airport(row: Record) -> Airport:
    known = len(row.place.log.problems)
    airport = Airport(
        icao=row.text("icao"),
        name_ja=row.text("name_ja"),
        name_en=row.text("name_en"),
        reference_point=_position(row.value("arp"), "arp", row.place),
        elevation_amsl_m=row.number("elev_m"),
        runway=_runway(row),
        designated=_designated(row),
        position_error_m=_error(row, "position_error_m", UNKNOWN_POSITION_ERROR_M),
        bearing_error_deg=_error(row, "bearing_error_deg", UNKNOWN_BEARING_ERROR_DEG),
    )
    bearing_deg = row.number("bearing_true")
    if len(row.place.log.problems) == known:
        for problem in contradictions(airport, bearing_deg):
            row.place.problem(problem)
    return airport


def _error(row: Record, name: str, otherwise: float) -> float:
    return row.length(name) if row.has(name) else otherwise


def _runway(row: Record) -> Runway:
    thresholds: Mapping[str, object] = row.record("thresholds").fields
    heights = row.values("thr_elev", required=True)
    if len(thresholds) != 2 or len(heights) != 2:
        row.place.problem("must have exactly two 'thresholds' and two 'thr_elev'")
        thresholds, heights = {"": [0.0, 0.0], " ": [0.0, 0.0]}, [0.0, 0.0]
    first, second = (
        _end(name, position, height, row.place)
        for (name, position), height in zip(thresholds.items(), heights, strict=True)
    )
    return Runway((first, second), row.length("length_m"), row.flag("instrument"), row.flag("ils"))


def _end(name: str, position: object, height: object, place: Place) -> RunwayEnd:
    return RunwayEnd(
        name, _position(position, f"threshold {name}", place), _finite(height, "thr_elev", place)
    )


def _position(value: object, name: str, place: Place) -> Position:
    """Return a longitude and latitude as a position."""
    if not isinstance(value, list) or len(value) != 2:
        place.problem(f"{name!r} must be [longitude, latitude], not {shown(value)}")
        return Position(0.0, 0.0)
    longitude_deg, latitude_deg = (_finite(each, name, place) for each in value)
    if abs(latitude_deg) > 90.0 or abs(longitude_deg) > 180.0:
        place.problem(f"{name!r} must be longitude and latitude in this order, not {shown(value)}")
    return Position(latitude_deg, longitude_deg)


def _finite(value: object, name: str, place: Place) -> float:
    number = finite(value)
    if number is None:
        place.problem(f"{name!r} must be a finite number, not {shown(value)}")
    return number or 0.0


def _designated(row: Record) -> frozenset[Designation]:
    names = row.values("designated")
    if not set(map(str, names)) <= set(Designation):
        row.place.problem(f"'designated' must be a list of {', '.join(Designation)}, not {shown(names)}")
        return frozenset()
    found = frozenset(Designation(str(each)) for each in names)
    if found and Designation.CONICAL not in found:
        row.place.problem("'designated' needs conical with any other: they are joined to its edge")
    return found
