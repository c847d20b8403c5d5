"""DroneKit's vehicle, opened and closed in a stated time.

Its ``connect`` and ``close`` wait for ever in places: on a vehicle that boots, on one that tells no
parameter, on a queue that nobody empties. So both run in threads of their own here, and are given up after
a time.
"""

import logging
import time
from queue import Empty, Queue
from threading import Thread
from typing import Any

import dronekit

from flight.drivers.inspection import dronekit_address
from flight.errors import VehicleRefused

CLOSE_S = 5.0
"""On the wall. DroneKit's threads look ten times a second whether they shall end."""

LOOK_S = 0.1

_log = logging.getLogger(__name__)


class PatientVehicle(dronekit.Vehicle):
    """A DroneKit vehicle that may be out of reach for a while, and that can be given up while it connects."""

    def initialize(self, rate: int = 4, heartbeat_timeout: float = 30) -> None:
        """Connect; after that no silence ends the connection, as a drone may fly behind an island."""
        super().initialize(rate=rate, heartbeat_timeout=heartbeat_timeout)
        self._heartbeat_error = 0

    def give_up(self) -> None:
        """End the connection, and whichever wait of `initialize` goes on."""
        self._flightmode, self._params_count = "GIVEN UP", 0
        close_vehicle(self)


def open_vehicle(link: str, source_system: int, wall_s: float) -> dronekit.Vehicle | None:
    """Connect to a vehicle and wait for its first heartbeat; return ``None`` if none came.

    Parameters
    ----------
    link
        A DroneKit address or one of our links.
    source_system
        Our own MAVLink system id.
    wall_s
        For all of it, in seconds on the wall.

    Raises
    ------
    VehicleRefused
        If the address cannot be used.
    """
    answers: Queue[dronekit.Vehicle | VehicleRefused | None] = Queue()
    begun: list[PatientVehicle] = []

    class Noted(PatientVehicle):
        def __init__(self, handler: Any) -> None:
            super().__init__(handler)
            begun.append(self)

    def run() -> None:
        answers.put(_connect(link, source_system, wall_s, Noted))

    connecting = Thread(target=run, name=f"dronekit {link}", daemon=True)
    connecting.start()
    try:
        answer = answers.get(timeout=wall_s)
    except Empty:
        answer = None
        for vehicle in begun:
            vehicle.give_up()
        connecting.join(CLOSE_S)
    if isinstance(answer, VehicleRefused):
        raise answer
    return answer


def close_vehicle(vehicle: dronekit.Vehicle) -> None:
    """Close a vehicle; leave it to its fate where that takes too long."""
    closing = Thread(target=_close, args=(vehicle,), name="dronekit close", daemon=True)
    closing.start()
    closing.join(CLOSE_S)
    if closing.is_alive():
        _log.warning("DroneKit did not close its connection in %g s; its threads are left running", CLOSE_S)


def _close(vehicle: dronekit.Vehicle) -> None:
    """Close a vehicle; one whose threads are being started at this moment cannot be joined yet."""
    end = time.monotonic() + CLOSE_S
    while time.monotonic() < end:
        try:
            vehicle.close()
        except RuntimeError:
            time.sleep(LOOK_S)
        else:
            return


def _connect(
    link: str, source_system: int, wall_s: float, kind: type[PatientVehicle]
) -> dronekit.Vehicle | VehicleRefused | None:
    try:
        return dronekit.connect(
            dronekit_address(link), heartbeat_timeout=wall_s, source_system=source_system, vehicle_class=kind
        )
    except (dronekit.APIException, dronekit.TimeoutError):
        return None
    except (Exception, SystemExit) as error:  # DroneKit passes on whatever its transport raises
        return VehicleRefused("connection", f"DroneKit cannot open {link}: {error or type(error).__name__}")
