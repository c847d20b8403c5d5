"""Download of a mission, fence or rally list (https://mavlink.io/en/services/mission.html#download_mission)."""

from collections.abc import Hashable

from flight.errors import FlightError, VehicleRefused, VehicleSilent
from flight.plan import MissionItem
from flight.protocol.conversation import Conversation
from flight.protocol.items import LIST_TRANSFER, item_from_wire
from flight.protocol.messages import (
    Message,
    MissionAck,
    MissionCount,
    MissionItemInt,
    MissionRequestInt,
    MissionRequestList,
)
from flight.protocol.names import MissionResult, MissionType
from flight.protocol.operation import Target
from flight.protocol.reasons import mission_reason

ANSWER_TIMEOUT_S = 1.0
"""ArduPilot answers within 0.1 s (recorded); the rest is for the link. On a link with a longer round trip the
answers are merely doubled."""

WINDOW = 5
"""Items asked for at once: ArduPilot answers each request by itself, in any order. Five answers are 300
bytes, a quarter of a second of a slow telemetry radio."""

SILENT_AFTER_S = 60.0
"""Without anything new in this time the list does not come. With 40 % loss and 6 s of round trip an item
fails to come in it by chance with 3e-11."""

LONGEST_S = 600.0
"""650 items, the most that ArduPilot holds, over a bad link: five at a time, each asked for six times."""

DENIED_RETRY_S = 2.0
"""A download is denied while an upload is open on the vehicle, 8 s at most (recorded)."""

LARGEST_COUNT = 1000
"""ArduPilot holds 650 items and fewer (recorded); a larger count is damage or no ArduPilot."""

LATE_ANSWERS = (
    MissionResult.ACCEPTED,
    MissionResult.ERROR,
    MissionResult.INVALID_SEQUENCE,
    MissionResult.OPERATION_CANCELLED,
)
"""What a late or doubled message of the upload before this download still brings: no answer to us."""


class DownloadList(Conversation[tuple[MissionItem, ...]]):
    """Read one of the vehicle's lists, some items at a time, in canonical form.

    A second count that differs from the first, in number or opaque id, means that the first was late, or
    that the list has changed meanwhile: the items are then asked for again. (The recorded ArduPilot gives
    no opaque ids; one that is the same proves nothing, and the items are read all the same.)

    Raises
    ------
    VehicleSilent
        If the count or an item never came.
    VehicleRefused
        If the vehicle would not give it.
    """

    def __init__(self, target: Target, kind: MissionType) -> None:
        super().__init__(target, f"{kind.label} read-back")
        self._kind = kind
        self._count: int | None = None
        self._opaque_id = 0
        self._items: dict[int, MissionItem] = {}
        self._asked_at: dict[int, float] = {}
        self._new_at = 0.0
        self._is_denied = False

    @property
    def longest_s(self) -> float:
        """See `LONGEST_S`."""
        return LONGEST_S

    @property
    def slot(self) -> Hashable:
        """One transfer of lists at a time."""
        return LIST_TRANSFER

    def abandon(self) -> None:
        """Tell the vehicle that no more items are wanted (`MAV_MISSION_OPERATION_CANCELLED`), and end."""
        if self._entered and not self.done:
            self._send(MissionAck(*self._system, MissionResult.OPERATION_CANCELLED, self._kind))
        super().abandon()

    def _begin(self, now: float) -> None:
        self._new_at = now
        self._ask(now)

    def _take(self, message: Message, now: float) -> None:
        if isinstance(message, MissionCount) and message.mission_type == self._kind:
            self._counted(message, now)
        elif isinstance(message, MissionItemInt) and message.mission_type == self._kind:
            self._item(message, now)
        elif isinstance(message, MissionAck) and message.mission_type == self._kind:
            self._refused(message.type, now)

    def _act(self, now: float) -> None:
        if now - self._new_at < SILENT_AFTER_S:
            self._ask(now)
        else:
            self._fail(self._too_late())

    def _too_late(self) -> FlightError:
        if self._is_denied:
            return VehicleRefused(self._stage, mission_reason(MissionResult.DENIED))
        what = "the count" if self._count is None else f"item {self._missing[0]} of {self._count}"
        return VehicleSilent(self._stage, f"no answer to the requests for {what}")

    @property
    def _missing(self) -> list[int]:
        return [seq for seq in range(self._count or 0) if seq not in self._items]

    def _counted(self, message: MissionCount, now: float) -> None:
        count, opaque_id = message.count, message.opaque_id
        if (count, opaque_id) == (self._count, self._opaque_id):
            return
        if count > LARGEST_COUNT:
            self._fail(VehicleRefused(self._stage, f"the vehicle announces {count} items"))
            return
        self._count, self._opaque_id = count, opaque_id
        self._items.clear()
        self._asked_at.clear()
        self._advance(now)

    def _item(self, message: MissionItemInt, now: float) -> None:
        if self._count is None or message.seq >= self._count or message.seq in self._items:
            return
        self._items[message.seq] = item_from_wire(message)
        self._advance(now)

    def _advance(self, now: float) -> None:
        self._new_at, self._is_denied = now, False
        if len(self._items) == self._count:
            self._send(MissionAck(*self._system, MissionResult.ACCEPTED, self._kind))
            self._succeed(tuple(self._items[seq] for seq in range(self._count)))
        else:
            self._ask(now)

    def _ask(self, now: float) -> None:
        if self._count is None:
            self._send(MissionRequestList(*self._system, self._kind))
            self._timer = now + ANSWER_TIMEOUT_S
            return
        wanted = self._missing[:WINDOW]
        for seq in wanted:
            if seq not in self._asked_at or now >= self._asked_at[seq] + ANSWER_TIMEOUT_S:
                self._asked_at[seq] = now
                self._send(MissionRequestInt(*self._system, seq, self._kind))
        self._timer = min(self._asked_at[seq] for seq in wanted) + ANSWER_TIMEOUT_S

    def _refused(self, result: int, now: float) -> None:
        if result == MissionResult.DENIED:
            self._is_denied = True
            self._timer = now + DENIED_RETRY_S
        elif result not in LATE_ANSWERS:
            self._fail(VehicleRefused(self._stage, mission_reason(result)))
