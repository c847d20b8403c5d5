"""Which of the messages received are worth a line."""

from typing import Any

PERIODIC: dict[str, tuple[str, ...]] = {
    "HEARTBEAT": ("type", "autopilot", "base_mode", "custom_mode", "system_status"),
    "GLOBAL_POSITION_INT": (),
    "SYS_STATUS": (
        "onboard_control_sensors_present",
        "onboard_control_sensors_enabled",
        "onboard_control_sensors_health",
    ),
    "BATTERY_STATUS": ("id", "charge_state", "fault_bitmask"),
    "EKF_STATUS_REPORT": ("flags",),
    "GPS_RAW_INT": ("fix_type",),
    "VFR_HUD": (),
    "NAV_CONTROLLER_OUTPUT": (),
    "MISSION_CURRENT": (
        "seq",
        "total",
        "mission_state",
        "mission_mode",
        "mission_id",
        "fence_id",
        "rally_points_id",
    ),
    "FENCE_STATUS": ("breach_status", "breach_count", "breach_type"),
    "EXTENDED_SYS_STATE": ("vtol_state", "landed_state"),
    "WIND": (),
}
"""Telemetry kept when one of these fields changes, else once a second."""

BULK = frozenset(
    [
        "ATTITUDE",
        "ATTITUDE_QUATERNION",
        "RAW_IMU",
        "SCALED_IMU",
        "SCALED_IMU2",
        "SCALED_IMU3",
        "SCALED_PRESSURE",
        "SCALED_PRESSURE2",
        "SCALED_PRESSURE3",
        "RC_CHANNELS",
        "RC_CHANNELS_RAW",
        "RC_CHANNELS_SCALED",
        "SERVO_OUTPUT_RAW",
        "AHRS",
        "AHRS2",
        "AHRS3",
        "SIMSTATE",
        "SIM_STATE",
        "VIBRATION",
        "MEMINFO",
        "POWER_STATUS",
        "MCU_STATUS",
        "HWSTATUS",
        "LOCAL_POSITION_NED",
        "POSITION_TARGET_LOCAL_NED",
        "POSITION_TARGET_GLOBAL_INT",
        "TERRAIN_REPORT",
        "TERRAIN_REQUEST",
        "SYSTEM_TIME",
        "GPS2_RAW",
        "GPS_RTK",
        "GPS2_RTK",
        "RANGEFINDER",
        "DISTANCE_SENSOR",
        "OPTICAL_FLOW",
        "SENSOR_OFFSETS",
        "MOUNT_STATUS",
        "PID_TUNING",
        "AOA_SSA",
        "BATTERY2",
        "ESC_TELEMETRY_1_TO_4",
        "ESC_TELEMETRY_5_TO_8",
        "RPM",
        "HIGH_LATENCY2",
        "ATTITUDE_TARGET",
        "ALTITUDE",
    ]
)
"""Other streamed telemetry: one sample in ten seconds."""

_SLOW_S = 10.0
_FAST_S = 1.0
_SLACK_S = 0.02


class Thinner:
    """Decides for each message whether it is kept, and whether it is only a periodic sample."""

    def __init__(self) -> None:
        self._kept_at: dict[tuple[str, str, int], float] = {}
        self._state: dict[tuple[str, str, int], tuple[Any, ...]] = {}

    def shift(self, seconds: float) -> None:
        """Move what is remembered by a correction of the clock."""
        self._kept_at = {key: time_s + seconds for key, time_s in self._kept_at.items()}

    def judge(self, time_s: float, direction: str, message: Any) -> tuple[bool, bool]:
        kind = message.get_type()
        if kind == "PARAM_VALUE" and message.param_id.startswith(("STAT_", "BARO")):
            return False, True
        if kind in BULK or (kind == "TIMESYNC" and direction == "in" and message.tc1 == 0):
            return self._sampled(time_s, (direction, kind, 0), _SLOW_S), True
        if kind not in PERIODIC:
            return True, False
        return self._periodic(time_s, direction, kind, message)

    def _periodic(self, time_s: float, direction: str, kind: str, message: Any) -> tuple[bool, bool]:
        key = (direction, kind, message.get_srcSystem())
        state = tuple(getattr(message, field, None) for field in PERIODIC[kind])
        if self._state.get(key) != state:
            self._state[key] = state
            self._kept_at[key] = time_s
            return True, False
        return self._sampled(time_s, key, _SLOW_S if direction == "out" else _FAST_S), True

    def _sampled(self, time_s: float, key: tuple[str, str, int], spacing_s: float) -> bool:
        last = self._kept_at.get(key)
        if last is not None and 0 <= time_s - last < spacing_s - _SLACK_S:
            return False
        self._kept_at[key] = time_s
        return True
