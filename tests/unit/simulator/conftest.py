"""Vehicles with a ground station in memory."""

from collections.abc import Callable

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle
from simulator.wind import Wind

HOME = HomePoint(32.7024, 128.845, 5.09)
CALM = Wind()
COPTER_READY_S = 42.0
QUADPLANE_READY_S = 25.4


def _station(
    vehicle_class: VehicleClass, wind: Wind = CALM, seed: int = 0, payload_kg: float = 0.0
) -> GroundStation:
    config = VehicleConfig("test", vehicle_class, HOME, wind=wind, seed=seed, payload_kg=payload_kg)
    station = GroundStation(Vehicle(config))
    station.run(3.0)
    for message_id in (mavlink.MAVLINK_MSG_ID_MISSION_CURRENT, mavlink.MAVLINK_MSG_ID_EXTENDED_SYS_STATE):
        station.ask_for(message_id, 5.0)
    return station


@pytest.fixture
def make_station() -> Callable[..., GroundStation]:
    """Return a maker of stations whose vehicle has just been switched on."""
    return _station


@pytest.fixture
def copter() -> GroundStation:
    """Return a copter that can be armed."""
    station = _station(VehicleClass.COPTER)
    station.run(COPTER_READY_S - station.time)
    return station


@pytest.fixture
def quadplane() -> GroundStation:
    """Return a quadplane that can be armed."""
    station = _station(VehicleClass.QUADPLANE)
    station.run(QUADPLANE_READY_S - station.time)
    return station


@pytest.fixture
def plan() -> MissionBuilder:
    """Return an empty mission at home."""
    return MissionBuilder(HOME)
