"""A whole vehicle: bytes and time in, bytes out."""

import math
from collections.abc import Callable, Hashable
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator import arming, guided
from simulator.boot_watch import BootWatch
from simulator.commands import Commands, Order
from simulator.copter import Copter
from simulator.craft import Craft
from simulator.failsafes import failsafes_for
from simulator.lists.transfer import MissionServer
from simulator.motion.body import STEP_S
from simulator.parameter_server import ParameterServer
from simulator.quadplane import Quadplane
from simulator.radio import Sender
from simulator.streams import Streams
from simulator.telemetry.core import gps_global_origin, heartbeat, home_position, mission_current
from simulator.telemetry.state import State, compass_deg
from simulator.telemetry.table import BUILDERS
from simulator.values import TrackSample, VehicleClass, VehicleConfig, VehicleTruth

_TRACK_PERIOD_S = 1.0
_TIMESYNC_PERIOD_S = 10.0
_EXPIRY_PERIOD_S = 10.0


class Vehicle:
    """A simulated ArduPilot vehicle, sans-IO.

    Parameters
    ----------
    config
        What it is and where.

    Notes
    -----
    Give it what arrives with :meth:`receive`, let time pass with :meth:`advance`, and send what :meth:`send`
    returns. ``now`` is Unix seconds; it never goes back. The flight is computed in steps of ``STEP_S``.
    """

    def __init__(self, config: VehicleConfig) -> None:
        self.config = config
        self.track: list[TrackSample] = []
        self._craft = craft = Craft(config)
        self._radio = craft.radio
        copter = config.vehicle_class is VehicleClass.COPTER
        autopilot: Copter | Quadplane = Copter(craft) if copter else Quadplane(craft)
        self._autopilot = autopilot
        self._failsafes = failsafes_for(autopilot)
        self._streams = Streams(craft.params)
        self._state = State(autopilot, self._failsafes, config.boot_at or 0.0)
        self._booted = config.boot_at is not None
        self._commands = Commands(autopilot, self._streams, self._state)
        self._lists = MissionServer(self._radio, [autopilot.mission, autopilot.fence, autopilot.rally])
        self._parameters = ParameterServer(craft)
        self._boot = BootWatch(autopilot, self._announce_home)
        self._steps = 0
        self._track_at = 0.0
        self._timesync_at = _TIMESYNC_PERIOD_S
        self._prearm_at = arming.PREARM_REPEAT_S
        self._expiry_at = _EXPIRY_PERIOD_S
        self._handlers = self._table()

    def _table(self) -> dict[str, Callable[[Any, Sender], None]]:
        """Return who handles what: the table of contents of what the vehicle understands."""
        lists, parameters, autopilot = self._lists, self._parameters, self._autopilot
        return {
            "HEARTBEAT": self._on_heartbeat,
            "COMMAND_LONG": self._on_command_long,
            "COMMAND_INT": self._on_command_int,
            "SET_MODE": self._on_set_mode,
            "TIMESYNC": self._on_timesync,
            "REQUEST_DATA_STREAM": self._on_data_stream,
            "PARAM_REQUEST_READ": parameters.on_read,
            "PARAM_REQUEST_LIST": parameters.on_list,
            "PARAM_SET": parameters.on_set,
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
            "SET_POSITION_TARGET_GLOBAL_INT": lambda m, s: guided.on_global_target(autopilot, m),
            "SET_POSITION_TARGET_LOCAL_NED": lambda m, s: guided.on_local_target(autopilot, m),
        }

    @property
    def truth(self) -> VehicleTruth:
        """What is really so."""
        craft, body = self._craft, self._craft.body
        latitude, longitude, altitude = craft.degrees(craft.here)
        return VehicleTruth(
            time=self._state.boot_at + craft.time,
            latitude_deg=latitude,
            longitude_deg=longitude,
            altitude_amsl_m=altitude,
            ground_speed_m_s=body.ground_speed,
            climb_m_s=body.v_up,
            airspeed_m_s=body.airspeed,
            heading_deg=compass_deg(body.yaw),
            energy_used_wh=craft.battery.used_wh,
            payload_kg=craft.payload_kg,
            mode=self._autopilot.mode.name,
            armed=craft.armed,
            on_ground=body.on_ground,
            mission_seq=self._autopilot.executive.index,
            released=craft.released,
        )

    def connect(self, peer: Hashable, now: float) -> None:
        """Make a peer known that has not sent anything yet (a TCP connection)."""
        self.advance(now)
        self._radio.connect(peer)

    def disconnect(self, peer: Hashable) -> None:
        """Forget a peer, and an upload of its."""
        self._radio.disconnect(peer)
        self._lists.forget_peer(peer)

    def receive(self, data: bytes, peer: Hashable, now: float) -> None:
        """Take in bytes from a peer (a UDP address, a connection)."""
        self.advance(now)
        for message, sender in self._radio.hear(data, peer, self._craft.time):
            handler = self._handlers.get(message.get_type())
            if handler is not None:
                handler(message, sender)
                self._after_message()

    def _after_message(self) -> None:
        self._radio.flush_replies()
        self._announce_modes()
        self._radio.flush_texts()

    def advance(self, now: float) -> None:
        """Let time pass up to ``now``."""
        if not self._booted:
            self._booted = True
            self._state.boot_at = now
        elapsed = now - self._state.boot_at
        while (self._steps + 1) * STEP_S <= elapsed + 1e-9:
            self._steps += 1
            self._step(self._steps * STEP_S)
        self._stream(elapsed)

    def send(self) -> list[tuple[bytes, Hashable]]:
        """Return what is to be sent now, and to whom."""
        return self._radio.take()

    def _step(self, time: float) -> None:
        self._stream(time - STEP_S / 2)
        craft = self._craft
        craft.time = time
        self._boot.step()
        self._autopilot.step()
        self._failsafes.step()
        self._lists.tick(time)
        self._streams.slow = self._lists.receiving
        self._parameters.tick(STEP_S)
        self._announce_modes()
        if time >= self._track_at:
            self._track_at += _TRACK_PERIOD_S
            self.track.append(self._sample())
        if time >= self._timesync_at:
            self._timesync_at += _TIMESYNC_PERIOD_S
            self._radio.broadcast(mavlink.MAVLink_timesync_message(0, round(time * 1e9) + 1))
        if time >= self._prearm_at:
            self._prearm_at += arming.PREARM_REPEAT_S
            self._report_prearm()
        if time >= self._expiry_at:
            self._expiry_at += _EXPIRY_PERIOD_S
            self._radio.expire(time)
        self._radio.flush_texts()

    def _announce_modes(self) -> None:
        """Send a heartbeat at once for each mode entered."""
        for mode in self._autopilot.mode_changes:
            self._radio.broadcast(heartbeat(self._state, mode))
        self._autopilot.mode_changes.clear()

    def _report_prearm(self) -> None:
        if self._craft.armed or not self._autopilot.mode.armable:
            return
        for reason in arming.refusals(self._autopilot):
            self._craft.say(f"PreArm: {reason}", mavlink.MAV_SEVERITY_CRITICAL)

    def _stream(self, time: float) -> None:
        for _, message_id in self._streams.due(time):
            silent_too = message_id == mavlink.MAVLINK_MSG_ID_HEARTBEAT
            if silent_too or self._radio.has_listener:
                message = BUILDERS[message_id](self._state)
                if message is not None:
                    self._radio.broadcast(message, to_silent=silent_too)

    def _sample(self) -> TrackSample:
        craft = self._craft
        latitude, longitude, altitude = craft.degrees(craft.here)
        return TrackSample(
            self._state.boot_at + craft.time,
            latitude,
            longitude,
            altitude,
            craft.body.ground_speed,
            craft.battery.used_wh,
            self._autopilot.mode.name,
            craft.armed,
            self._autopilot.executive.index,
            craft.released,
        )

    def _announce_home(self) -> None:
        for message in (gps_global_origin(self._state), home_position(self._state)):
            if message is not None:
                self._radio.broadcast(message)

    def _on_heartbeat(self, message: Any, sender: Sender) -> None:
        if sender.system == self._craft.params["SYSID_MYGCS"]:
            self._failsafes.heard_station()

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
            result = self._commands.carry_out(order)
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
        self._streams.request_stream(
            message.req_stream_id, message.req_message_rate, message.start_stop == 1, self._craft.time
        )

    def _on_item(self, message: Any, sender: Sender) -> None:
        if message.current == guided.GUIDED_TARGET:
            taken = guided.on_guided_item(self._autopilot, message)
            self._lists.answer(sender, mavlink.MAV_MISSION_ACCEPTED if taken else mavlink.MAV_MISSION_ERROR)
            return
        before = self._autopilot.mission.version
        self._lists.on_item(message, sender, self._craft.time)
        if self._autopilot.mission.version != before and not self._craft.armed:
            self._autopilot.executive.reset()

    def _on_clear(self, message: Any, sender: Sender) -> None:
        self._lists.on_clear(message, sender)
        if not self._craft.armed and len(self._autopilot.mission) == 0:
            self._autopilot.executive.reset()

    def _on_set_current(self, message: Any, sender: Sender) -> None:
        if self._autopilot.executive.jump(message.seq):
            self._radio.broadcast(mission_current(self._state))

    def _on_override(self, message: Any, sender: Sender) -> None:
        if 800 <= message.chan3_raw <= 2200:
            self._craft.throttle_stick_us = message.chan3_raw
