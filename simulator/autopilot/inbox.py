"""Who handles what arrives: the table of contents of what a vehicle understands."""

import math
from collections.abc import Callable
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot import file_transfer, guided
from simulator.autopilot.commands import Order
from simulator.autopilot.outfit import Outfit
from simulator.autopilot.receiver import CHANNELS, THROTTLE
from simulator.autopilot.telemetry.core import mission_current
from simulator.comms.radio import Sender


class Inbox:
    """Hands every message to the part of the autopilot that answers it.

    Parameters
    ----------
    outfit
        The parts.
    announce_home
        Tells everybody where home is.
    """

    def __init__(self, outfit: Outfit, announce_home: Callable[[], None]) -> None:
        self._outfit = outfit
        self._announce_home = announce_home
        self._craft = outfit.craft
        self._radio = outfit.craft.radio
        self._autopilot = outfit.autopilot
        self._lists = outfit.lists
        self._handlers = self._table()

    def hand_over(self, message: Any, sender: Sender) -> bool:
        """Let a message be answered; say whether anybody knows it."""
        handler = self._handlers.get(message.get_type())
        if handler is None:
            return False
        handler(message, sender)
        return True

    def _table(self) -> dict[str, Callable[[Any, Sender], None]]:
        """Return who handles what."""
        lists, parameters, autopilot = self._lists, self._outfit.parameters, self._autopilot
        return {
            "HEARTBEAT": self._on_heartbeat,
            "COMMAND_LONG": self._on_command_long,
            "COMMAND_INT": self._on_command_int,
            "SET_MODE": self._on_set_mode,
            "TIMESYNC": self._on_timesync,
            "REQUEST_DATA_STREAM": self._on_data_stream,
            "PARAM_REQUEST_READ": parameters.on_read,
            "PARAM_REQUEST_LIST": parameters.on_list,
            "PARAM_SET": self._on_param_set,
            "MISSION_COUNT": lambda m, s: lists.on_count(m, s, self._craft.time),
            "MISSION_ITEM_INT": self._on_item,
            "MISSION_ITEM": self._on_item,
            "MISSION_WRITE_PARTIAL_LIST": lambda m, s: lists.on_partial(m, s, self._craft.time),
            "MISSION_REQUEST_LIST": lists.on_list,
            "MISSION_REQUEST_INT": lists.on_request,
            "MISSION_REQUEST": lists.on_request,
            "MISSION_CLEAR_ALL": self._on_clear,
            "MISSION_SET_CURRENT": self._on_set_current,
            "RC_CHANNELS_OVERRIDE": self._on_override,
            "FILE_TRANSFER_PROTOCOL": self._on_file_transfer,
            "LOG_REQUEST_LIST": self._on_log_list,
            "MANUAL_CONTROL": self._on_manual_control,
            "SETUP_SIGNING": self._on_signing,
            "SET_POSITION_TARGET_GLOBAL_INT": lambda m, s: guided.on_global_target(autopilot, m),
            "SET_POSITION_TARGET_LOCAL_NED": lambda m, s: guided.on_local_target(autopilot, m),
        }

    def _on_heartbeat(self, message: Any, sender: Sender) -> None:
        if self._is_station(sender):
            self._outfit.failsafes.heard_station()

    def _on_command_long(self, message: Any, sender: Sender) -> None:
        params = (message.param1, message.param2, message.param3, message.param4)
        self._command(
            Order(message.command, params, message.param5, message.param6, message.param7, None, sender)
        )

    def _on_command_int(self, message: Any, sender: Sender) -> None:
        params = (message.param1, message.param2, message.param3, message.param4)
        self._command(Order(message.command, params, message.x, message.y, message.z, message.frame, sender))

    def _command(self, order: Order) -> None:
        was_armed = self._craft.armed
        if any(math.isnan(value) for value in order.params[:2]):
            result = mavlink.MAV_RESULT_DENIED
        else:
            result = self._outfit.commands.carry_out(order)
        sender = order.sender
        ack = mavlink.MAVLink_command_ack_message(
            order.command, result, 0, 0, sender.system, sender.component
        )
        self._radio.reply(sender, ack)
        if self._craft.armed and not was_armed:
            self._announce_home()

    def _on_set_mode(self, message: Any, sender: Sender) -> None:
        if message.base_mode & mavlink.MAV_MODE_FLAG_CUSTOM_MODE_ENABLED:
            self._autopilot.set_mode(message.custom_mode)

    def _on_timesync(self, message: Any, sender: Sender) -> None:
        if message.tc1 == 0:
            ours = round(self._craft.time * 1e9)
            self._radio.reply(sender, mavlink.MAVLink_timesync_message(ours, message.ts1))

    def _on_data_stream(self, message: Any, sender: Sender) -> None:
        self._outfit.streams.request_stream(
            message.req_stream_id, message.req_message_rate, message.start_stop == 1, self._craft.time
        )

    def _on_file_transfer(self, message: Any, sender: Sender) -> None:
        self._radio.reply(sender, file_transfer.answer(message, sender))
        opcode = file_transfer.unknown_opcode(message)
        if opcode is not None:
            self._craft.say(f"Unsupported FTP: {opcode}", mavlink.MAV_SEVERITY_DEBUG)

    def _on_log_list(self, message: Any, sender: Sender) -> None:
        """Say that there is no log: nothing is stored on board."""
        self._radio.reply(sender, mavlink.MAVLink_log_entry_message(0, 0, 0, 0, 0))

    def _on_item(self, message: Any, sender: Sender) -> None:
        if message.current == guided.GUIDED_TARGET:
            taken = guided.on_guided_item(self._autopilot, message)
            self._lists.answer(sender, mavlink.MAV_MISSION_ACCEPTED if taken else mavlink.MAV_MISSION_ERROR)
            return
        before = self._autopilot.mission.version
        self._lists.on_item(message, sender, self._craft.time)
        if self._autopilot.mission.version != before:
            self._autopilot.mission_changed()

    def _on_clear(self, message: Any, sender: Sender) -> None:
        """Clear a list; a mission that is being flown stays (``AP_Mission::clear``)."""
        flown = self._craft.armed and self._autopilot.executive.running
        if flown and message.mission_type == mavlink.MAV_MISSION_TYPE_MISSION:
            self._lists.answer(sender, mavlink.MAV_MISSION_ERROR)
            return
        self._lists.on_clear(message, sender)
        if len(self._autopilot.mission) == 0:
            self._autopilot.executive.reset()

    def _on_param_set(self, message: Any, sender: Sender) -> None:
        self._outfit.parameters.on_set(message, sender)
        self._autopilot.setting_changed(message.param_id.upper())

    def _on_set_current(self, message: Any, sender: Sender) -> None:
        if self._autopilot.executive.jump(message.seq):
            self._radio.broadcast(mission_current(self._outfit.state))

    def _is_station(self, sender: Sender) -> bool:
        """Say whether the ground station of ``SYSID_MYGCS`` speaks: nobody else may steer by hand."""
        return sender.system == self._craft.params["SYSID_MYGCS"]

    def _on_override(self, message: Any, sender: Sender) -> None:
        """Move the sticks; it counts as a sign of life of the ground station, as in ArduPilot."""
        if not self._is_station(sender):
            return
        for channel in range(1, CHANNELS + 1):
            pulse_us = getattr(message, f"chan{channel}_raw")
            self._craft.receiver.override(channel, pulse_us, self._craft.time)
        self._outfit.failsafes.heard_station()

    def _on_manual_control(self, message: Any, sender: Sender) -> None:
        """Take the throttle of a joystick, 0 to 1000; it counts as a sign of life, too."""
        if self._is_station(sender) and message.target == self._craft.config.system_id:
            self._outfit.failsafes.heard_station()
            if 0 <= message.z <= 1000:
                self._craft.receiver.override(THROTTLE, 1000 + message.z, self._craft.time)

    def _on_signing(self, message: Any, sender: Sender) -> None:
        """Take a key for signed messages; not while armed."""
        if self._craft.armed:
            self._craft.say("ERROR: Won't setup signing when armed", mavlink.MAV_SEVERITY_WARNING)
        else:
            self._radio.keys.set_up(bytes(message.secret_key), message.initial_timestamp)
