"""The flight plan: what goes on board one vehicle, in the form in which ArduPilot gives it back.

Items are kept in ArduPilot's canonical form (integer degrees × 1e7, frames and parameters as ArduPilot stores
them), so that a plan read back can be compared item by item, and its hash recognised after a restart.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class VehicleClass(StrEnum):
    """The two kinds of aircraft that Tsubaki flies."""

    COPTER = "copter"
    QUADPLANE = "quadplane"


@dataclass(frozen=True, slots=True, order=True)
class VehicleAddress:
    """Where a vehicle is: MAVLink allows 254 systems per network, so a system id alone is not an address.

    ``link`` is ``udp:HOST:PORT`` for a vehicle that listens there.
    """

    link: str
    system_id: int

    def __str__(self) -> str:
        return f"{self.link}#{self.system_id}"


@dataclass(frozen=True, slots=True)
class MissionItem:
    """One item of a mission, fence or rally list, as in ``MISSION_ITEM_INT``.

    ``x_e7`` is latitude and ``y_e7`` longitude in degrees × 1e7, rounded, not truncated; ``z_m`` is the
    altitude in metres in the datum of ``frame`` (3: above home).
    """

    command: int
    frame: int
    param1: float = 0.0
    param2: float = 0.0
    param3: float = 0.0
    param4: float = 0.0
    x_e7: int = 0
    y_e7: int = 0
    z_m: float = 0.0


@dataclass(frozen=True)
class FlightPlan:
    """What goes on board, bound to one vehicle.

    ``mission[0]`` is the home item: ArduPilot overwrites it, so it takes no part in the hash or the
    comparison. ``release_seq`` is the index of the item that releases the payload, ``return_seq`` that of
    ``DO_RETURN_PATH_START``. ``parameters`` are set, and read back, before launch. ``energy_available_wh`` is
    what a full battery holds, as the certificate counts it; ``None`` where it is not known.
    """

    sortie_id: str
    vehicle: VehicleAddress
    vehicle_class: VehicleClass
    home_latitude_e7: int
    home_longitude_e7: int
    home_amsl_m: float
    mission: tuple[MissionItem, ...]
    release_seq: int
    return_seq: int
    fence: tuple[MissionItem, ...]
    rally: tuple[MissionItem, ...]
    parameters: tuple[tuple[str, float], ...]
    airspace_version: str
    certificate_digest: str
    planned_energy_wh: float
    planned_duration_s: float
    energy_available_wh: float | None = None

    @property
    def hash(self) -> str:
        """SHA-256 hex digest of what can be read back: mission (without home), fence, rally."""
        content = [[asdict(item) for item in part] for part in (self.mission[1:], self.fence, self.rally)]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
