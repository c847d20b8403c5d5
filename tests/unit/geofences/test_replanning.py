from dataclasses import replace
from datetime import timedelta

import pytest
import shapely

from geofences.airspace import Airspace
from geofences.conflicts import conflicts
from geofences.corridor import corridor_area
from geofences.deconflict import StillInConflict, deconflict, delayed
from geofences.errors import NoRoute
from geofences.remedies import Remedy
from geofences.replanning import AirspacePlanning, rises_m
from geofences.route import Route
from geofences.router import plan_route
from geofences.values import AltitudeBand, Interval
from geofences.volumes import Volume4D, volumes_of
from tests.unit.geofences.pond import DEPARTURE, PERFORMANCE, pond, way, zone

POND = pond()


def find_way(airspace: Airspace, route: Route) -> Route:
    return plan_route(
        airspace,
        route.origin_site_id,
        route.destination_site_id,
        performance=PERFORMANCE,
        departure=route.departure,
        band=airspace.policy.outbound,
    )


def planning(airspace: Airspace = POND) -> AirspacePlanning:
    return AirspacePlanning(airspace, PERFORMANCE, find_way)


def block(
    west_m: float, south_m: float, east_m: float, north_m: float, band: AltitudeBand, minutes: float
) -> Volume4D:
    interval = Interval(DEPARTURE, DEPARTURE + timedelta(minutes=minutes))
    return Volume4D("BLOCK", 0, shapely.box(west_m, south_m, east_m, north_m), band, interval)


def across_the_side_of(route: Route, band: AltitudeBand, minutes: float) -> Volume4D:
    """A block across the side of the island on which a route passes."""
    south, north = corridor_area([route], POND.projection).bounds[1::2]
    if north > 1000.0:
        return block(-500.0, 1100.0, 500.0, 3000.0, band, minutes)
    return block(-500.0, min(south, -3000.0), 500.0, -1100.0, band, minutes)


def test_layers_fit_under_the_legal_limit_in_sets_of_both_directions() -> None:
    higher = replace(POND, policy=replace(POND.policy, altitude_limit_above_ground_m=250.0))
    lower = replace(POND, policy=replace(POND.policy, altitude_limit_above_ground_m=144.0))

    assert rises_m(POND) == (50.0,)
    assert rises_m(higher) == (50.0, 100.0, 150.0)
    assert rises_m(lower) == ()


def test_a_short_reservation_is_waited_for() -> None:
    route = way(POND)
    taken = {"S-2": [across_the_side_of(route, AltitudeBand(0, 150), 4.2)]}

    result = deconflict(route, taken, replace(planning(), find_way=no_way))

    assert (result.rise_m, result.is_other_way) == (0.0, False)
    assert 0.0 < result.delay_s < 60.0
    assert conflicts(planning().volumes(result.route), taken["S-2"]) == ()


def test_a_reservation_in_the_band_is_passed_above() -> None:
    route = way(POND)
    taken = {"S-2": [block(-2000.0, -5900.0, 2000.0, 5900.0, POND.policy.outbound, 30.0)]}

    result = deconflict(route, taken, planning())

    assert result.rise_m == 50.0
    assert result.route.waypoints[3].altitude_amsl_m == 110.0
    assert result.cost_s == pytest.approx(50 / 2.5 + 50 / 1.5)
    assert result.route.duration_s == pytest.approx(route.duration_s + result.cost_s)
    assert result.route.energy_wh == pytest.approx(route.energy_wh + 1900 * result.cost_s / 3600)
    assert conflicts(planning().volumes(result.route), taken["S-2"]) == ()


def test_a_reservation_on_one_side_of_the_island_is_passed_on_the_other() -> None:
    route = way(POND)
    taken = {"S-2": [across_the_side_of(route, AltitudeBand(0, 150), 30.0)]}

    result = deconflict(route, taken, planning())

    assert result.is_other_way
    assert result.cost_s < 20.0
    assert conflicts(planning().volumes(result.route), taken["S-2"]) == ()
    assert {each.remedy for each in result.rejected} == {Remedy.WAIT, Remedy.LAYER}


def test_the_zone_of_a_reservation_holds_as_long_as_the_flight_may_be_late() -> None:
    late = AirspacePlanning(POND, PERFORMANCE, find_way, start_window_s=1200.0)
    route = way(POND)
    # It begins after the planned arrival, but a late start would meet it.
    blocks = across_the_side_of(route, AltitudeBand(0, 150), 60.0)
    later = replace(blocks.interval, start=DEPARTURE + timedelta(seconds=route.duration_s + 60))
    taken = {"S-2": [replace(blocks, interval=later)]}

    assert deconflict(route, taken, planning()).cost_s == 0.0
    result = deconflict(route, taken, late)

    assert result.is_other_way
    assert conflicts(late.volumes(result.route), taken["S-2"]) == ()


def test_a_layer_that_a_zone_closes_is_not_taken() -> None:
    route = way(POND)
    closed = POND.with_zone(zone("HIGH", (-2000.0, -5900.0, 2000.0, 5900.0), band=AltitudeBand(100.0, 300.0)))
    open_above = POND.with_zone(
        zone("LOW", (-2000.0, -5900.0, 2000.0, 5900.0), band=AltitudeBand(125.0, 300.0))
    )

    assert planning(open_above).raised(route, 50.0).waypoints[0].altitude_amsl_m == 110.0
    with pytest.raises(NoRoute, match="HIGH"):
        planning(closed).raised(route, 50.0)


def test_a_layer_is_not_taken_where_a_zone_hangs_above_a_pad() -> None:
    roof = POND.with_zone(zone("ROOF", (-6100.0, -50.0, -5900.0, 50.0), band=AltitudeBand(80.0, 95.0)))

    with pytest.raises(NoRoute, match="ROOF"):
        planning(roof).raised(way(POND), 50.0)


def test_a_reservation_over_the_pad_for_an_hour_leaves_nothing_to_do() -> None:
    pad = block(-6100.0, -100.0, -5900.0, 100.0, AltitudeBand(0, 150), 60.0)

    with pytest.raises(StillInConflict, match="S-2") as caught:
        deconflict(way(POND), {"S-2": [pad]}, planning())

    assert caught.value.free_from == DEPARTURE + timedelta(seconds=3601)


def test_two_flights_on_one_way_follow_each_other() -> None:
    route = way(POND)
    first = volumes_of(POND, route)

    result = deconflict(route, {"S-1": first}, replace(planning(), find_way=no_way))

    assert conflicts(planning().volumes(result.route), first) == ()
    assert conflicts(planning().volumes(delayed(result.route, -1.0)), first)
    assert result.delay_s < route.duration_s / 2


def no_way(airspace: Airspace, route: Route) -> Route:
    raise NoRoute("no other way")
