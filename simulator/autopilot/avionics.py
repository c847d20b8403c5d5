"""What happens in an autopilot at every step: decide before the motion, report after it."""

from collections.abc import Callable
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot import arming
from simulator.autopilot.boot_watch import BootWatch
from simulator.autopilot.craft import Craft
from simulator.autopilot.inbox import Inbox
from simulator.autopilot.outfit import Outfit
from simulator.autopilot.telemetry.core import gps_global_origin, heartbeat, home_position
from simulator.autopilot.telemetry.table import BUILDERS
from simulator.comms.radio import Sender
from simulator.physics import STEP_S

_TIMESYNC_PERIOD_S = 10.0
_EXPIRY_PERIOD_S = 10.0


class Avionics:
    """The autopilot from one power-on to the next.

    Parameters
    ----------
    craft
        The aircraft it is built into.
    boot_at
        Unix time of the power-on, s.
    reboot
        Begins all over again.
    """

    def __init__(self, craft: Craft, boot_at: float, reboot: Callable[[], None]) -> None:
        self.boot_at = boot_at
        self.outfit = Outfit.fresh(craft, boot_at, reboot)
        self.autopilot = self.outfit.autopilot
        self._craft = craft
        self._radio = craft.radio
        self._streams = self.outfit.streams
        self._inbox = Inbox(self.outfit, self._announce_home)
        self._boot = BootWatch(self.autopilot, self._announce_home)
        self._timesync_at = _TIMESYNC_PERIOD_S
        self._prearm_at = arming.PREARM_REPEAT_S
        self._expiry_at = _EXPIRY_PERIOD_S

    def hear(self, message: Any, sender: Sender) -> None:
        """Answer a message."""
        if self._inbox.hand_over(message, sender):
            self._radio.flush_replies()
            self._announce_modes()
            self._radio.flush_texts()

    def forget_peer(self, peer: object) -> None:
        """Drop what a peer that has gone had begun."""
        self.outfit.lists.forget_peer(peer)

    def decide(self, now: float) -> None:
        """Ask for the motion of the step that ends at ``now`` (Unix seconds)."""
        self._craft.time = now - self.boot_at
        self._boot.step()
        self.autopilot.step()

    def report(self) -> None:
        """Look at what has become of it, and say what there is to say."""
        outfit, craft = self.outfit, self._craft
        if craft.armed and craft.seat.model.state.wrecked[craft.seat.row]:
            self.autopilot.crash()
        outfit.failsafes.step()
        outfit.lists.tick(craft.time)
        self._streams.slow = outfit.lists.receiving
        outfit.parameters.tick(STEP_S)
        self._announce_modes()
        self._say_now_and_then(craft.time)
        self._radio.flush_texts()

    def _say_now_and_then(self, time: float) -> None:
        if time >= self._timesync_at:
            self._timesync_at += _TIMESYNC_PERIOD_S
            self._radio.broadcast(mavlink.MAVLink_timesync_message(0, round(time * 1e9) + 1))
        if time >= self._prearm_at:
            self._prearm_at += arming.PREARM_REPEAT_S
            arming.report(self.autopilot)
        if time >= self._expiry_at:
            self._expiry_at += _EXPIRY_PERIOD_S
            self._radio.expire(time)

    def speak(self, now: float) -> None:
        """Send the periodic messages that are due."""
        due = self._streams.due(now - self.boot_at)
        listened = due and self._radio.has_listener
        for message_id in due:
            silent_too = message_id == mavlink.MAVLINK_MSG_ID_HEARTBEAT
            if silent_too or listened:
                message = BUILDERS[message_id](self.outfit.state)
                if message is not None:
                    self._radio.broadcast(message, to_silent=silent_too)

    def _announce_modes(self) -> None:
        """Send a heartbeat at once for each mode entered."""
        for mode in self.autopilot.mode_changes:
            self._radio.broadcast(heartbeat(self.outfit.state, mode))
        self.autopilot.mode_changes.clear()

    def _announce_home(self) -> None:
        for message in (gps_global_origin(self.outfit.state), home_position(self.outfit.state)):
            if message is not None:
                self._radio.broadcast(message)
