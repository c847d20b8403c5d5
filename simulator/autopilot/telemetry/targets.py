"""What the aircraft is on its way to."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.telemetry.further import attitude_quaternion
from simulator.autopilot.telemetry.state import State

_NONE_REACHED = 65535
_ALTITUDE_AND_PLACE = 65016
"""``type_mask`` as recorded (``qp_every_message``): everything but the place is to be ignored."""


def mission_item_reached(state: State) -> mavlink.MAVLink_mission_item_reached_message:
    """Return ``MISSION_ITEM_REACHED``: the last item that was reached, 65535 before the first."""
    reached = state.autopilot.executive.last_reached
    return mavlink.MAVLink_mission_item_reached_message(_NONE_REACHED if reached is None else reached)


def attitude_target(state: State) -> mavlink.MAVLink_attitude_target_message | None:
    """Return a copter's ``ATTITUDE_TARGET``: the attitude it has, which follows the wanted one closely."""
    if state.craft.airframe.wings:
        return None
    now = attitude_quaternion(state)
    thrust = 0.5 if state.craft.armed and not state.autopilot.landed else 0.0
    quaternion = [now.q1, now.q2, now.q3, now.q4]
    return mavlink.MAVLink_attitude_target_message(state.boot_ms, 0, quaternion, 0.0, 0.0, 0.0, thrust)


def position_target_global_int(state: State) -> mavlink.MAVLink_position_target_global_int_message | None:
    """Return an aeroplane's ``POSITION_TARGET_GLOBAL_INT``: the end of its leg, or where it is."""
    craft = state.craft
    if not craft.airframe.wings or not state.has_origin:
        return None
    leg = getattr(state.autopilot.busy, "leg", None)
    latitude, longitude, altitude = craft.degrees(craft.here if leg is None else leg.end)
    nothing = [0.0] * 8
    return mavlink.MAVLink_position_target_global_int_message(
        state.boot_ms,
        mavlink.MAV_FRAME_GLOBAL,
        _ALTITUDE_AND_PLACE,
        round(latitude * 1e7),
        round(longitude * 1e7),
        altitude,
        *nothing,
    )


def autopilot_state_for_gimbal_device(
    state: State,
) -> mavlink.MAVLink_autopilot_state_for_gimbal_device_message:
    """Return ``AUTOPILOT_STATE_FOR_GIMBAL_DEVICE``: attitude, velocity and the state of the estimate."""
    body, now = state.craft.body, attitude_quaternion(state)
    return mavlink.MAVLink_autopilot_state_for_gimbal_device_message(
        state.craft.config.system_id,
        0,
        state.boot_us,
        [now.q1, now.q2, now.q3, now.q4],
        0,
        body.v_north,
        body.v_east,
        -body.v_up,
        0,
        0.0,
        state.autopilot.estimator.flags(),
        state.autopilot.landed_state(),
    )
