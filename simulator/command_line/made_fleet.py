"""A fleet without a file: so many copters and so many quadplanes, side by side, on ArduPilot's ports.

Source of the ports: ArduPilot's SITL opens its first serial link as a TCP server on 5760 + 10 × instance
(``SITL_cmdline.cpp``), and ``sim_vehicle.py`` sends to UDP 14550 + 10 × instance.
"""

import math
from collections.abc import Iterator

from simulator.command_line.fleet_file import Berth
from simulator.errors import ConfigurationError
from simulator.geodesy import LocalFrame
from simulator.shell.address import Address, Protocol
from simulator.values import HomePoint, VehicleClass, VehicleConfig

HOST = "127.0.0.1"
TCP_PORT = 5760
"""MAVProxy, DroneKit and MAVSDK connect here."""
UDP_PORT = 14561
"""Programs that speak first, and Tsubaki's gateway, send here; apart from every port that a station opens."""
STATION_PORT = 14550
"""Ground stations listen here (QGroundControl, MAVProxy)."""
SDK_PORT = 14540
"""MAVSDK listens here by default."""
PORTS_APART = 10
"""As ArduPilot: every port of an instance is 10 higher than that of the one before."""

SPACING_M = 8.0
"""Two rotor discs of 1.5 m, two GPS errors of 2 m, and room to walk between."""

_LAST_SYSTEM_ID = 254
"""MAVLink system ids are 1 to 255, and 255 is the ground station's."""


def made_fleet(
    copters: int, quadplanes: int, home: HomePoint, first_system_id: int = 1, first_instance: int = 0
) -> tuple[Berth, ...]:
    """Return the vehicles C1, C2, … and Q1, Q2, …, in a square around home.

    Parameters
    ----------
    copters, quadplanes
        How many of each.
    home
        Centre of the square.
    first_system_id
        MAVLink system id of the first vehicle; the others count on.
    first_instance
        ArduPilot's instance number of the first vehicle; the others count on.

    Raises
    ------
    ConfigurationError
        There is no vehicle, or there are more than MAVLink has system ids.
    """
    count = copters + quadplanes
    _check(copters, quadplanes, first_system_id)
    places = _square(home, count)
    kinds = [VehicleClass.COPTER] * copters + [VehicleClass.QUADPLANE] * quadplanes
    numbers = [*range(1, copters + 1), *range(1, quadplanes + 1)]
    return tuple(
        Berth(
            VehicleConfig(f"{kind[0].upper()}{number}", kind, place, system_id=first_system_id + index),
            addresses(first_instance + index),
        )
        for index, (kind, number, place) in enumerate(zip(kinds, numbers, places, strict=True))
    )


def _check(copters: int, quadplanes: int, first_system_id: int) -> None:
    count = copters + quadplanes
    if min(copters, quadplanes) < 0 or count == 0 or first_system_id + count - 1 > _LAST_SYSTEM_ID:
        problem = f"{copters} copters and {quadplanes} quadplanes, with system ids from {first_system_id} on"
        remedy = f"give at least one vehicle, and system ids up to {_LAST_SYSTEM_ID}, the last of MAVLink"
        raise ConfigurationError("copters, quadplanes", problem, remedy)


def addresses(instance: int) -> tuple[Address, ...]:
    """Return the addresses of an instance: two to listen on, then the stations it calls."""
    offset = PORTS_APART * instance
    own = [
        Address(protocol, HOST, port).moved(offset)
        for protocol, port in (
            (Protocol.TCP, TCP_PORT),
            (Protocol.UDP, UDP_PORT),
            (Protocol.UDP_OUT, STATION_PORT),
        )
    ]
    common = [Address(Protocol.UDP_OUT, HOST, port) for port in (STATION_PORT, SDK_PORT)]
    # The station of its own port comes last: for the first vehicle it is the common one.
    return tuple(dict.fromkeys((*own[:2], *common, own[2])))


def _square(home: HomePoint, count: int) -> Iterator[HomePoint]:
    """Yield places in rows, from the north-west on, ``SPACING_M`` apart."""
    side = math.ceil(math.sqrt(count))
    middle = (side - 1) / 2
    frame = LocalFrame(home.latitude_deg, home.longitude_deg)
    for index in range(count):
        row, column = divmod(index, side)
        north, east = (middle - row) * SPACING_M, (column - middle) * SPACING_M
        latitude, longitude = frame.degrees_from_local(north, east)
        yield HomePoint(latitude, longitude, home.altitude_amsl_m, home.heading_deg)
