"""Parameters by name: read, set, verify (https://mavlink.io/en/services/parameter.html)."""

import math
from collections.abc import Sequence

from flight.errors import VehicleRefused, VehicleSilent
from flight.protocol.messages import Message, ParamRequestRead, ParamSet, ParamValue
from flight.protocol.operation import Operation, Target

ANSWER_TIMEOUT_S = 1.0
"""ArduPilot answers within 0.1 s (recorded); the rest is for the link."""

ATTEMPTS_PER_NAME = 10
"""ArduPilot is silent about a name that it does not know, so silence has two meanings. With 20 % loss each
way ten tries fail by chance with 4e-5; more would only make the answer "unknown" slower."""

REAL32 = 9
"""``MAV_PARAM_TYPE_REAL32``: ArduPilot takes every value as a float and converts it itself (recorded)."""

RELATIVE_TOLERANCE = 1e-6
"""Values travel as 32-bit floats, which keep about seven digits."""


def same_value(one: float, other: float) -> bool:
    """Say whether two parameter values are equal after a journey as 32-bit floats."""
    return math.isclose(one, other, rel_tol=RELATIVE_TOLERANCE, abs_tol=RELATIVE_TOLERANCE)


class EnsureParameter(Operation[str]):
    """Read a parameter, set it if it differs, and take only the vehicle's own answer for the value.

    The echo of ``PARAM_SET`` carries the value as stored (1234.6 into an integer comes back as 1234,
    recorded), so it is the verification. Values come unasked and doubled; any ``PARAM_VALUE`` of the name
    is news.

    Parameters
    ----------
    names
        The parameter's name, and the names it has in other versions of the firmware.
    value
        What it has to be.
    write
        ``False`` to verify only.

    Raises
    ------
    VehicleRefused
        If the vehicle keeps another value.
    VehicleSilent
        If it answers to none of the names: it has no such parameter, or the link is down.
    """

    def __init__(
        self, target: Target, stage: str, names: Sequence[str], value: float, *, write: bool
    ) -> None:
        super().__init__()
        self._target = target
        self._stage = stage
        self._names = tuple(names)
        self._value = value
        self._write = write
        self._writing = False
        self._attempt = 0

    def start(self, now: float) -> None:
        """Ask for the value."""
        self._ask(now)

    def receive(self, message: Message, now: float) -> None:
        """Take a value of this parameter."""
        if self.done or not isinstance(message, ParamValue) or message.param_id != self._name:
            return
        if same_value(message.param_value, self._value):
            self._succeed(self._name)
        elif not self._write:
            self._fail(VehicleRefused(self._stage, self._difference(message.param_value)))
        elif not self._writing:
            self._writing = True
            self._attempt = 0
            self._ask(now)
        elif self._attempt >= ATTEMPTS_PER_NAME:
            self._fail(VehicleRefused(self._stage, self._difference(message.param_value)))

    def handle_timer(self, now: float) -> None:
        """Ask again, under the next name if need be."""
        if self._due(now):
            self._ask(now)

    @property
    def _name(self) -> str:
        return self._names[0]

    def _ask(self, now: float) -> None:
        if self._attempt >= ATTEMPTS_PER_NAME and not self._next_name():
            text = f"no answer about parameter {self._name}: this vehicle may not have it"
            self._fail(VehicleSilent(self._stage, text))
            return
        self._attempt += 1
        self._timer = now + ANSWER_TIMEOUT_S
        system, component = self._target.system_id, self._target.component_id
        if self._writing:
            self._send(ParamSet(system, component, self._name, self._value, REAL32))
        else:
            self._send(ParamRequestRead(system, component, self._name))

    def _next_name(self) -> bool:
        if self._writing or len(self._names) == 1:
            return False
        self._names = self._names[1:]
        self._attempt = 0
        return True

    def _difference(self, value: float) -> str:
        return f"parameter {self._name} is {value:g} and not {self._value:g}"
