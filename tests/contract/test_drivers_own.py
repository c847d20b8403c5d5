"""What holds for our own driver alone, and for the gateway behind both."""

from collections.abc import Callable
from typing import NoReturn

import pytest

from flight.drivers import own
from flight.drivers.driver import Driver
from flight.errors import LocalFlightError, VehicleSilent
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from simulator.target import BuiltInProcess
from tests.contract.driver_cases import CONNECTORS, Case

SPEEDUP = 20.0
OWN = Case(own.connect, BuiltInProcess, VehicleClass.COPTER, SPEEDUP)


@pytest.mark.parametrize(
    ("link", "remedy"),
    [
        ("serial:/dev/ttyUSB0", "write udp:ADDRESS:PORT"),  # nothing here speaks with a serial port
        ("udp:127.0.0.1", "write udp:ADDRESS:PORT"),  # no port
        ("udp:localhost:14550", "write udp:127.0.0.1:14550"),  # its answers would come from another text
        ("tcp:127.0.0.1:", "write tcp:ADDRESS:PORT"),  # no port
    ],
)
def test_a_link_that_is_none_is_refused_with_the_remedy(link: str, remedy: str) -> None:
    with pytest.raises(LocalFlightError, match=remedy):
        own.connect(VehicleAddress(link, 1), VehicleClass.COPTER, OWN.clock())


def test_a_vehicle_that_is_not_there_is_silent_over_udp_as_well() -> None:
    with pytest.raises(VehicleSilent, match="no heartbeat"):
        OWN.driver("udp:127.0.0.1:9", timeout_s=5.0)


@pytest.mark.parametrize("connect", CONNECTORS.values(), ids=list(CONNECTORS))
def test_a_gateway_that_dies_ends_every_call(
    connect: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(connect, BuiltInProcess, VehicleClass.COPTER, SPEEDUP)

    def broken(gateway: Gateway, now: float) -> NoReturn:
        raise RuntimeError("no datagram today")

    with case.target() as target, case.driver(target.connection) as driver:
        plan = case.plan(driver)
        monkeypatch.setattr(Gateway, "send", broken)

        with pytest.raises(LocalFlightError, match="stopped"):
            driver.upload(plan)
        with pytest.raises(LocalFlightError, match="stopped"):
            driver.upload(plan)
