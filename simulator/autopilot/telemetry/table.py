"""The table of contents of telemetry: message id → builder."""

from collections.abc import Callable
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.telemetry import core, further, sensors, surroundings, targets
from simulator.autopilot.telemetry.high_latency import high_latency2
from simulator.autopilot.telemetry.state import State

_SPEAKING: dict[int, Callable[[State], Any]] = {
    mavlink.MAVLINK_MSG_ID_HEARTBEAT: core.heartbeat,
    mavlink.MAVLINK_MSG_ID_SYS_STATUS: core.sys_status,
    mavlink.MAVLINK_MSG_ID_SYSTEM_TIME: core.system_time,
    mavlink.MAVLINK_MSG_ID_GPS_RAW_INT: core.gps_raw_int,
    mavlink.MAVLINK_MSG_ID_SCALED_IMU: further.scaled_imu,
    mavlink.MAVLINK_MSG_ID_RAW_IMU: sensors.raw_imu,
    mavlink.MAVLINK_MSG_ID_SCALED_PRESSURE: sensors.scaled_pressure,
    mavlink.MAVLINK_MSG_ID_ATTITUDE: core.attitude,
    mavlink.MAVLINK_MSG_ID_ATTITUDE_QUATERNION: further.attitude_quaternion,
    mavlink.MAVLINK_MSG_ID_LOCAL_POSITION_NED: sensors.local_position_ned,
    mavlink.MAVLINK_MSG_ID_GLOBAL_POSITION_INT: core.global_position_int,
    mavlink.MAVLINK_MSG_ID_SERVO_OUTPUT_RAW: core.servo_output_raw,
    mavlink.MAVLINK_MSG_ID_MISSION_CURRENT: core.mission_current,
    mavlink.MAVLINK_MSG_ID_GPS_GLOBAL_ORIGIN: core.gps_global_origin,
    mavlink.MAVLINK_MSG_ID_NAV_CONTROLLER_OUTPUT: core.nav_controller_output,
    mavlink.MAVLINK_MSG_ID_RC_CHANNELS: sensors.rc_channels,
    mavlink.MAVLINK_MSG_ID_VFR_HUD: core.vfr_hud,
    mavlink.MAVLINK_MSG_ID_SCALED_IMU2: sensors.scaled_imu2,
    mavlink.MAVLINK_MSG_ID_POWER_STATUS: sensors.power_status,
    mavlink.MAVLINK_MSG_ID_SCALED_IMU3: sensors.scaled_imu3,
    mavlink.MAVLINK_MSG_ID_TERRAIN_REPORT: sensors.terrain_report,
    mavlink.MAVLINK_MSG_ID_SCALED_PRESSURE2: sensors.scaled_pressure2,
    mavlink.MAVLINK_MSG_ID_BATTERY_STATUS: core.battery_status,
    mavlink.MAVLINK_MSG_ID_AUTOPILOT_VERSION: core.autopilot_version,
    mavlink.MAVLINK_MSG_ID_MEMINFO: sensors.meminfo,
    mavlink.MAVLINK_MSG_ID_FENCE_STATUS: core.fence_status,
    mavlink.MAVLINK_MSG_ID_AHRS: sensors.ahrs,
    mavlink.MAVLINK_MSG_ID_SIMSTATE: sensors.simstate,
    mavlink.MAVLINK_MSG_ID_HIGHRES_IMU: further.highres_imu,
    mavlink.MAVLINK_MSG_ID_HWSTATUS: further.hwstatus,
    mavlink.MAVLINK_MSG_ID_HIGH_LATENCY2: high_latency2,
    mavlink.MAVLINK_MSG_ID_WIND: core.wind,
    mavlink.MAVLINK_MSG_ID_AHRS2: sensors.ahrs2,
    mavlink.MAVLINK_MSG_ID_EKF_STATUS_REPORT: core.ekf_status_report,
    mavlink.MAVLINK_MSG_ID_ESC_TELEMETRY_1_TO_4: sensors.esc_telemetry,
    mavlink.MAVLINK_MSG_ID_ESC_TELEMETRY_5_TO_8: sensors.esc_telemetry_lift,
    mavlink.MAVLINK_MSG_ID_AIRSPEED: sensors.airspeed,
    mavlink.MAVLINK_MSG_ID_AOA_SSA: sensors.aoa_ssa,
    mavlink.MAVLINK_MSG_ID_VIBRATION: sensors.vibration,
    mavlink.MAVLINK_MSG_ID_HOME_POSITION: core.home_position,
    mavlink.MAVLINK_MSG_ID_EXTENDED_SYS_STATE: core.extended_sys_state,
    mavlink.MAVLINK_MSG_ID_MISSION_ITEM_REACHED: targets.mission_item_reached,
    mavlink.MAVLINK_MSG_ID_ATTITUDE_TARGET: targets.attitude_target,
    mavlink.MAVLINK_MSG_ID_POSITION_TARGET_GLOBAL_INT: targets.position_target_global_int,
    mavlink.MAVLINK_MSG_ID_AUTOPILOT_STATE_FOR_GIMBAL_DEVICE: targets.autopilot_state_for_gimbal_device,
    mavlink.MAVLINK_MSG_ID_SIM_STATE: surroundings.sim_state,
    mavlink.MAVLINK_MSG_ID_TERRAIN_REQUEST: surroundings.terrain_request,
    mavlink.MAVLINK_MSG_ID_RELAY_STATUS: surroundings.relay_status,
}

SILENT = frozenset(
    {
        mavlink.MAVLINK_MSG_ID_PARAM_VALUE,
        mavlink.MAVLINK_MSG_ID_RC_CHANNELS_RAW,
        mavlink.MAVLINK_MSG_ID_POSITION_TARGET_LOCAL_NED,
        mavlink.MAVLINK_MSG_ID_OPTICAL_FLOW,
        mavlink.MAVLINK_MSG_ID_GPS2_RAW,
        mavlink.MAVLINK_MSG_ID_GPS_RTK,
        mavlink.MAVLINK_MSG_ID_GPS2_RTK,
        mavlink.MAVLINK_MSG_ID_DISTANCE_SENSOR,
        mavlink.MAVLINK_MSG_ID_SCALED_PRESSURE3,
        mavlink.MAVLINK_MSG_ID_RANGEFINDER,
        mavlink.MAVLINK_MSG_ID_CAMERA_FEEDBACK,
        mavlink.MAVLINK_MSG_ID_MAG_CAL_PROGRESS,
        mavlink.MAVLINK_MSG_ID_MAG_CAL_REPORT,
        mavlink.MAVLINK_MSG_ID_PID_TUNING,
        mavlink.MAVLINK_MSG_ID_EFI_STATUS,
        mavlink.MAVLINK_MSG_ID_RPM,
        mavlink.MAVLINK_MSG_ID_ADSB_VEHICLE,
        mavlink.MAVLINK_MSG_ID_CAMERA_INFORMATION,
        mavlink.MAVLINK_MSG_ID_CAMERA_SETTINGS,
        mavlink.MAVLINK_MSG_ID_CAMERA_CAPTURE_STATUS,
        mavlink.MAVLINK_MSG_ID_VIDEO_STREAM_INFORMATION,
        mavlink.MAVLINK_MSG_ID_CAMERA_FOV_STATUS,
        mavlink.MAVLINK_MSG_ID_CAMERA_THERMAL_RANGE,
        mavlink.MAVLINK_MSG_ID_GIMBAL_MANAGER_INFORMATION,
        mavlink.MAVLINK_MSG_ID_GIMBAL_MANAGER_STATUS,
        mavlink.MAVLINK_MSG_ID_GIMBAL_DEVICE_ATTITUDE_STATUS,
        mavlink.MAVLINK_MSG_ID_AIS_VESSEL,
        mavlink.MAVLINK_MSG_ID_GENERATOR_STATUS,
        mavlink.MAVLINK_MSG_ID_WINCH_STATUS,
        mavlink.MAVLINK_MSG_ID_UAVIONIX_ADSB_OUT_STATUS,
        mavlink.MAVLINK_MSG_ID_DEEPSTALL,
        435,
    }
)
"""Known, but with nothing to say: a request gets ack 0 and silence (435 is ``AVAILABLE_MODES``).

Found by asking ArduCopter 4.7-dev SITL with its usual parameters for every message there is.
"""


def _nothing(state: State) -> None:
    """Build no message."""


BUILDERS: dict[int, Callable[[State], Any]] = _SPEAKING | dict.fromkeys(SILENT, _nothing)
"""All messages that are known, each of which can be asked for once or periodically."""

_WINGED = frozenset({mavlink.MAVLINK_MSG_ID_AOA_SSA, mavlink.MAVLINK_MSG_ID_DEEPSTALL})
_WITH_OTHERS = frozenset({mavlink.MAVLINK_MSG_ID_ESC_TELEMETRY_5_TO_8})
"""It comes along with the message before it, and has no interval of its own."""


def askable(message_id: int, wings: bool) -> bool:
    """Say whether a kind of vehicle knows a message by its number (``mavlink_id_to_ap_message_id``)."""
    return message_id in BUILDERS and message_id not in _WITH_OTHERS and (wings or message_id not in _WINGED)
