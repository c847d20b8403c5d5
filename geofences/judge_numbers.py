"""Numbers that no flight has: looked for before anything is measured, since they would spoil every measure.

A comparison with what is not a number is false, so a check that looks for "too near" would let it pass.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from geofences.route import Certificate, FlightFigures, Route, Way

ABOVE_ZERO = ("cruise_speed_m_s", "climb_rate_m_s", "descent_rate_m_s")


def impossible_numbers(certificate: Certificate, way_out: Route, way_home: Route) -> Iterator[str]:
    """Yield what cannot be: a number that is not finite, a figure below zero, a leg without a length."""
    for name, value in (("certificate", certificate), ("way out", way_out), ("way home", way_home)):
        yield from _not_finite(name, value)
    if not 0.0 <= certificate.reserve_fraction < 1.0:
        yield f"a reserve of {certificate.reserve_fraction:g} of the energy is no share of it"
    if certificate.figures is not None:
        yield from _impossible_figures(certificate.figures)
    for way, route in zip(Way, (way_out, way_home), strict=True):
        for number, (before, here) in enumerate(itertools.pairwise(route.waypoints), start=1):
            if before.position == here.position:
                yield f"way {way}, leg {number}: ends where it begins"


def _not_finite(name: str, value: object) -> Iterator[str]:
    if isinstance(value, float):
        if not math.isfinite(value):
            yield f"{name}: {value} is not a finite number"
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _not_finite(f"{name} {number}", each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _not_finite(f"{name}, {each.name}", getattr(value, each.name))


def _impossible_figures(figures: FlightFigures) -> Iterator[str]:
    for each in fields(figures):
        value = getattr(figures, each.name)
        if value < 0.0 or (value == 0.0 and each.name in ABOVE_ZERO):
            yield f"figures, {each.name}: no aircraft has {value:g}"
