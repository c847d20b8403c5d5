"""Home and the estimator's origin.

Source: ArduPilot's ``handle_command_do_set_home``, ``handle_command_get_home_position`` and
``set_ekf_origin`` (``GCS_Common.cpp``), and ``AP_AHRS::set_home``.
"""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.commands.order import (
    ACCEPTED,
    DENIED,
    FAILED,
    GLOBAL,
    UNSUPPORTED,
    Context,
    Handler,
    Order,
)
from simulator.autopilot.telemetry.table import BUILDERS

_SET_GLOBAL_ORIGIN = 611
"""``MAV_CMD_DO_SET_GLOBAL_ORIGIN``, newer than the message definitions used here."""

_ANSWERS = (mavlink.MAVLINK_MSG_ID_HOME_POSITION, mavlink.MAVLINK_MSG_ID_GPS_GLOBAL_ORIGIN)


def get_home(context: Context, order: Order) -> int:
    """Send home and origin, before the acknowledgement."""
    if not context.craft.home_known:
        return FAILED
    for message_id in _ANSWERS:
        message = BUILDERS[message_id](context.state)
        if message is not None:
            context.craft.radio.reply(order.sender, message)
    return ACCEPTED


def set_home(context: Context, order: Order) -> int:
    """Move home to here (``param1`` 1, or no place) or to a place; arming does not move it again.

    A COMMAND_LONG gives the altitude above mean sea level.
    """
    order = order.placed(GLOBAL)
    first = order.params[0]
    if first == 1.0 or order.at_zero:
        return ACCEPTED if _move(context, None, order) else FAILED
    if first != 0.0:
        return FAILED
    if not context.can_store(order):
        return DENIED
    return ACCEPTED if _move(context, order.frame, order) else FAILED


def _move(context: Context, frame: int | None, order: Order) -> bool:
    if not context.state.has_origin or (frame is not None and not order.has_latlng):
        return False
    point = context.craft.here if frame is None else context.point(order)
    context.pilot.set_home(point, locked=True)
    return True


def set_origin(context: Context, order: Order) -> int:
    """Refuse to move the origin: a vehicle with a GPS receiver sets it itself."""
    if order.frame is None:
        return UNSUPPORTED
    if not context.can_store(order) or order.at_zero or not order.has_latlng:
        return DENIED
    return FAILED


BOTH: dict[int, Handler] = {
    mavlink.MAV_CMD_GET_HOME_POSITION: get_home,
    mavlink.MAV_CMD_DO_SET_HOME: set_home,
    _SET_GLOBAL_ORIGIN: set_origin,
}
