"""Clearing a mission, fence or rally list (https://mavlink.io/en/services/mission.html#clear_mission)."""

from collections.abc import Hashable

from flight.errors import FlightError, VehicleRefused, VehicleSilent
from flight.protocol.conversation import Conversation
from flight.protocol.items import LIST_TRANSFER
from flight.protocol.messages import (
    Message,
    MissionAck,
    MissionClearAll,
    MissionCount,
    MissionRequestList,
)
from flight.protocol.names import MissionResult, MissionType
from flight.protocol.operation import Target
from flight.protocol.reasons import mission_reason

ANSWER_TIMEOUT_S = 1.5
"""ArduPilot answers at once (recorded); the rest is for the link."""

LONGEST_S = 60.0
"""Two answers have to come. With 40 % loss each way a try for one fails with 0.64; in 60 s, the last 6 of
which are too late to be answered, both come but for 1e-5."""

RETRY_S = 2.0
"""Another station's upload, which makes the vehicle deny the clearing, is open for 8 s at most (recorded)."""

RETRIED = (MissionResult.DENIED, MissionResult.OPERATION_CANCELLED, MissionResult.INVALID_SEQUENCE)
"""Answers that mean "not now", or belong to an earlier transfer."""


class ClearList(Conversation[None]):
    """Make one of the vehicle's lists empty, and see it empty.

    ``MISSION_CLEAR_ALL``, its ``MISSION_ACK`` 0, and then a count of 0 to a request for the list: an ACK
    alone may be that of an upload before. A clearing that is repeated, or doubled on the way, clears an
    empty list; so no list may be uploaded right behind its clearing, and none is here.

    Raises
    ------
    VehicleRefused
        If the vehicle would not.
    VehicleSilent
        If it was not seen empty in the longest time.
    """

    def __init__(self, target: Target, kind: MissionType) -> None:
        super().__init__(target, f"{kind.label} clearing")
        self._kind = kind
        self._acknowledged = False
        self._last_refusal: int | None = None
        self._count: int | None = None

    @property
    def longest_s(self) -> float:
        """See `LONGEST_S`."""
        return LONGEST_S

    @property
    def slot(self) -> Hashable:
        """One transfer of lists at a time."""
        return LIST_TRANSFER

    def _begin(self, now: float) -> None:
        self._act(now)

    def _take(self, message: Message, now: float) -> None:
        if isinstance(message, MissionAck) and message.mission_type == self._kind:
            self._answered(message.type, now)
        elif isinstance(message, MissionCount) and message.mission_type == self._kind and self._acknowledged:
            self._counted(message.count, now)

    def _act(self, now: float) -> None:
        """Ask for what is missing: the ACK, then the count."""
        kind = MissionRequestList if self._acknowledged else MissionClearAll
        self._send(kind(*self._system, self._kind))
        self._timer = now + ANSWER_TIMEOUT_S

    def _answered(self, result: int, now: float) -> None:
        if result == MissionResult.ACCEPTED:
            self._acknowledged = True
            self._act(now)
        elif result in RETRIED:
            self._last_refusal = result
            self._timer = now + RETRY_S
        elif not self._acknowledged:
            self._fail(VehicleRefused(self._stage, mission_reason(result)))

    def _counted(self, count: int, now: float) -> None:
        self._count = count
        if count == 0:
            self._send(MissionAck(*self._system, MissionResult.ACCEPTED, self._kind))
            self._succeed(None)
        else:
            self._acknowledged = False
            self._act(now)

    def _too_late(self) -> FlightError:
        if self._count:
            return VehicleRefused(self._stage, f"the vehicle still holds {self._count} items")
        if self._last_refusal is not None:
            return VehicleRefused(self._stage, mission_reason(self._last_refusal))
        return VehicleSilent(self._stage, f"not seen empty in {LONGEST_S:.0f} s")
