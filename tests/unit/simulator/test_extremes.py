"""What would stop a whole fleet, or stay for ever: extreme values, restarts amid faults, long runs."""

import asyncio
from pathlib import Path

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.command_line.fleet_file import Berth
from simulator.comms.wire import hold
from simulator.errors import ConfigurationError
from simulator.faults import parse_fault
from simulator.shell.clock import SimulatedClock
from simulator.shell.server import TICK_S, FleetServer
from simulator.shell.station import Station
from simulator.shell.status import Lines
from simulator.shell.tracklog import TrackLog
from simulator.testing import GroundStation
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

HOME = HomePoint(32.7, 128.85, 4.0)
START = 1_800_000_000.0


def _vehicle(*faults: str) -> Vehicle:
    return Vehicle(VehicleConfig("V1", VehicleClass.COPTER, HOME, faults=tuple(map(parse_fault, faults))))


@pytest.mark.parametrize("value", [-3e38, 100.0, 1e6, 3e38])
@pytest.mark.parametrize(
    "name", ["SIM_BATT_VOLTAGE", "SIM_WIND_SPD", "SIM_GPS1_GLTCH_X", "SIM_GPS1_GLTCH_Y", "SIM_GPS1_GLTCH_Z"]
)
def test_no_simulated_world_is_too_strange_for_the_telemetry(name: str, value: float) -> None:
    station = GroundStation(_vehicle())
    station.run(44.0)
    station.set_mode(4)
    station.arm()
    station.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 40.0)
    station.send(mavlink.MAVLink_request_data_stream_message(1, 1, 0, 4, 1))

    station.set_parameter(name, value)
    station.run(30.0)

    assert station.received[-1][0] > station.time - 1.0


def test_numbers_that_a_field_does_not_hold_become_the_nearest_it_does() -> None:
    message = mavlink.MAVLink_battery_status_message(
        0, 0, 0, 1 << 20, [99_999, *[65535] * 9], -99_999, 5, 6, 200, 0, 0
    )

    hold(message)

    assert (message.temperature, message.voltages[0], message.current_battery) == (32767, 65535, -32768)
    assert (message.current_consumed, message.battery_remaining) == (5, 127)


def test_a_restart_amid_a_jump_of_the_position_leaves_nothing_behind() -> None:
    station = GroundStation(_vehicle("gps_jump:east_m=60@60+45", "reboot@90"))

    station.run(200.0)

    assert station.vehicle.craft.hazards.believed_east_m == 0.0
    assert station.vehicle.craft.body.east == pytest.approx(0.0, abs=3.0)


def test_a_rogue_station_is_not_obeyed_where_messages_are_signed() -> None:
    vehicle = _vehicle("rogue_station:every_s=2@10")
    vehicle.advance(START)
    vehicle.craft.radio.keys.set_up(b"k" * 32, 1)

    for second in range(60):
        vehicle.advance(START + second)

    assert vehicle.truth.mode == "STABILIZE"
    assert vehicle.peers == 0


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_fault_wants_numbers_that_are_finite(value: str) -> None:
    with pytest.raises(ConfigurationError, match="seconds"):
        parse_fault(f"clock_jump:seconds={value}")


@pytest.mark.parametrize("logged", [True, False])
def test_a_track_does_not_grow_in_a_server_that_runs_for_long(logged: bool, tmp_path: Path) -> None:
    vehicle = _vehicle()
    log = TrackLog(vehicle, tmp_path) if logged else None
    now = START
    station = Station(vehicle, lambda: now, log)

    for _ in range(600):
        now += 1.0
        vehicle.advance(now)
        station.look()
    station.close()

    assert len(vehicle.track) < 100
    if logged:
        assert len((tmp_path / "V1.jsonl").read_text(encoding="utf-8").splitlines()) == 599


def test_a_wall_clock_that_is_set_back_does_not_turn_back_time() -> None:
    wall = iter([START, START, START + 0.5, START + 0.1, START + 0.2])
    server = FleetServer(
        [Berth(_vehicle().config, ())],
        SimulatedClock(lambda: next(wall, START + 0.2), START, 1.0),
        Lines(lambda line: None),
    )
    seen: list[float] = []

    async def watch() -> None:
        running = asyncio.create_task(server.run())
        for _ in range(20):
            await asyncio.sleep(TICK_S / 2)
            seen.append(server.simulated_time)
        server.stop()
        await running

    asyncio.run(watch())

    assert seen == sorted(seen)
    assert seen[-1] == START + 0.5


def test_who_sends_only_rubbish_is_forgotten() -> None:
    vehicle = _vehicle()
    vehicle.advance(START)
    for port in range(50):
        vehicle.receive(b"rubbish", ("127.0.0.1", port), START)

    vehicle.advance(START + 400.0)
    vehicle.send()
    vehicle.advance(START + 410.0)

    assert vehicle.send() == []


@pytest.mark.parametrize(
    "name", ["WPNAV_SPEED", "WPNAV_SPEED_UP", "WPNAV_ACCEL", "WPNAV_ACCEL_Z", "WPNAV_RADIUS"]
)
@pytest.mark.parametrize("value", [-1.0, 0.0, 1e9])
def test_no_value_of_a_flight_parameter_ends_the_fleet(name: str, value: float) -> None:
    station = GroundStation(Vehicle(VehicleConfig("C1", VehicleClass.COPTER, HOME)))
    station.run(44.0)
    station.set_parameter(f"WPNAV_{name}", value)

    station.set_mode(4)
    station.arm()
    station.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 30.0)
    station.run(40.0)
    station.set_mode(6)
    station.run(20.0)

    assert station.vehicle.truth.altitude_amsl_m > 4.0
