"""Parameters by name: read, set, verify (https://mavlink.io/en/services/parameter.html)."""

import math
from collections.abc import Hashable, Sequence

from flight.errors import FlightError, VehicleRefused, VehicleSilent
from flight.protocol.conversation import Conversation
from flight.protocol.messages import Message, ParamRequestRead, ParamSet, ParamValue
from flight.protocol.operation import Target

ANSWER_TIMEOUT_S = 1.0
"""ArduPilot answers within 0.1 s (recorded); the rest is for the link."""

LATE_S = 6.0
"""A value may be this old: the longest round trip of a bad link."""

ATTEMPTS_PER_NAME = 20
"""ArduPilot is silent about a name that it does not know, so silence has two meanings. With 40 % loss each
way and a round trip of 6 s twenty tries, fifteen of which are in time, fail by chance with 1e-3; with 20 %
loss and a short one with 1e-9."""

LONGEST_S = 120.0
"""Both names of a parameter, and twenty tries each to read, to write and to see the value kept."""

REAL32 = 9
"""``MAV_PARAM_TYPE_REAL32``: ArduPilot takes every value as a float and converts it itself (recorded)."""

RELATIVE_TOLERANCE = 1e-6
"""Values travel as 32-bit floats, which keep about seven digits."""


def same_value(one: float, other: float) -> bool:
    """Say whether two parameter values are equal after a journey as 32-bit floats."""
    return math.isclose(one, other, rel_tol=RELATIVE_TOLERANCE, abs_tol=RELATIVE_TOLERANCE)


class EnsureParameter(Conversation[str]):
    """Read a parameter, set it if it differs, and take only the vehicle's own answer for the value.

    The echo of ``PARAM_SET`` carries the value as stored (1234.6 into an integer comes back as 1234,
    recorded), so it is the verification. Values come unasked, late and doubled, so one that is wrong is
    asked for again, and believed only when the vehicle still says it after `LATE_S`.

    Parameters
    ----------
    names
        The parameter's name, and the names it has in other versions of the firmware: asked for in turn,
        until one is answered.
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
        super().__init__(target, stage)
        self._names = self._all_names = tuple(names)
        self._value = value
        self._write = write
        self._writing = False
        self._attempt = 0
        self._wrong_since: float | None = None
        self._wrong = math.nan

    @property
    def longest_s(self) -> float:
        """See `LONGEST_S`."""
        return LONGEST_S

    @property
    def slot(self) -> Hashable:
        """One conversation about a parameter at a time."""
        return self._all_names

    def _begin(self, now: float) -> None:
        self._ask(now)

    def _take(self, message: Message, now: float) -> None:
        if not isinstance(message, ParamValue) or message.param_id not in self._names:
            return
        if len(self._names) > 1:
            self._names, self._attempt = (message.param_id,), 0
        if same_value(message.param_value, self._value):
            self._succeed(self._name)
        else:
            self._differs(message.param_value, now)

    def _act(self, now: float) -> None:
        self._ask(now)

    def _too_late(self) -> FlightError:
        if self._wrong_since is not None:
            return VehicleRefused(self._stage, self._difference())
        text = f"no answer about parameter {' or '.join(self._names)}: this vehicle may not have it"
        return VehicleSilent(self._stage, text)

    @property
    def _name(self) -> str:
        return self._names[self._attempt % len(self._names)]

    def _differs(self, value: float, now: float) -> None:
        self._wrong = value
        if self._write and not self._writing:
            self._writing, self._attempt = True, 0
            self._ask(now)
        elif self._wrong_since is None:
            self._wrong_since = now
        elif now - self._wrong_since > LATE_S:
            self._fail(VehicleRefused(self._stage, self._difference()))

    def _ask(self, now: float) -> None:
        if self._attempt >= ATTEMPTS_PER_NAME * len(self._names):
            self._fail(self._too_late())
            return
        name = self._name
        self._attempt += 1
        self._timer = now + ANSWER_TIMEOUT_S
        if self._writing:
            self._send(ParamSet(*self._system, name, self._value, REAL32))
        else:
            self._send(ParamRequestRead(*self._system, name))

    def _difference(self) -> str:
        return f"parameter {self._name} is {self._wrong:g} and not {self._value:g}"
