from dataclasses import replace
from datetime import timedelta

import pytest
from shapely import LineString, Point

from geofences.airspace import Airspace
from geofences.errors import OutsideOperationArea, UnknownSite
from geofences.values import AltitudeBand, Interval, Position, ZoneRule
from geofences.zones import Corridor
from tests.unit.geofences.pond import DEPARTURE, MAP, pond, zone

NOW = Interval(DEPARTURE, DEPARTURE)
BOX = (2000.0, 2000.0, 3000.0, 3000.0)
BAND = AltitudeBand(50.0, 70.0)


def is_flyable(airspace: Airspace, x_m: float, y_m: float, interval: Interval = NOW) -> bool:
    return bool(airspace.flyable(BAND, interval).covers(Point(x_m, y_m)))


@pytest.mark.parametrize(
    ("x_m", "y_m", "expected", "remark"),
    [
        (0.0, 0.0, False, "on land"),
        (0.0, 1199.0, False, "199 m off the coast"),
        (0.0, 1203.0, True, "203 m off the coast"),
        (-6000.0, 0.0, True, "on the pad, in its approach sector"),
        (-5900.0, 109.0, True, "in the approach sector"),
        (-5900.0, 111.0, False, "beside the approach sector"),
        (8999.0, 0.0, True, "inside the boundary"),
        (9001.0, 0.0, False, "outside the boundary"),
    ],
)
def test_flyable_is_sea_off_the_coast_and_approach_sectors(
    x_m: float, y_m: float, expected: bool, remark: str
) -> None:
    assert is_flyable(pond(), x_m, y_m) is expected, remark


def test_a_corridor_reaches_beyond_the_boundary_but_does_not_excuse_from_the_coast(pond: Airspace) -> None:
    ends = [MAP.position_from_local(x_m, 0.0) for x_m in (-3000.0, 12000.0)]
    lane = corridor_between(*ends)

    airspace = replace(pond, corridors=(lane,))

    assert is_flyable(airspace, 11000.0, 0.0)
    assert not is_flyable(airspace, 0.0, 0.0)
    assert not is_flyable(replace(pond, corridors=(replace(lane, is_open=False),)), 11000.0, 0.0)


def corridor_between(start: Position, end: Position) -> Corridor:
    line = LineString([(each.longitude_deg, each.latitude_deg) for each in (start, end)])
    return Corridor("LANE", "LANE", "LANE", line, 400.0, BAND, BAND, is_open=True)


def test_a_keep_out_zone_is_closed_with_its_buffer(pond: Airspace) -> None:
    airspace = pond.with_zone(zone("Z", BOX, buffer_m=100.0))

    assert not is_flyable(airspace, 1901.0, 2500.0)
    assert is_flyable(airspace, 1898.0, 2500.0)


def test_a_keep_in_zone_closes_what_lies_outside(pond: Airspace) -> None:
    airspace = pond.with_zone(zone("Z", BOX, rule=ZoneRule.KEEP_IN))

    assert is_flyable(airspace, 2500.0, 2500.0)
    assert not is_flyable(airspace, 1500.0, 2500.0)


def test_a_caution_zone_closes_nothing(pond: Airspace) -> None:
    assert is_flyable(pond.with_zone(zone("Z", BOX, rule=ZoneRule.CAUTION)), 2500.0, 2500.0)


@pytest.mark.parametrize(
    ("floor_m", "ceiling_m", "closed"), [(70.0, 90.0, True), (71.0, 90.0, False), (0.0, 49.0, False)]
)
def test_a_zone_closes_the_bands_that_it_touches(
    pond: Airspace, floor_m: float, ceiling_m: float, closed: bool
) -> None:
    airspace = pond.with_zone(zone("Z", BOX, band=AltitudeBand(floor_m, ceiling_m)))

    assert is_flyable(airspace, 2500.0, 2500.0) is not closed


@pytest.mark.parametrize(
    ("from_min", "to_min", "closed", "remark"),
    [
        (-30, -10, False, "over before the flight"),
        (-30, 10, True, "ends in mid-flight"),
        (20, 30, True, "begins and ends in mid-flight"),
        (50, 90, True, "begins in mid-flight"),
        (-30, 90, True, "longer than the flight"),
        (61, 90, False, "begins after the flight"),
    ],
)
def test_a_zone_counts_when_its_time_overlaps_the_flight(
    pond: Airspace, from_min: int, to_min: int, closed: bool, remark: str
) -> None:
    active = Interval(DEPARTURE + timedelta(minutes=from_min), DEPARTURE + timedelta(minutes=to_min))
    flight = Interval(DEPARTURE, DEPARTURE + timedelta(minutes=60))

    airspace = pond.with_zone(zone("Z", BOX, active=(active,)))

    assert is_flyable(airspace, 2500.0, 2500.0, flight) is not closed, remark


def test_the_version_is_a_hash_of_the_content() -> None:
    changed = pond().with_zone(zone("Z", BOX))

    assert pond().version == pond().version
    assert changed.version != pond().version
    assert changed.without_zone("Z").version == pond().version
    assert changed.with_zone(zone("Z", BOX, buffer_m=1.0)).version != changed.version


def test_snapshots_that_differ_in_zones_share_their_terrain(pond: Airspace) -> None:
    assert pond.with_zone(zone("Z", BOX)).terrain is pond.terrain


def test_a_site_without_a_pad_is_served_by_another(pond: Airspace) -> None:
    assert pond.pad_of("VILLAGE").id == "B"
    assert pond.pad_of("A").id == "A"


def test_an_unknown_site_is_named_with_those_that_exist(pond: Airspace) -> None:
    with pytest.raises(UnknownSite, match="'NOWHERE'; known are A, B, VILLAGE"):
        pond.site("NOWHERE")


def test_a_point_with_swapped_axes_is_refused_with_a_hint(goto: Airspace) -> None:
    with pytest.raises(OutsideOperationArea, match="swapped") as caught:
        goto.check_position("destination", Position(128.85, 32.70))

    assert caught.value.field == "destination"


def test_a_point_outside_the_operation_area_is_told_where_that_is(goto: Airspace) -> None:
    with pytest.raises(OutsideOperationArea, match="it covers latitude"):
        goto.check_position("destination", Position(35.68, 139.77))


def test_a_point_inside_the_operation_area_passes(goto: Airspace) -> None:
    goto.check_position("destination", Position(32.70, 128.85))
