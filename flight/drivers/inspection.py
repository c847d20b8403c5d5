"""A look at a vehicle through DroneKit, for a person at a terminal (``tsubaki inspect``).

DroneKit starts threads and can wait for ever (on the first parameter, on a vehicle that boots), so it runs
in a thread of its own here and is given up after a time. Import this module only where it is needed:
DroneKit takes a while to load.
"""

import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from typing import Any

import dronekit

from flight.errors import RemoteFlightError, VehicleRefused, VehicleSilent

STAGE = "inspection"

TIMEOUT_S = 60.0
"""On the wall, in all: heartbeat, position and some 1,400 parameters over a slow link."""

HEARTBEAT_TIMEOUT_S = 10
"""A vehicle that is there sends one a second."""

SOURCE_SYSTEM = 254
"""Not the gateway's 255: the vehicle shall not take a look for the ground station that it depends on."""

ATTRIBUTES = ("parameters", "gps_0", "armed", "mode")


@dataclass(frozen=True)
class VehicleInspection:
    """What DroneKit reads from a vehicle; ``None`` is "not told"."""

    firmware: str
    mode: str | None
    armed: bool
    armable: bool
    latitude_deg: float | None
    longitude_deg: float | None
    altitude_amsl_m: float | None
    gps_fix: int | None
    satellites: int | None
    battery_voltage_v: float | None
    battery_remaining: float | None
    parameters: Mapping[str, float]


def inspect_vehicle(address: str, timeout_s: float = TIMEOUT_S) -> VehicleInspection:
    """Connect, read, disconnect.

    Parameters
    ----------
    address
        A DroneKit address (``udpout:127.0.0.1:14550``, ``tcp:127.0.0.1:5760``) or one of our links: for a
        vehicle that listens at ``udp:HOST:PORT`` that is ``udpout``.
    timeout_s
        For all of it, in seconds on the wall.

    Raises
    ------
    VehicleSilent
        If there is no vehicle, or it did not tell everything in time.
    VehicleRefused
        If the address cannot be used.
    """
    logging.getLogger(
        "dronekit"
    ).propagate = False  # its threads log tracebacks of what is raised here anyway
    answers: Queue[VehicleInspection | RemoteFlightError] = Queue()
    reader = Thread(
        target=_read, args=(dronekit_address(address), answers.put), name=f"dronekit {address}", daemon=True
    )
    reader.start()
    try:
        answer = answers.get(timeout=timeout_s)
    except Empty:
        raise VehicleSilent(STAGE, f"{address} did not tell everything in {timeout_s:.0f} s") from None
    if isinstance(answer, RemoteFlightError):
        raise answer
    return answer


def dronekit_address(address: str) -> str:
    """Return the DroneKit address for one of our links; another address is returned as it is."""
    return f"udpout:{address.removeprefix('udp:')}" if address.startswith("udp:") else address


def _read(address: str, answer: Callable[[VehicleInspection | RemoteFlightError], None]) -> None:
    try:
        vehicle = dronekit.connect(
            address,
            wait_ready=list(ATTRIBUTES),
            timeout=TIMEOUT_S,
            heartbeat_timeout=HEARTBEAT_TIMEOUT_S,
            source_system=SOURCE_SYSTEM,
        )
    except (dronekit.APIException, dronekit.TimeoutError) as error:
        answer(VehicleSilent(STAGE, f"{address}: {error}"))
        return
    except Exception as error:  # DroneKit passes on whatever its transport raises
        reason = f"DroneKit cannot open {address}: {error or type(error).__name__}"
        answer(VehicleRefused(STAGE, reason))
        return
    with contextlib.closing(vehicle):
        answer(_inspection(vehicle))


def _inspection(vehicle: Any) -> VehicleInspection:
    place, gps, battery = vehicle.location.global_frame, vehicle.gps_0, vehicle.battery
    level = None if battery is None else battery.level
    return VehicleInspection(
        firmware=str(vehicle.version),
        mode=None if vehicle.mode is None else vehicle.mode.name,
        armed=bool(vehicle.armed),
        armable=bool(vehicle.is_armable),
        latitude_deg=place.lat,
        longitude_deg=place.lon,
        altitude_amsl_m=place.alt,
        gps_fix=gps.fix_type,
        satellites=gps.satellites_visible,
        battery_voltage_v=None if battery is None else battery.voltage,
        battery_remaining=None if level is None else level / 100,
        parameters=dict(vehicle.parameters),
    )
