"""The numbers of MAVLink's common dialect that we use, by name (source: https://mavlink.io/en/messages/common.html)."""

from enum import IntEnum, IntFlag


class Command(IntEnum):
    """``MAV_CMD``: mission items, fence items and commands."""

    NAV_WAYPOINT = 16
    NAV_LOITER_TIME = 19
    NAV_LAND = 21
    NAV_TAKEOFF = 22
    NAV_LOITER_TO_ALT = 31
    NAV_VTOL_TAKEOFF = 84
    NAV_VTOL_LAND = 85
    NAV_DELAY = 93
    NAV_PAYLOAD_PLACE = 94
    DO_SET_MODE = 176
    DO_JUMP = 177
    DO_CHANGE_SPEED = 178
    DO_SET_SERVO = 183
    DO_RETURN_PATH_START = 188
    DO_LAND_START = 189
    DO_REPOSITION = 192
    DO_FENCE_ENABLE = 207
    DO_GRIPPER = 211
    DO_SET_MISSION_CURRENT = 224
    MISSION_START = 300
    COMPONENT_ARM_DISARM = 400
    SET_MESSAGE_INTERVAL = 511
    REQUEST_MESSAGE = 512
    DO_VTOL_TRANSITION = 3000
    FENCE_POLYGON_VERTEX_INCLUSION = 5001
    FENCE_POLYGON_VERTEX_EXCLUSION = 5002
    RALLY_POINT = 5100
    DO_WINCH = 42600


LANDINGS = frozenset({Command.NAV_LAND, Command.NAV_VTOL_LAND})
"""The items with which a flight ends."""


class Frame(IntEnum):
    """``MAV_FRAME``: the datum of an item."""

    GLOBAL = 0
    GLOBAL_RELATIVE_ALT = 3


class MissionType(IntEnum):
    """``MAV_MISSION_TYPE``: the three lists that a vehicle keeps."""

    MISSION = 0
    FENCE = 1
    RALLY = 2

    @property
    def label(self) -> str:
        """The list's name for a person."""
        return self.name.lower()


class MissionResult(IntEnum):
    """``MAV_MISSION_RESULT``: the type of a ``MISSION_ACK``."""

    ACCEPTED = 0
    ERROR = 1
    UNSUPPORTED_FRAME = 2
    UNSUPPORTED = 3
    NO_SPACE = 4
    INVALID = 5
    INVALID_PARAM1 = 6
    INVALID_PARAM2 = 7
    INVALID_PARAM3 = 8
    INVALID_PARAM4 = 9
    INVALID_PARAM5_X = 10
    INVALID_PARAM6_Y = 11
    INVALID_PARAM7 = 12
    INVALID_SEQUENCE = 13
    DENIED = 14
    OPERATION_CANCELLED = 15


class CommandResult(IntEnum):
    """``MAV_RESULT``: the result of a ``COMMAND_ACK``."""

    ACCEPTED = 0
    TEMPORARILY_REJECTED = 1
    DENIED = 2
    UNSUPPORTED = 3
    FAILED = 4
    IN_PROGRESS = 5
    CANCELLED = 6
    COMMAND_LONG_ONLY = 7
    COMMAND_INT_ONLY = 8


class LandedState(IntEnum):
    """``MAV_LANDED_STATE``."""

    UNDEFINED = 0
    ON_GROUND = 1
    IN_AIR = 2
    TAKEOFF = 3
    LANDING = 4


class VtolState(IntEnum):
    """``MAV_VTOL_STATE``: the target of a transition."""

    MULTICOPTER = 3
    FIXED_WING = 4


class EkfFlags(IntFlag):
    """``EKF_STATUS_FLAGS``: what the estimator knows."""

    POSITION_HORIZONTAL_ABSOLUTE = 16


AUTOPILOT_ARDUPILOT = 3
"""``MAV_AUTOPILOT_ARDUPILOTMEGA``."""

MODE_FLAG_CUSTOM = 1
"""``MAV_MODE_FLAG_CUSTOM_MODE_ENABLED``: the mode number is the autopilot's own."""

MODE_FLAG_ARMED = 128
"""``MAV_MODE_FLAG_SAFETY_ARMED`` in ``HEARTBEAT.base_mode``."""

SENSOR_PREARM_CHECK = 0x10000000
"""``MAV_SYS_STATUS_PREARM_CHECK`` in ``SYS_STATUS``: the vehicle's own arming checks pass."""

UNKNOWN_ID = 0
"""``opaque_id`` of a list, and ``mission_id`` and its like, of a vehicle that gives none."""


class Failure(IntFlag):
    """``HL_FAILURE_FLAG`` of ``HIGH_LATENCY2``, as far as something here reads it.

    ArduPilot sets those whose bit of ``SYS_STATUS`` health is missing (``GCS_MAVLINK::send_high_latency2``).
    """

    GPS = 1
    GEOFENCE = 2048
    ESTIMATOR = 4096


GPS_FIX_3D = 3
"""``GPS_FIX_TYPE_3D_FIX``: the least fix that gives a position with altitude."""


def result_name(kind: type[MissionResult] | type[CommandResult], value: int) -> str:
    """Name a result for a person, also one that this list does not know."""
    known = {member.value: member.name for member in kind}
    return f"{known.get(value, 'UNKNOWN')} ({value})"
