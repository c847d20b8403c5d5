"""What cannot be true of an airport: numbers that contradict each other, or that the law has no rule for."""

import math
from collections.abc import Iterator

from geofences.airports import Airport, Designation
from geofences.runway_classes import RUNWAY_CLASSES, runway_class
from geofences.values import Position

BUSY_AIRPORTS = frozenset({"RJCC", "RJAA", "RJTT", "RJGG", "RJBB", "RJOO", "RJFF", "ROAH"})
"""New Chitose, Narita, Haneda, Chubu, Kansai, Itami, Fukuoka, Naha: here the space *below* the surfaces is
closed too (Civil Aeronautics Act, Enforcement Regulations, art. 236-71), so heights alone allow too much."""

LARGEST_LENGTH_DIFFERENCE = 0.1
LARGEST_BEARING_DIFFERENCE_DEG = 2.0
"""How far thresholds may contradict the published length and bearing; more is a mistake in the file."""

LARGEST_HEIGHT_DIFFERENCE_M = 45.0
"""A threshold higher above the reference point than this stands over the horizontal surface."""

METRES_PER_DEGREE = 111_195.0


def contradictions(airport: Airport, bearing_deg: float) -> Iterator[str]:
    """Yield where an airport contradicts itself, its published bearing, or the law."""
    if airport.icao in BUSY_AIRPORTS:
        yield "closed below the surfaces too (Regulations art. 236-71): draw zones for it instead"
    runway = airport.runway
    first, second = (end.threshold for end in runway.ends)
    found_m, found_deg = _between(first, second)
    if abs(found_m - runway.length_m) > LARGEST_LENGTH_DIFFERENCE * runway.length_m:
        yield f"thresholds lie {found_m:.0f} m apart, but 'length_m' is {runway.length_m:g}"
    elif abs((found_deg - bearing_deg + 180.0) % 360.0 - 180.0) > LARGEST_BEARING_DIFFERENCE_DEG:
        yield f"the second threshold bears {found_deg:.1f}° from the first, unlike 'bearing_true'"
    away_m = min(_between(airport.reference_point, each)[0] for each in (first, second))
    if away_m > runway.length_m:
        yield f"'arp' lies {away_m:.0f} m from the nearer threshold, farther than the runway is long"
    for end in runway.ends:
        if end.elevation_amsl_m - airport.elevation_amsl_m >= LARGEST_HEIGHT_DIFFERENCE_M:
            yield f"'thr_elev' of {end.name} lies over the horizontal surface, 45 m above 'elev_m'"
    yield from _class_problems(airport)


def _class_problems(airport: Airport) -> Iterator[str]:
    """Yield what the class of the runway does not allow."""
    runway = airport.runway
    if runway.length_m < RUNWAY_CLASSES[-1].least_length_m:
        yield f"a runway of {runway.length_m:g} m is shorter than any class of the law (100 m)"
        return
    rules = runway_class(runway.length_m)
    if Designation.CONICAL in airport.designated and not (runway.has_precision_approach or rules.conical):
        yield f"'designated': the law has no conical surface for class {rules.letter} without ILS"


def _between(first: Position, second: Position) -> tuple[float, float]:
    """Return distance and bearing between two near positions, on a sphere."""
    scale = math.cos(math.radians((first.latitude_deg + second.latitude_deg) / 2))
    east_m = (second.longitude_deg - first.longitude_deg) * scale * METRES_PER_DEGREE
    north_m = (second.latitude_deg - first.latitude_deg) * METRES_PER_DEGREE
    return math.hypot(east_m, north_m), math.degrees(math.atan2(east_m, north_m)) % 360.0
