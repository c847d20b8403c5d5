"""Reading features of GeoJSON files; every problem of a file is collected, and told at once."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geofences.errors import DataError
from geofences.schedule import Applicability, Schedule
from geofences.values import AltitudeBand

ValueT = TypeVar("ValueT")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in for a time that cannot be read, while the other problems of a file are looked for."""


def read_features(path: Path, make: Callable[["Feature"], ValueT | None]) -> tuple[ValueT, ...]:
    """Return what ``make`` reads from each feature of a GeoJSON file; raise DataError with all problems."""
    problems: list[str] = []
    contents = _contents(path, problems)
    features = [Feature(number, content, problems) for number, content in enumerate(contents)]
    values = [make(feature) for feature in features]
    ids = [feature.id for feature in features]
    problems += [
        f"the id {each!r} is used more than once" for each in sorted({i for i in ids if ids.count(i) > 1})
    ]
    if problems:
        raise DataError(path.name, problems)
    return tuple(value for value in values if value is not None)


def _contents(path: Path, problems: list[str]) -> list[object]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        problems.append(f"is not readable JSON: {error}")
        return []
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        problems.append(
            'is not GeoJSON: the top level must be {"type": "FeatureCollection", "features": […]}'
        )
        return []
    features = document.get("features")
    if not isinstance(features, list):
        problems.append("is not GeoJSON: 'features' must be a list")
        return []
    return features


class Feature:
    """One feature of a file; what is wrong with it is noted, and stand-in values let the reading go on.

    Parameters
    ----------
    number
        Place in the file, from 0.
    content
        The feature as parsed from JSON.
    problems
        The list that problems are added to.
    """

    def __init__(self, number: int, content: object, problems: list[str]) -> None:
        self._problems = problems
        self._content = content if isinstance(content, dict) else {}
        properties = self._content.get("properties")
        self._properties = properties if isinstance(properties, dict) else {}
        self.id = str(self._properties.get("id", f"number {number}"))
        self._name = f"feature {number} ({self.id})"
        if self._content.get("type") != "Feature":
            self.report("is not a GeoJSON Feature")

    def report(self, problem: str) -> None:
        """Note that the feature breaks a rule."""
        self._problems.append(f"{self._name}: {problem}")

    def value(self, name: str) -> object:
        """Return a property, or None; note where it is missing."""
        if name not in self._properties:
            self.report(f"property {name!r} is missing")
        return self._properties.get(name)

    def text(self, name: str) -> str:
        """Return a property that is text."""
        return str(self._typed(name, str, "text", ""))

    def optional_text(self, name: str) -> str | None:
        """Return a property that is text or null."""
        return None if self.value(name) is None else self.text(name)

    def flag(self, name: str) -> bool:
        """Return a property that is true or false."""
        return bool(self._typed(name, bool, "true or false", False))

    def number(self, name: str) -> float:
        """Return a property that is a finite number."""
        return self.finite(name, self.value(name))

    def optional_number(self, name: str) -> float | None:
        """Return a property that is a finite number or null."""
        return None if self.value(name) is None else self.number(name)

    def finite(self, name: str, value: object) -> float:
        """Return a value as a finite number; note where it is none."""
        if isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value):
            return float(value)
        self.report(f"{name!r} must be a finite number, not {value!r}")
        return 0.0

    def length(self, name: str) -> float:
        """Return a property that is a number of metres, not negative."""
        length_m = self.number(name)
        if length_m < 0.0:
            self.report(f"{name!r} must not be negative, but is {length_m:g}")
        return length_m

    def band(self, floor_amsl_m: object, ceiling_amsl_m: object) -> AltitudeBand:
        """Return an altitude band; note where the ceiling is under the floor."""
        band = AltitudeBand(
            self.finite("floor_amsl_m", floor_amsl_m), self.finite("ceiling_amsl_m", ceiling_amsl_m)
        )
        if band.ceiling_amsl_m < band.floor_amsl_m:
            self.report(f"ceiling {band.ceiling_amsl_m:g} m lies under the floor {band.floor_amsl_m:g} m")
        return band

    def table(self, name: str) -> dict[str, object]:
        """Return a property that is a JSON object."""
        value = self._typed(name, dict, "an object", {})
        return value if isinstance(value, dict) else {}

    def schedule(self, name: str) -> Schedule:
        """Return a property that lists spans with ``start`` and ``end`` (ISO 8601 with offset)."""
        rows = self._typed(name, list, "a list", [])
        return Schedule(tuple(self._span(name, row) for row in rows) if isinstance(rows, list) else ())

    def geometry(self, *kinds: str) -> BaseGeometry | None:
        """Return the geometry in degrees where it is of one of the kinds and breaks no rule."""
        raw = self._content.get("geometry")
        if not isinstance(raw, dict) or raw.get("type") not in kinds:
            self.report(f"geometry must be {' or '.join(kinds)}")
            return None
        if not all(_is_finite(number) for number in _numbers(raw.get("coordinates"))):
            self.report("coordinates must be finite numbers")
            return None
        try:
            shape = shapely.geometry.shape(raw)
        except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
            self.report(f"geometry cannot be read: {error}")
            return None
        faults = list(_faults(shape))
        for fault in faults:
            self.report(fault)
        return None if faults else shape

    def _typed(self, name: str, kind: type, expected: str, stand_in: object) -> object:
        value = self.value(name)
        if isinstance(value, kind):
            return value
        if name in self._properties:
            self.report(f"{name!r} must be {expected}, not {value!r}")
        return stand_in

    def _span(self, name: str, row: object) -> Applicability:
        ends = [row.get("start"), row.get("end")] if isinstance(row, dict) else [None, None]
        start, end = (self._moment(name, each) for each in ends)
        if end < start:
            self.report(f"{name!r} holds an interval that ends before it starts")
            return Applicability()
        return Applicability(start, end)

    def _moment(self, name: str, value: object) -> datetime:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.report(f"{name!r} needs start and end as ISO 8601 times, not {value!r}")
            return EPOCH
        if moment.tzinfo is None:
            self.report(f"{name!r} needs times with an offset from UTC, not {value!r}")
            return EPOCH
        return moment.astimezone(UTC)


def _numbers(coordinates: object) -> Iterator[int | float]:
    """Yield the numbers of nested lists of coordinates."""
    if isinstance(coordinates, list):
        for each in coordinates:
            yield from _numbers(each)
    elif isinstance(coordinates, int | float):
        yield coordinates


def _is_finite(number: int | float) -> bool:
    """Say whether a number of a file is finite; a whole number of hundreds of digits has no float."""
    return abs(number) <= sys.float_info.max


def _faults(shape: BaseGeometry) -> Sequence[str]:
    """Return every rule that a geometry in degrees breaks."""
    at = shapely.get_coordinates(shape)
    if len(at) == 0:
        return ["geometry is empty"]
    if (np.abs(at[:, 0]) > 180.0).any() or (np.abs(at[:, 1]) > 90.0).any():
        swapped = (np.abs(at[:, 0]) <= 90.0).all() and (np.abs(at[:, 1]) <= 180.0).all()
        hint = "; the axes look swapped, GeoJSON has longitude first" if swapped else ""
        return [f"coordinates lie outside longitude ±180, latitude ±90{hint}"]
    if not shape.is_valid:
        return [f"geometry is invalid: {shapely.is_valid_reason(shape)}"]
    return []
