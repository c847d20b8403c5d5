"""The flight plan: what goes on board one vehicle, in the form in which ArduPilot gives it back.

Items are kept in ArduPilot's canonical form (integer degrees × 1e7, frames and parameters as ArduPilot stores
them), so that a plan read back can be compared item by item, and its hash recognised after a restart.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


class VehicleClass(StrEnum):
    """The two kinds of aircraft that Tsubaki flies."""

    COPTER = "copter"
    QUADPLANE = "quadplane"


@dataclass(frozen=True, slots=True, order=True)
class VehicleAddress:
    """Where a vehicle is: MAVLink allows 254 systems per network, so a system id alone is not an address.

    ``link`` is the vehicle's first link, for example ``udp:HOST:PORT`` for a vehicle that listens there; the
    address stays its name when it is heard over another. ``component_id`` is that of its autopilot.
    """

    link: str
    system_id: int
    component_id: int = 1

    def __str__(self) -> str:
        component = "" if self.component_id == 1 else f".{self.component_id}"
        return f"{self.link}#{self.system_id}{component}"


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


class Delivery(StrEnum):
    """How the payload leaves the vehicle at the stop, and what is evidence that it did.

    ``release_seq`` of a plan is the item that counts for all but a servo: the payload has left when a later
    item of the stop is the current one, so a vehicle that turned back before has its payload still.
    """

    SERVO = "servo"
    """Hover, and open a latch that a servo output moves (``DO_SET_SERVO``).

    Evidence is the output of servo 9 (``SERVO_OUTPUT_RAW``).
    """
    GRIPPER = "gripper"
    """Hover, and open a gripper (``DO_GRIPPER``).

    Evidence is the text ``Gripper Released`` (SITL), and that the mission went on behind ``release_seq``.
    """
    WINCH = "winch"
    """Hover, let the payload down, wait for the hook to open, wind in (``DO_WINCH``). Copters only.

    ``release_seq`` is the item that winds in, behind the time on the ground. A vehicle that turns back while
    the line is out has ``release_seq`` still before it: nobody knows whether the hook has opened.
    """
    PLACE = "place"
    """Descend until the payload, on a line, touches the ground, within a limit (``NAV_PAYLOAD_PLACE``).

    Evidence on a copter is the text ``PayloadPlace: payload release`` or ``Releasing the gripper``, while
    ``Reached maximum descent`` says that nothing was placed, though the mission goes on. A quadplane feels
    nothing (its ``Payload place aborted`` is the usual end): the hook opens by itself, and that the mission
    went on is all the evidence.
    """
    LAND = "land"
    """Land and disarm; the flight home is a plan and a verified launch of its own.

    ``release_seq`` is the landing at the destination; evidence is that the vehicle is disarmed there, and
    then what the receiver says. In the plan of the flight home ``release_seq`` is ``return_seq``.
    """


@dataclass(frozen=True, slots=True)
class Expected:
    """What the plan expects at the end of one mission item, counted from take-off.

    ``half_width_m`` is half the width of the certified corridor on the leg that ends here, ``altitude_m`` the
    height above home that is flown there; both ``None`` where the item has no leg, as at the stop, and the
    height also where it lands.
    """

    time_s: float
    energy_wh: float
    half_width_m: float | None = None
    altitude_m: float | None = None


@dataclass(frozen=True, slots=True)
class PlannedDivert:
    """The way to a certified site, on board behind the landing: current item → item to make current.

    While any of the items ``from_seq`` to ``to_seq`` is current, the divert begins by making ``enter_seq``
    current; its first leg ends where the leg under way ends. ``energy_wh`` is from there to the landing at
    the site, whose ``NAV_LAND`` or ``NAV_VTOL_LAND`` is the item ``land_seq``. Legs whose certified site is
    home have none: there a divert is a return.
    """

    from_seq: int
    to_seq: int
    enter_seq: int
    land_seq: int
    site_id: str
    energy_wh: float


@dataclass(frozen=True)
class FlightPlan:
    """What goes on board, bound to one vehicle.

    ``mission[0]`` is the home item: ArduPilot overwrites it, so it takes no part in the hash or the
    comparison. ``release_seq`` is the index of the item that releases the payload, ``return_seq`` that of
    ``DO_RETURN_PATH_START``. ``parameters`` are set, and read back, before launch. ``energy_available_wh`` is
    what a full battery holds, as the certificate counts it; ``None`` where it is not known.

    ``landing_seq`` is the landing at home; the items behind it belong to ``diverts``. ``expected`` has an
    entry for each mission item up to the landing, or none at all. ``hold_seq`` and ``descend_seq`` are there
    if the receiver has to say that the pad is clear: the vehicle waits at ``hold_seq``, and goes home with
    its payload unless ``descend_seq`` is made current in time. ``wind_limit_m_s`` is the strongest wind that
    the flight was planned to bear, ``reserve_fraction`` the part of the battery that no plan uses.
    ``vehicle_uid`` is the unique id of the autopilot board (``AUTOPILOT_VERSION``), where it is known.
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
    delivery: Delivery = Delivery.SERVO
    landing_seq: int = -1
    diverts: tuple[PlannedDivert, ...] = ()
    expected: tuple[Expected, ...] = ()
    hold_seq: int | None = None
    descend_seq: int | None = None
    reserve_fraction: float = 0.3
    wind_limit_m_s: float | None = None
    vehicle_uid: str | None = None

    def __post_init__(self) -> None:
        if self.landing_seq < 0:
            object.__setattr__(self, "landing_seq", len(self.mission) - 1)

    def divert_from(self, seq: int) -> PlannedDivert | None:
        """Return the divert that is there while an item is current."""
        return next((each for each in self.diverts if each.from_seq <= seq <= each.to_seq), None)

    @property
    def hash(self) -> str:
        """SHA-256 hex digest of what can be read back: mission (without home), fence, rally."""
        return hash_of(self.mission, self.fence, self.rally)


def hash_of(
    mission: Sequence[MissionItem], fence: Sequence[MissionItem], rally: Sequence[MissionItem]
) -> str:
    """Return the SHA-256 hex digest of three lists; item 0 of the mission is home, and does not count."""
    content = [[asdict(item) for item in part] for part in (mission[1:], fence, rally)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
