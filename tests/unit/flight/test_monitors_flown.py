"""Whole flights of the built-in simulator with plans of the real compiler, under supervision."""

from dataclasses import replace

import pytest

from flight.events import FlightPhase, Landed, PhaseChanged, ReturnStarted
from flight.plan import FlightPlan, VehicleClass
from flight.situations import Situation
from flight.supervision.observer import Baseline
from flight.vehicles.modes import FOLLOWING
from geofences.certificate import certify
from geofences.round_trip import plan_round_trip
from geofences.wind import Wind as ForecastWind
from simulator import Wind
from tests.flight_plans import (
    AVAILABLE_WH,
    DEPARTURE,
    DESTINATION,
    HOME,
    HOVER_W,
    STOP_S,
    ProvedTrip,
    divert_plan,
    islets,
    performance_of,
)
from tests.unit.flight.watched_flight import WatchedFlight

RETURN, SET_CURRENT = 188, 224
WIND_M_S, FROM_DEG = 8.0, 60.0
CLASSES = pytest.mark.parametrize("vehicle_class", list(VehicleClass))


def plan_in_wind(vehicle_class: VehicleClass) -> FlightPlan:
    """Return the plan of the same delivery in a wind that was forecast."""
    airspace, stop_s = islets(), STOP_S[vehicle_class]
    performance = replace(performance_of(vehicle_class), wind=ForecastWind(WIND_M_S, FROM_DEG))
    way_out, way_home = plan_round_trip(
        airspace,
        HOME,
        DESTINATION,
        performance=performance,
        departure=DEPARTURE,
        stop_s=stop_s,
        start_window_s=600.0,
    )
    certificate = certify(
        airspace,
        way_out,
        way_home,
        energy_available_wh=AVAILABLE_WH,
        reserve_fraction=0.3,
        stop_energy_wh=HOVER_W[vehicle_class] * stop_s / 3600.0,
        performance=performance,
    )
    trip = ProvedTrip(vehicle_class, airspace, way_out, way_home, certificate)
    return trip.compiled(wind_limit_m_s=10.0)


def launched(plan: FlightPlan, wind: Wind | None = None) -> WatchedFlight:
    """Return a flight that has just taken off."""
    flight = WatchedFlight(plan, wind)
    flight.prepare()
    flight.launch()
    return flight


def flown_up_to(flight: WatchedFlight, seq: int, duration_s: float) -> WatchedFlight:
    """Fly until some time behind the beginning of an item."""
    flight.fly(until=lambda: (flight.vehicle.telemetry.mission_seq or 0) >= seq)
    flight.fly(duration_s)
    return flight


@CLASSES
def test_a_delivery_in_calm_air_raises_no_alert(vehicle_class: VehicleClass) -> None:
    flight = launched(divert_plan(vehicle_class))

    flight.fly()

    assert flight.landed.released
    assert flight.alerts == []


@CLASSES
def test_a_delivery_in_the_wind_that_was_forecast_raises_no_alert(vehicle_class: VehicleClass) -> None:
    flight = launched(plan_in_wind(vehicle_class), Wind(WIND_M_S, FROM_DEG))

    flight.fly()

    assert flight.landed.released
    assert flight.alerts == []


@CLASSES
def test_an_early_return_raises_no_alert_and_keeps_its_delay(vehicle_class: VehicleClass) -> None:
    flight = flown_up_to(launched(divert_plan(vehicle_class)), 4, 30.0)
    before = flight.figures.delay_s

    flight.watched.expect_modes(FOLLOWING[vehicle_class])
    assert flight.station.command(RETURN) == 0
    flight.fly(15.0)
    behind = flight.figures.delay_s
    flight.fly()

    assert before is not None
    assert behind == pytest.approx(before, abs=20.0), "turning about takes a copter ten seconds"
    assert [event.reason for event in flight.of(ReturnStarted)] == ["Return path started"]
    assert not flight.landed.released
    assert flight.alerts == []


@CLASSES
def test_a_divert_raises_no_alert_and_ends_at_its_site(vehicle_class: VehicleClass) -> None:
    plan = divert_plan(vehicle_class)
    divert = next(each for each in plan.diverts if each.site_id == "DIVERT")
    flight = flown_up_to(launched(plan), divert.from_seq, 3.0)

    assert flight.station.command(SET_CURRENT, divert.enter_seq) == 0
    flight.fly(5.0)
    to_go_m = flight.figures.distance_to_go_m
    flight.fly()

    phases = [event.phase for event in flight.of(PhaseChanged)]
    assert to_go_m is not None
    assert to_go_m < 2_000.0
    assert phases[-3:] == [FlightPhase.RETURNING, FlightPhase.LANDING, FlightPhase.ON_GROUND]
    assert flight.landed.site_id == divert.site_id == "DIVERT"
    assert flight.landed.distance_from_home_m == pytest.approx(1_626.0, abs=5.0)
    assert flight.alerts == []
    assert not flight.of(ReturnStarted)


def test_a_landing_away_from_every_site_is_told_with_its_distance_and_no_site() -> None:
    flight = flown_up_to(launched(divert_plan(VehicleClass.COPTER)), 2, 30.0)

    flight.watched.expect_modes({3, 9})
    assert flight.station.set_mode(9) == 0
    flight.fly()

    assert flight.landed.site_id is None
    assert flight.landed.distance_from_home_m > 200.0
    assert flight.alerts == []


def test_an_adopted_flight_raises_no_alert() -> None:
    flight = flown_up_to(launched(divert_plan(VehicleClass.QUADPLANE)), 4, 20.0)

    flight.watch(Baseline())
    flight.fly()

    assert isinstance(flight.events[-1], Landed)
    assert list(flight.watched.update(flight.station.now + 1.0)) == []
    assert flight.landed.energy_used_wh is None
    assert flight.landed.released
    assert flight.alerts == []


def test_a_copter_that_is_pushed_home_by_its_own_failsafe_is_told_with_its_words() -> None:
    flight = flown_up_to(launched(divert_plan(VehicleClass.COPTER)), 3, 5.0)
    flight.station.set_parameter("FS_OPTIONS", 0)

    flight.station.beating = False
    flight.fly(20.0)

    (alert,) = flight.alerts
    assert alert.situation is Situation.MODE_CHANGED
    assert "AUTO_RTL" in alert.text
    assert "GCS Failsafe" in alert.text
