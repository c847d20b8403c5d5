"""What the contract of the drivers is tried on: each driver with each kind of vehicle."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from api.clock import ScaledClock
from flight.drivers import dronekit_driver, own
from flight.drivers.driver import Driver
from flight.plan import FlightPlan, VehicleAddress, VehicleClass
from simulator.ardupilot import ArduPilotProcess
from simulator.target import BuiltInProcess, Target, TargetSettings
from simulator.values import VehicleClass as SimulatedClass
from tests.contract.driver_plans import home_pad, short_plan

SYSTEM = 1

PATIENCE_S = 300.0
"""For the first heartbeat, in simulated time: half a minute on a loaded machine."""

CONNECTORS: dict[str, Callable[..., Driver]] = {"own": own.connect, "dronekit": dronekit_driver.connect}
VARIABLES = {
    VehicleClass.COPTER: "TSUBAKI_ARDUPILOT",
    VehicleClass.QUADPLANE: "TSUBAKI_ARDUPILOT_PLANE",
}


@dataclass(frozen=True)
class Case:
    """One driver and one kind of vehicle; ``speedup`` is how fast that vehicle can be simulated here."""

    connect: Callable[..., Driver]
    make: Callable[[TargetSettings], Target]
    vehicle_class: VehicleClass
    speedup: float

    def target(self) -> Target:
        """Return a vehicle that stands on the home pad of the plan, to be started."""
        return self.make(TargetSettings(SimulatedClass(self.vehicle_class), home_pad(), self.speedup))

    def clock(self) -> ScaledClock:
        """Return a clock that runs as fast as the vehicle's."""
        return ScaledClock(time.time(), self.speedup)

    def driver(self, link: str, **options: Any) -> Driver:
        """Connect to the vehicle on a link."""
        settings = {
            "vehicle_class": self.vehicle_class,
            "clock": self.clock(),
            "timeout_s": PATIENCE_S,
            **options,
        }
        return self.connect(VehicleAddress(link, SYSTEM), **settings)

    def plan(self, driver: Driver) -> FlightPlan:
        """Return the short round trip for the vehicle of a driver."""
        return short_plan(self.vehicle_class, driver.address)


def cases() -> list[Any]:
    """Return a parameter of pytest for each case."""
    return [
        pytest.param(
            Case(connect, make, vehicle_class, speedup),
            id=f"{name}-{kind}-{vehicle_class}",
            marks=[] if kind == "built-in" else _needs(VARIABLES[vehicle_class]),
        )
        for kind, make, speedup in (("built-in", BuiltInProcess, 20.0), ("ardupilot", ArduPilotProcess, 10.0))
        for vehicle_class in VehicleClass
        for name, connect in CONNECTORS.items()
    ]


def _needs(variable: str) -> Any:
    return pytest.mark.skipif(not os.environ.get(variable), reason=f"{variable} names no ArduPilot SITL")
