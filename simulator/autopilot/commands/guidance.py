"""Commands that say where to go, how fast, and where to look."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.commands.order import (
    ACCEPTED,
    DENIED,
    FAILED,
    PLACE_FRAMES,
    RELATIVE,
    UNSUPPORTED,
    Context,
    Handler,
    Order,
)

_DESCENT: int = mavlink.SPEED_TYPE_DESCENT_SPEED
_COPTER_SPEED_MODES = frozenset({"AUTO", "AUTO_RTL", "GUIDED", "RTL"})
"""The modes in which ArduCopter lets a command change the speed (``Mode::set_speed_xy``)."""

_CHANGE_MODE = mavlink.MAV_DO_REPOSITION_FLAGS_CHANGE_MODE


def _refuses_place(context: Context, order: Order) -> bool:
    """Say whether a place is none: 0, 0, out of range, or at height 0 above home (``Location::sanitize``)."""
    if not order.has_latlng or not context.can_store(order):
        return True
    return order.at_zero or (order.z == 0.0 and order.frame not in (0, 5))


def reposition_copter(context: Context, order: Order) -> int:
    """Fly to a place in GUIDED, or enter GUIDED for it (trace ``copter/guided_flight``)."""
    if order.frame is None:
        return UNSUPPORTED
    pilot = context.pilot
    guided = pilot.mode.number == mavlink.COPTER_MODE_GUIDED
    if not guided and not int(order.params[1]) & _CHANGE_MODE:
        return DENIED
    if _refuses_place(context, order):
        return DENIED
    point = context.point(order)
    if not pilot.fence_watch.allows(point):
        return FAILED
    if not guided and not pilot.set_mode(mavlink.COPTER_MODE_GUIDED):
        return FAILED
    pilot.reposition(point)
    return ACCEPTED


def reposition_quadplane(context: Context, order: Order) -> int:
    """Circle a place in GUIDED, with the radius of ``param3``, anticlockwise where ``param4`` is not 0."""
    if order.frame is None:
        return UNSUPPORTED
    pilot = context.quadplane
    if _refuses_place(context, order):
        return DENIED
    point = context.point(order)
    if not pilot.fence_watch.allows(point):
        return DENIED
    guided = pilot.mode.number == mavlink.PLANE_MODE_GUIDED
    if not guided and not int(order.params[1]) & _CHANGE_MODE:
        return FAILED
    pilot.set_mode(mavlink.PLANE_MODE_GUIDED)
    radius_m = order.params[2] if order.params[2] > 0.0 else None
    # Neither 0 nor NaN means anticlockwise.
    anticlockwise = abs(order.params[3]) > 0.0
    pilot.reposition(point, radius_m, anticlockwise)
    return ACCEPTED


def change_speed_copter(context: Context, order: Order) -> int:
    """Set the speed along the ground (0, 1), up (2) or down (3 and more), in modes that fly by themselves."""
    if context.pilot.mode.name not in _COPTER_SPEED_MODES:
        return FAILED
    kind = min(_DESCENT, max(0, int(order.params[0])))
    return ACCEPTED if context.pilot.change_speed(order.params[1], kind) else FAILED


def change_speed_quadplane(context: Context, order: Order) -> int:
    """Set the airspeed, in AUTO and GUIDED only."""
    if context.pilot.mode.name not in {"AUTO", "GUIDED"}:
        return FAILED
    return ACCEPTED if context.pilot.change_speed(order.params[1], int(order.params[0])) else FAILED


def yaw(context: Context, order: Order) -> int:
    """Turn the nose of a copter."""
    angle_deg, _, direction, relative = order.params
    if not 0.0 <= angle_deg <= 360.0 or relative not in (0.0, 1.0):
        return FAILED
    context.pilot.turn_to(angle_deg, order.params[1], int(direction), relative == 1.0)
    return ACCEPTED


def region_of_interest(context: Context, order: Order) -> int:
    """Look at a place; a COMMAND_LONG gives the altitude above home."""
    order = order.placed(RELATIVE)
    if not context.can_store(order):
        return DENIED
    return ACCEPTED if order.has_latlng else FAILED


def no_region_of_interest(context: Context, order: Order) -> int:
    """Look ahead again."""
    return ACCEPTED


def vtol_transition(context: Context, order: Order) -> int:
    """Fly on rotors or on the wing."""
    return ACCEPTED if context.quadplane.transition_to(int(order.params[0])) else FAILED


def guided_speed(context: Context, order: Order) -> int:
    """Change the airspeed in GUIDED (0: airspeed; ground speed is not supported)."""
    if context.pilot.mode.name != "GUIDED":
        return FAILED
    if int(order.params[0]) != mavlink.SPEED_TYPE_AIRSPEED:
        return DENIED
    return ACCEPTED if context.pilot.change_speed(order.params[1], 0) else FAILED


def guided_altitude(context: Context, order: Order) -> int:
    """Change the height in GUIDED; -1 and 0 are refused."""
    if context.pilot.mode.name != "GUIDED":
        return FAILED
    if order.z in (-1.0, 0.0) or order.frame not in (None, *PLACE_FRAMES):
        return DENIED
    frame = RELATIVE if order.frame is None else order.frame
    context.quadplane.change_height(context.craft.height(order.z, frame))
    return ACCEPTED


def change_altitude(context: Context, order: Order) -> int:
    """Change the height to ``param1`` in the frame ``param2``; it has an effect in GUIDED only."""
    frame = int(order.params[1])
    if frame not in PLACE_FRAMES:
        context.craft.say(f"Unknown mavlink coordinate frame {frame}")
        return DENIED
    if context.pilot.mode.name == "GUIDED":
        context.quadplane.change_height(context.craft.height(order.params[0], frame))
    return ACCEPTED


def guided_heading(context: Context, order: Order) -> int:
    """Fly a course (0) or a heading (1) in GUIDED; 2 goes back to the place."""
    if context.pilot.mode.name != "GUIDED":
        return FAILED
    if not 0.0 <= order.params[1] < 360.0 or int(order.params[0]) not in (0, 1, 2):
        return DENIED
    context.quadplane.fly_heading(None if int(order.params[0]) == 2 else order.params[1])
    return ACCEPTED


BOTH: dict[int, Handler] = {
    mavlink.MAV_CMD_DO_SET_ROI: region_of_interest,
    mavlink.MAV_CMD_DO_SET_ROI_LOCATION: region_of_interest,
    mavlink.MAV_CMD_DO_SET_ROI_NONE: no_region_of_interest,
}
COPTER: dict[int, Handler] = {
    mavlink.MAV_CMD_DO_REPOSITION: reposition_copter,
    mavlink.MAV_CMD_DO_CHANGE_SPEED: change_speed_copter,
    mavlink.MAV_CMD_CONDITION_YAW: yaw,
}
QUADPLANE: dict[int, Handler] = {
    mavlink.MAV_CMD_DO_REPOSITION: reposition_quadplane,
    mavlink.MAV_CMD_DO_CHANGE_SPEED: change_speed_quadplane,
    mavlink.MAV_CMD_DO_VTOL_TRANSITION: vtol_transition,
    mavlink.MAV_CMD_DO_CHANGE_ALTITUDE: change_altitude,
    mavlink.MAV_CMD_GUIDED_CHANGE_SPEED: guided_speed,
    mavlink.MAV_CMD_GUIDED_CHANGE_ALTITUDE: guided_altitude,
    mavlink.MAV_CMD_GUIDED_CHANGE_HEADING: guided_heading,
}
