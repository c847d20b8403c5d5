"""Commands that ask for messages (trace ``copter/message_intervals``)."""

from dataclasses import replace

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.banner import banner
from simulator.autopilot.commands.order import ACCEPTED, DENIED, FAILED, Context, Handler, Order
from simulator.autopilot.telemetry.table import BUILDERS, askable

_LARGEST_ID = 0xFFFF
"""``MESSAGE_INTERVAL`` carries the id in 16 bits."""


def message_interval(context: Context, order: Order) -> int:
    """Set how often a message is sent."""
    message_id = int(order.params[0])
    if not askable(message_id, context.wings):
        context.craft.say(f"No ap_message for mavlink id ({message_id})")
        return DENIED
    if context.streams.request(message_id, order.params[1], context.craft.time):
        return ACCEPTED
    context.craft.say(f"Requested rate for message ID {message_id} too fast. Increase SCHED_LOOP_RATE")
    return DENIED


def get_interval(context: Context, order: Order) -> int:
    """Say how often a message is sent: 0 for an unknown one.

    Unlike a requested message, the answer comes before the acknowledgement.
    """
    message_id = int(order.params[0])
    known = askable(message_id, context.wings)
    interval = context.streams.interval_us(message_id) if known else 0
    if 0 <= message_id <= _LARGEST_ID:
        answer = mavlink.MAVLink_message_interval_message(message_id, interval)
        context.craft.radio.reply(order.sender, answer)
    return ACCEPTED if known else FAILED


def request_message(context: Context, order: Order) -> int:
    """Send a message once, after the acknowledgement."""
    message_id = int(order.params[0])
    if message_id == mavlink.MAVLINK_MSG_ID_MESSAGE_INTERVAL:
        return get_interval(context, replace(order, params=(order.params[1], 0.0, 0.0, 0.0)))
    if not askable(message_id, context.wings):
        return FAILED
    message = BUILDERS[message_id](context.state)
    if message is not None:
        context.craft.radio.reply_later(order.sender, message)
    return ACCEPTED


def capabilities(context: Context, order: Order) -> int:
    """Send ``AUTOPILOT_VERSION``."""
    if order.params[0] != 1.0:
        return FAILED
    message = BUILDERS[mavlink.MAVLINK_MSG_ID_AUTOPILOT_VERSION](context.state)
    context.craft.radio.reply_later(order.sender, message)
    return ACCEPTED


def send_banner(context: Context, order: Order) -> int:
    """Say who this is."""
    for text in banner(context.craft.config):
        context.craft.say(text)
    return ACCEPTED


BOTH: dict[int, Handler] = {
    mavlink.MAV_CMD_SET_MESSAGE_INTERVAL: message_interval,
    mavlink.MAV_CMD_GET_MESSAGE_INTERVAL: get_interval,
    mavlink.MAV_CMD_REQUEST_MESSAGE: request_message,
    mavlink.MAV_CMD_REQUEST_AUTOPILOT_CAPABILITIES: capabilities,
    mavlink.MAV_CMD_DO_SEND_BANNER: send_banner,
}
