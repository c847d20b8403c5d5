"""A QGroundControl plan as plain values, without MAVLink."""

from dataclasses import dataclass

from geofences.values import Position
from geofences.zones import Zone

ARDUPILOT = 3
"""``MAV_AUTOPILOT_ARDUPILOTMEGA``."""

QUADROTOR = 2
"""``MAV_TYPE_QUADROTOR``."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item of a mission.

    ``params`` are the seven of MAVLink; the last three are latitude, longitude and altitude where the
    command has a place. ``frame`` says what the altitude is measured from (``MAV_FRAME``).
    """

    command: int
    frame: int
    params: tuple[float | None, ...]
    auto_continue: bool = True


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """Home (altitude above mean sea level) or a rally point (altitude above home)."""

    position: Position
    altitude_m: float


@dataclass(frozen=True)
class PlanFile:
    """Everything in a plan that we read: the zones of its fence, its mission, its rally points."""

    zones: tuple[Zone, ...] = ()
    items: tuple[PlanItem, ...] = ()
    rally_points: tuple[PlanPoint, ...] = ()
    home: PlanPoint | None = None
    firmware_type: int = ARDUPILOT
    vehicle_type: int = QUADROTOR
    cruise_speed_m_s: float = 12.0
    hover_speed_m_s: float = 5.0
