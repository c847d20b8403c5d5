"""The contract of the drivers: the same tests for our own and for DroneKit's, on every kind of vehicle."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from flight.drivers.driver import Driver
from flight.errors import LocalFlightError, PlanError, VehicleRefused, VehicleSilent
from flight.events import FlightPhase, Landed, PhaseChanged, PlanVerified
from flight.link_state import LinkState
from flight.plan import MissionItem, VehicleAddress, VehicleClass
from simulator.target import Target
from tests.contract.driver_cases import SYSTEM, Case, cases
from tests.contract.driver_plans import short_plan
from tests.contract.relay import Relay
from tests.flight_plans import DESTINATION

EVERY_CASE = pytest.mark.parametrize("case", cases(), scope="module")
FLIGHT_S = 1500.0
POLL_S = 0.02

HELD = {VehicleClass.COPTER: "BRAKE", VehicleClass.QUADPLANE: "GUIDED"}
LANDING = {VehicleClass.COPTER: "LAND", VehicleClass.QUADPLANE: "QLAND"}
OTHER = {VehicleClass.COPTER: VehicleClass.QUADPLANE, VehicleClass.QUADPLANE: VehicleClass.COPTER}

UNKNOWN_ITEM = MissionItem(31999, 3)
"""No autopilot has such a command."""

pytestmark = EVERY_CASE


@pytest.fixture(scope="module")
def parked(case: Case) -> Iterator[Target]:
    """Return a vehicle that stays on the ground, for all tests that leave it there."""
    with case.target() as target:
        yield target


@pytest.fixture
def driver(case: Case, parked: Target) -> Iterator[Driver]:
    with case.driver(parked.connection) as driver:
        yield driver


@pytest.fixture
def link(case: Case) -> Iterator[str]:
    """Return the link to a vehicle of its own for a test that flies."""
    with case.target() as target:
        yield target.connection


@pytest.fixture
def flying(case: Case, link: str) -> Iterator[Driver]:
    """Return the driver of a vehicle that is on a leg with a divert site, away from home."""
    with case.driver(link) as driver:
        plan = case.plan(driver)
        driver.launch(plan)
        wait_until(lambda: (driver.state().mission_seq or 0) >= plan.diverts[0].from_seq)
        yield driver


def landing_of(driver: Driver) -> Landed:
    return next(event for event in driver.events(FLIGHT_S) if isinstance(event, Landed))


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what no event tells; the vehicle gets there, or the test is ended from outside."""
    while not condition():
        time.sleep(POLL_S)


def test_a_connected_driver_knows_the_state(case: Case, driver: Driver) -> None:
    wait_until(lambda: driver.state().altitude_above_home_m is not None)

    state = driver.state()

    assert (state.address, state.link) == (driver.address, LinkState.FRESH)
    assert (state.armed, state.phase) == (False, FlightPhase.ON_GROUND)
    assert state.mode is not None


def test_an_upload_ends_with_the_plan_on_board_and_nothing_armed(case: Case, driver: Driver) -> None:
    plan = case.plan(driver)

    found = driver.upload(plan)

    assert found == plan.hash
    assert not driver.state().armed


def test_a_second_upload_replaces_the_first(case: Case, driver: Driver) -> None:
    plan = case.plan(driver)
    shorter = replace(plan, sortie_id="S2", mission=plan.mission[: plan.landing_seq + 1], diverts=())

    driver.upload(plan)
    found = driver.upload(shorter)

    assert found == shorter.hash != plan.hash


def test_a_plan_that_the_vehicle_refuses_is_refused_in_its_words(case: Case, driver: Driver) -> None:
    plan = case.plan(driver)
    bad = replace(plan, mission=(*plan.mission[:-1], UNKNOWN_ITEM))

    with pytest.raises(VehicleRefused, match="mission upload: UNSUPPORTED"):
        driver.upload(bad)
    with pytest.raises(VehicleRefused, match="mission upload: UNSUPPORTED"):
        driver.launch(bad)

    assert not driver.state().armed


def test_a_plan_for_another_vehicle_is_not_sent(case: Case, driver: Driver) -> None:
    plan = case.plan(driver)
    other_address = VehicleAddress(driver.address.link, SYSTEM + 1)

    with pytest.raises(PlanError, match=f"#{SYSTEM + 1} and not for"):
        driver.upload(replace(plan, vehicle=other_address))
    with pytest.raises(PlanError, match=f"the plan is for a {OTHER[case.vehicle_class]}"):
        driver.launch(replace(plan, vehicle_class=OTHER[case.vehicle_class]))


def test_a_vehicle_of_another_class_is_refused(case: Case, parked: Target) -> None:
    other = OTHER[case.vehicle_class]

    with (
        case.driver(parked.connection, vehicle_class=other) as driver,
        pytest.raises(VehicleRefused, match=rf"identity: vehicle type \d+ is no {other}"),
    ):
        driver.launch(short_plan(other, driver.address))


def test_without_a_flight_there_is_nothing_to_command(case: Case, driver: Driver) -> None:
    for call in (driver.hold, driver.resume, driver.return_home, driver.divert, driver.land):
        with pytest.raises(LocalFlightError, match="launch a plan first"):
            call()


def test_a_vehicle_that_never_speaks_is_silent_in_the_stated_time(case: Case) -> None:
    with Relay(None) as nobody, pytest.raises(VehicleSilent, match=r"no heartbeat from tcp:\S+#1 in 20 s"):
        case.driver(nobody.connection, timeout_s=20.0)


def test_a_vehicle_that_falls_silent_ends_every_wait_in_the_stated_time(case: Case) -> None:
    with (
        case.target() as target,
        Relay(target.connection) as relay,
        case.driver(relay.connection) as driver,
    ):
        plan = case.plan(driver)
        relay.mute()

        with pytest.raises(VehicleSilent, match="upload: not over in 20 s"):
            driver.upload(plan, timeout_s=20.0)
        with pytest.raises(VehicleSilent, match="flight: not over in 5 s"):
            list(driver.events(5.0))
        wait_until(lambda: driver.state().link is LinkState.LOST)
        with pytest.raises(VehicleSilent, match="identity: no heartbeat"):
            driver.launch(plan)


def test_a_driver_is_closed_once_and_for_all(case: Case, parked: Target) -> None:
    before = set(threading.enumerate())
    driver = case.driver(parked.connection)

    driver.close()
    driver.close()

    assert set(threading.enumerate()) <= before
    with pytest.raises(LocalFlightError, match="closed"):
        driver.state()
    with pytest.raises(LocalFlightError, match="closed"):
        driver.upload(case.plan(driver))


@pytest.mark.slow
def test_a_delivery_is_launched_and_lands_at_home(case: Case, link: str) -> None:
    with case.driver(link) as driver:
        plan = case.plan(driver)

        driver.launch(plan, airspace_version=plan.airspace_version)
        events = list(driver.events(FLIGHT_S))

        phases = [event.phase for event in events if isinstance(event, PhaseChanged)]
        assert [event.plan_hash for event in events if isinstance(event, PlanVerified)] == [plan.hash]
        assert phases == [
            FlightPhase.TAKING_OFF,
            FlightPhase.ENROUTE,
            FlightPhase.DELIVERING,
            FlightPhase.RETURNING,
            FlightPhase.LANDING,
            FlightPhase.ON_GROUND,
        ]
        landed = events[-1]
        assert isinstance(landed, Landed)
        assert (landed.released, landed.site_id) == (True, None)
        assert landed.distance_from_home_m < 10.0
        assert not driver.state().armed


@pytest.mark.slow
def test_a_flight_is_held_goes_on_and_diverts(case: Case, flying: Driver) -> None:
    flying.hold()
    held = flying.state()
    flying.hold()
    flying.resume()
    resumed = flying.state()
    site_id = flying.divert()
    with pytest.raises(VehicleRefused, match=f"on its way to {DESTINATION}"):
        flying.return_home()

    assert held.mode == HELD[case.vehicle_class]
    assert held.ground_speed_m_s is not None
    assert held.ground_speed_m_s < 4.0
    assert resumed.mode == "AUTO"
    assert site_id == DESTINATION
    assert landing_of(flying).site_id == DESTINATION


@pytest.mark.slow
def test_a_flight_returns_and_lands_when_another_driver_that_took_it_over_says_so(
    case: Case, flying: Driver, link: str
) -> None:
    plan = case.plan(flying)
    flying.close()

    with case.driver(link) as driver:
        with pytest.raises(VehicleRefused, match=r"adoption: the plan on board .* is not ours"):
            driver.adopt(replace(plan, mission=plan.mission[: plan.landing_seq + 1]))
        driver.adopt(plan)
        driver.return_home()
        returning = driver.state()
        driver.land()
        landing = driver.state()
        landed = landing_of(driver)

    assert returning.mission_seq is not None
    assert plan.return_seq < returning.mission_seq <= plan.landing_seq
    assert landing.mode == LANDING[case.vehicle_class]
    assert landed.site_id is None
