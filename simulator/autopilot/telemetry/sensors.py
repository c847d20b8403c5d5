"""Messages about single sensors and the board, expected by tools such as DroneKit and QGC."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.receiver import UNTOUCHED
from simulator.autopilot.telemetry.state import State
from simulator.geodesy import wrap_pi

_SEA_LEVEL_HPA = 1013.25
_SCALE_HEIGHT_M = 8430.0
"""ISA: pressure falls by 1/e in about 8.4 km."""


def local_position_ned(state: State) -> mavlink.MAVLink_local_position_ned_message | None:
    """Return ``LOCAL_POSITION_NED``, once the estimator has its origin."""
    if not state.has_origin:
        return None
    body = state.craft.body
    return mavlink.MAVLink_local_position_ned_message(
        state.boot_ms, body.north, body.east, -body.up, body.v_north, body.v_east, -body.v_up
    )


def ahrs(state: State) -> mavlink.MAVLink_ahrs_message:
    """Return ``AHRS`` without gyroscope drift."""
    return mavlink.MAVLink_ahrs_message(0.0, 0.0, 0.0, 0.0, 0.0, 0.005, 0.01)


def ahrs2(state: State) -> mavlink.MAVLink_ahrs2_message:
    """Return ``AHRS2``, the second estimator."""
    body = state.craft.body
    latitude, longitude = state.position_e7()
    yaw = wrap_pi(body.yaw)
    return mavlink.MAVLink_ahrs2_message(
        body.roll, body.pitch, yaw, state.craft.altitude_amsl_m, latitude, longitude
    )


def simstate(state: State) -> mavlink.MAVLink_simstate_message:
    """Return ``SIMSTATE``, the truth as the simulation knows it."""
    body = state.craft.body
    latitude, longitude = state.craft.frame.degrees_from_local(*body.position)
    place = round(latitude * 1e7), round(longitude * 1e7)
    yaw = wrap_pi(body.yaw)
    return mavlink.MAVLink_simstate_message(
        body.roll, body.pitch, yaw, 0.0, 0.0, -9.80665, 0.0, 0.0, 0.0, *place
    )


def raw_imu(state: State) -> mavlink.MAVLink_raw_imu_message:
    """Return ``RAW_IMU`` in steady flight."""
    field = _magnetic_field(state)
    return mavlink.MAVLink_raw_imu_message(state.boot_us, 0, 0, -1000, 0, 0, 0, *field, 0, 3500)


def scaled_imu2(state: State) -> mavlink.MAVLink_scaled_imu2_message:
    """Return ``SCALED_IMU2`` in steady flight."""
    return mavlink.MAVLink_scaled_imu2_message(
        state.boot_ms, 0, 0, -1000, 0, 0, 0, *_magnetic_field(state), 3500
    )


def scaled_imu3(state: State) -> mavlink.MAVLink_scaled_imu3_message:
    """Return ``SCALED_IMU3``: a third compass only."""
    return mavlink.MAVLink_scaled_imu3_message(state.boot_ms, 0, 0, 0, 0, 0, 0, *_magnetic_field(state), 0)


def _magnetic_field(state: State) -> tuple[int, int, int]:
    # Western Japan: about 320 mG to the north, 380 mG down.
    yaw = state.craft.body.yaw
    return round(320 * math.cos(yaw)), round(-320 * math.sin(yaw)), 380


def _pressure_hpa(state: State) -> float:
    return _SEA_LEVEL_HPA * math.exp(-state.craft.altitude_amsl_m / _SCALE_HEIGHT_M)


def scaled_pressure(state: State) -> mavlink.MAVLink_scaled_pressure_message:
    """Return ``SCALED_PRESSURE``."""
    return mavlink.MAVLink_scaled_pressure_message(state.boot_ms, _pressure_hpa(state), 0.0, 2500)


def scaled_pressure2(state: State) -> mavlink.MAVLink_scaled_pressure2_message:
    """Return ``SCALED_PRESSURE2``."""
    return mavlink.MAVLink_scaled_pressure2_message(state.boot_ms, _pressure_hpa(state), 0.0, 2500)


def power_status(state: State) -> mavlink.MAVLink_power_status_message:
    """Return ``POWER_STATUS`` of the board: 5 V."""
    return mavlink.MAVLink_power_status_message(5000, 0, 0)


def meminfo(state: State) -> mavlink.MAVLink_meminfo_message:
    """Return ``MEMINFO``."""
    return mavlink.MAVLink_meminfo_message(0, 65535, 524288)


def vibration(state: State) -> mavlink.MAVLink_vibration_message:
    """Return ``VIBRATION``: little."""
    return mavlink.MAVLink_vibration_message(state.boot_us, 0.1, 0.1, 0.1, 0, 0, 0)


def esc_telemetry(state: State) -> mavlink.MAVLink_esc_telemetry_1_to_4_message:
    """Return ``ESC_TELEMETRY_1_TO_4``: four motors that share the power."""
    battery = state.craft.battery
    centivolts, centiamperes = round(battery.volts * 100), round(battery.amperes * 25)
    turning = 4000 if state.craft.armed else 0
    four = ([32] * 4, [centivolts] * 4, [centiamperes] * 4, [0] * 4, [turning] * 4, [0] * 4)
    return mavlink.MAVLink_esc_telemetry_1_to_4_message(*four)


def esc_telemetry_lift(state: State) -> mavlink.MAVLink_esc_telemetry_5_to_8_message | None:
    """Return ``ESC_TELEMETRY_5_TO_8``: the lift motors of a quadplane."""
    if not state.craft.airframe.wings:
        return None
    four = [0] * 4
    centivolts = [round(state.craft.battery.volts * 100)] * 4
    return mavlink.MAVLink_esc_telemetry_5_to_8_message([32] * 4, centivolts, four, four, four, four)


def airspeed(state: State) -> mavlink.MAVLink_airspeed_message | None:
    """Return ``AIRSPEED`` of the pitot tube that a quadplane has."""
    body = state.craft.body
    if not state.craft.airframe.wings:
        return None
    return mavlink.MAVLink_airspeed_message(0, 0.0 if body.on_ground else body.airspeed, 32767, 0.0, 2)


def aoa_ssa(state: State) -> mavlink.MAVLink_aoa_ssa_message | None:
    """Return ``AOA_SSA`` of a quadplane in straight flight."""
    return mavlink.MAVLink_aoa_ssa_message(state.boot_us, 0.0, 0.0) if state.craft.airframe.wings else None


def terrain_report(state: State) -> mavlink.MAVLink_terrain_report_message:
    """Return ``TERRAIN_REPORT`` of a vehicle without terrain data."""
    height_m = state.craft.body.up - state.craft.home[2]
    return mavlink.MAVLink_terrain_report_message(*state.position_e7(), 0, 0.0, height_m, 0, 0)


def rc_channels(state: State) -> mavlink.MAVLink_rc_channels_message:
    """Return ``RC_CHANNELS``: the sticks, and what overrides them."""
    pulses = state.craft.sticks_us(_RC_CHANNELS)
    return mavlink.MAVLink_rc_channels_message(state.boot_ms, len(UNTOUCHED), *pulses, 255)


_RC_CHANNELS = 18
"""As many as the message has places for."""
