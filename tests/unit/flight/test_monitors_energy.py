"""Monitors of energy: 70 Wh by the plan, 120 Wh in the battery, with 36 Wh reserve and 12 Wh last tenth."""

import math
from typing import Any

import pytest

from flight.plan import VehicleClass
from flight.situations import Situation
from flight.supervision.figures import FlightFigures
from tests.unit.flight.watched import HALF_M, Watched, plan_with_divert, watched_plan

SETTLED_S = 15.0


def flown(
    flight: Watched, seq: int, north_m: float, used_wh: float, duration_s: float = SETTLED_S
) -> FlightFigures:
    """Be at a place with an amount of energy used; return the figures there."""
    flight.say(mission_seq=seq, energy_used_wh=used_wh)
    flight.fly_to(north_m)
    flight.watch(duration_s)
    figures = flight.supervision.figures
    assert figures is not None
    return figures


def test_a_flight_that_uses_what_is_planned_comes_home_with_what_is_planned() -> None:
    figures = flown(Watched(), 2, HALF_M, 20.0)

    assert figures.energy_used_wh == pytest.approx(20.0)
    assert figures.energy_left_wh == pytest.approx(100.0)
    assert figures.energy_at_home_wh == pytest.approx(70.0)
    assert figures.energy_margin_wh == pytest.approx(120.0 - 36.0 - 70.0)


def settled(flight: Watched) -> Watched:
    """Let it fly a third of the first half as planned, to where it has settled: 13 Wh, 45 s by the plan."""
    flown(flight, 2, 0.0, 10.0, 1.0)
    flown(flight, 2, HALF_M * 0.3, 13.0)
    return flight


SINCE_SETTLED_S = SETTLED_S - 0.5


@pytest.mark.parametrize(
    ("vehicle_class", "used_wh", "flown_s", "way_out", "way_home"),
    [
        (VehicleClass.QUADPLANE, 20.0, 35.0, 1.0, 1.0),
        (VehicleClass.QUADPLANE, 27.0, 35.0, 1.5, 1.5),
        (VehicleClass.QUADPLANE, 27.0, 67.5, 1.5, 1.0),
        (VehicleClass.QUADPLANE, 17.2, 22.0, 1.0, 4.0 / 3.0),
        (VehicleClass.COPTER, 27.0, 67.5, 1.5, math.sqrt(1.5)),
        (VehicleClass.COPTER, 17.2, 22.0, 1.0, 1.0),
    ],
    ids=[
        "as planned",
        "more is drawn, as it will be on the way home",
        "head wind",
        "tail wind",
        "a copter that may have head wind",
        "a copter that uses less",
    ],
)
def test_the_rest_is_scaled_by_how_the_way_has_gone_so_far(
    vehicle_class: VehicleClass, used_wh: float, flown_s: float, way_out: float, way_home: float
) -> None:
    flight = settled(Watched(watched_plan(vehicle_class)))

    figures = flown(flight, 2, HALF_M, used_wh, flown_s - SINCE_SETTLED_S)

    assert figures.energy_at_home_wh == pytest.approx(used_wh + way_out * 10.0 + 10.0 + way_home * 30.0)
    assert figures.energy_by_return_wh == pytest.approx(used_wh + way_home * 20.0)


def test_an_expensive_take_off_is_no_measure_of_the_way() -> None:
    figures = flown(Watched(), 2, HALF_M * 0.1, 30.0)

    assert figures.energy_at_home_wh == pytest.approx(30.0 + 59.0)


def test_turning_home_at_once_is_counted_from_the_nearest_leg_of_the_way_home() -> None:
    figures = flown(Watched(), 2, HALF_M, 20.0)

    assert figures.energy_by_return_wh == pytest.approx(20.0 + 20.0)


def test_who_is_beside_the_way_home_has_to_join_it() -> None:
    flight = Watched()
    flight.say(mission_seq=2, energy_used_wh=20.0)
    flight.fly_to(HALF_M, 90.0)
    flight.watch(1.0)

    figures = flight.supervision.figures

    assert figures is not None
    assert figures.energy_by_return_wh == pytest.approx(40.0 + 90.0 * 30.0 / (2 * HALF_M), abs=0.05)


def test_an_early_return_expects_what_the_way_out_has_taught_of_the_way_home() -> None:
    flight = settled(Watched(watched_plan(VehicleClass.QUADPLANE)))
    flown(flight, 2, HALF_M, 27.0, 35.0 - SINCE_SETTLED_S)

    figures = flown(flight, 9, HALF_M, 27.0)

    assert figures.energy_at_home_wh == pytest.approx(27.0 + 1.5 * 20.0)


def test_the_way_home_is_measured_anew() -> None:
    flight = settled(Watched())
    flown(flight, 2, HALF_M, 20.0, 35.0 - SINCE_SETTLED_S)
    flown(flight, 6, 2 * HALF_M, 40.0)
    flown(flight, 8, HALF_M * 1.9, 41.0)
    flown(flight, 8, HALF_M * 1.6, 44.0)

    figures = flown(flight, 8, HALF_M, 60.0)

    scale = (16.0 + 7.0) / (6.0 + 7.0)
    assert figures.energy_at_home_wh == pytest.approx(60.0 + scale * 20.0)


def test_on_the_way_to_a_divert_site_the_energy_to_it_is_counted_down() -> None:
    flight = Watched(plan_with_divert())
    flown(flight, 2, HALF_M, 20.0)

    figures = flown(flight, 12, HALF_M, 22.0)

    assert figures.energy_to_divert_wh == pytest.approx(15.0, abs=0.01)
    assert figures.energy_left_wh == pytest.approx(98.0)
    assert (figures.energy_at_home_wh, figures.energy_margin_wh) == (None, None)


def test_the_divert_is_counted_to_the_end_of_the_leg_and_on_to_its_site() -> None:
    flight = Watched(plan_with_divert())

    figures = flown(flight, 2, HALF_M / 2, 15.0)

    assert figures.energy_to_divert_wh == pytest.approx(5.0 + 15.0)


def test_where_no_divert_is_planned_none_is_counted() -> None:
    assert flown(Watched(), 2, HALF_M, 20.0).energy_to_divert_wh is None


def test_at_the_stop_what_is_left_of_its_budget_is_counted() -> None:
    flight = Watched()
    flown(flight, 2, HALF_M, 20.0)
    before = flown(flight, 3, HALF_M * 1.5, 25.0, 1.0)

    within = flown(flight, 5, HALF_M * 2, 40.0, 1.0)
    beyond = flown(flight, 6, HALF_M * 2, 47.0, 1.0)

    assert before.energy_at_home_wh == pytest.approx(70.0)
    assert within.energy_at_home_wh == pytest.approx(70.0)
    assert beyond.energy_at_home_wh == pytest.approx(77.0)


def test_the_reserve_is_told_when_half_of_it_would_be_used_and_not_before() -> None:
    flight = Watched(watched_plan(reserve_fraction=0.9))
    flown(flight, 2, HALF_M, 12.0, 60.0)
    before = list(flight.raised(Situation.ENERGY_SHORT))

    flown(flight, 2, HALF_M, 20.0, 31.0)
    (alert,) = flight.raised(Situation.ENERGY_SHORT)

    assert not before
    assert alert.value == pytest.approx(-58.0)
    assert alert.limit == pytest.approx(-54.0)
    assert alert.unit == "Wh"
    assert alert.text == (
        "58 Wh of the reserve would be used by flying on as planned;"
        " home at once leaves 68 Wh above the last 10%"
    )
    assert not flight.raised(Situation.ENERGY_CRITICAL)


def test_an_alert_of_energy_is_cleared_on_the_way_home_with_something_to_spare() -> None:
    flight = Watched(watched_plan(reserve_fraction=0.9))
    flown(flight, 2, HALF_M, 20.0, 31.0)

    flown(flight, 6, 2 * HALF_M, 30.0)
    flown(flight, 8, HALF_M, 36.0, 31.0)

    assert len(flight.cleared(Situation.ENERGY_SHORT)) == 1


def test_a_way_home_that_is_out_of_reach_is_critical_and_the_site_in_reach_is_named() -> None:
    flight = settled(Watched(plan_with_divert(VehicleClass.QUADPLANE)))
    flown(flight, 2, HALF_M, 90.0, 35.0 - SINCE_SETTLED_S)

    (alert,) = flight.raised(Situation.ENERGY_CRITICAL)

    time = (20.0 + 30.0) / (35.0 + 30.0)  # told 5 s after it came there
    way_home = 6.0 / time / (2.0 - 1.0 / time)
    assert alert.value == pytest.approx(30.0 - 12.0 - way_home * 20.0)
    assert alert.text == (
        "205 Wh are missing to come home; nor is the divert site ISLET in reach: 72 Wh are missing"
    )


def test_a_divert_site_in_reach_is_named_with_what_is_to_spare() -> None:
    flight = Watched(plan_with_divert())
    flight.say(battery_remaining=50.0 / 120.0)
    flown(flight, 2, HALF_M, 20.0)

    (alert,) = flight.raised(Situation.ENERGY_CRITICAL)

    assert alert.text == "2 Wh are missing to come home; the divert site ISLET is in reach with 3 Wh to spare"


def test_without_a_divert_the_text_says_so() -> None:
    flight = Watched()
    flown(flight, 2, HALF_M, 95.0)

    (alert,) = flight.raised(Situation.ENERGY_CRITICAL)

    assert alert.text.endswith("no divert site is planned here")


def test_the_smaller_of_both_accounts_counts() -> None:
    flight = Watched()
    flight.say(battery_remaining=0.5)

    figures = flown(flight, 2, HALF_M, 20.0)

    assert figures.energy_left_wh == pytest.approx(120.0 * 0.5 - 20.0)


def test_a_charge_that_falls_faster_than_the_counter_says_is_believed() -> None:
    flight = Watched()
    flown(flight, 2, HALF_M * 0.5, 15.0)
    flight.say(battery_remaining=0.4)

    figures = flown(flight, 2, HALF_M, 20.0)

    pack_wh = 20.0 / 0.59
    assert figures.energy_left_wh == pytest.approx(pack_wh * 0.41)
    assert figures.energy_margin_wh == pytest.approx(pack_wh * (0.41 - 0.3) - 50.0)


def test_a_charge_that_fell_too_little_to_tell_the_size_of_the_pack_is_taken_of_the_planned_one() -> None:
    flight = Watched()
    flown(flight, 2, HALF_M * 0.5, 15.0)
    flight.say(battery_remaining=0.81)

    figures = flown(flight, 2, HALF_M, 20.0)

    assert figures.energy_left_wh == pytest.approx(120.0 * 0.82)


def test_an_adopted_flight_is_judged_by_the_vehicles_own_charge_and_measured_from_then_on() -> None:
    flight = Watched(watched_plan(VehicleClass.QUADPLANE), energy_before_wh=None)
    flight.say(battery_remaining=0.75)
    first = flown(flight, 2, HALF_M / 2, 500.0)
    flown(flight, 2, HALF_M * 0.8, 510.0, 1.0)

    later = flown(flight, 2, HALF_M, 530.0, 9.5)

    scale = (20.0 + 7.0) / (2.0 + 7.0)
    assert first.energy_used_wh is None
    assert first.energy_at_home_wh is None
    assert first.energy_margin_wh == pytest.approx(90.0 - 36.0 - 55.0)
    assert later.energy_margin_wh == pytest.approx(90.0 - 36.0 - scale * 10.0 - 10.0 - scale * 30.0)


@pytest.mark.parametrize("told", [{"energy_available_wh": None}, {}], ids=["no capacity", "no telemetry"])
def test_what_is_not_known_is_not_judged(told: dict[str, Any]) -> None:
    flight = Watched(watched_plan(**told), energy_before_wh=None)
    flight.say(battery_remaining=None, energy_used_wh=None)
    flight.fly_to(HALF_M)

    flight.watch(60.0)

    assert flight.supervision.figures is not None
    assert flight.supervision.figures.energy_margin_wh is None
    assert not flight.raised(Situation.ENERGY_SHORT)
    assert not flight.raised(Situation.ENERGY_CRITICAL)
