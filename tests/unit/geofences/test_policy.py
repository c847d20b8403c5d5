"""What the policy and caution zones make of a way: preferred lanes, dear seas, forbidden seas."""

from dataclasses import replace
from datetime import timedelta

import pytest
from shapely import LineString

from geofences.airspace import Airspace
from geofences.certificate import certify
from geofences.errors import CertificateError, NoRoute
from geofences.haste import in_haste
from geofences.route import Route
from geofences.values import AltitudeBand, Interval, ZoneRule
from geofences.verify import verify
from geofences.zones import Zone
from tests.unit.geofences.pond import (
    ACROSS_EVERYTHING,
    DEPARTURE,
    MAP,
    NORTH_OF_ISLAND,
    PERFORMANCE,
    SOUTH_OF_ISLAND,
    round_trip,
    way,
    zone,
)
from tests.unit.geofences.pond_lanes import SOUTHERN_LANE, lane, with_lanes

FAR_LANE = [(-5400.0, 0.0), (-2500.0, -3500.0), (2500.0, -3500.0), (5400.0, 0.0)]
OVER_THE_ISLAND = [(-5400.0, 0.0), (5400.0, 0.0)]
LATER = Interval(DEPARTURE + timedelta(minutes=4), DEPARTURE + timedelta(hours=1))


def middle_y_m(route: Route) -> float:
    """Return how far north (or south, negative) of the island's middle the way passes it."""
    line = LineString([MAP.local_from_position(each.position) for each in route.waypoints])
    return float(line.intersection(LineString([(0.0, -6000.0), (0.0, 6000.0)])).y)


def care(box: tuple[float, float, float, float], cost_factor: float, *active: Interval) -> Zone:
    return replace(zone("CARE", box, rule=ZoneRule.CAUTION, active=active), cost_factor=cost_factor)


def test_a_lane_is_followed_where_the_open_sea_costs_more(pond: Airspace) -> None:
    laned = with_lanes(pond, lane("L", SOUTHERN_LANE), open_sea_cost_factor=1.2)

    route = way(laned)

    assert -2000.0 <= middle_y_m(route) <= -1600.0
    assert "L" in {each.corridor_id for each in route.waypoints}
    assert route.length_m > way(pond).length_m


def test_a_lane_that_is_longer_than_the_sea_is_dear_is_left_alone(pond: Airspace) -> None:
    laned = with_lanes(pond, lane("FAR", FAR_LANE), open_sea_cost_factor=1.01)

    assert way(laned).length_m == pytest.approx(way(pond).length_m, abs=1.0)


@pytest.mark.parametrize(
    ("after_s", "is_careful", "remark"),
    [(700.0, True, "the lane is over in time"), (560.0, False, "only the shortest way is over in time")],
)
def test_a_lane_is_left_where_only_the_faster_way_is_over_before_a_zone_begins(
    pond: Airspace, after_s: float, is_careful: bool, remark: str
) -> None:
    begins = DEPARTURE + timedelta(seconds=after_s)
    closed = zone("ALL", ACROSS_EVERYTHING, active=(Interval(begins, begins + timedelta(hours=1)),))
    laned = with_lanes(pond, lane("L", SOUTHERN_LANE), open_sea_cost_factor=1.2).with_zone(closed)

    route = way(laned)

    assert (middle_y_m(route) < -1500.0) is is_careful, remark
    assert route.duration_s < after_s


def test_haste_that_does_not_help_changes_nothing_in_the_answer(pond: Airspace) -> None:
    soon = DEPARTURE + timedelta(seconds=100.0)
    closed = zone("ALL", ACROSS_EVERYTHING, active=(Interval(soon, soon + timedelta(hours=1)),))
    laned = with_lanes(pond, lane("L", SOUTHERN_LANE), open_sea_cost_factor=1.2).with_zone(closed)

    with pytest.raises(NoRoute) as caught:
        way(laned)

    assert caught.value.blocking_zones == ("ALL",)
    assert in_haste(laned) is not None


def test_nobody_hurries_where_nothing_changes_with_time(pond: Airspace) -> None:
    laned = with_lanes(pond, lane("L", SOUTHERN_LANE), open_sea_cost_factor=1.2)

    assert in_haste(laned.with_zone(zone("ALL", ACROSS_EVERYTHING))) is None
    assert in_haste(pond) is None


def test_where_the_open_sea_is_forbidden_the_lane_is_the_only_way_and_its_proof_holds(pond: Airspace) -> None:
    laned = with_lanes(pond, lane("L", SOUTHERN_LANE), open_sea_cost_factor=None)

    ways = round_trip(laned)

    proof = certify(laned, *ways, energy_available_wh=3000.0, reserve_fraction=0.3, performance=PERFORMANCE)
    verify(proof, *ways, laned, DEPARTURE)
    assert all(-2000.0 <= middle_y_m(each) <= -1600.0 for each in ways)


def test_where_the_open_sea_is_forbidden_and_no_lane_leads_there_the_closed_lane_is_named(
    pond: Airspace,
) -> None:
    closed = with_lanes(pond, lane("L", SOUTHERN_LANE, is_open=False), open_sea_cost_factor=None)

    with pytest.raises(NoRoute) as caught:
        way(closed)

    assert caught.value.blocking_corridors == ("L",)


def test_a_lane_over_land_is_no_way(pond: Airspace) -> None:
    laned = with_lanes(pond, lane("L", OVER_THE_ISLAND), open_sea_cost_factor=None)

    with pytest.raises(NoRoute):
        way(laned)


@pytest.mark.parametrize(("box", "sign"), [(SOUTH_OF_ISLAND, 1.0), (NORTH_OF_ISLAND, -1.0)])
def test_a_dear_caution_zone_is_left_to_one_side(
    pond: Airspace, box: tuple[float, float, float, float], sign: float
) -> None:
    assert middle_y_m(way(pond.with_zone(care(box, 1.5)))) * sign > 0.0


def test_a_caution_zone_that_costs_no_more_than_the_way_round_it_is_crossed(pond: Airspace) -> None:
    everywhere = care((-500.0, -7000.0, 500.0, 7000.0), 9.0)

    assert way(pond.with_zone(everywhere)).length_m == pytest.approx(way(pond).length_m, abs=1.0)


def test_a_caution_zone_counts_only_at_the_heights_flown(pond: Airspace) -> None:
    plain = middle_y_m(way(pond))
    box = NORTH_OF_ISLAND if plain > 0.0 else SOUTH_OF_ISLAND
    low, here = (
        replace(zone("CARE", box, rule=ZoneRule.CAUTION, band=band), cost_factor=5.0)
        for band in (AltitudeBand(0.0, 45.0), AltitudeBand(0.0, 55.0))
    )

    assert middle_y_m(way(pond.with_zone(low))) == pytest.approx(plain)
    assert middle_y_m(way(pond.with_zone(here))) * plain < 0.0


@pytest.mark.parametrize(
    ("band", "is_open", "remark"),
    [
        (AltitudeBand(0.0, 95.0), True, "holds all altitudes"),
        (AltitudeBand(0.0, 80.0), False, "ends under the way home"),
        (AltitudeBand(60.0, 120.0), False, "begins over the way out"),
        (AltitudeBand(100.0, 120.0), True, "concerns nobody: over all altitudes"),
    ],
)
def test_a_keep_in_zone_keeps_a_flight_under_its_ceiling_and_over_its_floor(
    pond: Airspace, band: AltitudeBand, is_open: bool, remark: str
) -> None:
    ways = round_trip(pond)
    everywhere = zone("IN", (-8900.0, -5900.0, 8900.0, 5900.0), rule=ZoneRule.KEEP_IN, band=band)
    kept = pond.with_zone(everywhere)
    proof = certify(pond, *ways, energy_available_wh=3000.0, reserve_fraction=0.3, performance=PERFORMANCE)
    told = replace(proof, airspace_version=kept.version).sealed()

    if is_open:
        assert way(kept).length_m == pytest.approx(way(pond).length_m, abs=1.0), remark
        return
    with pytest.raises(NoRoute, match="IN"):
        way(kept)
    with pytest.raises(CertificateError, match="IN"):
        certify(kept, *ways, energy_available_wh=3000.0, reserve_fraction=0.3, performance=PERFORMANCE)
    with pytest.raises(CertificateError, match="keep-in zone IN"):
        verify(told, *ways, kept, DEPARTURE)


def test_a_caution_zone_that_begins_in_mid_flight_counts(pond: Airspace) -> None:
    plain = middle_y_m(way(pond))
    box = NORTH_OF_ISLAND if plain > 0.0 else SOUTH_OF_ISLAND

    route = way(pond.with_zone(care(box, 5.0, LATER)))

    assert middle_y_m(route) * plain < 0.0
