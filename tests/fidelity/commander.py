"""Commands, modes and parameters, and waiting for what they do."""

from collections.abc import Iterable

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.link import Message
from tests.fidelity.reporter import Reporter


class Commander(Reporter):
    """Gives commands and records how they are answered."""

    def long_message(
        self, command: int, params: Iterable[float], target: tuple[int, int] | None = None
    ) -> Message:
        """Return a COMMAND_LONG with up to seven parameters."""
        seven = (list(params) + [0.0] * 7)[:7]
        return mavlink.MAVLink_command_long_message(*(target or self.link.target), command, 0, *seven)

    def long(
        self,
        command: int,
        *params: float,
        label: str | None = "",
        timeout_s: float = 3.0,
        target: tuple[int, int] | None = None,
        system: int | None = None,
    ) -> int | None:
        """Send COMMAND_LONG; return the result of its COMMAND_ACK."""
        self.link.drain()
        self.link.send(self.long_message(command, params, target), system)
        return self.await_ack(command, label, timeout_s)

    def int_(
        self,
        command: int,
        *params: float,
        x: int = 0,
        y: int = 0,
        z: float = 0.0,
        frame: int = mavlink.MAV_FRAME_GLOBAL_RELATIVE_ALT_INT,
        label: str | None = "",
        timeout_s: float = 3.0,
    ) -> int | None:
        """Send COMMAND_INT; return the result of its COMMAND_ACK."""
        four = (list(params) + [0.0] * 4)[:4]
        self.link.drain()
        self.link.send(
            mavlink.MAVLink_command_int_message(*self.link.target, frame, command, 0, 0, *four, x, y, z)
        )
        return self.await_ack(command, label, timeout_s)

    def await_ack(self, command: int, label: str | None, timeout_s: float) -> int | None:
        """Wait for the last acknowledgement of a command; with a label, record all."""
        results: list[int] = []

        def final(message: Message) -> bool:
            if message.get_type() != "COMMAND_ACK" or message.command != command:
                return False
            results.append(message.result)
            return bool(message.result != mavlink.MAV_RESULT_IN_PROGRESS)

        self.link.wait(final, timeout_s)
        if label is not None:
            name = label or mavlink.enums["MAV_CMD"][command].name.removeprefix("MAV_CMD_")
            self.fact(f"ack:{name}", results)
        return results[-1] if results else None

    def set_mode(self, name: str, label: str | None = None) -> int | None:
        """Change the mode with DO_SET_MODE."""
        label = f"mode {name}" if label is None else label
        return self.long(mavlink.MAV_CMD_DO_SET_MODE, 1, self.modes[name], label=label)

    def arm(self, label: str = "arm", force: float = 0.0) -> int | None:
        """Ask to arm."""
        return self.long(mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 1, force, label=label)

    def arm_quietly(self) -> int | None:
        """Ask to arm and record nothing; return the result."""
        return self.long(mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 1, label=None)

    def disarm(self, label: str = "disarm", force: float = 0.0) -> int | None:
        """Ask to disarm."""
        return self.long(mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 0, force, label=label)

    def set_param(self, name: str, value: float, kind: int = mavlink.MAV_PARAM_TYPE_REAL32) -> float | None:
        """Set a parameter; return the value that the vehicle reports back."""
        self.link.drain()
        self.link.send(mavlink.MAVLink_param_set_message(*self.link.target, name.encode(), value, kind))
        echo = self.link.wait_type("PARAM_VALUE", 3, param_id=name)
        return echo.param_value if echo else None

    def wait_mode(self, name: str, timeout_s: float) -> bool:
        """Wait for a mode."""
        return self.link.until(lambda: self.mode == self.modes[name], timeout_s)

    def wait_armed(self, armed: bool, timeout_s: float) -> bool:
        """Wait for the armed state."""
        return self.link.until(lambda: self.armed == armed, timeout_s)

    def wait_reached(self, seq: int, timeout_s: float) -> bool:
        """Wait for MISSION_ITEM_REACHED."""
        return self.link.until(lambda: seq in self.reached, timeout_s)

    def wait_current(self, seq: int, timeout_s: float) -> bool:
        """Wait until an item is the current one."""
        return self.link.until(lambda: self.current == seq, timeout_s)

    def wait_text(self, part: str, timeout_s: float) -> bool:
        """Wait for a STATUSTEXT that contains ``part``."""

        def has_part(message: Message) -> bool:
            return message.get_type() == "STATUSTEXT" and part.lower() in message.text.lower()

        return self.link.wait(has_part, timeout_s) is not None
