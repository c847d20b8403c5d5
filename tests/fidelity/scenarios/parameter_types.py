"""The parameters that a delivery depends on: names, defaults, types; and setting them with wrong types."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, QUADPLANE, scenario
from tests.fidelity.scenarios.parameter_list import is_param_reply, param_fact

COMMON = (
    "ARMING_CHECK BATT_ARM_VOLT BATT_CAPACITY BATT_CRT_MAH BATT_CRT_VOLT BATT_FS_CRT_ACT BATT_FS_LOW_ACT "
    "BATT_FS_VOLTSRC BATT_LOW_MAH BATT_LOW_TIMER BATT_LOW_VOLT BATT_MONITOR FENCE_ACTION FENCE_ALT_MAX "
    "FENCE_ALT_MIN FENCE_ENABLE FENCE_MARGIN FENCE_OPTIONS FENCE_RADIUS FENCE_TOTAL FENCE_TYPE FRAME_CLASS "
    "LOG_DISARMED MIS_OPTIONS MIS_RESTART MIS_TOTAL RALLY_INCL_HOME RALLY_LIMIT_KM RALLY_TOTAL "
    "SERVO9_FUNCTION SIM_BATT_VOLTAGE SIM_GPS1_ENABLE SIM_SPEEDUP SIM_WIND_DIR SIM_WIND_SPD SIM_WIND_T "
    "TERRAIN_ENABLE GPS1_TYPE COMPASS_ENABLE EK3_ENABLE AHRS_EKF_TYPE"
)
OF_COPTER = (
    "ANGLE_MAX AUTO_OPTIONS AVOID_ENABLE CIRCLE_RADIUS DISARM_DELAY FLTMODE1 FRAME_TYPE FS_CRASH_CHECK "
    "FS_DR_ENABLE FS_EKF_ACTION FS_EKF_THRESH FS_GCS_ENABLE FS_GCS_TIMEOUT FS_OPTIONS FS_THR_ENABLE "
    "FS_VIBE_ENABLE GUID_OPTIONS GUID_TIMEOUT LAND_ALT_LOW LAND_SPEED LAND_SPEED_HIGH LOIT_SPEED "
    "PILOT_SPEED_UP PILOT_TKOFF_ALT RTL_ALT RTL_ALT_FINAL RTL_ALT_TYPE RTL_CLIMB_MIN RTL_CONE_SLOPE "
    "RTL_LOIT_TIME RTL_OPTIONS RTL_SPEED SIMPLE WPNAV_ACCEL WPNAV_RADIUS WPNAV_SPEED WPNAV_SPEED_DN "
    "WPNAV_SPEED_UP WP_YAW_BEHAVIOR"
)
OF_QUADPLANE = (
    "AIRSPEED_CRUISE AIRSPEED_MAX AIRSPEED_MIN AIRSPEED_STALL ARSPD_TYPE FS_GCS_ENABL FS_LONG_ACTN "
    "FS_LONG_TIMEOUT FS_SHORT_ACTN FS_SHORT_TIMEOUT Q_ASSIST_SPEED Q_ENABLE Q_FRAME_CLASS Q_GUIDED_MODE "
    "Q_LAND_FINAL_ALT Q_LAND_FINAL_SPD Q_OPTIONS Q_RTL_ALT Q_RTL_MODE Q_TRANSITION_MS Q_TRANS_DECEL "
    "Q_WP_SPEED Q_WP_SPEED_DN Q_WP_SPEED_UP ROLL_LIMIT_DEG RTL_ALTITUDE RTL_AUTOLAND RTL_RADIUS "
    "TECS_CLMB_MAX TECS_SINK_MAX TKOFF_ALT WP_LOITER_RAD WP_RADIUS"
)
WRONG_TYPES = (
    ("RTL_ALT as int8", 1500, mavlink.MAV_PARAM_TYPE_INT8),
    ("RTL_ALT as uint32", 1600, mavlink.MAV_PARAM_TYPE_UINT32),
    ("RTL_ALT as type 0", 1700, 0),
    ("RTL_ALT as type 99", 1800, 99),
    ("RTL_ALT at 1e9", 1e9, mavlink.MAV_PARAM_TYPE_REAL32),
    ("RTL_ALT at infinity", float("inf"), mavlink.MAV_PARAM_TYPE_REAL32),
)


@scenario(COPTER)
def parameter_types(probe: Probe) -> None:
    """Read the parameters that matter; set one with wrong types."""
    read_all(probe, f"{COMMON} {OF_COPTER}")
    probe.phase("wrong types")
    for label, value, kind in WRONG_TYPES:
        probe.link.drain()
        message = mavlink.MAVLink_param_set_message(*probe.link.target, b"RTL_ALT", value, kind)
        probe.link.send(message)
        probe.fact(label, param_fact(probe.link.wait(is_param_reply, 3)))
    probe.phase("system id")
    probe.link.send(mavlink.MAVLink_param_request_read_message(1, 99, b"RTL_ALT", -1))
    probe.fact("asked of component 99", param_fact(probe.link.wait(is_param_reply, 3)))
    probe.link.send(mavlink.MAVLink_param_request_read_message(7, 1, b"RTL_ALT", -1))
    probe.fact("asked of system 7", param_fact(probe.link.wait(is_param_reply, 3)))
    probe.link.send(mavlink.MAVLink_param_request_read_message(1, 1, b"rtl_alt", -1))
    probe.fact("asked in small letters", param_fact(probe.link.wait(is_param_reply, 3)))


@scenario(QUADPLANE)
def qp_parameter_types(probe: Probe) -> None:
    """Read the parameters that matter."""
    read_all(probe, f"{COMMON} {OF_QUADPLANE}")


def read_all(probe: Probe, names: str) -> None:
    """Read parameters by name."""
    probe.phase("reading")
    for name in names.split():
        probe.link.drain()
        message = mavlink.MAVLink_param_request_read_message(*probe.link.target, name.encode(), -1)
        probe.link.send(message)
        probe.fact(f"parameter {name}", param_fact(probe.link.wait(is_param_reply, 2)))
        probe.link.sleep(0.2)
