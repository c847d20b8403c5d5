from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

from geofences.conflicts import conflicts
from geofences.values import AltitudeBand, Interval
from geofences.volumes import Volume4D
from tests.unit.geofences.pond import DEPARTURE

LOW, HIGH = AltitudeBand(50.0, 70.0), AltitudeBand(75.0, 95.0)


def span(start_s: float, end_s: float) -> Interval:
    return Interval(DEPARTURE + timedelta(seconds=start_s), DEPARTURE + timedelta(seconds=end_s))


def volume(
    area: Polygon, band: AltitudeBand = LOW, interval: Interval | None = None, name: str = "V"
) -> Volume4D:
    return Volume4D(name, 0, area, band, interval or span(0, 100))


def lane(x_m: float, y_m: float, length_m: float = 2000.0) -> Polygon:
    """A diagonal lane 100 m wide."""
    return LineString([(x_m, y_m), (x_m + length_m, y_m + length_m)]).buffer(50.0)


def test_volumes_that_share_place_height_and_time_conflict_and_what_they_share_is_told() -> None:
    one = volume(box(0, 0, 100, 100), AltitudeBand(50, 70), span(0, 100))
    other = volume(box(60, 0, 200, 100), AltitudeBand(65, 90), span(90, 300))

    (found,) = conflicts([one], [other])

    assert (found.volume, found.other) == (one, other)
    assert found.area.equals(box(60, 0, 100, 100))
    assert found.band == AltitudeBand(65, 70)
    assert found.interval == span(90, 100)


def test_parallel_lanes_do_not_conflict_although_their_boxes_do() -> None:
    assert conflicts([volume(lane(0, 0))], [volume(lane(300, 0))]) == ()


def test_crossing_lanes_conflict() -> None:
    across = LineString([(0, 2000), (2000, 0)]).buffer(50.0)

    assert len(conflicts([volume(lane(0, 0))], [volume(across)])) == 1


def test_other_heights_do_not_conflict() -> None:
    assert conflicts([volume(lane(0, 0), LOW)], [volume(lane(0, 0), HIGH)]) == ()


def test_other_times_do_not_conflict() -> None:
    assert conflicts([volume(lane(0, 0))], [volume(lane(0, 0), interval=span(101, 200))]) == ()


def test_touching_counts_in_all_four_dimensions() -> None:
    one = volume(box(0, 0, 100, 100), AltitudeBand(50, 70), span(0, 100))
    other = volume(box(100, 0, 200, 100), AltitudeBand(70, 90), span(100, 200))

    (found,) = conflicts([one], [other])

    assert (found.area.area, found.area.length) == (0.0, 100.0)
    assert found.band == AltitudeBand(70, 70)
    assert found.interval == span(100, 100)


def test_nothing_conflicts_with_nothing() -> None:
    assert conflicts([], [volume(lane(0, 0))]) == ()
    assert conflicts([volume(lane(0, 0))], []) == ()


steps = st.integers(0, 9)


@st.composite
def some_volumes(draw: st.DrawFn) -> list[Volume4D]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        x, y, floor, start = draw(st.tuples(steps, steps, steps, steps))
        area = draw(
            st.sampled_from([box(x, y, x + 2, y + 1), LineString([(x, y), (x + 3, y + 3)]).buffer(0.4)])
        )
        found.append(volume(area, AltitudeBand(floor, floor + 2), span(start, start + 2), str(number)))
    return found


@settings(deadline=None, max_examples=150, derandomize=True)
@given(some_volumes(), some_volumes())
def test_the_conflicts_are_those_of_brute_force(one: list[Volume4D], other: list[Volume4D]) -> None:
    expected = [
        (first.id, second.id)
        for first in one
        for second in other
        if first.area.intersects(second.area)
        and first.band.floor_amsl_m <= second.band.ceiling_amsl_m
        and second.band.floor_amsl_m <= first.band.ceiling_amsl_m
        and first.interval.start <= second.interval.end
        and second.interval.start <= first.interval.end
    ]

    found = conflicts(one, other)

    assert [(each.volume.id, each.other.id) for each in found] == expected
