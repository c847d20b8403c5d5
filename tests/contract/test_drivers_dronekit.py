"""What holds for DroneKit's driver alone: the script keeps its vehicle, and no wait of DroneKit's is ours."""

import threading
import time
from collections.abc import Iterator
from typing import cast

import dronekit
import pytest

from flight.drivers import dronekit_link
from flight.drivers.dronekit_driver import DroneKitDriver
from flight.drivers.dronekit_link import close_vehicle, open_vehicle
from flight.errors import VehicleRefused
from flight.plan import VehicleAddress, VehicleClass
from simulator.target import BuiltInProcess, Target
from tests.contract.driver_cases import SYSTEM, Case
from tests.contract.relay import Beacon, Relay

CASE = Case(DroneKitDriver, BuiltInProcess, VehicleClass.COPTER, 20.0)
WALL_S = 30.0


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with CASE.target() as target:
        yield target


@pytest.fixture
def vehicle(target: Target) -> Iterator[dronekit.Vehicle]:
    """Return the vehicle of a script that exists."""
    vehicle = dronekit.connect(target.connection, wait_ready=["armed", "mode"], heartbeat_timeout=30)
    yield vehicle
    vehicle.close()


def test_a_script_keeps_its_vehicle(target: Target, vehicle: dronekit.Vehicle) -> None:
    address = VehicleAddress(target.connection, SYSTEM)
    listeners = {name: list(each) for name, each in vehicle._message_listeners.items()}

    with DroneKitDriver(vehicle, address, VehicleClass.COPTER, CASE.clock()) as driver:
        plan = CASE.plan(driver)
        assert driver.upload(plan) == plan.hash
    vehicle.commands.download()
    vehicle.commands.wait_ready()

    assert len(vehicle.commands) == len(plan.mission) - 1
    assert {name: each for name, each in vehicle._message_listeners.items() if each} == listeners


def test_the_state_is_what_dronekit_tells_the_script(target: Target, vehicle: dronekit.Vehicle) -> None:
    address = VehicleAddress(target.connection, SYSTEM)
    vehicle.wait_ready("location")

    with DroneKitDriver(vehicle, address, VehicleClass.COPTER, CASE.clock()) as driver:
        driver.await_vehicle(600.0)
        vehicle.mode = "GUIDED"
        vehicle.wait_for_mode("GUIDED", timeout=10)
        state = driver.state()

    assert (state.mode, state.armed) == ("GUIDED", False)
    assert state.latitude_deg == vehicle.location.global_frame.lat
    assert state.battery_remaining == pytest.approx(1.0, abs=0.05)


def test_a_connection_that_dronekit_waits_for_in_vain_is_given_up_with_its_threads() -> None:
    before = set(threading.enumerate())

    with Relay(None) as nobody:
        found = open_vehicle(nobody.connection, SYSTEM, wall_s=0.5)

    assert found is None
    assert set(threading.enumerate()) <= before


def test_a_vehicle_that_tells_no_parameter_is_given_up_with_its_threads() -> None:
    before = set(threading.enumerate())

    with Beacon() as beacon:
        found = open_vehicle(beacon.connection, SYSTEM + 1, wall_s=2.0)

    assert found is None
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize("link", ["tcp:nowhere", "udpin:nowhere"])
def test_a_link_that_dronekit_cannot_open_is_refused(link: str) -> None:
    with pytest.raises(VehicleRefused, match=f"DroneKit cannot open {link}"):
        open_vehicle(link, SYSTEM, WALL_S)


def test_a_vehicle_that_does_not_close_is_left(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    release = threading.Event()
    monkeypatch.setattr(dronekit_link, "CLOSE_S", 0.05)

    class Endless:
        def close(self) -> None:
            release.wait(WALL_S)

    close_vehicle(cast("dronekit.Vehicle", Endless()))
    release.set()

    assert "did not close" in caplog.text


def test_a_vehicle_whose_threads_are_just_being_started_is_closed_a_moment_later() -> None:
    tries = []

    class Starting:
        def close(self) -> None:
            tries.append(1)
            if len(tries) == 1:
                raise RuntimeError("cannot join thread before it is started")

    close_vehicle(cast("dronekit.Vehicle", Starting()))

    assert len(tries) == 2


def test_a_silence_ends_no_connection_that_the_driver_has_opened(target: Target) -> None:
    with Relay(target.connection) as relay:
        vehicle = open_vehicle(relay.connection, SYSTEM + 254, wall_s=WALL_S)
        assert vehicle is not None
        vehicle._heartbeat_lastreceived = time.monotonic() - 1000.0
        relay.mute()
        time.sleep(0.3)

        assert vehicle._handler._alive
        close_vehicle(vehicle)
