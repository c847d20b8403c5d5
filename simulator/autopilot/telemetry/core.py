"""The messages a ground station lives on."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot import arming
from simulator.autopilot.battery import Battery
from simulator.autopilot.modes import Mode
from simulator.autopilot.telemetry.state import State, compass_deg
from simulator.geodesy import wrap_pi
from simulator.values import VehicleClass

_CUSTOM = mavlink.MAV_MODE_FLAG_CUSTOM_MODE_ENABLED
_STABILIZE = mavlink.MAV_MODE_FLAG_STABILIZE_ENABLED
_GUIDED = mavlink.MAV_MODE_FLAG_GUIDED_ENABLED
_MANUAL = mavlink.MAV_MODE_FLAG_MANUAL_INPUT_ENABLED
_ARMED = mavlink.MAV_MODE_FLAG_SAFETY_ARMED
_PREARM = mavlink.MAV_SYS_STATUS_PREARM_CHECK
_BATTERY = mavlink.MAV_SYS_STATUS_SENSOR_BATTERY
_FENCE = mavlink.MAV_SYS_STATUS_GEOFENCE
_GPS = mavlink.MAV_SYS_STATUS_SENSOR_GPS
_AHRS = mavlink.MAV_SYS_STATUS_AHRS
_LOGGING = mavlink.MAV_SYS_STATUS_LOGGING
_POSITION_CONTROL = (
    mavlink.MAV_SYS_STATUS_SENSOR_Z_ALTITUDE_CONTROL | mavlink.MAV_SYS_STATUS_SENSOR_XY_POSITION_CONTROL
)

_SENSORS = {
    VehicleClass.COPTER: (1399979055, 1382128687, 1467063343),
    VehicleClass.QUADPLANE: (325188671 | _BATTERY, 274828351 | _BATTERY, 322014271 | _BATTERY),
}
"""Sensor bits present, enabled and healthy, ready to arm (recorded; our quadplane has a battery monitor)."""

CAPABILITIES = {VehicleClass.COPTER: 64495, VehicleClass.QUADPLANE: 62319}
_MOST_CENTIAMPERES = 32767
_VERSION = 67567616
"""4.7.0-dev, as recorded."""


def heartbeat(state: State, entered: Mode | None = None) -> mavlink.MAVLink_heartbeat_message:
    """Return ``HEARTBEAT`` in the present mode or one just entered; a quadplane calls itself a fixed wing."""
    autopilot, craft = state.autopilot, state.craft
    starting = craft.time < craft.boot.standby_at
    copter = craft.config.vehicle_class is VehicleClass.COPTER
    base = _CUSTOM | _STABILIZE | _MANUAL
    mode = entered or autopilot.mode
    guided = mode.guided and not (mode.name == "RTL" and copter and not craft.armed)
    status = autopilot.system_status()
    if starting and copter:
        guided, status = True, mavlink.MAV_STATE_BOOT
    elif starting:
        base, status = _CUSTOM | _STABILIZE, mavlink.MAV_STATE_CALIBRATING
    base |= (_GUIDED if guided else 0) | (_ARMED if craft.armed or autopilot.testing_motors else 0)
    kind = mavlink.MAV_TYPE_QUADROTOR if copter else mavlink.MAV_TYPE_FIXED_WING
    pilot = mavlink.MAV_AUTOPILOT_ARDUPILOTMEGA
    return mavlink.MAVLink_heartbeat_message(kind, pilot, base, mode.number, status, 3)


def sys_status(state: State) -> mavlink.MAVLink_sys_status_message:
    """Return ``SYS_STATUS``; the pre-arm bit does not look at the mode (``boot_and_prearm``)."""
    craft, boot = state.craft, state.craft.boot
    present, enabled, health = _SENSORS[craft.config.vehicle_class]
    if not state.has_fix:
        present, enabled, health = present & ~_GPS, enabled & ~_GPS, health & ~_GPS
    if state.autopilot.estimator.receiver_lost:
        health &= ~_GPS
    if not state.has_origin:
        enabled, health = enabled & ~_AHRS, health & ~_AHRS
    if craft.time < boot.attitude_at or arming.is_blocked(state.autopilot):
        health &= ~_PREARM
    if "battery" in state.autopilot.failsafes or state.autopilot.battery_problem is not None:
        health &= ~_BATTERY
    if craft.armed:
        enabled |= _LOGGING | _POSITION_CONTROL
        health |= _POSITION_CONTROL
    if state.autopilot.fence_watch.enabled:
        enabled |= _FENCE
    if state.autopilot.fence_watch.breaches:
        health &= ~_FENCE
    battery = craft.battery
    millivolts, centiamperes = round(battery.volts * 1000), _centiamperes(battery)
    percent = battery_percent(state)
    return mavlink.MAVLink_sys_status_message(
        present, enabled, health, 0, millivolts, centiamperes, percent, 0, 0, 0, 0, 0, 0
    )


def battery_percent(state: State) -> int:
    """Return the charge left, counted against ``BATT_CAPACITY``."""
    capacity_mah = max(1.0, state.craft.params["BATT_CAPACITY"])
    return max(0, round(100.0 * (1.0 - state.craft.battery.used_mah / capacity_mah)))


def _centiamperes(battery: Battery) -> int:
    """Return the current as both messages tell it: no more than their field holds (``GCS_Common.cpp``)."""
    return min(_MOST_CENTIAMPERES, round(battery.amperes * 100))


def battery_status(state: State) -> mavlink.MAVLink_battery_status_message:
    """Return ``BATTERY_STATUS``; energy is in hectojoules."""
    battery = state.craft.battery
    cells = [round(battery.volts * 1000), *[65535] * 9]
    return mavlink.MAVLink_battery_status_message(
        0,
        0,
        0,
        32767,
        cells,
        _centiamperes(battery),
        round(battery.used_mah),
        round(battery.used_wh * 36.0),
        battery_percent(state),
        0,
        state.failsafes.charge_state,
    )


def global_position_int(state: State) -> mavlink.MAVLink_global_position_int_message:
    """Return ``GLOBAL_POSITION_INT``."""
    craft, body = state.craft, state.craft.body
    latitude, longitude = state.position_e7()
    return mavlink.MAVLink_global_position_int_message(
        state.boot_ms,
        latitude,
        longitude,
        round(craft.altitude_amsl_m * 1000) if state.has_origin else 0,
        round((body.up - craft.home[2]) * 1000),
        round(body.v_north * 100),
        round(body.v_east * 100),
        round(-body.v_up * 100),
        round(compass_deg(body.yaw) * 100) % 36000,
    )


def gps_raw_int(state: State) -> mavlink.MAVLink_gps_raw_int_message:
    """Return ``GPS_RAW_INT``: what the receiver says, whether the estimator believes it or not."""
    if not state.has_fix:
        return mavlink.MAVLink_gps_raw_int_message(0, 0, 0, 0, 0, 65535, 65535, 0, 0, 0)
    craft, body = state.craft, state.craft.body
    north, east, up = craft.received
    latitude, longitude = craft.frame.degrees_from_local(north, east)
    altitude_mm = round((craft.config.home.altitude_amsl_m + up) * 1000)
    course = compass_deg(math.atan2(body.v_east, body.v_north))
    fix, satellites = (1, 3) if state.autopilot.estimator.receiver_lost else (6, 10)
    return mavlink.MAVLink_gps_raw_int_message(
        state.boot_us,
        fix,
        round(latitude * 1e7),
        round(longitude * 1e7),
        altitude_mm,
        121,
        200,
        round(body.ground_speed * 100),
        round(course * 100) % 36000,
        satellites,
        altitude_mm,
        300,
        300,
    )


def vfr_hud(state: State) -> mavlink.MAVLink_vfr_hud_message:
    """Return ``VFR_HUD``."""
    craft, body = state.craft, state.craft.body
    airspeed = 0.0 if body.on_ground else body.airspeed
    full_w = craft.airframe.hover_w * 2.0
    throttle = min(100, round(100.0 * craft.battery.power_w / full_w)) if craft.armed else 0
    return mavlink.MAVLink_vfr_hud_message(
        airspeed,
        body.ground_speed,
        round(compass_deg(body.yaw)) % 360,
        throttle,
        craft.altitude_amsl_m,
        body.v_up,
    )


def attitude(state: State) -> mavlink.MAVLink_attitude_message:
    """Return ``ATTITUDE``."""
    body = state.craft.body
    yaw = wrap_pi(body.yaw)
    return mavlink.MAVLink_attitude_message(state.boot_ms, body.roll, body.pitch, yaw, 0.0, 0.0, 0.0)


def nav_controller_output(state: State) -> mavlink.MAVLink_nav_controller_output_message:
    """Return ``NAV_CONTROLLER_OUTPUT`` for the leg being flown."""
    body = state.craft.body
    leg = getattr(state.autopilot.busy, "leg", None)
    remaining_m, aside_m, bearing = 0.0, 0.0, 0.0
    if leg is not None and math.isfinite(leg.remaining_m):
        remaining_m, aside_m = leg.remaining_m, leg.crosstrack_m
        bearing = math.degrees(math.atan2(leg.end[1] - body.east, leg.end[0] - body.north))
    return mavlink.MAVLink_nav_controller_output_message(
        math.degrees(body.roll),
        math.degrees(body.pitch),
        round(bearing),
        round(bearing),
        min(65535, round(remaining_m)),
        0.0,
        0.0,
        aside_m,
    )


def mission_current(state: State) -> mavlink.MAVLink_mission_current_message:
    """Return ``MISSION_CURRENT``; the total leaves home out."""
    executive, mission = state.autopilot.executive, state.autopilot.mission
    total = max(0, len(mission) - 1)
    in_auto = int(state.autopilot.in_auto)
    return mavlink.MAVLink_mission_current_message(executive.index, total, int(executive.state), in_auto)


def extended_sys_state(state: State) -> mavlink.MAVLink_extended_sys_state_message:
    """Return ``EXTENDED_SYS_STATE``."""
    return mavlink.MAVLink_extended_sys_state_message(state.craft.vtol_state, state.autopilot.landed_state())


def ekf_status_report(state: State) -> mavlink.MAVLink_ekf_status_report_message:
    """Return ``EKF_STATUS_REPORT``."""
    flags = state.autopilot.estimator.flags()
    return mavlink.MAVLink_ekf_status_report_message(flags, 0.005, 0.01, 0.005, 0.01, 0.0, 0.0)


def system_time(state: State) -> mavlink.MAVLink_system_time_message:
    """Return ``SYSTEM_TIME``; the date comes with the first GPS fix."""
    return mavlink.MAVLink_system_time_message(state.unix_us if state.has_fix else 0, state.boot_ms)


def wind(state: State) -> mavlink.MAVLink_wind_message | None:
    """Return ``WIND``: estimated in flight only, and by a copter not without a position."""
    if not state.craft.airframe.wings and not state.autopilot.estimator.has_position:
        return None
    north, east, up = state.craft.wind_m_s
    speed = math.hypot(north, east)
    if state.autopilot.landed or speed == 0.0:
        return mavlink.MAVLink_wind_message(-180.0, 0.0, 0.0)
    return mavlink.MAVLink_wind_message(math.degrees(math.atan2(-east, -north)), speed, -up)


def servo_output_raw(state: State) -> mavlink.MAVLink_servo_output_raw_message:
    """Return ``SERVO_OUTPUT_RAW``."""
    return mavlink.MAVLink_servo_output_raw_message(state.boot_us & 0xFFFFFFFF, 0, *state.craft.servos)


def home_position(state: State) -> mavlink.MAVLink_home_position_message | None:
    """Return ``HOME_POSITION``, once there is one."""
    craft = state.craft
    if not craft.home_known:
        return None
    latitude, longitude, altitude = craft.degrees(craft.home)
    north, east, up = craft.home
    return mavlink.MAVLink_home_position_message(
        round(latitude * 1e7),
        round(longitude * 1e7),
        round(altitude * 1000),
        north,
        east,
        -up,
        [math.nan] * 4,
        0.0,
        0.0,
        0.0,
        state.boot_us,
    )


def gps_global_origin(state: State) -> mavlink.MAVLink_gps_global_origin_message | None:
    """Return ``GPS_GLOBAL_ORIGIN``, once there is one."""
    if not state.has_origin:
        return None
    home = state.craft.config.home
    latitude, longitude = round(home.latitude_deg * 1e7), round(home.longitude_deg * 1e7)
    altitude_mm = round(home.altitude_amsl_m * 1000)
    return mavlink.MAVLink_gps_global_origin_message(latitude, longitude, altitude_mm, state.boot_us)


def autopilot_version(state: State) -> mavlink.MAVLink_autopilot_version_message:
    """Return ``AUTOPILOT_VERSION``; the unique id is made of the name."""
    config = state.craft.config
    uid2 = list(config.name.encode()[:17].ljust(18, b"\0"))
    return mavlink.MAVLink_autopilot_version_message(
        CAPABILITIES[config.vehicle_class],
        _VERSION,
        0,
        0,
        0,
        list(b"tsubaki\0"),
        [0] * 8,
        [0] * 8,
        0,
        0,
        0,
        uid2,
    )


def fence_status(state: State) -> mavlink.MAVLink_fence_status_message | None:
    """Return ``FENCE_STATUS`` while a fence is in force."""
    watch = state.autopilot.fence_watch
    return watch.status() if watch.enabled else None
