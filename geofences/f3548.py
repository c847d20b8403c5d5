"""A flight as an operational intent of ASTM F3548-21 (UTM API 1.0.0).

What a flight needs of the standard: ``details.volumes`` with polygon, altitudes and times, and the fields of
``reference`` that an operator knows. The ``ovn`` is left out: only the DSS makes it. Heights of the standard
are above the WGS 84 ellipsoid, ours above mean sea level, so each conversion takes the height of the geoid.
"""

import math
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import shapely

from geofences.errors import DataError
from geofences.projection import LocalProjection
from geofences.values import AltitudeBand
from geofences.volumes import Volume4D

Json = Mapping[str, Any]

MOST_VERTICES = 10_000
"""Of all volumes of an intent together (F3548-21 A2, OiMaxVertices)."""

LONGEST_AHEAD = timedelta(days=30)
"""How far ahead of now an intent may end (F3548-21 A2, OiMaxPlanHorizonDays)."""

DEGREE_DECIMALS = 8
"""1 mm; the standard asks for 1 cm (IntersectionMinimumPrecisionCm)."""

CENTIMETRES = 100


@dataclass(frozen=True, slots=True)
class Geoid:
    """The height of mean sea level above the ellipsoid, and how wrong it may be.

    Bands are widened by the error in both directions of conversion, so that what is given away or taken over
    is never smaller than what was meant.
    """

    height_m: float
    uncertainty_m: float

    def ellipsoidal(self, band: AltitudeBand) -> tuple[float, float]:
        """Return lower and upper height above the ellipsoid, in whole centimetres outward."""
        low_m = band.floor_amsl_m + self.height_m - self.uncertainty_m
        high_m = band.ceiling_amsl_m + self.height_m + self.uncertainty_m
        return _floor_cm(low_m), -_floor_cm(-high_m)

    def amsl(self, lower_m: float, upper_m: float) -> AltitudeBand:
        """Return a band above mean sea level."""
        shift_m = self.height_m
        return AltitudeBand(lower_m - shift_m - self.uncertainty_m, upper_m - shift_m + self.uncertainty_m)


GOTO_GEOID = Geoid(32.0, 2.0)
"""About 31 to 33 m at Goto (not confirmed, so one metre more is allowed). Replace it by a value of the
national geoid model before intents go to others."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the operator knows of an operational intent.

    Parameters
    ----------
    id, subscription_id
        UUIDs of version 4.
    manager
        The name under which the operator's USS is known to the DSS.
    uss_base_url
        Where peers ask for details, without a slash at the end.
    priority
        0 for a usual flight; the regulator gives meaning to others.
    """

    id: str
    manager: str
    uss_base_url: str
    subscription_id: str
    version: int = 1
    state: str = "Accepted"
    uss_availability: str = "Unknown"
    priority: int = 0


def operational_intent(
    volumes: Sequence[Volume4D],
    reference: Reference,
    projection: LocalProjection,
    geoid: Geoid,
    *,
    now: datetime,
) -> dict[str, Any]:
    """Return an operational intent as a JSON document.

    Parameters
    ----------
    now
        For the planning horizon: an intent ends after now and within 30 days.

    Raises
    ------
    DataError
        With every rule of the standard that does not hold.
    """
    problems = [*_reference_problems(reference), *_volume_problems(volumes, now)]
    if problems:
        raise DataError(f"operational intent {reference.id}", problems)
    return {
        "reference": {
            "id": reference.id,
            "manager": reference.manager,
            "uss_availability": reference.uss_availability,
            "version": reference.version,
            "state": reference.state,
            "time_start": _time(min(each.interval.start for each in volumes)),
            "time_end": _time(max(each.interval.end for each in volumes)),
            "uss_base_url": reference.uss_base_url,
            "subscription_id": reference.subscription_id,
        },
        "details": {
            "volumes": [_volume(each, projection, geoid) for each in volumes],
            "off_nominal_volumes": [],
            "priority": reference.priority,
        },
    }


def _reference_problems(reference: Reference) -> Iterator[str]:
    for field in ("id", "subscription_id"):
        if not _is_uuid4(getattr(reference, field)):
            yield f"reference.{field} is not a UUID of version 4"
    if not reference.manager:
        yield "reference.manager is empty"
    if reference.uss_base_url.endswith("/"):
        yield "reference.uss_base_url ends with a slash"
    if reference.state not in ("Accepted", "Activated"):
        yield f"reference.state {reference.state} needs off-nominal volumes, which are not exported"


def _volume_problems(volumes: Sequence[Volume4D], now: datetime) -> Iterator[str]:
    if not volumes:
        yield "details.volumes needs at least one volume"
        return
    vertices = sum(len(each.area.exterior.coords) - 1 for each in volumes)
    if vertices > MOST_VERTICES:
        yield f"{vertices} vertices, more than {MOST_VERTICES}"
    for each in volumes:
        if each.area.interiors:
            yield f"volume {each.id}: its polygon has a hole, which the standard does not know"
        if each.band.floor_amsl_m >= each.band.ceiling_amsl_m:
            yield f"volume {each.id}: the lower altitude must be less than the upper"
        if each.interval.start >= each.interval.end:
            yield f"volume {each.id}: the start must be before the end"
        if each.interval.end <= now:
            yield f"volume {each.id}: it ends in the past"
        if each.interval.end > now + LONGEST_AHEAD:
            yield f"volume {each.id}: it ends more than {LONGEST_AHEAD.days} days ahead"


def _volume(volume: Volume4D, projection: LocalProjection, geoid: Geoid) -> dict[str, Any]:
    lower_m, upper_m = geoid.ellipsoidal(volume.band)
    x_m, y_m = shapely.get_coordinates(volume.area.exterior)[:-1].T
    longitudes, latitudes = projection.to_geographic(x_m, y_m)
    vertices = [
        {"lng": round(float(lng), DEGREE_DECIMALS), "lat": round(float(lat), DEGREE_DECIMALS)}
        for lng, lat in zip(longitudes, latitudes, strict=True)
    ]
    return {
        "volume": {
            "outline_polygon": {"vertices": vertices},
            "altitude_lower": {"value": lower_m, "reference": "W84", "units": "M"},
            "altitude_upper": {"value": upper_m, "reference": "W84", "units": "M"},
        },
        "time_start": _time(volume.interval.start),
        "time_end": _time(volume.interval.end),
    }


def _time(instant: datetime) -> dict[str, str]:
    """Return a time as RFC 3339 with the zone Z, which the standard asks for."""
    text = instant.astimezone(UTC).isoformat(timespec="microseconds")
    return {"value": text.replace("+00:00", "Z"), "format": "RFC3339"}


def _is_uuid4(text: str) -> bool:
    try:
        return uuid.UUID(text).version == 4
    except ValueError:
        return False


def _floor_cm(height_m: float) -> float:
    return math.floor(round(height_m * CENTIMETRES, 6)) / CENTIMETRES
