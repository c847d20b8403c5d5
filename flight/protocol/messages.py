"""The MAVLink messages that we send or understand, as typed frozen values.

Field names and units are MAVLink's own (source: https://mavlink.io/en/messages/common.html and
``ardupilotmega``), so that a message here reads as the page does. pymavlink's untyped objects stay in
`flight.protocol.codec`.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Message:
    """Common base; ``NAME`` is the message's name in MAVLink."""

    NAME: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Heartbeat(Message):
    """``HEARTBEAT`` (0)."""

    NAME: ClassVar[str] = "HEARTBEAT"
    type: int
    autopilot: int
    base_mode: int
    custom_mode: int
    system_status: int
    mavlink_version: int = 3


@dataclass(frozen=True, slots=True)
class SysStatus(Message):
    """``SYS_STATUS`` (1), the fields that we use."""

    NAME: ClassVar[str] = "SYS_STATUS"
    onboard_control_sensors_present: int
    onboard_control_sensors_enabled: int
    onboard_control_sensors_health: int
    load: int
    voltage_battery: int
    current_battery: int
    battery_remaining: int
    drop_rate_comm: int = 0
    errors_comm: int = 0
    errors_count1: int = 0
    errors_count2: int = 0
    errors_count3: int = 0
    errors_count4: int = 0


@dataclass(frozen=True, slots=True)
class ParamRequestList(Message):
    """``PARAM_REQUEST_LIST`` (21)."""

    NAME: ClassVar[str] = "PARAM_REQUEST_LIST"
    target_system: int
    target_component: int


@dataclass(frozen=True, slots=True)
class ParamRequestRead(Message):
    """``PARAM_REQUEST_READ`` (20)."""

    NAME: ClassVar[str] = "PARAM_REQUEST_READ"
    target_system: int
    target_component: int
    param_id: str
    param_index: int = -1


@dataclass(frozen=True, slots=True)
class ParamValue(Message):
    """``PARAM_VALUE`` (22)."""

    NAME: ClassVar[str] = "PARAM_VALUE"
    param_id: str
    param_value: float
    param_type: int
    param_count: int
    param_index: int


@dataclass(frozen=True, slots=True)
class ParamSet(Message):
    """``PARAM_SET`` (23)."""

    NAME: ClassVar[str] = "PARAM_SET"
    target_system: int
    target_component: int
    param_id: str
    param_value: float
    param_type: int


@dataclass(frozen=True, slots=True)
class GpsRawInt(Message):
    """``GPS_RAW_INT`` (24)."""

    NAME: ClassVar[str] = "GPS_RAW_INT"
    time_usec: int
    fix_type: int
    lat: int
    lon: int
    alt: int
    eph: int
    epv: int
    vel: int
    cog: int
    satellites_visible: int


@dataclass(frozen=True, slots=True)
class GlobalPositionInt(Message):
    """``GLOBAL_POSITION_INT`` (33): degrees × 1e7, millimetres, cm/s, centidegrees."""

    NAME: ClassVar[str] = "GLOBAL_POSITION_INT"
    time_boot_ms: int
    lat: int
    lon: int
    alt: int
    relative_alt: int
    vx: int
    vy: int
    vz: int
    hdg: int


@dataclass(frozen=True, slots=True)
class ServoOutputRaw(Message):
    """``SERVO_OUTPUT_RAW`` (36): pulse widths in microseconds."""

    NAME: ClassVar[str] = "SERVO_OUTPUT_RAW"
    time_usec: int
    port: int
    servo1_raw: int
    servo2_raw: int
    servo3_raw: int
    servo4_raw: int
    servo5_raw: int
    servo6_raw: int
    servo7_raw: int
    servo8_raw: int
    servo9_raw: int = 0


@dataclass(frozen=True, slots=True)
class MissionSetCurrent(Message):
    """``MISSION_SET_CURRENT`` (41)."""

    NAME: ClassVar[str] = "MISSION_SET_CURRENT"
    target_system: int
    target_component: int
    seq: int


@dataclass(frozen=True, slots=True)
class MissionCurrent(Message):
    """``MISSION_CURRENT`` (42); ``total`` does not count item 0 (recorded); ids are 0 if not offered."""

    NAME: ClassVar[str] = "MISSION_CURRENT"
    seq: int
    total: int = 0
    mission_state: int = 0
    mission_mode: int = 0
    mission_id: int = 0
    fence_id: int = 0
    rally_points_id: int = 0


@dataclass(frozen=True, slots=True)
class MissionRequestList(Message):
    """``MISSION_REQUEST_LIST`` (43)."""

    NAME: ClassVar[str] = "MISSION_REQUEST_LIST"
    target_system: int
    target_component: int
    mission_type: int


@dataclass(frozen=True, slots=True)
class MissionCount(Message):
    """``MISSION_COUNT`` (44); ``opaque_id`` names the plan on board, 0 if not offered."""

    NAME: ClassVar[str] = "MISSION_COUNT"
    target_system: int
    target_component: int
    count: int
    mission_type: int
    opaque_id: int = 0


@dataclass(frozen=True, slots=True)
class MissionClearAll(Message):
    """``MISSION_CLEAR_ALL`` (45)."""

    NAME: ClassVar[str] = "MISSION_CLEAR_ALL"
    target_system: int
    target_component: int
    mission_type: int


@dataclass(frozen=True, slots=True)
class MissionAck(Message):
    """``MISSION_ACK`` (47); ``opaque_id`` names the plan that is on board now, 0 if not offered."""

    NAME: ClassVar[str] = "MISSION_ACK"
    target_system: int
    target_component: int
    type: int
    mission_type: int
    opaque_id: int = 0


@dataclass(frozen=True, slots=True)
class MissionRequest(Message):
    """``MISSION_REQUEST`` (40), deprecated in MAVLink, but what ArduPilot asks with."""

    NAME: ClassVar[str] = "MISSION_REQUEST"
    target_system: int
    target_component: int
    seq: int
    mission_type: int


@dataclass(frozen=True, slots=True)
class MissionRequestInt(Message):
    """``MISSION_REQUEST_INT`` (51)."""

    NAME: ClassVar[str] = "MISSION_REQUEST_INT"
    target_system: int
    target_component: int
    seq: int
    mission_type: int


@dataclass(frozen=True, slots=True)
class MissionItemInt(Message):
    """``MISSION_ITEM_INT`` (73)."""

    NAME: ClassVar[str] = "MISSION_ITEM_INT"
    target_system: int
    target_component: int
    seq: int
    frame: int
    command: int
    current: int
    autocontinue: int
    param1: float
    param2: float
    param3: float
    param4: float
    x: int
    y: int
    z: float
    mission_type: int


@dataclass(frozen=True, slots=True)
class VfrHud(Message):
    """``VFR_HUD`` (74): m/s, degrees, per cent, metres."""

    NAME: ClassVar[str] = "VFR_HUD"
    airspeed: float
    groundspeed: float
    heading: int
    throttle: int
    alt: float
    climb: float


@dataclass(frozen=True, slots=True)
class CommandInt(Message):
    """``COMMAND_INT`` (75): ``x`` and ``y`` are degrees × 1e7, or what the command says."""

    NAME: ClassVar[str] = "COMMAND_INT"
    target_system: int
    target_component: int
    frame: int
    command: int
    current: int
    autocontinue: int
    param1: float
    param2: float
    param3: float
    param4: float
    x: int
    y: int
    z: float


@dataclass(frozen=True, slots=True)
class CommandLong(Message):
    """``COMMAND_LONG`` (76)."""

    NAME: ClassVar[str] = "COMMAND_LONG"
    target_system: int
    target_component: int
    command: int
    confirmation: int
    param1: float = 0.0
    param2: float = 0.0
    param3: float = 0.0
    param4: float = 0.0
    param5: float = 0.0
    param6: float = 0.0
    param7: float = 0.0


@dataclass(frozen=True, slots=True)
class RequestDataStream(Message):
    """``REQUEST_DATA_STREAM`` (66)."""

    NAME: ClassVar[str] = "REQUEST_DATA_STREAM"
    target_system: int
    target_component: int
    req_stream_id: int
    req_message_rate: int
    start_stop: int


@dataclass(frozen=True, slots=True)
class CommandAck(Message):
    """``COMMAND_ACK`` (77)."""

    NAME: ClassVar[str] = "COMMAND_ACK"
    command: int
    result: int
    progress: int = 0
    result_param2: int = 0
    target_system: int = 0
    target_component: int = 0


@dataclass(frozen=True, slots=True)
class BatteryStatus(Message):
    """``BATTERY_STATUS`` (147): mAh, hectojoules, per cent."""

    NAME: ClassVar[str] = "BATTERY_STATUS"
    id: int
    battery_function: int
    type: int
    temperature: int
    voltages: tuple[int, ...]
    current_battery: int
    current_consumed: int
    energy_consumed: int
    battery_remaining: int


@dataclass(frozen=True, slots=True)
class EkfStatusReport(Message):
    """``EKF_STATUS_REPORT`` (193)."""

    NAME: ClassVar[str] = "EKF_STATUS_REPORT"
    flags: int
    velocity_variance: float
    pos_horiz_variance: float
    pos_vert_variance: float
    compass_variance: float
    terrain_alt_variance: float


@dataclass(frozen=True, slots=True)
class HomePosition(Message):
    """``HOME_POSITION`` (242): degrees × 1e7, millimetres above mean sea level."""

    NAME: ClassVar[str] = "HOME_POSITION"
    latitude: int
    longitude: int
    altitude: int
    x: float
    y: float
    z: float
    q: tuple[float, ...]
    approach_x: float
    approach_y: float
    approach_z: float


@dataclass(frozen=True, slots=True)
class TimeSync(Message):
    """``TIMESYNC`` (111): nanoseconds; ``tc1`` 0 in a request."""

    NAME: ClassVar[str] = "TIMESYNC"
    tc1: int
    ts1: int


@dataclass(frozen=True, slots=True)
class AutopilotVersion(Message):
    """``AUTOPILOT_VERSION`` (148), the fields that we use; ``uid2`` is the board's id, zeros if unknown."""

    NAME: ClassVar[str] = "AUTOPILOT_VERSION"
    capabilities: int
    flight_sw_version: int
    uid: int
    uid2: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FenceStatus(Message):
    """``FENCE_STATUS`` (162)."""

    NAME: ClassVar[str] = "FENCE_STATUS"
    breach_status: int
    breach_count: int
    breach_type: int


@dataclass(frozen=True, slots=True)
class Wind(Message):
    """``WIND`` (168) of ArduPilot: degrees that it comes from, m/s."""

    NAME: ClassVar[str] = "WIND"
    direction: float
    speed: float
    speed_z: float


@dataclass(frozen=True, slots=True)
class HighLatency2(Message):
    """``HIGH_LATENCY2`` (235): all that a satellite link carries, in one message every few seconds.

    Degrees × 1e7, metres above the sea, headings in 2 degrees, speeds in 0.2 m/s, battery in %, -1 unknown.
    """

    NAME: ClassVar[str] = "HIGH_LATENCY2"
    timestamp: int
    type: int
    autopilot: int
    custom_mode: int
    latitude: int
    longitude: int
    altitude: int
    heading: int
    groundspeed: int
    windspeed: int
    wind_heading: int
    battery: int
    wp_num: int
    failure_flags: int
    custom0: int


@dataclass(frozen=True, slots=True)
class ExtendedSysState(Message):
    """``EXTENDED_SYS_STATE`` (245)."""

    NAME: ClassVar[str] = "EXTENDED_SYS_STATE"
    vtol_state: int
    landed_state: int


@dataclass(frozen=True, slots=True)
class StatusText(Message):
    """``STATUSTEXT`` (253): up to 50 bytes; longer texts come in chunks of one ``id``."""

    NAME: ClassVar[str] = "STATUSTEXT"
    severity: int
    text: str
    id: int = 0
    chunk_seq: int = 0


@dataclass(frozen=True, slots=True)
class Unsigned(Message):
    """Wraps a message that is to leave without a signature on a link that signs (a test of the vehicle)."""

    message: Message


MESSAGES: dict[str, type[Message]] = {kind.NAME: kind for kind in Message.__subclasses__() if kind.NAME}
"""Every message above by its MAVLink name."""
