"""Commands: one row of the table for each, with its answer.

Source: ``ardupilot-traces/README.md``, "Commands and messages", and the traces named there.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator import arming
from simulator.autopilot import Autopilot
from simulator.banner import banner
from simulator.calibration import Calibration
from simulator.copter import Copter
from simulator.lists.items import LATITUDE_LIMIT_E7, LONGITUDE_LIMIT_E7
from simulator.quadplane import Quadplane
from simulator.radio import Sender
from simulator.streams import Streams
from simulator.telemetry.state import State
from simulator.telemetry.table import BUILDERS, SILENT

ACCEPTED: int = mavlink.MAV_RESULT_ACCEPTED
DENIED: int = mavlink.MAV_RESULT_DENIED
UNSUPPORTED: int = mavlink.MAV_RESULT_UNSUPPORTED
FAILED: int = mavlink.MAV_RESULT_FAILED
_REBOOT, _REBOOT_TO_BOOTLOADER = 1.0, 3.0
_FORCE_REBOOT = 20190226
_RELATIVE_FRAMES = frozenset({0, 3, 5, 6, 10, 11})


@dataclass(frozen=True, slots=True)
class Order:
    """A ``COMMAND_LONG`` (``frame`` None) or ``COMMAND_INT`` (``x``, ``y`` in degrees × 1e7)."""

    command: int
    params: tuple[float, float, float, float]
    x: float
    y: float
    z: float
    frame: int | None
    sender: Sender


class Commands:
    """Carries out commands and says how it went."""

    def __init__(
        self,
        autopilot: Copter | Quadplane,
        streams: Streams,
        state: State,
        reboot: Callable[[], None],
    ) -> None:
        self._reboot = reboot
        self._autopilot: Autopilot = autopilot
        self._pilot = autopilot
        self._craft = autopilot.craft
        self._streams = streams
        self._state = state
        calibration = Calibration(self._craft)
        self._table: dict[int, Callable[[Order], int]] = {
            mavlink.MAV_CMD_COMPONENT_ARM_DISARM: self._arm,
            mavlink.MAV_CMD_DO_SET_MODE: self._set_mode,
            mavlink.MAV_CMD_MISSION_START: self._mission_start,
            mavlink.MAV_CMD_SET_MESSAGE_INTERVAL: self._message_interval,
            mavlink.MAV_CMD_GET_MESSAGE_INTERVAL: self._get_interval,
            mavlink.MAV_CMD_REQUEST_MESSAGE: self._request_message,
            mavlink.MAV_CMD_REQUEST_AUTOPILOT_CAPABILITIES: self._capabilities,
            mavlink.MAV_CMD_GET_HOME_POSITION: self._get_home,
            mavlink.MAV_CMD_DO_SET_SERVO: self._set_servo,
            mavlink.MAV_CMD_DO_RETURN_PATH_START: self._return_path,
            mavlink.MAV_CMD_DO_LAND_START: self._return_path,
            mavlink.MAV_CMD_NAV_TAKEOFF: self._take_off,
            mavlink.MAV_CMD_NAV_LAND: self._land,
            mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH: self._return_to_launch,
            mavlink.MAV_CMD_DO_REPOSITION: self._reposition,
            mavlink.MAV_CMD_DO_CHANGE_SPEED: self._change_speed,
            mavlink.MAV_CMD_DO_FENCE_ENABLE: self._fence_enable,
            mavlink.MAV_CMD_DO_PAUSE_CONTINUE: self._pause,
            mavlink.MAV_CMD_DO_SET_MISSION_CURRENT: self._set_current,
            mavlink.MAV_CMD_DO_VTOL_TRANSITION: self._vtol_transition,
            mavlink.MAV_CMD_BATTERY_RESET: self._battery_reset,
            mavlink.MAV_CMD_CONDITION_YAW: lambda order: ACCEPTED,
            mavlink.MAV_CMD_DO_SEND_BANNER: self._banner,
            mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN: self._start_again,
            mavlink.MAV_CMD_PREFLIGHT_CALIBRATION: lambda order: calibration.preflight(order.params, order.x),
            mavlink.MAV_CMD_ACCELCAL_VEHICLE_POS: lambda order: FAILED,
            mavlink.MAV_CMD_DO_GIMBAL_MANAGER_PITCHYAW: lambda order: FAILED,
            mavlink.MAV_CMD_DO_GIMBAL_MANAGER_CONFIGURE: lambda order: FAILED,
            mavlink.MAV_CMD_DO_START_MAG_CAL: lambda order: calibration.start_compass(order.params[0]),
            mavlink.MAV_CMD_DO_ACCEPT_MAG_CAL: lambda order: calibration.accept_compass(order.params[0]),
            mavlink.MAV_CMD_DO_CANCEL_MAG_CAL: lambda order: calibration.cancel_compass(order.params[0]),
        }

    def carry_out(self, order: Order) -> int:
        """Return the ``MAV_RESULT`` of a command."""
        handler = self._table.get(order.command)
        return UNSUPPORTED if handler is None else handler(order)

    def _arm(self, order: Order) -> int:
        if order.params[0] not in (0.0, 1.0):
            return UNSUPPORTED
        force = order.params[1] in (arming.FORCE_ARM, arming.FORCE_DISARM)
        done = arming.request(self._autopilot, order.params[0] == 1.0, force)
        return ACCEPTED if done else FAILED

    def _set_mode(self, order: Order) -> int:
        if not int(order.params[0]) & mavlink.MAV_MODE_FLAG_CUSTOM_MODE_ENABLED:
            return DENIED
        return ACCEPTED if self._autopilot.set_mode(int(order.params[1])) else FAILED

    def _mission_start(self, order: Order) -> int:
        autopilot, executive = self._autopilot, self._autopilot.executive
        if len(autopilot.mission) < 2:
            return FAILED
        changed = not autopilot.in_auto
        autopilot.set_mode(
            mavlink.COPTER_MODE_AUTO if not self._craft.airframe.wings else mavlink.PLANE_MODE_AUTO
        )
        if not executive.running or changed:
            executive.start_or_resume()
        return ACCEPTED

    def _message_interval(self, order: Order) -> int:
        message_id = int(order.params[0])
        if message_id not in BUILDERS and message_id not in SILENT:
            self._craft.say(f"No ap_message for mavlink id ({message_id})")
            return DENIED
        if self._streams.request(message_id, order.params[1], self._craft.time):
            return ACCEPTED
        self._craft.say(f"Requested rate for message ID {message_id} too fast. Increase SCHED_LOOP_RATE")
        return DENIED

    def _get_interval(self, order: Order) -> int:
        message_id = int(order.params[0])
        if message_id not in BUILDERS:
            return FAILED
        interval = self._streams.interval_us(message_id)
        # Unlike a requested message, this one comes before the acknowledgement.
        answer = mavlink.MAVLink_message_interval_message(message_id, interval)
        self._craft.radio.reply(order.sender, answer)
        return ACCEPTED

    def _request_message(self, order: Order) -> int:
        message_id = int(order.params[0])
        if message_id in SILENT:
            return ACCEPTED
        builder = BUILDERS.get(message_id)
        if builder is None:
            return FAILED
        self._reply(order, builder(self._state))
        return ACCEPTED

    def _capabilities(self, order: Order) -> int:
        self._reply(order, BUILDERS[mavlink.MAVLINK_MSG_ID_AUTOPILOT_VERSION](self._state))
        return ACCEPTED

    def _get_home(self, order: Order) -> int:
        if not self._craft.home_known:
            return FAILED
        self._reply(order, BUILDERS[mavlink.MAVLINK_MSG_ID_HOME_POSITION](self._state))
        return ACCEPTED

    def _reply(self, order: Order, message: object | None) -> None:
        """Send a message to who asked, after the acknowledgement."""
        if message is not None:
            self._craft.radio.reply_later(order.sender, message)

    def _banner(self, order: Order) -> int:
        for text in banner(self._craft.config):
            self._craft.say(text)
        return ACCEPTED

    def _start_again(self, order: Order) -> int:
        """Reboot after the acknowledgement; armed only with ArduPilot's number for it (parameter 6)."""
        if self._craft.armed and order.y != _FORCE_REBOOT:
            return FAILED
        if order.params[0] not in (_REBOOT, _REBOOT_TO_BOOTLOADER):
            return UNSUPPORTED
        self._reboot()
        return ACCEPTED

    def _set_servo(self, order: Order) -> int:
        done = self._craft.set_servo(int(order.params[0]), int(order.params[1]))
        return ACCEPTED if done else FAILED

    def _battery_reset(self, order: Order) -> int:
        """Put in another battery: the command with which ArduPilot is told that one was changed."""
        percent = order.params[1]
        if not int(order.params[0]) & 1 or not 0.0 <= percent <= 100.0 or self._craft.armed:
            return FAILED
        self._craft.battery.swap(percent / 100.0)
        self._state.failsafes.battery_changed()
        return ACCEPTED

    def _return_path(self, order: Order) -> int:
        return ACCEPTED if self._autopilot.follow_return_path() else FAILED

    def _take_off(self, order: Order) -> int:
        return ACCEPTED if self._pilot.take_off(order.z) else FAILED

    def _land(self, order: Order) -> int:
        wings = self._craft.airframe.wings
        number = mavlink.PLANE_MODE_QLAND if wings else mavlink.COPTER_MODE_LAND
        return ACCEPTED if self._autopilot.set_mode(number) else FAILED

    def _return_to_launch(self, order: Order) -> int:
        self._autopilot.return_home()
        return ACCEPTED

    def _reposition(self, order: Order) -> int:
        if order.frame is None:
            return UNSUPPORTED
        if order.frame not in _RELATIVE_FRAMES:
            self._craft.say(f"Unknown mavlink coordinate frame {order.frame}")
            return DENIED
        bad = (
            abs(order.x) > LATITUDE_LIMIT_E7
            or abs(order.y) > LONGITUDE_LIMIT_E7
            or not math.isfinite(order.z)
        )
        if bad or (order.x == 0 and order.y == 0):
            return DENIED
        guided = mavlink.PLANE_MODE_GUIDED if self._craft.airframe.wings else mavlink.COPTER_MODE_GUIDED
        if self._autopilot.mode.number != guided:
            if not int(order.params[1]) & mavlink.MAV_DO_REPOSITION_FLAGS_CHANGE_MODE:
                return DENIED
            self._autopilot.set_mode(guided)
        north, east = self._craft.frame.local_from_e7(int(order.x), int(order.y))
        if self._autopilot.fence_watch.enabled and not self._inside_fence(north, east):
            return FAILED
        self._pilot.reposition((north, east, self._craft.height(order.z, order.frame)))
        return ACCEPTED

    def _inside_fence(self, north: float, east: float) -> bool:
        params, home = self._craft.params, self._craft.home
        kinds = int(params["FENCE_TYPE"])
        near = not kinds & 2 or math.dist((north, east), home[:2]) <= params["FENCE_RADIUS"]
        return near and (not kinds & 4 or self._autopilot.fence_watch.contains(north, east))

    def _change_speed(self, order: Order) -> int:
        return ACCEPTED if self._autopilot.change_speed(order.params[1]) else FAILED

    def _fence_enable(self, order: Order) -> int:
        if order.params[0] not in (0.0, 1.0, 2.0):
            return FAILED
        if order.params[0] != 2.0:
            self._craft.params.store("FENCE_ENABLE", order.params[0])
        return ACCEPTED

    def _pause(self, order: Order) -> int:
        if order.params[0] not in (0.0, 1.0):
            return DENIED
        self._autopilot.pause(order.params[0] == 0.0)
        return ACCEPTED

    def _set_current(self, order: Order) -> int:
        if not self._autopilot.executive.jump(int(order.params[0])):
            return DENIED
        self._craft.emit(BUILDERS[mavlink.MAVLINK_MSG_ID_MISSION_CURRENT](self._state))
        return ACCEPTED

    def _vtol_transition(self, order: Order) -> int:
        if not isinstance(self._pilot, Quadplane):
            return UNSUPPORTED
        return ACCEPTED if self._pilot.transition_to(int(order.params[0])) else FAILED
