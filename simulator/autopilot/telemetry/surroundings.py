"""What is around the autopilot: the simulated world, the map of heights it would like, its relays."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.telemetry.further import attitude_quaternion
from simulator.autopilot.telemetry.state import State

_G_M_S2 = 9.80665
_GRID_M = 100
_CORNER_M = 1400.0
_ALL_BLOCKS = 0x00FF_FFFF_FFFF_FFFF
"""Spacing, south-west corner and missing parts of the grid as recorded (``every_message``)."""

_RELAYS = range(1, 7)


def sim_state(state: State) -> mavlink.MAVLink_sim_state_message:
    """Return ``SIM_STATE``: where the aircraft really is."""
    craft, body, now = state.craft, state.craft.body, attitude_quaternion(state)
    latitude, longitude, altitude = craft.degrees(craft.here)
    return mavlink.MAVLink_sim_state_message(
        now.q1,
        now.q2,
        now.q3,
        now.q4,
        body.roll,
        body.pitch,
        body.yaw,
        *(0.0, 0.0, -_G_M_S2),
        *(0.0, 0.0, 0.0),
        latitude * 1e7,
        longitude * 1e7,
        altitude,
        *(0.0, 0.0),
        body.v_north,
        body.v_east,
        -body.v_up,
        round(latitude * 1e7),
        round(longitude * 1e7),
    )


def terrain_request(state: State) -> mavlink.MAVLink_terrain_request_message | None:
    """Return ``TERRAIN_REQUEST`` for the grid around here: nobody has sent a map of heights."""
    if not state.has_origin:
        return None
    north, east = state.craft.body.position
    corner = (math.floor(value / _CORNER_M) * _CORNER_M - _CORNER_M for value in (north, east))
    latitude, longitude = state.craft.frame.degrees_from_local(*corner)
    return mavlink.MAVLink_terrain_request_message(
        round(latitude * 1e7), round(longitude * 1e7), _GRID_M, _ALL_BLOCKS
    )


def relay_status(state: State) -> mavlink.MAVLink_relay_status_message:
    """Return ``RELAY_STATUS``: which relays are fitted (``RELAYn_FUNCTION``); none is on."""
    params = state.craft.params
    present = sum(1 << number - 1 for number in _RELAYS if params[f"RELAY{number}_FUNCTION"] > 0)
    return mavlink.MAVLink_relay_status_message(state.boot_ms, 0, present)
