"""``HIGH_LATENCY2``: the state in one message (https://mavlink.io/en/services/high_latency.html)."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.telemetry.core import battery_percent, heartbeat
from simulator.autopilot.telemetry.state import State, compass_deg

_UNKNOWN = 0


def high_latency2(state: State) -> mavlink.MAVLink_high_latency2_message:
    """Return ``HIGH_LATENCY2``; angles are in 2 degrees, speeds in 0.2 m/s.

    ``custom0`` is the base mode of the heartbeat, as ArduPilot fills it: the armed bit makes it negative.
    """
    craft, autopilot, body = state.craft, state.autopilot, state.craft.body
    latitude, longitude = state.position_e7()
    heading = round(compass_deg(body.yaw) / 2.0) % 180
    wind = craft.config.wind
    return mavlink.MAVLink_high_latency2_message(
        state.boot_ms,
        mavlink.MAV_TYPE_FIXED_WING if craft.airframe.wings else mavlink.MAV_TYPE_QUADROTOR,
        mavlink.MAV_AUTOPILOT_ARDUPILOTMEGA,
        autopilot.mode.number,
        latitude,
        longitude,
        round(craft.altitude_amsl_m),
        round(craft.altitude_amsl_m),
        heading,
        heading,
        0,
        0,
        min(255, round(body.airspeed * 5)),
        min(255, round(body.airspeed * 5)),
        min(255, round(body.ground_speed * 5)),
        min(255, round(wind.speed_m_s * 5)),
        round(math.fmod(wind.from_deg, 360.0) / 2.0),
        1,
        1,
        0,
        round(body.v_up * 10),
        battery_percent(state),
        autopilot.executive.index,
        _UNKNOWN,
        int.from_bytes(bytes((heartbeat(state).base_mode,)), signed=True),
        0,
        0,
    )
