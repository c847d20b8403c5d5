import itertools
import math

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from geofences.errors import TurnError
from geofences.rounding import (
    CHORD_ERROR_M,
    TRACKING_M,
    rounded_track,
    straightened,
    turn_problems,
    turns,
)
from geofences.shapes import XY, length_of

RIGHT_ANGLE: list[XY] = [(0.0, 0.0), (0.0, 1000.0), (1000.0, 1000.0)]


def test_a_right_angle_is_flown_as_a_quarter_of_a_circle() -> None:
    track = rounded_track(RIGHT_ANGLE, 100.0)

    assert track.length == pytest.approx(2000.0 - 200.0 + 50.0 * math.pi, abs=0.2)
    assert track.distance(Point(0.0, 1000.0)) == pytest.approx(100.0 * (math.sqrt(2.0) - 1.0), abs=0.1)
    assert shapely.get_coordinates(track)[1] == pytest.approx([0.0, 900.0])
    assert shapely.get_coordinates(track)[-2] == pytest.approx([100.0, 1000.0])


def test_chords_pass_inside_the_arc_by_a_tenth_of_a_metre_at_most() -> None:
    centre, track = Point(100.0, 900.0), rounded_track(RIGHT_ANGLE, 100.0)

    assert 100.0 - CHORD_ERROR_M <= track.distance(centre) <= 100.0


def test_a_corner_knows_its_angle_and_what_its_arc_needs() -> None:
    (corner,) = turns(RIGHT_ANGLE, 110.0)

    assert corner.turn_deg == pytest.approx(90.0)
    assert corner.tangent_m == pytest.approx(110.0)
    assert corner.cut_m == pytest.approx(45.56, abs=0.01)


def test_an_aircraft_that_turns_on_the_spot_flies_the_legs() -> None:
    assert rounded_track(RIGHT_ANGLE, 0.0).equals(LineString(RIGHT_ANGLE))
    assert list(turn_problems([*RIGHT_ANGLE, (0.0, 1000.0)], [100.0] * 3, 0.0)) == []


def test_points_on_a_straight_line_are_no_corners() -> None:
    path = [(0.0, 0.0), (0.0, 950.0), (0.01, 990.0), (0.0, 1000.0), (1000.0, 1000.0)]

    assert straightened(path) == [0, 3, 4]
    assert rounded_track(path, 100.0).equals(rounded_track(RIGHT_ANGLE, 100.0))


@pytest.mark.parametrize(
    ("path", "half_width_m", "problem", "remark"),
    [
        (RIGHT_ANGLE, 100.0, None, "a wide corner with long legs"),
        (RIGHT_ANGLE, 90.0, "46 m inside, allowed are 40 m", "the corridor is too narrow for the arc"),
        (RIGHT_ANGLE, TRACKING_M, "allowed are 0 m", "all of the width is for tracking"),
        ([(0.0, 0.0), (0.0, 100.0), (1000.0, 100.0)], 100.0, "a leg of 100 m", "the first leg is too short"),
        (
            [(0.0, 0.0), (0.0, 500.0), (200.0, 500.0), (200.0, 1000.0)],
            100.0,
            "a leg of 200 m beside it is shorter than 220 m",
            "the leg between two corners is too short for both",
        ),
        (
            [(0.0, 0.0), (0.0, 500.0), (230.0, 500.0), (230.0, 1000.0)],
            100.0,
            None,
            "the leg between two corners is long enough",
        ),
        ([(0.0, 0.0), (0.0, 500.0), (0.0, 0.0)], 100.0, "inside, allowed", "straight back"),
    ],
)
def test_corners_that_cannot_be_flown_are_named(
    path: list[XY], half_width_m: float, problem: str | None, remark: str
) -> None:
    found = [each.reason for each in turn_problems(path, [half_width_m] * (len(path) - 1), 110.0)]

    assert any(problem in text for text in found) if problem else found == [], remark


def test_a_track_whose_arcs_do_not_fit_is_refused() -> None:
    with pytest.raises(TurnError, match="its leg is too short") as caught:
        rounded_track([(0.0, 0.0), (0.0, 500.0), (200.0, 500.0), (200.0, 1000.0)], 110.0)

    assert caught.value.at == (0.0, 500.0)


@st.composite
def paths(draw: st.DrawFn) -> list[XY]:
    """Return a chain of legs of 300 to 2,000 m that turn by up to 90° at each corner."""
    course, points = 0.0, [(0.0, 0.0)]
    for _ in range(draw(st.integers(1, 5))):
        course += math.radians(draw(st.floats(-90.0, 90.0)))
        length_m = draw(st.floats(300.0, 2000.0))
        x_m, y_m = points[-1]
        points.append((x_m + length_m * math.sin(course), y_m + length_m * math.cos(course)))
    return points


@given(paths(), st.floats(1.0, 150.0))
@settings(max_examples=150, deadline=None)
def test_a_track_without_problems_stays_in_its_corridor_and_turns_gently(
    path: list[XY], radius_m: float
) -> None:
    widths_m = [100.0] * (len(path) - 1)
    assume(not list(turn_problems(path, widths_m, radius_m)))

    track = rounded_track(path, radius_m)

    assert track.length <= length_of(path) + 1e-6
    assert shapely.hausdorff_distance(track, LineString(path)) <= 100.0 - TRACKING_M + CHORD_ERROR_M
    corridor = shapely.buffer(LineString(path), 100.0 - TRACKING_M + CHORD_ERROR_M)
    assert corridor.covers(track)
    step_deg = 2 * math.degrees(math.acos(1 - CHORD_ERROR_M / radius_m))
    points = [(float(x), float(y)) for x, y in shapely.get_coordinates(track)]
    real = [a for a, b in itertools.pairwise(points) if math.dist(a, b) > 1e-6] + [points[-1]]
    assert all(abs(each.turn_deg) <= step_deg + 1e-3 for each in turns(real, 0.0))


def test_a_bend_that_only_the_rounding_of_positions_makes_needs_no_arc() -> None:
    bent = [(0.0, 0.0), (999.68, 0.03), (1000.0, 0.0), (1000.0, 1000.0)]

    track = rounded_track(bent, 90.0)

    assert track.length == pytest.approx(rounded_track([bent[0], *bent[2:]], 90.0).length, abs=0.01)
