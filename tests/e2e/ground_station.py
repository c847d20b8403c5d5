"""A second ground station: plain pymavlink on the vehicle's own UDP port, nothing of Tsubaki in between."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pymavlink import mavutil
from pymavlink.dialects.v20 import ardupilotmega as mavlink

OWN_SYSTEM = 252
PLANE_AUTO = 10
LISTEN_S = 10.0


@dataclass(frozen=True)
class Sighting:
    """What the vehicle says of itself."""

    is_armed: bool
    is_in_auto: bool
    latitude_e7: int
    longitude_e7: int
    height_above_home_m: float


class GroundStation:
    """Hears one vehicle."""

    def __init__(self, port: int) -> None:
        self._link = mavutil.mavlink_connection(
            f"udpout:127.0.0.1:{port}", source_system=OWN_SYSTEM, dialect="ardupilotmega"
        )

    def close(self) -> None:
        self._link.close()

    def sight(self) -> Sighting:
        """Return the vehicle's next heartbeat and position."""
        heartbeat = self._next("HEARTBEAT")
        position = self._next("GLOBAL_POSITION_INT")
        return Sighting(
            is_armed=bool(heartbeat.base_mode & mavlink.MAV_MODE_FLAG_SAFETY_ARMED),
            is_in_auto=heartbeat.custom_mode == PLANE_AUTO,
            latitude_e7=position.lat,
            longitude_e7=position.lon,
            height_above_home_m=position.relative_alt / 1000,
        )

    def _next(self, kind: str) -> Any:
        give_up = time.monotonic() + LISTEN_S
        while time.monotonic() < give_up:
            self._make_oneself_known()
            if (message := self._link.recv_match(type=kind, blocking=True, timeout=1.0)) is not None:
                return message
        raise AssertionError(f"the vehicle sent no {kind} in {LISTEN_S} s")

    def _make_oneself_known(self) -> None:
        """A vehicle answers whoever has sent it something, and streams what it was asked for."""
        self._link.mav.heartbeat_send(mavlink.MAV_TYPE_GCS, mavlink.MAV_AUTOPILOT_INVALID, 0, 0, 0)


@contextmanager
def listening(port: int) -> Iterator[GroundStation]:
    station = GroundStation(port)
    try:
        yield station
    finally:
        station.close()
