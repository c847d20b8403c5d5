"""A certificate with a number that cannot be is refused with a word about it, and never crashes the check."""

import math
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from geofences.airspace import Airspace
from geofences.judge_numbers import impossible_numbers
from geofences.route import Certificate, FlightFigures, Route, RouteWaypoint
from geofences.values import Position
from tests.unit.geofences.pond import pond
from tests.unit.geofences.test_verify import proof_in, signed_again, violations

POND = pond()
PROOF = proof_in(POND)
NUMBERS = [
    each.name
    for each in fields(RouteWaypoint)
    if isinstance(getattr(PROOF[1].waypoints[0], each.name), float)
]


def with_first(route: Route, waypoint: RouteWaypoint) -> Route:
    return replace(route, waypoints=(waypoint, *route.waypoints[1:]))


def test_a_flight_that_can_be_has_none() -> None:
    assert list(impossible_numbers(*PROOF)) == []


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", NUMBERS)
def test_a_waypoint_with_what_is_no_number_fails_by_name(name: str, value: float) -> None:
    certificate, way_out, way_home = PROOF
    spoilt: dict[str, Any] = {name: value}
    changed = replace(way_out.waypoints[0], **spoilt)

    found = violations(signed_again((certificate, with_first(way_out, changed), way_home), POND), POND)

    assert found == (f"way out, waypoints 0, {name}: {value} is not a finite number",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda proved: replace(proved, energy_available_wh=math.inf), "energy_available_wh: inf"),
        (lambda proved: replace(proved, reserve_fraction=-0.5), "a reserve of -0.5"),
        (lambda proved: replace(proved, reserve_fraction=1.0), "a reserve of 1"),
        (lambda proved: with_figure(proved, "climb_rate_m_s", 0.0), "climb_rate_m_s: no aircraft has 0"),
        (lambda proved: with_figure(proved, "turn_radius_m", -1.0), "turn_radius_m: no aircraft has -1"),
        (lambda proved: with_figure(proved, "strongest_wind_m_s", math.inf), "strongest_wind_m_s: inf"),
    ],
)
def test_a_certificate_of_what_cannot_be_fails_by_name(
    change: Callable[[Certificate], Certificate], message: str
) -> None:
    certificate, *ways = PROOF

    found = violations((change(certificate).sealed(), ways[0], ways[1]), POND)

    assert any(message in each for each in found)


def with_figure(certificate: Certificate, name: str, value: float) -> Certificate:
    figures: FlightFigures | None = certificate.figures
    assert figures is not None
    return replace(certificate, figures=replace(figures, **{name: value}))


@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        (lambda at: replace(at[2], position=Position(math.nan, 128.9)), "latitude_deg: nan"),
        (lambda at: at[1], "way out, leg 2: ends where it begins"),
    ],
)
def test_a_place_that_is_none_or_comes_twice_fails(
    pond: Airspace, spoilt: Callable[[tuple[RouteWaypoint, ...]], RouteWaypoint], message: str
) -> None:
    certificate, way_out, way_home = PROOF
    at = way_out.waypoints
    changed = replace(way_out, waypoints=(*at[:2], spoilt(at), *at[3:]))

    found = violations(signed_again((certificate, changed, way_home), pond), pond)

    assert any(message in each for each in found)
