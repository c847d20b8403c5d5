"""Making an item of the mission the current one.

Sources: https://mavlink.io/en/services/mission.html#set-current-mission-item and
https://mavlink.io/en/messages/common.html#MAV_CMD_DO_SET_MISSION_CURRENT; the answers are recorded.
"""

from collections.abc import Collection, Hashable

from flight.errors import FlightError, VehicleRefused, VehicleSilent
from flight.protocol.conversation import Conversation
from flight.protocol.messages import CommandAck, CommandLong, Message, MissionCurrent, MissionSetCurrent
from flight.protocol.names import Command, CommandResult
from flight.protocol.operation import Target
from flight.protocol.reasons import command_reason

REPEAT_S = 1.5
"""ArduPilot tells its new current item at once (recorded); the rest is for the link."""

LONGEST_S = 40.0
"""With 40 % loss each way and 3 s of delay, the vehicle is not seen at the item in this time, twenty-two
tries, by chance with 5e-5."""

REFUSED = (CommandResult.DENIED, CommandResult.FAILED)
"""An item beyond the end (2 in the recordings, 4 in newer versions): another try changes nothing."""


class SetCurrent(Conversation[None]):
    """Make an item the current one, and believe it when ``MISSION_CURRENT`` shows it.

    ``DO_SET_MISSION_CURRENT`` is acknowledged, so a refusal is known; a vehicle that does not know it
    (`MAV_RESULT_UNSUPPORTED`) gets ``MISSION_SET_CURRENT``. Once the item is shown nothing is sent any
    more: a repetition would bring a vehicle back that has gone on.

    Parameters
    ----------
    seq
        The item.
    shown
        The items one of which ``MISSION_CURRENT`` will show, ``seq`` alone if not given: ArduPilot shows
        navigation items only, so for a ``DO_`` item it shows the next one that is none (recorded).
    before
        The item that is current now, where that is known. If it is one of those ``shown``, showing it says
        nothing, and the vehicle's acknowledgement is awaited as well.

    Raises
    ------
    VehicleRefused
        If there is no such item on board.
    VehicleSilent
        If the item was not seen current in the longest time.
    """

    def __init__(
        self,
        target: Target,
        stage: str,
        seq: int,
        shown: Collection[int] | None = None,
        before: int | None = None,
    ) -> None:
        super().__init__(target, stage)
        self._seq = seq
        self._shown = frozenset((seq,) if shown is None else shown)
        self._tells = before not in self._shown
        self._as_command = True
        self._sent = 0
        self._current: int | None = None

    @property
    def longest_s(self) -> float:
        """See `LONGEST_S`."""
        return LONGEST_S

    @property
    def slot(self) -> Hashable:
        """Shared with a `SendCommand` of the same number."""
        return Command.DO_SET_MISSION_CURRENT

    def _begin(self, now: float) -> None:
        self._act(now)

    def _take(self, message: Message, now: float) -> None:
        if isinstance(message, MissionCurrent):
            self._current = message.seq
            if self._tells and message.seq in self._shown:
                self._succeed(None)
        elif isinstance(message, CommandAck) and message.command == Command.DO_SET_MISSION_CURRENT:
            self._acknowledged(message.result, now)

    def _act(self, now: float) -> None:
        self._send(self._command() if self._as_command else MissionSetCurrent(*self._system, self._seq))
        self._sent += 1
        self._timer = now + REPEAT_S

    def _command(self) -> Message:
        confirmation = min(self._sent, 255)
        return CommandLong(*self._system, Command.DO_SET_MISSION_CURRENT, confirmation, float(self._seq))

    def _acknowledged(self, result: int, now: float) -> None:
        if result in REFUSED:
            self._fail(VehicleRefused(self._stage, f"item {self._seq}: {command_reason(result)}"))
        elif result == CommandResult.UNSUPPORTED and self._as_command:
            self._as_command, self._tells = False, True
            self._act(now)
        elif result == CommandResult.ACCEPTED:
            self._tells = True

    def _too_late(self) -> FlightError:
        where = "none was told" if self._current is None else f"it is {self._current}"
        return VehicleSilent(self._stage, f"item {self._seq} did not become the current one: {where}")
