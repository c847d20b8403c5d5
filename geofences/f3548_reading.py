"""The volumes of an operational intent of ASTM F3548-21 (UTM API 1.0.0): see ``geofences.f3548``."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import shapely
from shapely import Polygon

from geofences.errors import DataError
from geofences.f3548 import Geoid, Json
from geofences.projection import LocalProjection
from geofences.values import Interval
from geofences.volumes import Volume4D


def volumes_of_intent(intent: Json, projection: LocalProjection, geoid: Geoid) -> tuple[Volume4D, ...]:
    """Return the volumes of an operational intent, our own or a peer's; the number of each is its leg.

    Raises
    ------
    DataError
        With every volume that has no polygon, altitudes or times, or wrong ones.
    """
    name = str(_at(intent, "reference", "id") or "without id")
    listed = _at(intent, "details", "volumes")
    if not isinstance(listed, list):
        raise DataError(f"operational intent {name}", ["details.volumes is not a list"])
    found, problems = [], []
    for number, each in enumerate(listed):
        try:
            found.append(_read(f"{name}/{number}", number, each, projection, geoid))
        except (LookupError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
            problems.append(f"volume {number}: {type(error).__name__} {error}")
    if problems:
        raise DataError(f"operational intent {name}", problems)
    return tuple(found)


def _read(name: str, number: int, each: Json, projection: LocalProjection, geoid: Geoid) -> Volume4D:
    volume = each["volume"]
    vertices = volume["outline_polygon"]["vertices"]
    degrees = np.array([[vertex["lng"], vertex["lat"]] for vertex in vertices], dtype=np.float64)
    if not np.isfinite(degrees).all() or (np.abs(degrees) > (180.0, 90.0)).any():
        raise ValueError("a vertex is not on the earth")
    area = Polygon(np.column_stack(projection.to_local(*degrees.T)))
    if not area.is_valid:
        raise ValueError(shapely.is_valid_reason(area))
    lower_m, upper_m = _metres(volume["altitude_lower"]), _metres(volume["altitude_upper"])
    interval = Interval(_instant(each["time_start"]), _instant(each["time_end"]))
    if not (lower_m < upper_m and interval.start < interval.end):
        raise ValueError("the lower altitude or the start is not before the other")
    return Volume4D(name, number, area, geoid.amsl(lower_m, upper_m), interval)


def _metres(altitude: Json) -> float:
    if (altitude["reference"], altitude["units"]) != ("W84", "M") or not math.isfinite(altitude["value"]):
        raise ValueError("an altitude is not in metres above the ellipsoid (W84, M)")
    return float(altitude["value"])


def _instant(time: Json) -> datetime:
    if time["format"] != "RFC3339" or not time["value"].endswith("Z"):
        raise ValueError("a time is not RFC 3339 with the zone Z")
    return datetime.fromisoformat(time["value"])


def _at(document: Json, *keys: str) -> Any:
    value: Any = document
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
