"""Monitors of the way: line, height, time, fence. Each is raised at its limit, once, and cleared once."""

import math
from dataclasses import replace

import pytest

from flight.events import FlightPhase
from flight.plan import MissionItem, VehicleClass
from flight.situations import Situation
from flight.supervision.area import FenceArea
from flight.supervision.legs import Leg
from flight.supervision.track import Track
from tests.unit.flight.plans import HOME_E7, small_plan
from tests.unit.flight.watched import HALF_M, METRES_PER_DEGREE, Watched, plan_with_divert, watched_plan

AWAY_S = 30.0


def test_a_place_beside_a_leg_is_as_far_as_it_is_and_as_far_along() -> None:
    leg = Leg((0.0, 128.0), (0.01, 128.0))

    distance_m, part = leg.locate((0.0025, 128.001))

    assert leg.length_m == pytest.approx(1111.95, abs=0.01)
    assert distance_m == pytest.approx(111.195, abs=0.01)
    assert part == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("place", "distance_m", "part"),
    [((-0.001, 128.0), 111.195, 0.0), ((0.011, 128.0), 111.195, 1.0)],
    ids=["before the leg", "behind it"],
)
def test_a_place_before_or_behind_a_leg_is_measured_to_its_end(
    place: tuple[float, float], distance_m: float, part: float
) -> None:
    leg = Leg((0.0, 128.0), (0.01, 128.0))

    assert leg.locate(place) == pytest.approx((distance_m, part), abs=0.01)


def test_half_a_corridor_beside_the_line_is_told_once_with_its_numbers_and_cleared_once() -> None:
    flight = Watched()
    flight.fly_to(300.0, 101.0)
    flight.watch(AWAY_S)
    flight.fly_to(300.0, 70.0)
    flight.watch(AWAY_S)

    (alert,) = flight.raised(Situation.OFF_TRACK)
    (cleared,) = flight.cleared(Situation.OFF_TRACK)

    assert alert.value == pytest.approx(101.0, abs=0.1)
    assert (alert.limit, alert.unit) == (100.0, "m")
    assert "101 m from the line to item 2" in alert.text
    assert cleared.value == pytest.approx(70.0, abs=0.1)


@pytest.mark.parametrize("east_m", [99.0, -99.0])
def test_just_inside_the_corridor_nothing_is_told(east_m: float) -> None:
    flight = Watched()
    flight.fly_to(300.0, east_m)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_TRACK)


def test_an_alert_is_not_cleared_between_limit_and_hysteresis() -> None:
    flight = Watched()
    flight.fly_to(300.0, 101.0)
    flight.watch(AWAY_S)

    flight.fly_to(300.0, 90.0)
    flight.watch(AWAY_S)

    assert Situation.OFF_TRACK in flight.supervision.active_alerts
    assert not flight.cleared(Situation.OFF_TRACK)


def test_an_excursion_of_two_seconds_is_not_told() -> None:
    flight = Watched()
    flight.fly_to(300.0, 101.0)
    flight.watch(2.0)

    flight.fly_to(300.0, 0.0)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_TRACK)


def test_at_a_corner_the_nearer_leg_counts() -> None:
    flight = Watched()
    flight.say(mission_seq=3)

    flight.fly_to(HALF_M - 200.0, 50.0)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_TRACK)


def test_who_lands_where_it_is_is_not_off_track() -> None:
    flight = Watched()
    flight.mode(9)
    flight.supervision.expect_modes({9})

    flight.fly_to(300.0, 150.0)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_TRACK)


def test_an_early_return_joins_the_way_home_in_a_straight_line() -> None:
    plan = plan_with_divert()
    flight = Watched(plan)
    flight.fly_to(HALF_M, 150.0, 56.3)
    flight.watch(1.0)

    flight.say(mission_seq=9)
    flight.watch(1.0)
    flight.fly_to(HALF_M / 2, 75.0)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_TRACK)
    assert not flight.raised(Situation.OFF_HEIGHT)


def test_a_jump_forward_on_the_way_out_is_no_excuse_for_leaving_the_line() -> None:
    flight = Watched()
    flight.fly_to(100.0, 150.0)
    flight.say(mission_seq=1)
    flight.watch(1.0)

    flight.say(mission_seq=3)
    flight.watch(AWAY_S)

    assert flight.raised(Situation.OFF_TRACK)


def test_the_first_leg_of_a_divert_begins_where_the_leg_under_way_does() -> None:
    plan = plan_with_divert()
    track = Track(replace(plan, diverts=(replace(plan.diverts[0], from_seq=8, to_seq=8),)))

    assert track.legs[10].start == track.points[7]
    assert track.legs[10].end == track.points[8]
    assert track.remaining_m[10] == pytest.approx(500.0, abs=0.5)


def test_a_mission_that_starts_over_behind_the_landing_leads_nowhere() -> None:
    flight = Watched()
    flight.say(mission_seq=9)
    flight.fly_to(5.0)
    flight.watch(1.0)

    flight.say(mission_seq=1)
    flight.watch(1.0)

    assert flight.supervision.distance_to_go_m == pytest.approx(5.0, abs=0.1)
    assert flight.supervision.phase is FlightPhase.LANDING


def test_a_flight_to_a_divert_site_returns_and_lands() -> None:
    flight = Watched(plan_with_divert())
    flight.say(mission_seq=10)
    flight.watch(1.0)
    on_the_way = flight.supervision.phase

    flight.say(mission_seq=12)
    flight.watch(1.0)

    assert on_the_way is FlightPhase.RETURNING
    assert flight.supervision.phase is FlightPhase.LANDING


def test_a_divert_leaves_the_line_along_its_own_legs() -> None:
    flight = Watched(plan_with_divert())
    flight.fly_to(HALF_M / 2)
    flight.watch(1.0)

    flight.say(mission_seq=10)
    flight.watch(5.0)
    flight.say(mission_seq=12)
    flight.fly_to(HALF_M, 300.0, 30.0)
    flight.watch(AWAY_S)

    assert not flight.supervision.active_alerts


@pytest.mark.parametrize(
    ("height_m", "direction"), [(92.0, "above"), (70.0, "below")], ids=["too high", "too low"]
)
def test_ten_metres_beside_the_planned_height_are_told_with_their_direction(
    height_m: float, direction: str
) -> None:
    flight = Watched()
    flight.say(mission_seq=8)
    flight.fly_to(700.0, height_m=height_m)
    flight.watch(AWAY_S)

    (alert,) = flight.raised(Situation.OFF_HEIGHT)

    assert alert.value == pytest.approx(abs(height_m - 81.0), abs=0.01)
    assert direction in alert.text


@pytest.mark.parametrize("height_m", [90.5, 71.5])
def test_less_than_ten_metres_are_not_told(height_m: float) -> None:
    flight = Watched()
    flight.say(mission_seq=8)

    flight.fly_to(700.0, height_m=height_m)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_HEIGHT)


@pytest.mark.parametrize(
    ("seq", "north_m", "height_m"),
    [(1, 0.0, 30.0), (5, 2 * HALF_M, 40.0), (6, 2 * HALF_M, 50.0), (9, 10.0, 40.0)],
    ids=["take-off", "descent that a quadplane has not ended", "climb above the pad", "landing"],
)
def test_climbs_and_descents_between_items_are_legal(seq: int, north_m: float, height_m: float) -> None:
    flight = Watched()
    flight.say(mission_seq=seq)

    flight.fly_to(north_m, height_m=height_m)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_HEIGHT)


def test_after_a_return_the_climb_to_the_way_home_is_legal_and_a_sink_behind_it_is_not() -> None:
    flight = Watched()
    flight.fly_to(500.0, height_m=56.3)
    flight.watch(2.0)

    flight.say(mission_seq=8)
    flight.watch(AWAY_S)
    climbing = list(flight.raised(Situation.OFF_HEIGHT))
    flight.fly_to(500.0, height_m=81.0)
    flight.watch(AWAY_S)
    flight.fly_to(500.0, height_m=56.3)
    flight.watch(AWAY_S)

    assert not climbing
    assert len(flight.raised(Situation.OFF_HEIGHT)) == 1


def test_a_held_vehicle_may_be_at_any_height() -> None:
    flight = Watched()
    flight.say(mission_seq=8)
    flight.mode(17)
    flight.supervision.expect_modes({17})

    flight.fly_to(700.0, height_m=20.0)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_HEIGHT)


def test_lateness_is_counted_from_take_off_and_limited_by_the_reserved_air() -> None:
    flight = Watched()
    flight.say(mission_seq=1)
    flight.watch(0.5)

    flight.say(mission_seq=2)
    flight.fly_to(HALF_M)
    flight.watch(80.0)
    figures = flight.supervision.figures

    assert figures is not None
    assert figures.delay_s == pytest.approx(0.0, abs=0.6)
    assert figures.eta_s == pytest.approx(220.0, abs=0.1)
    assert not flight.raised(Situation.BEHIND_SCHEDULE)


def test_a_flight_that_is_late_is_told_and_one_that_catches_up_is_cleared() -> None:
    flight = Watched()
    flight.say(mission_seq=1)
    flight.watch(0.5)
    flight.say(mission_seq=2)
    flight.fly_to(HALF_M)
    limit_s = 20.0 + 50.0 * 2.5 * 50.0 / HALF_M

    flight.watch(80.0 + limit_s)
    before = list(flight.raised(Situation.BEHIND_SCHEDULE))
    flight.watch(62.0)
    (alert,) = flight.raised(Situation.BEHIND_SCHEDULE)
    flight.say(mission_seq=5, servo9_us=1900)
    flight.fly_to(2 * HALF_M)
    flight.watch(0.5)
    flight.say(mission_seq=8)
    flight.fly_to(HALF_M)
    flight.watch(62.0)

    assert not before
    assert alert.limit == pytest.approx(limit_s, abs=0.1)
    assert alert.value >= alert.limit
    assert "the landing is 220 s of flight ahead" in alert.text
    assert len(flight.cleared(Situation.BEHIND_SCHEDULE)) == 1


def test_a_held_vehicle_has_left_its_schedule_on_purpose() -> None:
    flight = Watched()
    flight.watch(0.5)
    flight.mode(17)
    flight.supervision.expect_modes({17})

    flight.watch(200.0)
    held = list(flight.raised(Situation.BEHIND_SCHEDULE))
    flight.mode(3)
    flight.watch(65.0)

    assert not held
    assert flight.raised(Situation.BEHIND_SCHEDULE)


def test_in_the_landing_nobody_is_late_any_more() -> None:
    flight = Watched()
    flight.watch(0.5)

    flight.say(mission_seq=9)
    flight.watch(300.0)

    assert not flight.raised(Situation.BEHIND_SCHEDULE)


def test_the_stop_has_one_budget_of_time() -> None:
    flight = Watched()
    flight.say(mission_seq=1)
    flight.watch(0.5)
    flight.say(mission_seq=2)
    flight.fly_to(HALF_M)
    flight.watch(79.5)

    flight.say(mission_seq=3)
    flight.fly_to(2 * HALF_M, height_m=20.0)
    flight.watch(90.0)
    within = flight.supervision.figures
    flight.watch(10.0)
    beyond = flight.supervision.figures

    assert within is not None
    assert beyond is not None
    assert within.delay_s == pytest.approx(0.0, abs=1.1)
    assert beyond.delay_s == pytest.approx(10.0, abs=1.1)


def test_a_vehicle_that_lands_comes_nearer_to_the_end_with_every_metre() -> None:
    flight = Watched()
    flight.say(mission_seq=9)
    flight.fly_to(0.0, height_m=81.0)
    flight.watch(1.0)
    above = flight.supervision.figures

    flight.fly_to(0.0, height_m=40.5)
    flight.watch(1.0)
    half_way = flight.supervision.figures

    assert above is not None
    assert half_way is not None
    assert above.eta_s == pytest.approx(30.0, abs=0.1)
    assert half_way.eta_s == pytest.approx(15.0, abs=0.1)


def test_the_distance_to_the_fence_is_told_inside_and_outside() -> None:
    area = FenceArea(small_plan().fence)
    north_deg = 32.69676

    inside = area.margin_m((north_deg, 128.85228))
    outside = area.margin_m((north_deg - 0.003, 128.85228))

    assert inside == pytest.approx(0.002 * METRES_PER_DEGREE * math.cos(math.radians(north_deg)), abs=0.2)
    assert outside == pytest.approx(-0.001 * METRES_PER_DEGREE, abs=0.2)


def test_an_exclusion_is_a_fence_from_the_other_side() -> None:
    plan = small_plan()
    corners = ((40_000, -5_000), (60_000, -5_000), (60_000, 5_000), (40_000, 5_000))
    zone = tuple(
        MissionItem(5002, 0, 4.0, x_e7=HOME_E7[0] + north, y_e7=HOME_E7[1] + east) for north, east in corners
    )
    half_width_m = 0.0005 * METRES_PER_DEGREE * math.cos(math.radians(32.70176))
    area = FenceArea((*plan.fence, *zone))

    assert area.margin_m((32.70176, 128.85228)) == pytest.approx(-half_width_m, abs=0.2)
    assert area.margin_m((32.70076 - 0.0005, 128.85228)) == pytest.approx(0.0005 * METRES_PER_DEGREE, abs=0.2)


def test_without_a_fence_there_is_no_distance_to_it() -> None:
    assert FenceArea(()).margin_m((32.7, 128.85)) is None


def test_leaving_the_fence_is_told_and_coming_back_clears_it() -> None:
    flight = Watched()
    flight.fly_to(300.0, 190.0)
    flight.watch(AWAY_S)
    flight.fly_to(300.0, 0.0)
    flight.watch(AWAY_S)

    (alert,) = flight.raised(Situation.FENCE_BREACHED)

    assert alert.value == pytest.approx(-2.9, abs=0.3)
    assert "the vehicle reports no breach" in alert.text
    assert len(flight.cleared(Situation.FENCE_BREACHED)) == 1


def test_near_the_fence_its_distance_is_a_figure_and_no_alert() -> None:
    flight = Watched()
    flight.fly_to(300.0, 180.0)
    flight.watch(AWAY_S)

    assert flight.supervision.figures is not None
    assert flight.supervision.figures.fence_margin_m == pytest.approx(7.1, abs=0.3)
    assert not flight.raised(Situation.FENCE_BREACHED)


def test_a_breach_that_the_vehicle_reports_is_believed() -> None:
    flight = Watched()
    flight.fly_to(300.0)
    flight.say(fence_breached=True)
    flight.watch(AWAY_S)

    (alert,) = flight.raised(Situation.FENCE_BREACHED)

    assert alert.value == 0.0
    assert "the vehicle reports a breach" in alert.text


def test_a_report_of_long_ago_is_not_believed() -> None:
    flight = Watched()
    flight.fly_to(300.0)
    flight.watch(1.0)

    flight.say(fence_breached=True, fence_breached_at=flight.now - 60.0)
    for _ in range(40):
        flight.fly_to(300.0)
        flight.watch(0.5, heard=False)

    assert not flight.raised(Situation.FENCE_BREACHED)


def test_on_the_way_to_a_divert_site_the_fence_is_off_on_purpose() -> None:
    flight = Watched(plan_with_divert())
    flight.say(mission_seq=12)

    flight.fly_to(HALF_M, 300.0)
    flight.watch(AWAY_S)

    assert flight.supervision.figures is not None
    assert flight.supervision.figures.fence_margin_m is None
    assert not flight.raised(Situation.FENCE_BREACHED)


def test_a_position_that_is_old_changes_no_judgement() -> None:
    flight = Watched()
    flight.fly_to(300.0, 101.0)
    flight.watch(AWAY_S)

    flight.watch(AWAY_S, heard=False)

    assert Situation.OFF_TRACK in flight.supervision.active_alerts
    assert flight.supervision.figures is not None
    assert flight.supervision.figures.cross_track_m is None


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_a_plan_without_expectations_is_watched_without_corridor_heights_and_times(
    vehicle_class: VehicleClass,
) -> None:
    flight = Watched(small_plan(vehicle_class))
    flight.fly_to(300.0, 150.0, 200.0)
    flight.watch(400.0)

    figures = flight.supervision.figures

    assert figures is not None
    assert (figures.cross_track_m, figures.delay_s) == (None, None)
    assert figures.fence_margin_m is not None
    assert not flight.supervision.active_alerts


def test_a_quadplane_that_turns_about_may_swing_out() -> None:
    flight = Watched(watched_plan(VehicleClass.QUADPLANE))
    flight.fly_to(500.0)
    flight.watch(1.0)

    flight.say(mission_seq=8)
    flight.watch(1.0)
    flight.fly_to(500.0, 180.0)
    flight.watch(AWAY_S)

    assert not flight.raised(Situation.OFF_TRACK)
