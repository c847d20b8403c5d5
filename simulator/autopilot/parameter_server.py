"""The vehicle's end of the parameter protocol (trace ``copter/params``)."""

import math
from collections import deque
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.banner import banner
from simulator.autopilot.craft import Craft
from simulator.comms.radio import Sender

_LIST_RATE_HZ = 1400
"""ArduPilot sent 1375 parameters in about a second."""

_UNASKED_INDEX = 65535


class ParameterServer:
    """Answers reads and writes; unknown names and NaN get silence."""

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._queue: deque[tuple[Sender, int]] = deque()

    def on_read(self, message: Any, sender: Sender) -> None:
        """Send one parameter, by index or by name."""
        self._count()
        params = self._craft.params
        if 0 <= message.param_index < len(params):
            self._send(sender, params.rows[message.param_index].name, message.param_index)
        elif message.param_index < 0 and message.param_id.upper() in params:
            self._send(sender, message.param_id, _UNASKED_INDEX)

    def on_list(self, message: Any, sender: Sender) -> None:
        """Send all of them, one after the other, and say what this is (trace ``copter/params``)."""
        self._count()
        for text in banner(self._craft.config):
            self._craft.say(text)
        self._queue = deque((sender, index) for index in range(len(self._craft.params)))

    def on_set(self, message: Any, sender: Sender) -> None:
        """Store a value and send back what was stored."""
        params, name = self._craft.params, message.param_id.upper()
        if name not in params or not math.isfinite(message.param_value):
            return
        params.store(name, message.param_value)
        self._apply(name)
        # Everybody hears of it (trace ``two_stations``).
        self._craft.radio.broadcast(self._value(message.param_id, _UNASKED_INDEX))

    def _apply(self, name: str) -> None:
        """Let the parameters of the simulated world work on it."""
        craft, value = self._craft, self._craft.params[name]
        match name:
            case "SIM_BATT_VOLTAGE":
                craft.battery.show_full_as(value)
            case "SYSID_ENFORCE" | "SYSID_MYGCS":
                station = int(craft.params["SYSID_MYGCS"])
                craft.radio.only_from = station if craft.params["SYSID_ENFORCE"] else None

    def _count(self) -> None:
        """Keep the parameters that count the items of the lists."""
        memory = self._craft.memory
        lists = (memory.mission.items(), memory.fence.items(), memory.rally.items())
        for name, items in zip(("MIS_TOTAL", "FENCE_TOTAL", "RALLY_TOTAL"), lists, strict=True):
            self._craft.params.store(name, float(len(items)))

    def tick(self, duration_s: float) -> None:
        """Send the next part of the list."""
        for _ in range(min(len(self._queue), round(_LIST_RATE_HZ * duration_s))):
            sender, index = self._queue.popleft()
            self._send(sender, self._craft.params.rows[index].name, index)

    def _send(self, sender: Sender, name: str, index: int) -> None:
        self._craft.radio.reply(sender, self._value(name, index))

    def _value(self, name: str, index: int) -> mavlink.MAVLink_param_value_message:
        """Return a parameter under the name as asked; small letters do as well (``AP_Param::find``)."""
        params = self._craft.params
        value, kind = params[name.upper()], params.row(name.upper()).kind
        return mavlink.MAVLink_param_value_message(name.encode(), value, kind, len(params), index)
