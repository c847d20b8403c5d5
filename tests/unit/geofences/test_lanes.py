import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from shapely import LineString, Polygon

from geofences.lanes import Lanes, Part
from geofences.policy import INBOUND, OUTBOUND
from geofences.shapes import XY, point_at
from tests.unit.geofences.pond_lanes import lane

EAST: list[XY] = [(0.0, 0.0), (10_000.0, 0.0)]
"""A lane due east, 400 m wide."""

Floats = npt.NDArray[np.float64]


def lanes(*drawn: Sequence[XY], one_way: Sequence[int] = (), limits: dict[int, float] | None = None) -> Lanes:
    """Return lanes along lines on the map; some of them one-way or with a speed limit."""
    lines = [LineString(points) for points in drawn]
    corridors = [
        lane(
            f"LANE-{number}",
            points,
            inbound=None if number in one_way else INBOUND,
            speed_limit_m_s=(limits or {}).get(number),
        )
        for number, points in enumerate(drawn)
    ]
    return Lanes(corridors, lines, [shapely.buffer(line, 200.0, cap_style="flat") for line in lines])


def leg(start: XY, end: XY) -> tuple[Floats, Floats]:
    return np.array([start]), np.array([end])


def parts(of: Lanes, start: XY, end: XY) -> list[Part]:
    return list(of.parts(*leg(start, end)))


def is_against(of: Lanes, start: XY, end: XY) -> bool:
    (found,) = of.against_one_way(*leg(start, end)).tolist()
    return bool(found)


def test_a_leg_along_a_lane_follows_it_in_its_outbound_band() -> None:
    of = lanes(EAST)

    (part,) = parts(of, (1_000.0, 0.0), (4_000.0, 0.0))

    assert part == Part(0, 0, 0.0, 3_000.0, along=True)
    assert of.band(part) == OUTBOUND


def test_a_leg_against_a_lane_is_in_its_inbound_band() -> None:
    of = lanes(EAST)

    (part,) = parts(of, (4_000.0, 0.0), (1_000.0, 0.0))

    assert part == Part(0, 0, 0.0, 3_000.0, along=False)
    assert of.band(part) == INBOUND


def test_against_a_one_way_lane_there_is_no_band() -> None:
    of = lanes(EAST, one_way=[0])

    (part,) = parts(of, (4_000.0, 0.0), (1_000.0, 0.0))

    assert of.band(part) is None


def test_only_what_lies_in_the_lane_counts_measured_from_the_start_of_the_leg() -> None:
    (part,) = parts(lanes(EAST), (-500.0, 100.0), (12_000.0, 100.0))

    assert [part.start_m, part.end_m] == pytest.approx([500.0, 10_500.0])


@pytest.mark.parametrize(
    ("turned_deg", "follows", "along"),
    [
        (0.0, True, True),
        (59.9, True, True),
        (-59.9, True, True),
        (60.1, False, False),
        (90.0, False, False),
        (-119.9, False, False),
        (120.1, True, False),
        (-120.1, True, False),
        (180.0, True, False),
    ],
)
def test_a_leg_follows_or_crosses_by_sixty_degrees(turned_deg: float, follows: bool, along: bool) -> None:
    start, end = (point_at((5_000.0, 0.0), 90.0 + turned_deg, each) for each in (-600.0, 600.0))

    found = parts(lanes(EAST), start, end)

    assert [part.along for part in found] == ([along] if follows else [])


def test_a_leg_that_only_touches_a_lane_does_not_follow_it() -> None:
    assert parts(lanes(EAST), (-1_000.0, 0.0), (0.9, 0.0)) == []
    assert parts(lanes(EAST), (1_000.0, 300.0), (4_000.0, 300.0)) == [], "beside it"
    assert parts(lanes(EAST), (1_000.0, 200.0), (4_000.0, 200.0)) == [Part(0, 0, 0.0, 3_000.0, along=True)], (
        "its edge belongs to it"
    )


def test_a_leg_across_a_bend_follows_both_arms() -> None:
    bent = lanes([(0.0, 0.0), (5_000.0, 0.0), (5_000.0, 5_000.0)])

    found = parts(bent, (3_500.0, 0.0), (5_000.0, 1_500.0))

    assert [part.along for part in found] == [True, True], "its middle, in the inner corner, lies outside"
    assert found[0].end_m == pytest.approx(200.0 * math.sqrt(2.0))
    assert found[1].end_m == pytest.approx(1_500.0 * math.sqrt(2.0))


def test_parts_are_ordered_by_leg_and_place_and_name_their_lane() -> None:
    of = lanes([(6_000.0, 0.0), (9_000.0, 0.0)], [(0.0, 0.0), (3_000.0, 0.0)])
    starts = np.array([[0.0, 0.0], [9_000.0, 0.0]])
    ends = np.array([[9_000.0, 0.0], [0.0, 0.0]])

    found = [(part.leg, part.lane, part.start_m, part.along) for part in of.parts(starts, ends)]

    assert found == [
        (0, 1, 0.0, True),
        (0, 0, 6_000.0, True),
        (1, 0, 0.0, False),
        (1, 1, 6_000.0, False),
    ]


def test_an_area_lane_has_the_direction_of_its_centreline() -> None:
    area = Polygon([(0.0, -2_000.0), (10_000.0, -2_000.0), (10_000.0, 3_000.0), (0.0, 3_000.0)])
    of = Lanes([lane("AREA", EAST, inbound=None)], [LineString(EAST)], [area])

    assert not is_against(of, (1_000.0, 2_500.0), (9_000.0, 2_500.0)), "far off the middle, but inside"
    assert is_against(of, (9_000.0, 2_500.0), (1_000.0, 2_500.0))
    assert not is_against(of, (9_000.0, 3_500.0), (1_000.0, 3_500.0)), "outside"
    assert of.one_way_areas() == [area]


@pytest.mark.parametrize(
    ("start", "end", "is_forbidden", "remark"),
    [
        ((1_000.0, 0.0), (9_000.0, 0.0), False, "along it"),
        ((9_000.0, 0.0), (1_000.0, 0.0), True, "against it"),
        ((5_000.0, 600.0), (5_000.0, -600.0), False, "across it"),
        ((5_200.0, 600.0), (4_800.0, -600.0), False, "across it, a little against"),
        ((9_000.0, 600.0), (1_000.0, 600.0), False, "beside it"),
        ((9_000.0, 600.0), (1_000.0, -600.0), True, "slanting through it, against"),
    ],
)
def test_a_one_way_lane_forbids_legs_against_it(start: XY, end: XY, is_forbidden: bool, remark: str) -> None:
    assert is_against(lanes(EAST, one_way=[0]), start, end) == is_forbidden, remark


def test_without_one_way_lanes_nothing_is_forbidden() -> None:
    assert not is_against(lanes(EAST), (9_000.0, 0.0), (1_000.0, 0.0))
    assert lanes(EAST).one_way_areas() == []


WEST: list[XY] = [(10_000.0, 0.0), (0.0, 0.0)]


@pytest.mark.parametrize(
    ("other", "one_way", "is_forbidden", "remark"),
    [
        (WEST, [0, 1], False, "a one-way lane the other way lies over it"),
        (EAST, [0], False, "a two-way lane lies over it"),
        (EAST, [0, 1], True, "two one-way lanes forbid it"),
        ([(10_000.0, 0.0), (4_000.0, 0.0)], [0, 1], True, "the other ends in the middle of the way"),
        ([(10_000.0, 0.0), (1_000.5, 0.0)], [0, 1], False, "what is left is only a touch"),
        ([(10_000.0, 5_000.0), (0.0, 5_000.0)], [0, 1], True, "the other lies elsewhere"),
    ],
)
def test_where_lanes_overlap_one_that_allows_the_direction_is_enough(
    other: list[XY], one_way: list[int], is_forbidden: bool, remark: str
) -> None:
    of = lanes(EAST, other, one_way=one_way)

    assert is_against(of, (9_000.0, 0.0), (1_000.0, 0.0)) == is_forbidden, remark


def test_two_lanes_may_allow_a_leg_one_after_the_other() -> None:
    halves: list[list[XY]] = [[(10_000.0, 0.0), (5_000.0, 0.0)], [(5_000.0, 0.0), (0.0, 0.0)]]

    assert not is_against(lanes(EAST, *halves, one_way=[0, 1, 2]), (9_000.0, 0.0), (1_000.0, 0.0))
    inner: list[XY] = [(8_000.0, 0.0), (7_000.0, 0.0)]
    assert not is_against(
        lanes(EAST, *halves, inner, one_way=[0, 1, 2, 3]), (9_000.0, 0.0), (1_000.0, 0.0)
    ), "a short lane inside another takes nothing away"
    gap: list[XY] = [(4_900.0, 0.0), (0.0, 0.0)]
    assert is_against(lanes(EAST, halves[0], gap, one_way=[0, 1, 2]), (9_000.0, 0.0), (1_000.0, 0.0))


def test_many_legs_are_judged_each_by_itself() -> None:
    of = lanes(EAST, one_way=[0])
    ends = np.array([[1_000.0, 0.0], [9_500.0, 0.0], [9_000.0, 4_000.0]])

    assert of.against_one_way(np.array([9_000.0, 0.0]), ends).tolist() == [True, False, False]


def slow(of: Lanes, start: XY, end: XY) -> dict[float, float]:
    return {limit_m_s: float(part[0]) for limit_m_s, part in of.slow_parts(*leg(start, end))}


@pytest.mark.parametrize(
    ("start", "end", "expected", "remark"),
    [
        ((0.0, 0.0), (10_000.0, 0.0), 1.0, "all of it"),
        ((10_000.0, 0.0), (0.0, 0.0), 1.0, "in both directions"),
        ((-10_000.0, 0.0), (10_000.0, 0.0), 0.5, "half of it"),
        ((9_000.0, 0.0), (13_000.0, 0.0), 0.25, "a quarter"),
    ],
)
def test_a_speed_limit_holds_on_the_part_of_a_leg_that_follows_the_lane(
    start: XY, end: XY, expected: float, remark: str
) -> None:
    assert slow(lanes(EAST, limits={0: 15.0}), start, end) == {15.0: pytest.approx(expected)}, remark


def test_where_nothing_is_slow_there_is_no_limit() -> None:
    assert slow(lanes(EAST), (0.0, 0.0), (10_000.0, 0.0)) == {}
    assert slow(lanes(EAST, limits={0: 15.0}), (5_000.0, 600.0), (5_000.0, -600.0)) == {}, "across"


@pytest.mark.parametrize(
    ("limits", "expected", "remark"),
    [
        ({0: 15.0, 1: 15.0}, {15.0: 0.75}, "one limit: each metre counts once"),
        ({0: 15.0, 1: 10.0}, {10.0: 0.5, 15.0: 0.25}, "two limits: the lower holds where both lie"),
        ({0: 10.0, 1: 15.0}, {10.0: 0.5, 15.0: 0.25}, "whichever lane has it"),
        ({1: 10.0}, {10.0: 0.5}, "only one has any"),
    ],
)
def test_where_lanes_overlap_each_metre_has_one_limit(
    limits: dict[int, float], expected: dict[float, float], remark: str
) -> None:
    of = lanes([(0.0, 0.0), (10_000.0, 0.0)], [(5_000.0, 0.0), (15_000.0, 0.0)], limits=limits)

    assert slow(of, (0.0, 0.0), (20_000.0, 0.0)) == pytest.approx(expected), remark


@pytest.mark.parametrize(
    ("one_way", "limits", "has_rules"),
    [([], {}, False), ([0], {}, True), ([], {0: 15.0}, True)],
)
def test_lanes_have_rules_where_any_is_one_way_or_slow(
    one_way: list[int], limits: dict[int, float], has_rules: bool
) -> None:
    assert lanes(EAST, one_way=one_way, limits=limits).has_rules == has_rules


def test_no_lanes_have_no_rules() -> None:
    none = Lanes([], [], [])

    assert not none.has_rules
    assert parts(none, (0.0, 0.0), (1.0, 1.0)) == []
