"""Messages in no stream of ours that ground stations ask for by number (MAVSDK, QGroundControl)."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.telemetry.sensors import raw_imu, scaled_pressure
from simulator.autopilot.telemetry.state import State
from simulator.geodesy import wrap_pi

_BOARD_MV = 5000
_G_M_S2 = 9.80665
_MILLI = 1e-3
_CENTI = 1e-2
_ALL_BUT_AIRSPEED = 0x1BFF
"""``fields_updated`` of ``HIGHRES_IMU``: everything but the difference of pressures, which is bit 10."""


def attitude_quaternion(state: State) -> mavlink.MAVLink_attitude_quaternion_message:
    """Return ``ATTITUDE_QUATERNION``: the attitude of ``ATTITUDE`` by the rule of yaw, pitch, roll."""
    body = state.craft.body
    halves = body.roll / 2.0, body.pitch / 2.0, wrap_pi(body.yaw) / 2.0
    cos_roll, cos_pitch, cos_yaw = map(math.cos, halves)
    sin_roll, sin_pitch, sin_yaw = map(math.sin, halves)
    quaternion = (
        cos_roll * cos_pitch * cos_yaw + sin_roll * sin_pitch * sin_yaw,
        sin_roll * cos_pitch * cos_yaw - cos_roll * sin_pitch * sin_yaw,
        cos_roll * sin_pitch * cos_yaw + sin_roll * cos_pitch * sin_yaw,
        cos_roll * cos_pitch * sin_yaw - sin_roll * sin_pitch * cos_yaw,
    )
    return mavlink.MAVLink_attitude_quaternion_message(state.boot_ms, *quaternion, 0.0, 0.0, 0.0)


def scaled_imu(state: State) -> mavlink.MAVLink_scaled_imu_message:
    """Return ``SCALED_IMU``: what ``RAW_IMU`` says of the same sensors."""
    raw = raw_imu(state)
    return mavlink.MAVLink_scaled_imu_message(
        state.boot_ms,
        raw.xacc,
        raw.yacc,
        raw.zacc,
        raw.xgyro,
        raw.ygyro,
        raw.zgyro,
        raw.xmag,
        raw.ymag,
        raw.zmag,
        raw.temperature,
    )


def highres_imu(state: State) -> mavlink.MAVLink_highres_imu_message:
    """Return ``HIGHRES_IMU``: what ``RAW_IMU`` and ``SCALED_PRESSURE`` say, in SI units, gauss and hPa."""
    raw, air = raw_imu(state), scaled_pressure(state)
    return mavlink.MAVLink_highres_imu_message(
        state.boot_us,
        *(each * _MILLI * _G_M_S2 for each in (raw.xacc, raw.yacc, raw.zacc)),
        *(each * _MILLI for each in (raw.xgyro, raw.ygyro, raw.zgyro)),
        *(each * _MILLI for each in (raw.xmag, raw.ymag, raw.zmag)),
        air.press_abs,
        0.0,
        state.craft.altitude_amsl_m,
        raw.temperature * _CENTI,
        _ALL_BUT_AIRSPEED,
    )


def hwstatus(state: State) -> mavlink.MAVLink_hwstatus_message:
    """Return ``HWSTATUS``: the supply of the board, and no error on its bus."""
    return mavlink.MAVLink_hwstatus_message(_BOARD_MV, 0)
