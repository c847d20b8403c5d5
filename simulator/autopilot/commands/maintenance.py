"""Commands before and after a flight: checks, calibration, restart; and the fence switch.

Source: ArduPilot's ``GCS_Common.cpp`` and ``GCS_Fence.cpp``.
"""

from functools import partial

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot import arming
from simulator.autopilot.commands.order import (
    ACCEPTED,
    DENIED,
    FAILED,
    IN_PROGRESS,
    REJECTED,
    UNSUPPORTED,
    Context,
    Handler,
    Order,
)
from simulator.autopilot.fence import ALL, FLOOR

_FORCE_REBOOT = 20190226
_REBOOTS = (1.0, 3.0)
"""Restart, and restart into the boot loader."""

_AIRSPEED_S = 1.6
_SOURCE_SETS = (1, 2, 3)


def fence_enable(context: Context, order: Order) -> int:
    """Switch the fence off (0) or on (1), all kinds or those of ``param2``; 2 switches the floor off."""
    watch = context.pilot.fence_watch
    kinds = int(order.params[1]) or ALL
    match order.params[0]:
        case 0.0:
            watch.enable(False, kinds)
        case 1.0 if watch.present & kinds:
            watch.enable(True, kinds)
        case 2.0:
            watch.enable(False, FLOOR)
        case _:
            return FAILED
    return ACCEPTED


def prearm_checks(context: Context, order: Order) -> int:
    """Report what speaks against arming."""
    if context.craft.armed:
        return REJECTED
    arming.report(context.pilot)
    return ACCEPTED


def calibration(context: Context, order: Order) -> int:
    """Calibrate on the ground; a quadplane's airspeed sensor takes its time with the barometer."""
    result = context.calibration.preflight(order.params, order.x)
    if result != ACCEPTED or not context.wings or order.params[2] != 1.0:
        return result
    craft, later = context.craft, context.pilot.later
    craft.say("Airspeed 1 calibration started")
    later.put(_AIRSPEED_S, lambda: craft.say("Airspeed 1 calibrated"))
    # How it goes is told once a second (``GCS_MAVLINK_InProgress::check_tasks``).
    later.put(1.0, partial(_acknowledge, context, order, IN_PROGRESS))
    later.put(2.0, partial(_acknowledge, context, order, ACCEPTED))
    return IN_PROGRESS


def _acknowledge(context: Context, order: Order, result: int) -> None:
    """Tell who gave an order how it goes."""
    sender = order.sender
    ack = mavlink.MAVLink_command_ack_message(order.command, result, 0, 0, sender.system, sender.component)
    context.craft.radio.reply(sender, ack)


def start_compass(context: Context, order: Order) -> int:
    """Begin to calibrate compasses."""
    return context.calibration.start_compass(order.params[0])


def accept_compass(context: Context, order: Order) -> int:
    """Keep a calibration of compasses."""
    return context.calibration.accept_compass(order.params[0])


def cancel_compass(context: Context, order: Order) -> int:
    """End a calibration of compasses."""
    return context.calibration.cancel_compass(order.params[0])


def compass_by_heading(context: Context, order: Order) -> int:
    """Calibrate compasses from a known heading, which needs to know where on Earth it is."""
    return ACCEPTED if context.pilot.estimator.has_position else FAILED


def storage(context: Context, order: Order) -> int:
    """Take the wish to forget all parameters (2); they are stored by themselves, all else is refused."""
    if order.params[0] != 2.0:
        return DENIED
    context.craft.say("All parameters reset, reboot board", mavlink.MAV_SEVERITY_WARNING)
    return ACCEPTED


def reboot(context: Context, order: Order) -> int:
    """Start again; armed only if forced (``param6``)."""
    if context.craft.armed and int(order.y) != _FORCE_REBOOT:
        return FAILED
    if order.params[0] not in _REBOOTS:
        return UNSUPPORTED
    context.reboot()
    return ACCEPTED


def source_set(context: Context, order: Order) -> int:
    """Choose the estimator's set of sensors."""
    return ACCEPTED if int(order.params[0]) in _SOURCE_SETS else DENIED


BOTH: dict[int, Handler] = {
    mavlink.MAV_CMD_DO_FENCE_ENABLE: fence_enable,
    mavlink.MAV_CMD_RUN_PREARM_CHECKS: prearm_checks,
    mavlink.MAV_CMD_PREFLIGHT_CALIBRATION: calibration,
    mavlink.MAV_CMD_DO_START_MAG_CAL: start_compass,
    mavlink.MAV_CMD_DO_ACCEPT_MAG_CAL: accept_compass,
    mavlink.MAV_CMD_DO_CANCEL_MAG_CAL: cancel_compass,
    mavlink.MAV_CMD_FIXED_MAG_CAL_YAW: compass_by_heading,
    mavlink.MAV_CMD_PREFLIGHT_STORAGE: storage,
    mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN: reboot,
    mavlink.MAV_CMD_SET_EKF_SOURCE_SET: source_set,
}
