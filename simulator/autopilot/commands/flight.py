"""Commands that arm, change the mode, and start and steer the mission."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot import arming
from simulator.autopilot.commands.order import (
    ACCEPTED,
    DENIED,
    FAILED,
    RELATIVE,
    UNSUPPORTED,
    Context,
    Handler,
    Order,
)
from simulator.autopilot.telemetry.table import BUILDERS


def arm(context: Context, order: Order) -> int:
    """Arm or disarm."""
    if order.params[0] not in (0.0, 1.0):
        return UNSUPPORTED
    force = order.params[1] in (arming.FORCE_ARM, arming.FORCE_DISARM)
    done = arming.request(context.pilot, order.params[0] == 1.0, force)
    return ACCEPTED if done else FAILED


def set_mode(context: Context, order: Order) -> int:
    """Change the flight mode."""
    if not int(order.params[0]) & mavlink.MAV_MODE_FLAG_CUSTOM_MODE_ENABLED:
        return DENIED
    return ACCEPTED if context.pilot.set_mode(int(order.params[1])) else FAILED


def mission_start(context: Context, order: Order) -> int:
    """Enter AUTO and fly; a first or last item is not supported."""
    if order.params[0] != 0.0 or order.params[1] != 0.0:
        return DENIED
    pilot, executive = context.pilot, context.pilot.executive
    if context.wings:
        # ArduPlane does not look at how it went.
        pilot.set_mode(mavlink.PLANE_MODE_AUTO)
        return ACCEPTED
    changed = not pilot.in_auto
    if not pilot.set_mode(mavlink.COPTER_MODE_AUTO):
        return FAILED
    if not executive.running or changed:
        executive.start_or_resume()
    return ACCEPTED


def return_path(context: Context, order: Order) -> int:
    """Go on at the nearest leg of the return path."""
    return ACCEPTED if context.pilot.follow_return_path() else FAILED


def land_start(context: Context, order: Order) -> int:
    """Go on at the landing sequence."""
    return ACCEPTED if context.pilot.follow_landing_sequence() else FAILED


def land(context: Context, order: Order) -> int:
    """Land here."""
    return context.mode(mavlink.COPTER_MODE_LAND, mavlink.PLANE_MODE_QLAND)


def return_to_launch(context: Context, order: Order) -> int:
    """Fly home."""
    return context.mode(mavlink.COPTER_MODE_RTL, mavlink.PLANE_MODE_RTL)


def loiter(context: Context, order: Order) -> int:
    """Stay where it is."""
    return context.mode(mavlink.COPTER_MODE_LOITER, mavlink.PLANE_MODE_LOITER)


def take_off_copter(context: Context, order: Order) -> int:
    """Take off to a height above home."""
    if order.frame not in (None, RELATIVE):
        return DENIED
    steered = order.params[2] != 0.0
    return ACCEPTED if context.copter.take_off(order.z, steered) else FAILED


def take_off_quadplane(context: Context, order: Order) -> int:
    """Take off to a height above the ground here; a COMMAND_INT gives it downwards in frame 7."""
    if order.frame not in (None, mavlink.MAV_FRAME_LOCAL_OFFSET_NED):
        return DENIED
    height_m = order.z if order.frame is None else -order.z
    return ACCEPTED if context.pilot.take_off(height_m) else FAILED


def pause(context: Context, order: Order) -> int:
    """Stop on a leg in AUTO or in GUIDED, and go on."""
    if order.params[0] not in (0.0, 1.0):
        return DENIED
    stop = order.params[0] == 0.0
    if context.pilot.pause(stop):
        return ACCEPTED
    context.craft.say("Failed to pause" if stop else "Failed to resume")
    return FAILED


def set_current(context: Context, order: Order) -> int:
    """Make an item the current one; with ``param2`` 1 the mission begins anew, jump counters too."""
    seq, executive = int(order.params[0]), context.pilot.executive
    if not 0 <= seq < max(1, len(context.pilot.mission)):
        return DENIED
    if order.params[1] == 1.0:
        executive.forget_jumps()
    if len(context.pilot.mission) < 2 or not executive.jump(seq):
        return FAILED
    context.craft.emit(BUILDERS[mavlink.MAVLINK_MSG_ID_MISSION_CURRENT](context.state))
    return ACCEPTED


def jump_to_tag(context: Context, order: Order) -> int:
    """Refuse: no item carries a tag (``JUMP_TAG`` items are not stored)."""
    return FAILED


def solo_fly_click(context: Context, order: Order) -> int:
    """Do as the Fly button of a Solo does: stay here in LOITER, or in ALT_HOLD without a position."""
    if not context.pilot.set_mode(mavlink.COPTER_MODE_LOITER):
        context.pilot.set_mode(mavlink.COPTER_MODE_ALT_HOLD)
    return ACCEPTED


def terminate_copter(context: Context, order: Order) -> int:
    """Stop the motors at once, also in the air."""
    if not order.params[0] > 0.5:
        return FAILED
    context.pilot.disarm()
    return ACCEPTED


def terminate_quadplane(context: Context, order: Order) -> int:
    """Refuse: ``AFS_ENABLE`` is 0."""
    context.craft.say("AFS not enabled, can't terminate the vehicle")
    return FAILED


BOTH: dict[int, Handler] = {
    mavlink.MAV_CMD_COMPONENT_ARM_DISARM: arm,
    mavlink.MAV_CMD_DO_SET_MODE: set_mode,
    mavlink.MAV_CMD_MISSION_START: mission_start,
    mavlink.MAV_CMD_DO_RETURN_PATH_START: return_path,
    mavlink.MAV_CMD_DO_LAND_START: land_start,
    mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH: return_to_launch,
    mavlink.MAV_CMD_NAV_LOITER_UNLIM: loiter,
    mavlink.MAV_CMD_DO_SET_MISSION_CURRENT: set_current,
    mavlink.MAV_CMD_DO_JUMP_TAG: jump_to_tag,
}
COPTER: dict[int, Handler] = {
    mavlink.MAV_CMD_NAV_TAKEOFF: take_off_copter,
    mavlink.MAV_CMD_NAV_VTOL_TAKEOFF: take_off_copter,
    mavlink.MAV_CMD_NAV_LAND: land,
    mavlink.MAV_CMD_NAV_VTOL_LAND: land,
    mavlink.MAV_CMD_DO_PAUSE_CONTINUE: pause,
    mavlink.MAV_CMD_DO_FLIGHTTERMINATION: terminate_copter,
    mavlink.MAV_CMD_SOLO_BTN_FLY_CLICK: solo_fly_click,
}
QUADPLANE: dict[int, Handler] = {
    mavlink.MAV_CMD_NAV_TAKEOFF: take_off_quadplane,
    mavlink.MAV_CMD_DO_FLIGHTTERMINATION: terminate_quadplane,
}
