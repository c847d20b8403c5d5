from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geofences.conflicts import conflicts
from geofences.deconflict import StillInConflict, deconflict, delayed, least_delay_s
from geofences.errors import NoRoute
from geofences.remedies import Impossible, Remedy
from geofences.route import Route, RouteWaypoint
from geofences.values import AltitudeBand, Interval
from geofences.volumes import Volume4D
from tests.unit.geofences.pond import DEPARTURE, MAP

LOW, HIGH = AltitudeBand(50.0, 70.0), AltitudeBand(100.0, 120.0)


def trip(duration_s: float = 100.0, altitude_m: float = 60.0, half_width_m: float = 100.0) -> Route:
    """A route along the x axis; its half width tells the fake planning which way it is."""
    ends = [
        RouteWaypoint(MAP.position_from_local(x_m, 0.0), altitude_m, half_width_m, at_s, 0.0, 10.0, 10.0)
        for x_m, at_s in ((0.0, 0.0), (1000.0, duration_s))
    ]
    return Route("A", "B", DEPARTURE, tuple(ends), duration_s * 10.0)


def volume(x_m: float, start_s: float, end_s: float, band: AltitudeBand = LOW, y_m: float = 0.0) -> Volume4D:
    """A block of 100 m by 100 m."""
    interval = Interval(DEPARTURE + timedelta(seconds=start_s), DEPARTURE + timedelta(seconds=end_s))
    return Volume4D(f"{x_m:.0f}", 0, box(x_m, y_m, x_m + 100, y_m + 100), band, interval)


@dataclass
class Blocks:
    """A planning without a map: ten blocks in a row, flown in a tenth of the duration each."""

    rises_m: Sequence[float] = ()
    detour_s: float | None = None
    avoided: list[Sequence[Volume4D]] = field(default_factory=list)

    def volumes(self, route: Route) -> list[Volume4D]:
        late_s = (route.departure - DEPARTURE).total_seconds()
        step_s = route.duration_s / 10
        first = route.waypoints[0]
        band = LOW if first.altitude_amsl_m < 90.0 else HIGH
        y_m = 0.0 if first.half_width_m == 100.0 else 5000.0
        return [
            volume(x * 200.0, late_s + x * step_s, late_s + (x + 1) * step_s, band, y_m) for x in range(10)
        ]

    def raised(self, route: Route, rise_m: float) -> Route:
        if rise_m > 60.0:
            raise NoRoute("the layer is closed", ["Z"])
        return trip(route.duration_s + rise_m, route.waypoints[0].altitude_amsl_m + rise_m)

    def around(self, route: Route, avoid: Sequence[Volume4D]) -> Route:
        self.avoided.append(tuple(avoid))
        if self.detour_s is None:
            raise NoRoute("no other way")
        return trip(route.duration_s + self.detour_s, half_width_m=50.0)


def test_a_free_route_stays_as_it_is() -> None:
    result = deconflict(trip(), {"S-2": [volume(400.0, 500, 600)]}, Blocks())

    assert result.route == trip()
    assert (result.delay_s, result.cost_s, result.rejected) == (0.0, 0.0, ())
    assert [each.en for each in result.explanation] == ["The route is free as planned."]


def test_the_delay_comes_from_the_conflicting_times() -> None:
    result = deconflict(trip(), {"S-2": [volume(400.0, 15, 80)]}, Blocks())

    # Block 2 is flown from 20 s on; the reservation ends at 80 s, and touching counts.
    assert result.delay_s == 80 - 20 + 1
    assert result.route == delayed(trip(), 61.0)


def test_a_gap_between_two_reservations_is_used_only_if_it_is_long_enough() -> None:
    first, second = volume(400.0, 0, 50), volume(400.0, 55, 200)
    later = volume(400.0, 75, 200)

    assert least_delay_s(Blocks().volumes(trip()), [first, second]) == 181.0
    assert least_delay_s(Blocks().volumes(trip()), [first, later]) == 31.0


def test_a_higher_layer_is_taken_where_it_arrives_earlier_than_waiting() -> None:
    blocks = Blocks(rises_m=(50.0,))

    soon = deconflict(trip(), {"S-2": [volume(400.0, 15, 60)]}, blocks)
    late = deconflict(trip(), {"S-2": [volume(400.0, 15, 90)]}, blocks)

    assert (soon.delay_s, soon.rise_m, soon.cost_s) == (41.0, 0.0, 41.0)
    assert (late.delay_s, late.rise_m, late.cost_s) == (0.0, 50.0, 50.0)
    assert "It flies 50 m higher." in [each.en for each in late.explanation]
    assert "50 m 高い層を飛びます。" in [each.ja for each in late.explanation]


def test_another_way_is_taken_where_it_is_the_cheapest() -> None:
    blocks = Blocks(rises_m=(50.0,), detour_s=30.0)

    result = deconflict(trip(), {"S-2": [volume(400.0, 15, 90)]}, blocks)

    assert result.is_other_way
    assert result.cost_s == 30.0
    assert blocks.avoided == [(volume(400.0, 15, 90),)]
    assert [each.remedy for each in result.rejected] == [Remedy.WAIT, Remedy.LAYER]


def test_another_way_that_runs_into_a_reservation_avoids_that_one_too() -> None:
    blocks = Blocks(detour_s=30.0)
    near, far = volume(400.0, 15, 900), volume(400.0, 0, 60, y_m=5000.0)

    result = deconflict(trip(), {"S-2": [near], "S-3": [far]}, blocks)

    assert blocks.avoided == [(near,), (near, far)]
    assert (result.is_other_way, result.delay_s) == (True, 60 - 26 + 1)


def test_a_layer_that_is_taken_too_may_be_waited_for() -> None:
    taken = {"S-2": [volume(400.0, 15, 900)], "S-3": [volume(400.0, 15, 70, HIGH)]}

    result = deconflict(trip(), taken, Blocks(rises_m=(50.0,)))

    assert (result.rise_m, result.delay_s, result.cost_s) == (50.0, 41.0, 91.0)


def test_what_was_not_taken_is_told_with_its_conflicts_and_reasons() -> None:
    blocks = Blocks(rises_m=(50.0, 100.0))

    result = deconflict(trip(), {"S-2": [volume(400.0, 15, 90)]}, blocks)

    waiting, closed, no_way = result.rejected
    assert not isinstance(waiting, Impossible)
    assert [pair.other.id for pair in waiting.conflicts["S-2"]] == ["400"]
    assert isinstance(closed, Impossible)
    assert isinstance(no_way, Impossible)
    texts = [each.en for each in result.explanation]
    assert texts[0] == "As planned it would meet S-2."
    assert "Waiting would arrive 71 s later than planned." in texts
    assert "Flying 100 m higher is not possible: the layer is closed (blocked by Z)." in texts
    assert "Another way is not possible: no other way." in texts
    assert all(each.ja for each in result.explanation)


def test_where_nothing_helps_the_reservations_and_the_next_free_time_are_named() -> None:
    taken = {"S-2": [volume(400.0, 0, 4000)], "S-9": [volume(0.0, 9000, 9001)]}

    with pytest.raises(StillInConflict, match="S-2; free from") as caught:
        deconflict(trip(), taken, Blocks())

    assert caught.value.reservations == ("S-2",)
    assert caught.value.free_from == DEPARTURE + timedelta(seconds=4000 - 20 + 1)


def test_the_longest_delay_can_be_set() -> None:
    taken = {"S-2": [volume(400.0, 15, 80)]}

    assert deconflict(trip(), taken, Blocks(), longest_delay_s=61.0).delay_s == 61.0
    with pytest.raises(StillInConflict):
        deconflict(trip(), taken, Blocks(), longest_delay_s=60.0)


blocks_taken = st.lists(
    st.builds(
        lambda x, start, length, high: volume(x * 200.0, start, start + length, HIGH if high else LOW),
        st.integers(0, 9),
        st.integers(0, 400),
        st.integers(0, 300),
        st.booleans(),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=150, derandomize=True)
@given(blocks_taken, st.booleans(), st.booleans())
def test_the_result_is_free_and_no_second_less_would_be(
    taken: list[Volume4D], has_layer: bool, has_way: bool
) -> None:
    blocks = Blocks((50.0,) if has_layer else (), 40.0 if has_way else None)

    result = deconflict(trip(), {"S-2": taken}, blocks)

    assert conflicts(blocks.volumes(result.route), taken) == ()
    undelayed = delayed(result.route, -result.delay_s)
    assert undelayed in (trip(), trip(150.0, 110.0), trip(140.0, half_width_m=50.0))
    for second in range(int(result.delay_s)):
        assert conflicts(blocks.volumes(delayed(undelayed, float(second))), taken)


def test_a_later_departure_keeps_everything_else() -> None:
    assert replace(delayed(trip(), 30.0), departure=DEPARTURE) == trip()
