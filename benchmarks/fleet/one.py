"""How fast one vehicle can be: simulated seconds per CPU second, in memory, nobody waits for anything."""

from time import process_time

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

HOME = HomePoint(32.7024, 128.8450, 5.0)
REPEATS = 3
FLOWN_S = 600.0
TURN_S = 0.2
LEG_M = 20_000.0


def speedup(kind: VehicleClass, rate_hz: int) -> float:
    """Return the best of some flights of ten minutes in AUTO, sending all streams at a rate (0: as it
    boots)."""
    return max(_flight(kind, rate_hz) for _ in range(REPEATS))


def _flight(kind: VehicleClass, rate_hz: int) -> float:
    station = GroundStation(Vehicle(VehicleConfig("one", kind, HOME)))
    station.run(45.0)
    _take_off(station, kind)
    if rate_hz:
        station.send(mavlink.MAVLink_request_data_stream_message(1, 1, 0, rate_hz, 1))
    vehicle, now = station.vehicle, station.now
    began = process_time()
    for _ in range(round(FLOWN_S / TURN_S)):
        now += TURN_S
        vehicle.advance(now)
        vehicle.send()
    took = process_time() - began
    assert vehicle.truth.altitude_amsl_m > 30.0
    return FLOWN_S / took


def _take_off(station: GroundStation, kind: VehicleClass) -> None:
    copter = kind is VehicleClass.COPTER
    takeoff = mavlink.MAV_CMD_NAV_TAKEOFF if copter else mavlink.MAV_CMD_NAV_VTOL_TAKEOFF
    plan = MissionBuilder(HOME).place(takeoff, 0, 0, 60).waypoint(LEG_M, 0, 60).waypoint(LEG_M, LEG_M, 60)
    station.upload(plan.items)
    if copter:
        station.set_mode(mavlink.COPTER_MODE_GUIDED)
        station.arm()
        station.command(mavlink.MAV_CMD_MISSION_START)
    else:
        station.set_mode(mavlink.PLANE_MODE_AUTO)
        station.arm()
    station.run(60.0)
