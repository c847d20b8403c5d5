"""Commands to servos, relays, the battery monitor and things an aircraft may carry.

Source: ArduPilot's ``GCS_ServoRelay.cpp``, ``AP_ServoRelayEvents.cpp`` and ``GCS_Common.cpp``. What is not
fitted (gripper: ``GRIP_ENABLE`` 0, winch: ``WINCH_TYPE`` 0) answers with a failure.
"""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.commands.order import ACCEPTED, DENIED, FAILED, UNSUPPORTED, Context, Handler, Order

_SERVOS = 16
_FREE_FUNCTIONS = frozenset({0, 1, 22, 23, 28, *range(51, 67)})
"""``SERVOn_FUNCTION`` that a command may move: none, manual, sprayer, gripper, RC pass-through."""

_RELAYS = range(1, 7)
_LONGEST_TEST_S = 600.0
"""``MOTOR_TEST_TIMEOUT_SEC``."""

_HIGH = 2.0
_LAST_FUNCTION = 316
_MODE_FUNCTIONS = {
    4: mavlink.COPTER_MODE_RTL,
    16: mavlink.COPTER_MODE_AUTO,
    18: mavlink.COPTER_MODE_LAND,
    33: mavlink.COPTER_MODE_BRAKE,
    42: mavlink.COPTER_MODE_SMART_RTL,
    55: mavlink.COPTER_MODE_GUIDED,
    56: mavlink.COPTER_MODE_LOITER,
    68: mavlink.COPTER_MODE_STABILIZE,
    69: mavlink.COPTER_MODE_POSHOLD,
    70: mavlink.COPTER_MODE_ALT_HOLD,
    72: mavlink.COPTER_MODE_CIRCLE,
}
"""``RCn_OPTION`` values that stand for a mode."""


def set_servo(context: Context, order: Order) -> int:
    """Move a servo that nothing else uses."""
    number = int(order.params[0])
    if not _may_move(context, number):
        return FAILED
    return ACCEPTED if context.craft.set_servo(number, int(order.params[1])) else FAILED


def repeat_servo(context: Context, order: Order) -> int:
    """Move a servo to and fro; it is left where it was sent."""
    return ACCEPTED if _may_move(context, int(order.params[0])) else FAILED


def _may_move(context: Context, number: int) -> bool:
    if not 1 <= number <= _SERVOS:
        return False
    if int(context.craft.params[f"SERVO{number}_FUNCTION"]) in _FREE_FUNCTIONS:
        return True
    context.craft.say(f"ServoRelayEvent: Channel {number} is already in use")
    return False


def relay(context: Context, order: Order) -> int:
    """Switch a relay that is set up (``RELAYn_FUNCTION`` 1; the command counts from 0)."""
    number = int(order.params[0]) + 1
    fitted = number in _RELAYS and context.craft.params[f"RELAY{number}_FUNCTION"] == 1
    return ACCEPTED if fitted else FAILED


def not_fitted(context: Context, order: Order) -> int:
    """Refuse what the aircraft does not carry, or what nobody waits for."""
    return FAILED


def battery_reset(context: Context, order: Order) -> int:
    """Put in another battery: the command with which ArduPilot is told that one was changed."""
    percent = order.params[1]
    if not int(order.params[0]) & 1:
        # Another battery than the one there is: nothing to do, so done.
        return ACCEPTED
    if not 0.0 <= percent <= 100.0 or context.craft.armed:
        return FAILED
    context.craft.battery.swap(percent / 100.0)
    context.state.failsafes.battery_changed()
    return ACCEPTED


def motor_test(context: Context, order: Order) -> int:
    """Turn a motor of a copter that stands on the ground."""
    if not context.pilot.landed:
        context.craft.say("Motor Test: vehicle not landed", mavlink.MAV_SEVERITY_CRITICAL)
        return FAILED
    context.craft.say("starting motor test")
    context.pilot.testing_motors = True
    # The heartbeat tells of it at once.
    context.pilot.mode_changes.append(context.pilot.mode)

    def finish() -> None:
        context.pilot.testing_motors = False
        context.craft.say("finished motor test")

    context.pilot.later.put(min(max(0.0, order.params[3]), _LONGEST_TEST_S), finish)
    return ACCEPTED


def motor_test_quadplane(context: Context, order: Order) -> int:
    """Turn a lift motor of a disarmed quadplane; the heartbeat does not show it."""
    if context.craft.armed:
        context.craft.say("Must be disarmed for motor test")
        return FAILED
    return ACCEPTED


def nothing_to_do(context: Context, order: Order) -> int:
    """Accept what has no effect on this aircraft: parachute, sprayer, a camera that is not there."""
    return ACCEPTED


def without_magic_number(context: Context, order: Order) -> int:
    """Refuse what asks for a number that nobody sends by chance, or for a script language that is off."""
    return DENIED


def external_position(context: Context, order: Order) -> int:
    """Refuse a position from outside: it has to come as a COMMAND_INT, to an estimator without a receiver."""
    return UNSUPPORTED if order.frame is None else DENIED


def parachute_quadplane(context: Context, order: Order) -> int:
    """Switch a parachute off (0) or on (1); there is none to release (2)."""
    if order.params[0] in (0.0, 1.0):
        return ACCEPTED
    context.craft.say("Parachute not enabled", mavlink.MAV_SEVERITY_NOTICE)
    return FAILED


def aux_function(context: Context, order: Order) -> int:
    """Do what a switch of a transmitter would (``RCn_OPTION``): those that choose a mode do so when high."""
    function, position = int(order.params[0]), order.params[1]
    if position > _HIGH:
        return DENIED
    if not 0 <= function <= _LAST_FUNCTION:
        context.craft.say(f"Invalid channel option ({function})")
        return FAILED
    number = _MODE_FUNCTIONS.get(function)
    if number is not None and position == _HIGH and not context.wings:
        context.pilot.set_mode(number)
    return ACCEPTED


BOTH: dict[int, Handler] = {
    mavlink.MAV_CMD_DO_AUX_FUNCTION: aux_function,
    mavlink.MAV_CMD_START_RX_PAIR: nothing_to_do,
    mavlink.MAV_CMD_DO_DIGICAM_CONTROL: nothing_to_do,
    mavlink.MAV_CMD_DO_SET_CAM_TRIGG_DIST: nothing_to_do,
    mavlink.MAV_CMD_IMAGE_START_CAPTURE: not_fitted,
    mavlink.MAV_CMD_IMAGE_STOP_CAPTURE: not_fitted,
    mavlink.MAV_CMD_VIDEO_START_CAPTURE: not_fitted,
    mavlink.MAV_CMD_VIDEO_STOP_CAPTURE: not_fitted,
    mavlink.MAV_CMD_DO_SET_SERVO: set_servo,
    mavlink.MAV_CMD_DO_REPEAT_SERVO: repeat_servo,
    mavlink.MAV_CMD_DO_SET_RELAY: relay,
    mavlink.MAV_CMD_DO_REPEAT_RELAY: relay,
    mavlink.MAV_CMD_DO_GRIPPER: not_fitted,
    mavlink.MAV_CMD_ACCELCAL_VEHICLE_POS: not_fitted,
    mavlink.MAV_CMD_DO_GIMBAL_MANAGER_PITCHYAW: not_fitted,
    mavlink.MAV_CMD_DO_GIMBAL_MANAGER_CONFIGURE: not_fitted,
    mavlink.MAV_CMD_BATTERY_RESET: battery_reset,
    mavlink.MAV_CMD_DO_MOUNT_CONTROL: not_fitted,
    mavlink.MAV_CMD_DO_ADSB_OUT_IDENT: not_fitted,
    mavlink.MAV_CMD_CAN_FORWARD: not_fitted,
    mavlink.MAV_CMD_DEBUG_TRAP: without_magic_number,
    mavlink.MAV_CMD_SCRIPTING: without_magic_number,
    mavlink.MAV_CMD_EXTERNAL_POSITION_ESTIMATE: external_position,
}
QUADPLANE: dict[int, Handler] = {
    mavlink.MAV_CMD_DO_PARACHUTE: parachute_quadplane,
    mavlink.MAV_CMD_DO_SPRAYER: not_fitted,
    mavlink.MAV_CMD_DO_ENGINE_CONTROL: not_fitted,
    mavlink.MAV_CMD_DO_GO_AROUND: not_fitted,
    mavlink.MAV_CMD_DO_AUTOTUNE_ENABLE: nothing_to_do,
    mavlink.MAV_CMD_DO_MOTOR_TEST: motor_test_quadplane,
    mavlink.MAV_CMD_SET_HAGL: nothing_to_do,
}
COPTER: dict[int, Handler] = {
    mavlink.MAV_CMD_DO_PARACHUTE: nothing_to_do,
    mavlink.MAV_CMD_DO_SPRAYER: nothing_to_do,
    mavlink.MAV_CMD_DO_WINCH: not_fitted,
    mavlink.MAV_CMD_DO_MOTOR_TEST: motor_test,
}
