"""Plans flown by the built-in vehicles, without a gateway."""

from collections.abc import Sequence
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.geodesy import distance_m
from flight.plan import FlightPlan, MissionItem, VehicleClass
from flight.vehicles.modes import AUTO
from geofences.values import Position
from simulator.testing import GroundStation
from simulator.values import HomePoint, VehicleConfig
from simulator.values import VehicleClass as SimulatedClass
from simulator.vehicle import Vehicle

READY_S = 42.0


def flying(plan: FlightPlan) -> GroundStation:
    """Return the station of a vehicle that has begun the mission with its fence on."""
    home = HomePoint(plan.home_latitude_e7 / 1e7, plan.home_longitude_e7 / 1e7, plan.home_amsl_m)
    station = GroundStation(Vehicle(VehicleConfig("Q1", SimulatedClass(plan.vehicle_class.value), home)))
    station.run(READY_S)
    for kind, items in enumerate((plan.mission, plan.fence)):
        assert station.upload(wire_messages(items, kind), kind) == mavlink.MAV_MISSION_ACCEPTED
    for name, value in plan.parameters:
        station.set_parameter(name, value)
    for message_id in (mavlink.MAVLINK_MSG_ID_MISSION_CURRENT, mavlink.MAVLINK_MSG_ID_SYS_STATUS):
        station.ask_for(message_id, 1.0)
    station.set_mode({VehicleClass.COPTER: 4, VehicleClass.QUADPLANE: 5}[plan.vehicle_class])
    assert station.arm() == mavlink.MAV_RESULT_ACCEPTED
    station.set_mode(AUTO[plan.vehicle_class])
    station.command(mavlink.MAV_CMD_MISSION_START)
    return station


def wire_messages(items: Sequence[MissionItem], kind: int) -> list[Any]:
    """Return a list's items as pymavlink sends them."""
    return [
        mavlink.MAVLink_mission_item_int_message(
            1,
            1,
            seq,
            item.frame,
            item.command,
            0,
            1,
            *(item.param1, item.param2, item.param3, item.param4),
            *(item.x_e7, item.y_e7, item.z_m),
            kind,
        )
        for seq, item in enumerate(items)
    ]


def run_to(station: GroundStation, seq: int) -> None:
    assert station.run(600.0, lambda each: each.get_type() == "MISSION_CURRENT" and each.seq == seq)


def newest(station: GroundStation, kind: str) -> Any:
    return list(station.of(kind))[-1]


def land(station: GroundStation) -> None:
    armed = mavlink.MAV_MODE_FLAG_SAFETY_ARMED
    assert station.run(1500.0, lambda each: each.get_type() == "HEARTBEAT" and not each.base_mode & armed)


def distance_to_m(station: GroundStation, position: Position) -> float:
    body = station.vehicle.truth
    return distance_m(
        (body.latitude_deg, body.longitude_deg), (position.latitude_deg, position.longitude_deg)
    )
