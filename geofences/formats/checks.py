"""Rules that hold for a zone of any format, at import and at export."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import shapely

from geofences.errors import DataError
from geofences.formats.log import Log, Place
from geofences.values import Circle, ZoneRule
from geofences.zones import Zone

FOOT_M = 0.3048
"""Exactly, by the international agreement of 1959."""

NAUTICAL_MILE_M = 1852.0
"""Exactly, by the hydrographic conference of 1929."""

UNLIMITED_AMSL_M = 99_900 * FOOT_M
"""Stands for "unlimited": FL 999, as the upper limit of a NOTAM's item Q does (ICAO Doc 8126)."""

TEXTS = ("id", "name_ja", "name_en", "reason_ja", "reason_en", "source")

_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")

METRES_PER_DEGREE = 110_574.0
"""The shortest degree of latitude on WGS 84, at the equator."""


def sound(make: Callable[[], Iterable[Zone]], place: Place) -> tuple[Zone, ...]:
    """Return the zones of a place of a file; tell of every rule that they break.

    Where reading them found a problem, stand-in values are not judged.
    """
    before = len(place.log.problems)
    zones = tuple(make())
    if len(place.log.problems) == before:
        for zone in zones:
            for fault in zone_faults(zone):
                place.problem(fault)
    return zones


def checked(zones: Iterable[Zone], log: Log) -> tuple[Zone, ...]:
    """Return the zones of a file; raise DataError with all its problems, and ids used twice."""
    found = tuple(zones)
    log.problems.extend(twins(found))
    log.raise_problems()
    return found


def refuse_faults(zones: Sequence[Zone], target: str, faults: Iterable[str] = ()) -> None:
    """Raise DataError where zones cannot be exported.

    Parameters
    ----------
    target
        The format, named in the error.
    faults
        What the format itself cannot say, each naming zone and field.
    """
    own = [f"zone {zone.id}: {each}" for zone in zones for each in zone_faults(zone)]
    problems = [*own, *twins(zones), *faults]
    if problems:
        raise DataError(f"export to {target}", problems)


def zone_faults(zone: Zone) -> Iterator[str]:
    """Yield every rule that a zone breaks."""
    if not zone.id.strip():
        yield "'id' is empty"
    if zone.floor.datum is zone.ceiling.datum and zone.ceiling.height_m < zone.floor.height_m:
        yield f"ceiling {zone.ceiling.height_m:g} m lies under the floor {zone.floor.height_m:g} m"
    if not (zone.buffer_m >= 0.0 and math.isfinite(zone.buffer_m)):
        yield f"'buffer_m' must not be negative, but is {zone.buffer_m:g}"
    if zone.cost_factor < 1.0 or (zone.cost_factor != 1.0 and zone.rule is not ZoneRule.CAUTION):
        yield f"'cost_factor' must be 1, or more for a caution zone, but is {zone.cost_factor:g}"
    for name in TEXTS:
        if not getattr(zone, name).isascii() and _HALF_A_CHARACTER.search(getattr(zone, name)):
            yield f"{name!r} holds half a character (a lone surrogate)"
    yield from _shape_faults(zone)


def _shape_faults(zone: Zone) -> Iterator[str]:
    if not isinstance(zone.geometry, Circle):
        if zone.geometry.is_empty or not zone.geometry.is_valid:
            yield f"geometry is invalid: {shapely.is_valid_reason(zone.geometry)}"
        return
    centre, radius_m = zone.geometry.centre, zone.geometry.radius_m
    if radius_m <= 0.0:
        yield f"the radius must be more than 0 m, but is {radius_m:g}"
    reach_deg = radius_m / METRES_PER_DEGREE
    if abs(centre.latitude_deg) + reach_deg > 89.0:
        yield "the circle reaches a pole"
    elif abs(centre.longitude_deg) + reach_deg / math.cos(math.radians(abs(centre.latitude_deg))) > 180.0:
        yield "the circle crosses the antimeridian"


class Identified(Protocol):
    """What has an id of its own in a file."""

    @property
    def id(self) -> str:
        """The id."""
        ...


def twins(values: Iterable[Identified]) -> list[str]:
    """Return the ids that are used more than once, a sentence each."""
    counts = Counter(each.id for each in values if each.id)
    return [f"the id {each!r} is used more than once" for each, count in sorted(counts.items()) if count > 1]
