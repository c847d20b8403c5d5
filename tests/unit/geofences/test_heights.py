import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from geofences.heights import HeightRules, Leg, legs_in_bands
from geofences.lanes import Lanes
from geofences.shapes import XY, length_of
from geofences.values import AltitudeBand
from geofences.zones import Corridor

OUTBOUND, INBOUND = AltitudeBand(50.0, 70.0), AltitudeBand(75.0, 95.0)
EASTWARD: list[XY] = [(0.0, 0.0), (10_000.0, 0.0)]
THROUGH: list[XY] = [(-5000.0, 0.0), (15_000.0, 0.0)]

metres = st.integers(-20_000, 20_000).map(float)
coordinates = st.tuples(metres, metres)


def lane(
    lane_id: str,
    *,
    outbound: AltitudeBand = OUTBOUND,
    inbound: AltitudeBand | None = INBOUND,
    limit_m_s: float | None = None,
) -> Corridor:
    nowhere = LineString([(128.9, 32.9), (129.0, 32.9)])
    return Corridor(
        lane_id, lane_id, lane_id, nowhere, 400.0, outbound, inbound, True, speed_limit_m_s=limit_m_s
    )


def lanes(*each: tuple[Corridor, Sequence[XY]]) -> Lanes:
    """Return lanes 400 m wide along some chains of points on the local map."""
    lines = [LineString(points) for _, points in each]
    return Lanes([corridor for corridor, _ in each], lines, [line.buffer(200.0) for line in lines])


def legs(
    points: Sequence[XY],
    open_lanes: Lanes,
    band: AltitudeBand = OUTBOUND,
    approaches: tuple[int, int] = (0, 0),
) -> list[Leg]:
    """Return the legs of an aircraft that climbs 1 m in 10 and sinks 1 m in 16."""
    rules = HeightRules(band, open_lanes, approaches, 0.1, 1 / 16)
    return legs_in_bands(points, [100.0] * (len(points) - 1), rules)


def heights(found: Sequence[Leg]) -> list[tuple[float, float, str | None]]:
    """Return where each leg ends (x only), how high, and in which lane."""
    return [(round(leg.end[0], 6), leg.altitude_amsl_m, leg.corridor_id) for leg in found]


def test_without_lanes_all_is_flown_in_the_band_of_the_way() -> None:
    assert heights(legs(THROUGH, lanes(), INBOUND)) == [(15_000.0, 85.0, None)]


def test_a_way_along_a_lane_in_the_same_band_needs_no_waypoints_more() -> None:
    open_lanes = lanes((lane("L"), EASTWARD))

    assert heights(legs(THROUGH, open_lanes)) == [(15_000.0, 60.0, None)]
    assert heights(legs(EASTWARD, open_lanes)) == [(10_000.0, 60.0, "L")]


def test_a_change_of_lane_in_the_band_of_the_other_way_is_a_waypoint() -> None:
    chain = lanes((lane("L"), EASTWARD), (lane("M"), [(10_200.0, 0.0), (15_000.0, 0.0)]))

    found = heights(legs([(14_000.0, 0.0), (1000.0, 0.0)], chain))

    assert {each[1:] for each in found} == {(85.0, "L"), (85.0, "M")}


def test_a_way_against_a_lane_climbs_before_it_and_sinks_after_it() -> None:
    found = legs(THROUGH[::-1], lanes((lane("L"), EASTWARD)))

    assert heights(found) == [
        (10_450.0, 60.0, None),
        (10_200.0, 85.0, "L"),
        (-200.0, 85.0, "L"),
        (-600.0, 60.0, None),
        (-5000.0, 60.0, None),
    ]


def test_the_way_home_along_a_lane_takes_its_outbound_band() -> None:
    found = legs(THROUGH, lanes((lane("L"), EASTWARD)), INBOUND)

    assert [each[1:] for each in heights(found)] == [
        (85.0, None),
        (60.0, "L"),
        (60.0, "L"),
        (85.0, None),
        (85.0, None),
    ]


def test_approaches_are_flown_in_the_band_of_the_way() -> None:
    path = [(11_000.0, 0.0), (10_000.0, 0.0), (0.0, 0.0), (-1000.0, 0.0)]

    found = heights(legs(path, lanes((lane("L"), EASTWARD)), approaches=(1, 1)))

    assert found[0] == (10_000.0, 60.0, None)
    assert (0.0, 85.0, "L") in found
    assert found[-2:] == [(-400.0, 60.0, None), (-1000.0, 60.0, None)]


@pytest.mark.parametrize(
    ("path", "remark"),
    [
        ([(5000.0, -5000.0), (5000.0, 5000.0)], "straight across"),
        ([(5000.0, 5000.0), (1000.0, -5000.0)], "across at 68°"),
        ([(8000.0, 5000.0), (2000.0, -5000.0)], "across at 59°, but for less than a kilometre"),
        ([(10_900.0, 0.0), (9300.0, 0.0), (9300.0, 5000.0)], "less than a kilometre along it"),
        ([(10_000.0, 300.0), (0.0, 300.0)], "beside it"),
    ],
)
def test_a_way_that_does_not_follow_a_lane_keeps_its_band(path: list[XY], remark: str) -> None:
    assert {leg.altitude_amsl_m for leg in legs(path, lanes((lane("L"), EASTWARD)))} == {60.0}, remark


def test_corners_inside_a_lane_do_not_interrupt_it() -> None:
    path = [(6000.0, 0.0), (5400.0, 100.0), (4800.0, 0.0), (4200.0, 100.0)]

    found = legs(path, lanes((lane("L"), EASTWARD)))

    assert {leg.corridor_id for leg in found} == {"L"}
    assert {leg.altitude_amsl_m for leg in found} == {85.0}


def test_where_two_lanes_overlap_opposite_drones_take_the_same_one() -> None:
    both = lanes((lane("L"), EASTWARD), (lane("M"), [(12_000.0, 50.0), (3000.0, 50.0)]))

    east = {leg.altitude_amsl_m for leg in legs([(3000.0, 0.0), (10_000.0, 0.0)], both)}
    west = {leg.altitude_amsl_m for leg in legs([(10_000.0, 0.0), (3000.0, 0.0)], both)}

    assert len(east) == len(west) == 1
    assert east != west


def test_a_lane_may_limit_the_speed() -> None:
    found = legs(THROUGH, lanes((lane("L", limit_m_s=15.0), EASTWARD)))

    assert [(leg.end[0], leg.limit_m_s) for leg in found] == [
        (-200.0, math.inf),
        (10_200.0, 15.0),
        (15_000.0, math.inf),
    ]


def flags(open_lanes: Lanes, start: XY, end: XY) -> bool:
    return bool(open_lanes.against_one_way(np.array([start]), np.array([end]))[0])


@pytest.mark.parametrize(
    ("start", "end", "forbidden", "remark"),
    [
        ((0.0, 0.0), (10_000.0, 0.0), False, "along it"),
        ((10_000.0, 0.0), (0.0, 0.0), True, "against it"),
        ((500.0, 20.0), (450.0, 20.0), True, "against it for 50 m"),
        ((20_000.0, 500.0), (0.0, 50.0), True, "against it at the end only"),
        ((5000.0, 5000.0), (5000.0, -5000.0), False, "across it"),
        ((10_000.0, 300.0), (0.0, 300.0), False, "beside it"),
    ],
)
def test_nobody_flies_against_a_one_way_lane(start: XY, end: XY, forbidden: bool, remark: str) -> None:
    one_way = lanes((lane("L", inbound=None), EASTWARD))

    assert flags(one_way, start, end) is forbidden, remark


def test_a_leg_against_a_one_way_lane_is_allowed_inside_another_lane() -> None:
    pair = lanes(
        (lane("THERE", inbound=None), EASTWARD),
        (lane("BACK", inbound=None), [(4000.0, 0.0), (-4000.0, 0.0)]),
    )

    assert not flags(pair, (4000.0, 0.0), (0.0, 0.0))
    assert flags(pair, (5000.0, 0.0), (0.0, 0.0))


def test_the_part_of_a_leg_with_a_speed_limit_is_known() -> None:
    limited = lanes((lane("L", limit_m_s=15.0), EASTWARD))

    ((limit_m_s, part),) = limited.slow_parts(
        np.array([THROUGH[0], (0.0, 900.0)]), np.array([THROUGH[1], (1000.0, 900.0)])
    )

    assert limit_m_s == 15.0
    assert part == pytest.approx([10_400.0 / 20_000.0, 0.0])


@given(
    path=st.lists(coordinates, min_size=2, max_size=6, unique=True),
    others=st.lists(st.lists(coordinates, min_size=2, max_size=4, unique=True), max_size=3),
    approaches=st.sampled_from([(0, 0), (1, 0), (0, 1)]),
)
@settings(max_examples=120, deadline=None)
def test_heights_stay_in_the_bands_and_waypoints_on_the_way(
    path: list[XY], others: list[list[XY]], approaches: tuple[int, int]
) -> None:
    high = AltitudeBand(100.0, 120.0)
    open_lanes = lanes(*((lane(f"L{n}", outbound=high), each) for n, each in enumerate(others)))

    found = legs(path, open_lanes, OUTBOUND, approaches)

    line = LineString(path)
    assert {leg.altitude_amsl_m for leg in found} <= {60.0, 85.0, 110.0}
    assert all(leg.corridor_id is not None or leg.altitude_amsl_m == 60.0 for leg in found)
    assert max(line.distance(Point(leg.end)) for leg in found) < 1e-3
    assert length_of([path[0], *(leg.end for leg in found)]) == pytest.approx(line.length)
    assert found[-1].end == path[-1]
    if approaches[0]:
        assert found[0].altitude_amsl_m == 60.0
    if approaches[1]:
        assert found[-1].altitude_amsl_m == 60.0
