"""How often somebody looks at a vehicle changes neither its flight nor a byte of what it says."""

import hashlib
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.faults import parse_fault
from simulator.fleet import Fleet
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle
from simulator.wind import Wind

START = 1_800_000_000.0
END_S = 52.0
HOME = HomePoint(32.7024, 128.845, 5.09)
ORDERS = {
    3.03: mavlink.MAVLink_request_data_stream_message(1, 1, 0, 3, 1),
    45.0: mavlink.MAVLink_set_mode_message(1, 1, 4),
    46.0: mavlink.MAVLink_command_long_message(1, 1, 400, 0, 1, 0, 0, 0, 0, 0, 0),
    47.11: mavlink.MAVLink_command_long_message(1, 1, 22, 0, 0, 0, 0, 0, 0, 0, 30),
}
INSTANTS_S = st.lists(st.floats(0.0, END_S), max_size=20)


def _copter(*faults: str, name: str = "C1", boot_at: float | None = None, seed: int = 1) -> VehicleConfig:
    found = tuple(parse_fault(fault) for fault in faults)
    wind = Wind(6.0, 200.0, gusts=1.0)
    return VehicleConfig(name, VehicleClass.COPTER, HOME, wind=wind, seed=seed, faults=found, boot_at=boot_at)


def _flown(vehicle: Vehicle, looks_s: Iterable[float]) -> str:
    """Return a digest of all that a vehicle says to a station that gives its orders, and of its track."""
    framer = mavlink.MAVLink(None, srcSystem=255, srcComponent=190)
    said: list[bytes] = []
    vehicle.advance(START)
    for time_s in sorted({*looks_s, *ORDERS, END_S}):
        vehicle.advance(START + time_s)
        if time_s in ORDERS:
            vehicle.receive(ORDERS[time_s].pack(framer), "station", START + time_s)
        said += [data for data, _ in vehicle.send()]
    assert len(said) > 1000
    return hashlib.sha256(b"".join(said) + repr(vehicle.track).encode()).hexdigest()


@pytest.mark.parametrize("faults", [(), ("link_loss:share=0.3@20+20", "link_duplicate:share=0.2@30")])
@settings(max_examples=10, deadline=None)
@given(looks_s=INSTANTS_S)
def test_looking_more_often_changes_no_byte(faults: tuple[str, ...], looks_s: list[float]) -> None:
    assert _flown(Vehicle(_copter(*faults)), looks_s) == _flown(Vehicle(_copter(*faults)), ())


@pytest.mark.parametrize("faults", [("reboot@50.1",), ("link_delay:delay_s=0.5@20",)])
def test_a_hundred_looks_a_second_change_no_byte_either(faults: tuple[str, ...]) -> None:
    often_s = [number * 0.01 for number in range(round(END_S / 0.01))]

    assert _flown(Vehicle(_copter(*faults)), often_s) == _flown(Vehicle(_copter(*faults)), ())


@settings(max_examples=10, deadline=None)
@given(looks_s=INSTANTS_S)
def test_what_a_vehicle_does_does_not_depend_on_who_else_flies(looks_s: list[float]) -> None:
    others = [
        VehicleConfig("Q1", VehicleClass.QUADPLANE, HOME, seed=7, wind=Wind(3.0, 10.0, shear=0.1)),
        _copter("gps_loss@10+20", "motor_loss@30", "compass_error@5", name="C2", seed=5),
    ]
    fleet = Fleet([others[0], _copter(), others[1]])

    assert _flown(fleet.vehicles[1], looks_s) == _flown(Vehicle(_copter()), looks_s)


def test_a_boot_at_the_beginning_of_time_is_one() -> None:
    vehicle = Vehicle(_copter(boot_at=0.0))

    vehicle.advance(50.0)

    assert vehicle.craft.time == pytest.approx(50.0, abs=0.2)


def test_who_is_switched_on_later_has_a_full_battery_until_then() -> None:
    fleet = Fleet([_copter(), _copter(name="C2", boot_at=START + 900.0)])
    fleet.advance(START)

    fleet.advance(START + 900.0)

    assert fleet.vehicles[0].battery.used_wh > 1.5
    assert fleet.vehicles[1].battery.used_wh == 0.0
    assert fleet.vehicles[1].battery.charge == 1.0
