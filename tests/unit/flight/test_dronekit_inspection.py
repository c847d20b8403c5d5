"""The look through DroneKit: what it reads, and that it never waits for ever."""

from threading import Event
from types import SimpleNamespace
from typing import Any

import dronekit
import pytest

from flight.drivers.inspection import dronekit_address, inspect_vehicle
from flight.errors import VehicleRefused, VehicleSilent

ADDRESS = "udp:127.0.0.1:14550"


def fake_vehicle() -> SimpleNamespace:
    return SimpleNamespace(
        version="APM:Copter-4.7.0",
        mode=SimpleNamespace(name="GUIDED"),
        armed=False,
        is_armable=True,
        location=SimpleNamespace(global_frame=SimpleNamespace(lat=32.7, lon=128.8, alt=4.0)),
        gps_0=SimpleNamespace(fix_type=6, satellites_visible=10),
        battery=SimpleNamespace(voltage=25.0, level=95),
        parameters={"FENCE_ENABLE": 1.0},
        close=lambda: None,
    )


def test_what_dronekit_reads_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def connect(address: str, **options: Any) -> SimpleNamespace:
        asked.append(address)
        return fake_vehicle()

    monkeypatch.setattr(dronekit, "connect", connect)

    inspection = inspect_vehicle(ADDRESS)

    assert asked == ["udpout:127.0.0.1:14550"]
    assert (inspection.firmware, inspection.mode, inspection.armable) == ("APM:Copter-4.7.0", "GUIDED", True)
    assert inspection.battery_remaining == pytest.approx(0.95)
    assert inspection.parameters == {"FENCE_ENABLE": 1.0}


def test_a_connection_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    release = Event()
    monkeypatch.setattr(dronekit, "connect", lambda *args, **options: release.wait(10) and fake_vehicle())

    with pytest.raises(VehicleSilent, match="did not tell everything"):
        inspect_vehicle(ADDRESS, timeout_s=0.05)
    release.set()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (dronekit.APIException("No heartbeat in 10 seconds, aborting."), VehicleSilent),
        (dronekit.TimeoutError("wait_ready experienced a timeout"), VehicleSilent),
        (OSError("no such device"), VehicleRefused),
    ],
)
def test_whatever_dronekit_raises_becomes_our_error(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[Exception]
) -> None:
    def connect(*args: Any, **options: Any) -> SimpleNamespace:
        raise error

    monkeypatch.setattr(dronekit, "connect", connect)

    with pytest.raises(kind, match=str(error)):
        inspect_vehicle(ADDRESS)


def test_other_addresses_are_left_to_dronekit() -> None:
    assert dronekit_address("tcp:127.0.0.1:5760") == "tcp:127.0.0.1:5760"
