"""What each message changes in the telemetry: one small function for each, and the table of them."""

from collections.abc import Callable
from typing import Any

from flight.geodesy import degrees_from_e7
from flight.protocol.heartbeat import MAV_STATE_ACTIVE
from flight.protocol.messages import (
    AutopilotVersion,
    BatteryStatus,
    EkfStatusReport,
    ExtendedSysState,
    FenceStatus,
    GlobalPositionInt,
    GpsRawInt,
    Heartbeat,
    HighLatency2,
    HomePosition,
    Message,
    MissionCurrent,
    ServoOutputRaw,
    SysStatus,
    VfrHud,
    Wind,
)
from flight.protocol.names import (
    GPS_FIX_3D,
    MODE_FLAG_ARMED,
    MODE_FLAG_CUSTOM,
    SENSOR_PREARM_CHECK,
    EkfFlags,
    Failure,
)
from flight.telemetry_state import TelemetryState

Reader = Callable[[TelemetryState, Any, float], None]

UNKNOWN_HEADING = 65535
HECTOJOULES_PER_WH = 36.0

MAV_STATE_STANDBY = 3

GPS_FIX_NONE = 1
"""``GPS_FIX_TYPE_NO_FIX``."""


def _heartbeat(state: TelemetryState, message: Heartbeat, now: float) -> None:
    state.heartbeat, state.heartbeat_at = message, now
    if state.armed:
        state.disarmed_since, state.disarmed_heartbeats = None, 0
        return
    state.disarmed_heartbeats += 1
    if state.disarmed_since is None:
        state.disarmed_since = now


def _position(state: TelemetryState, message: GlobalPositionInt, now: float) -> None:
    if message.lat == 0 and message.lon == 0:
        return  # ArduPilot sends zeros until its estimator has an origin
    state.latitude_deg = degrees_from_e7(message.lat)
    state.longitude_deg = degrees_from_e7(message.lon)
    state.altitude_amsl_m = message.alt / 1000
    state.altitude_above_home_m = message.relative_alt / 1000
    state.position_at = now
    if message.hdg != UNKNOWN_HEADING:
        state.heading_deg = message.hdg / 100


def _sys_status(state: TelemetryState, message: SysStatus, now: float) -> None:
    _remaining(state, message.battery_remaining)
    state.voltage_v = message.voltage_battery / 1000
    state.sensors_enabled = message.onboard_control_sensors_enabled
    state.prearm_ok = bool(message.onboard_control_sensors_health & SENSOR_PREARM_CHECK)
    state.prearm_at = now


def _battery_status(state: TelemetryState, message: BatteryStatus, now: float) -> None:
    _remaining(state, message.battery_remaining)
    if message.energy_consumed > 0:
        state.energy_used_wh = message.energy_consumed / HECTOJOULES_PER_WH
    elif message.current_consumed >= 0 and state.voltage_v is not None:
        state.energy_used_wh = message.current_consumed / 1000 * state.voltage_v


def _remaining(state: TelemetryState, percent: int) -> None:
    if percent >= 0:
        state.battery_remaining = percent / 100


def _servos(state: TelemetryState, message: ServoOutputRaw, now: float) -> None:
    if message.port == 0 and message.servo9_raw > 0:
        state.servo9_us, state.servo9_at = message.servo9_raw, now


def _mission_current(state: TelemetryState, message: MissionCurrent, now: float) -> None:
    state.mission_seq = message.seq
    state.mission_total, state.mission_state = message.total, message.mission_state
    state.plan_ids = (message.mission_id, message.fence_id, message.rally_points_id)


def _system_state(state: TelemetryState, message: ExtendedSysState, now: float) -> None:
    state.landed_state = message.landed_state


def _speeds(state: TelemetryState, message: VfrHud, now: float) -> None:
    state.ground_speed_m_s = message.groundspeed


def _gps(state: TelemetryState, message: GpsRawInt, now: float) -> None:
    state.gps_fix = message.fix_type


def _estimator(state: TelemetryState, message: EkfStatusReport, now: float) -> None:
    state.position_known = bool(message.flags & EkfFlags.POSITION_HORIZONTAL_ABSOLUTE)
    state.ekf_variances = (
        message.velocity_variance,
        message.pos_horiz_variance,
        message.pos_vert_variance,
        message.compass_variance,
    )


def _home(state: TelemetryState, message: HomePosition, now: float) -> None:
    latitude_deg, longitude_deg = degrees_from_e7(message.latitude), degrees_from_e7(message.longitude)
    state.home = (latitude_deg, longitude_deg, message.altitude / 1000)


def _wind(state: TelemetryState, message: Wind, now: float) -> None:
    state.wind_speed_m_s, state.wind_from_deg = message.speed, message.direction % 360
    state.wind_at = now


def _fence(state: TelemetryState, message: FenceStatus, now: float) -> None:
    state.fence_breached, state.fence_breached_at = bool(message.breach_status), now


def _version(state: TelemetryState, message: AutopilotVersion, now: float) -> None:
    state.version = message


def _high_latency(state: TelemetryState, message: HighLatency2, now: float) -> None:
    """Take the one message of a satellite link: heartbeat, position, speeds, battery, item and wind.

    Altitude is in whole metres above the sea; above home it is known only where home is.
    """
    _heartbeat_of_high_latency(state, message, now)
    if (message.latitude, message.longitude) != (0, 0):
        state.latitude_deg = degrees_from_e7(message.latitude)
        state.longitude_deg = degrees_from_e7(message.longitude)
        state.altitude_amsl_m = float(message.altitude)
        if state.home is not None:
            state.altitude_above_home_m = message.altitude - state.home[2]
        state.heading_deg = (message.heading * 2.0) % 360
        state.position_at = now
    state.ground_speed_m_s = message.groundspeed / 5
    state.wind_speed_m_s, state.wind_from_deg = message.windspeed / 5, (message.wind_heading * 2.0) % 360
    state.wind_at = now
    state.mission_seq = message.wp_num
    _remaining(state, message.battery)
    _failures(state, Failure(message.failure_flags), now)


def _failures(state: TelemetryState, failures: Failure, now: float) -> None:
    """Take what is said of GPS, estimator and fence; their own messages do not come over this link."""
    state.gps_fix = GPS_FIX_NONE if Failure.GPS in failures else max(state.gps_fix, GPS_FIX_3D)
    state.position_known = Failure.ESTIMATOR not in failures
    state.fence_breached, state.fence_breached_at = Failure.GEOFENCE in failures, now


def _heartbeat_of_high_latency(state: TelemetryState, message: HighLatency2, now: float) -> None:
    """Make the heartbeat that the message stands for.

    ArduPilot puts its base mode, with the armed bit, into ``custom0`` (``GCS_MAVLINK::send_high_latency2``),
    signed. Its base mode always says that the mode number is its own; where that bit is missing the field
    means something else, and whether the vehicle is armed stays as it was.
    """
    base_mode = message.custom0 & 0xFF
    if not base_mode & MODE_FLAG_CUSTOM:
        if state.heartbeat is None:
            return
        base_mode = state.heartbeat.base_mode
    status = MAV_STATE_ACTIVE if base_mode & MODE_FLAG_ARMED else MAV_STATE_STANDBY
    heartbeat = Heartbeat(message.type, message.autopilot, base_mode, message.custom_mode, status)
    _heartbeat(state, heartbeat, now)


READERS: dict[type[Message], Reader] = {
    Heartbeat: _heartbeat,
    GlobalPositionInt: _position,
    SysStatus: _sys_status,
    BatteryStatus: _battery_status,
    ServoOutputRaw: _servos,
    MissionCurrent: _mission_current,
    ExtendedSysState: _system_state,
    VfrHud: _speeds,
    GpsRawInt: _gps,
    EkfStatusReport: _estimator,
    HomePosition: _home,
    Wind: _wind,
    FenceStatus: _fence,
    AutopilotVersion: _version,
    HighLatency2: _high_latency,
}
"""Which function takes which message; all others say nothing of the vehicle's state."""
