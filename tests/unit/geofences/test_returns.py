from dataclasses import replace
from datetime import timedelta
from itertools import accumulate, pairwise

import pytest

from geofences.airspace import Airspace
from geofences.certificate import certify
from geofences.corridor import centreline, local_points
from geofences.errors import CertificateError
from geofences.proof import Proof
from geofences.returns import checked_returns, figures_of, return_violations
from geofences.round_trip import reverse_route
from geofences.route import CheckedReturn, Route
from geofences.shapes import length_of
from geofences.values import Interval
from geofences.wind import Wind
from tests.unit.geofences.pond import (
    DEPARTURE,
    MAP,
    PERFORMANCE,
    SOUTH_OF_ISLAND,
    round_trip,
    way,
    zone,
)

CRUISE_WH_PER_M = 430.0 / 25.0 / 3600.0
CLIMB_OUT_WH = 56.0 / 2.5 * 1900.0 / 3600.0
"""From the quay at 4 m to the outbound altitude of 60 m."""

CLIMB_HOME_WH = 81.0 / 2.5 * 1900.0 / 3600.0
DESCENT_HOME_WH = 81.0 / 1.5 * 1900.0 / 3600.0
"""The way home is flown at 85 m."""

DESCENT_OUT_WH = 56.0 / 1.5 * 1900.0 / 3600.0
TO_HOME_BAND_WH = 25.0 / 2.5 * 1900.0 / 3600.0


def proof_of(pond: Airspace, way_out: Route, way_home: Route) -> Proof:
    return Proof(pond, way_out, way_home, Interval(DEPARTURE, DEPARTURE + timedelta(hours=1)))


def distances_m(pond: Airspace, route: Route) -> list[float]:
    """Return how far along a route each waypoint but the first lies."""
    points = local_points(route, pond.projection)
    return list(accumulate(length_of(leg) for leg in pairwise(points)))


def test_every_leg_of_the_way_out_has_a_return(pond: Airspace) -> None:
    way_out, way_home = round_trip(pond)

    returns = checked_returns(proof_of(pond, way_out, way_home), figures_of(PERFORMANCE))

    assert [each.leg for each in returns] == list(range(1, len(way_out.waypoints)))


def test_a_return_uses_what_was_flown_a_climb_and_the_same_way_back(pond: Airspace) -> None:
    way_out, way_home = round_trip(pond)

    *before_pad, last = checked_returns(proof_of(pond, way_out, way_home), figures_of(PERFORMANCE))

    for each, flown_m in zip(before_pad, distances_m(pond, way_out), strict=False):
        there_wh = CLIMB_OUT_WH + flown_m * CRUISE_WH_PER_M
        back_wh = flown_m * CRUISE_WH_PER_M + DESCENT_HOME_WH
        assert each.join_wh == pytest.approx(TO_HOME_BAND_WH)
        assert each.needed_wh == pytest.approx(there_wh + TO_HOME_BAND_WH + back_wh, abs=0.01), each.leg
    both_ways_wh = 2.0 * way_out.length_m * CRUISE_WH_PER_M
    pads_wh = CLIMB_OUT_WH + DESCENT_OUT_WH + CLIMB_HOME_WH + DESCENT_HOME_WH
    assert last.needed_wh == pytest.approx(both_ways_wh + pads_wh + TO_HOME_BAND_WH, abs=0.01), (
        "from the pad, with the climb of the way home"
    )


def test_the_last_leg_of_the_way_home_is_never_left_out(pond: Airspace) -> None:
    way_out, way_home = round_trip(pond)
    pad, gate, *others = way_out.waypoints
    between = replace(
        gate,
        position=MAP.position_from_local(-5_700.0, 0.0),
        energy_wh=CLIMB_OUT_WH + 300.0 * CRUISE_WH_PER_M,
    )
    longer = replace(way_out, waypoints=(pad, between, gate, *others))

    first = checked_returns(proof_of(pond, longer, way_home), figures_of(PERFORMANCE))[0]

    last_leg_wh = 600.0 * CRUISE_WH_PER_M + DESCENT_HOME_WH
    assert first.needed_wh == pytest.approx(between.energy_wh + TO_HOME_BAND_WH + last_leg_wh, abs=0.01)


def test_what_a_return_needs_grows_with_every_leg(pond: Airspace) -> None:
    returns = checked_returns(proof_of(pond, *round_trip(pond)), figures_of(PERFORMANCE))

    assert all(before.needed_wh < after.needed_wh for before, after in pairwise(returns))


def test_an_aircraft_that_needs_room_pays_for_turning_about(pond: Airspace) -> None:
    proof = proof_of(pond, *round_trip(pond))
    figures = replace(figures_of(PERFORMANCE), turn_radius_m=150.0)

    first = checked_returns(proof, figures)[0]

    # Arcs of 60, 300 and 60 degrees are 420 degrees of a circle.
    turn_m = 420.0 / 360.0 * 2.0 * 3.14159265 * 150.0
    assert first.join_wh == pytest.approx(TO_HOME_BAND_WH + turn_m * CRUISE_WH_PER_M, rel=1e-6)


def other_side(pond: Airspace) -> tuple[Route, Route]:
    """Return a way out and a way home that keeps a little further away from the island."""
    near = way(pond.with_zone(zone("S", SOUTH_OF_ISLAND)))
    more = zone("MORE", (-500.0, 900.0, 500.0, 1600.0))
    wide = way(pond.with_zone(zone("S", SOUTH_OF_ISLAND)).with_zone(more))
    way_home = reverse_route(
        pond,
        wide,
        performance=PERFORMANCE,
        departure=DEPARTURE + timedelta(seconds=near.duration_s),
        band=pond.policy.inbound,
    )
    return near, way_home


@pytest.mark.parametrize(("wind_m_s", "slowest_m_s"), [(0.0, 25.0), (10.0, 15.0), (24.9, 1.0)])
def test_another_way_home_is_joined_in_a_straight_line_and_counted_in_full(
    pond: Airspace, wind_m_s: float, slowest_m_s: float
) -> None:
    way_out, way_home = other_side(pond)
    line = centreline(way_home, pond.projection)
    figures = replace(figures_of(PERFORMANCE), strongest_wind_m_s=wind_m_s)

    returns = checked_returns(proof_of(pond, way_out, way_home), figures)

    out = centreline(way_out, pond.projection)
    farthest_m = out.hausdorff_distance(line)
    joins_wh = [each.join_wh - TO_HOME_BAND_WH for each in returns]
    assert farthest_m > 100.0
    assert 0.0 <= max(joins_wh) * 3600.0 / 430.0 * slowest_m_s - farthest_m <= 60.0, "one step of sampling"
    for each, waypoint in zip(returns, way_out.waypoints[1:], strict=True):
        assert each.needed_wh == pytest.approx(waypoint.energy_wh + each.join_wh + way_home.energy_wh)


def test_legs_from_which_the_energy_is_not_enough_are_named() -> None:
    returns = [CheckedReturn(1, 5.0, 100.0), CheckedReturn(2, 5.0, 150.0), CheckedReturn(3, 5.0, 150.1)]

    assert list(return_violations(returns, 150.0)) == [
        "way out, leg 3: turning home needs 150 Wh in all, but only 150 Wh may be used"
    ]
    assert len(list(return_violations(returns, 99.0))) == 3
    assert list(return_violations(returns, 151.0)) == []


def test_a_flight_that_could_not_turn_home_is_not_certified(pond: Airspace) -> None:
    way_out, way_home = round_trip(pond)
    both_wh = way_out.energy_wh + way_home.energy_wh

    def certified(usable_wh: float) -> int:
        certificate = certify(
            pond,
            way_out,
            way_home,
            energy_available_wh=usable_wh,
            reserve_fraction=0.0,
            performance=PERFORMANCE,
        )
        return len(certificate.returns)

    assert certified(both_wh + TO_HOME_BAND_WH + 0.1) == len(way_out.waypoints) - 1
    with pytest.raises(CertificateError, match=f"leg {len(way_out.waypoints) - 1}: turning home needs"):
        certified(both_wh + TO_HOME_BAND_WH - 0.1)


def test_the_figures_of_an_aircraft_are_those_with_its_payload_and_wind() -> None:
    figures = figures_of(replace(PERFORMANCE, wind=Wind(3.0, 270.0), turn_radius_m=80.0))

    assert (figures.cruise_speed_m_s, figures.climb_rate_m_s, figures.descent_rate_m_s) == (25.0, 2.5, 1.5)
    assert (figures.cruise_w, figures.climb_w, figures.descent_w) == (430.0, 1900.0, 1900.0)
    assert figures.strongest_wind_m_s == pytest.approx(3.0)
    assert figures.turn_radius_m == 80.0
