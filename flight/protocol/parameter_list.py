"""All parameters of a vehicle (https://mavlink.io/en/services/parameter.html#read_all)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from flight.errors import FlightError, VehicleSilent
from flight.protocol.conversation import Conversation
from flight.protocol.messages import Message, ParamRequestList, ParamRequestRead, ParamValue
from flight.protocol.operation import Target

STAGE = "parameter list"

QUIET_S = 1.5
"""ArduPilot sends its 1,375 values within a second (recorded), a slow radio one every few hundredths: after
this silence the stream is over, and what did not come has to be asked for."""

BATCH = 40
"""Gaps asked for at once: 40 answers are 1 kB, a quarter of a second of a slow telemetry radio."""

SILENT_AFTER_S = 60.0
"""Without anything new in this time the rest does not come. With 40 % loss each way and 6 s of round trip
the last value fails to come by chance with 1e-6."""

LONGEST_S = 600.0
"""1,400 values over a bad link: the stream brings 60 % of them, and forty tries every 1.5 s a third of the
rest; the slow end is that of the radio."""

LARGEST_COUNT = 5000
"""ArduPilot has some 1,400 parameters, with every option under 3,000; a larger count is damage."""

UNASKED = 65535
"""The index of a value that is sent unasked, or asked for by name (recorded)."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value, and its ``MAV_PARAM_TYPE``; ArduPilot sends every type as a float (recorded)."""

    value: float
    type: int


class FetchParameters(Conversation[Mapping[str, Parameter]]):
    """Read every parameter: the whole list, and then again by index what was lost of it.

    Values sent unasked have no index; they replace the value of a name that is known, being newer. A list
    whose length changes meanwhile (a device was found on board) is another list, with other indices: it is
    read anew.

    Raises
    ------
    VehicleSilent
        If values are missing in the end; the text says how many.
    """

    def __init__(self, target: Target) -> None:
        super().__init__(target, STAGE)
        self._count: int | None = None
        self._names: dict[int, str] = {}
        self._found: dict[str, Parameter] = {}
        self._next_gap = 0
        self._new_at = 0.0

    @property
    def longest_s(self) -> float:
        """See `LONGEST_S`."""
        return LONGEST_S

    @property
    def slot(self) -> Hashable:
        """One list at a time."""
        return STAGE

    def _begin(self, now: float) -> None:
        self._new_at = now
        self._ask(now)

    def _take(self, message: Message, now: float) -> None:
        if not isinstance(message, ParamValue):
            return
        if message.param_index == UNASKED:
            self._take_unasked(message)
        elif message.param_index < message.param_count <= LARGEST_COUNT:
            self._take_listed(message, now)

    def _act(self, now: float) -> None:
        if now >= self._new_at + SILENT_AFTER_S:
            self._fail(self._too_late())
        else:
            self._ask(now)

    def _too_late(self) -> FlightError:
        if self._count is None:
            return VehicleSilent(self._stage, "no answer to the request for all parameters")
        missing = self._count - len(self._names)
        return VehicleSilent(self._stage, f"{missing} of {self._count} parameters did not come")

    def _take_unasked(self, message: ParamValue) -> None:
        if message.param_id in self._found:
            self._found[message.param_id] = Parameter(message.param_value, message.param_type)

    def _take_listed(self, message: ParamValue, now: float) -> None:
        if message.param_count != self._count:
            self._count = message.param_count
            self._names.clear()
            self._found.clear()
        if message.param_index not in self._names:
            self._new_at = now
            self._timer = now + QUIET_S
        self._names[message.param_index] = message.param_id
        self._found[message.param_id] = Parameter(message.param_value, message.param_type)
        if len(self._names) == self._count:
            self._finish(now)

    def _finish(self, now: float) -> None:
        """End, or if a name came under two indices (damage, or two lists in one) read it all anew."""
        if len(self._found) == self._count:
            self._succeed(dict(self._found))
        else:
            self._names.clear()
            self._found.clear()
            self._timer = now + QUIET_S

    def _ask(self, now: float) -> None:
        gaps = [index for index in range(self._count or 0) if index not in self._names]
        if not self._names:
            self._send(ParamRequestList(*self._system))
        for index in self._in_turn(gaps) if self._names else ():
            self._send(ParamRequestRead(*self._system, "", index))
        self._timer = now + QUIET_S

    def _in_turn(self, gaps: list[int]) -> list[int]:
        """Return some gaps, going on where the last ones ended: no answer may still mean that it is late."""
        later = [index for index in gaps if index >= self._next_gap]
        chosen = (later + [index for index in gaps if index < self._next_gap])[:BATCH]
        self._next_gap = chosen[-1] + 1
        return chosen
