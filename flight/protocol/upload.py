"""Upload of a mission, fence or rally list.

Source: https://mavlink.io/en/services/mission.html#uploading_mission
"""

from collections.abc import Sequence

from flight.errors import RemoteFlightError, VehicleRefused, VehicleSilent
from flight.plan import MissionItem
from flight.protocol.items import wire_from_item
from flight.protocol.messages import (
    Message,
    MissionAck,
    MissionCount,
    MissionRequest,
    MissionRequestInt,
    StatusText,
)
from flight.protocol.names import MissionResult, MissionType, result_name
from flight.protocol.operation import Operation, Target
from flight.protocol.statustext import TextAssembler

COUNT_TIMEOUT_S = 1.5
"""The first request follows the count within 0.1 s (recorded); the rest is for the link."""

SILENCE_S = 9.0
"""ArduPilot asks again once a second and gives up 8 s after the last item (recorded): silence beyond that
means that this upload is over on its side, whether it ended well (the last ACK was lost) or not."""

LAST_ACK_TIMEOUT_S = 3.0
"""After the last item there is nothing more to ask for: no ACK in this time, and the ACK was lost."""

RETRY_S = 2.0
"""After an ACK that ends an attempt, but not the upload. Another upload open on the vehicle lasts 8 s at
most."""

ATTEMPTS = 25
"""Counts sent in all. Silence costs one each, so an upload is over, one way or the other, within 4
minutes."""

REFUSALS_BELIEVED = 4
"""``MAV_MISSION_ERROR`` is also ArduPilot's answer to a late duplicate after the end (recorded). With 20 %
loss and duplication it takes the place of the last ACK in one of ten uploads, so four in a row are
believed."""

WARNING = 4
"""``MAV_SEVERITY_WARNING``: what a refusal says of itself is at least this severe."""


class UploadList(Operation[None]):
    """Replace one of the vehicle's lists; an empty one is really cleared, by a count of 0.

    The vehicle leads: it asks for each item, by ``MISSION_REQUEST`` or ``MISSION_REQUEST_INT``, as often as
    it likes, and is always answered with ``MISSION_ITEM_INT``. ``MISSION_INVALID_SEQUENCE`` is its answer
    to a duplicate and not the end (recorded). The list counts as uploaded only on ``MISSION_ACK`` 0 of this
    list after every item was asked for; if that ACK is lost the upload is done again, which changes nothing
    on board.

    Raises
    ------
    VehicleRefused
        With the result in words and the vehicle's own texts.
    VehicleSilent
        If the upload never came to an end.
    """

    def __init__(self, target: Target, kind: MissionType, items: Sequence[MissionItem]) -> None:
        super().__init__()
        self._target = target
        self._kind = kind
        self._items = tuple(items)
        self._stage = f"{kind.label} upload"
        self._attempt = 0
        self._errors_in_a_row = 0
        self._ended_by_error = False
        self._asked: set[int] = set()
        self._texts = TextAssembler()
        self._words: dict[str, None] = {}

    def start(self, now: float) -> None:
        """Announce the number of items."""
        self._announce(now)

    def receive(self, message: Message, now: float) -> None:
        """Answer requests, and take the end."""
        if self.done:
            return
        if isinstance(message, StatusText):
            self._note(self._texts.receive(message, now))
        elif isinstance(message, MissionRequest | MissionRequestInt) and message.mission_type == self._kind:
            self._requested(message.seq, now)
        elif isinstance(message, MissionAck) and message.mission_type == self._kind:
            self._acknowledged(message.type, now)

    def handle_timer(self, now: float) -> None:
        """Announce again."""
        if self._due(now):
            self._announce(now)

    def _announce(self, now: float) -> None:
        failure = self._failure()
        if failure is not None:
            self._fail(failure)
            return
        self._attempt += 1
        self._ended_by_error = False
        self._asked.clear()
        self._send(
            MissionCount(self._target.system_id, self._target.component_id, len(self._items), self._kind)
        )
        self._timer = now + COUNT_TIMEOUT_S

    def _failure(self) -> RemoteFlightError | None:
        """Judge the attempt that is over: return the error if there shall be no other."""
        self._errors_in_a_row = self._errors_in_a_row + 1 if self._ended_by_error else 0
        if self._errors_in_a_row >= REFUSALS_BELIEVED:
            return VehicleRefused(self._stage, self._reason(MissionResult.ERROR))
        if self._attempt >= ATTEMPTS:
            progress = f"{len(self._asked)} of {len(self._items)} items were asked for in the last attempt"
            return VehicleSilent(self._stage, f"timed out without MISSION_ACK; {progress}")
        return None

    def _requested(self, seq: int, now: float) -> None:
        if seq >= len(self._items):
            return
        self._asked.add(seq)
        self._ended_by_error = False
        self._send(wire_from_item(self._items[seq], seq, self._kind, self._target))
        self._timer = now + (LAST_ACK_TIMEOUT_S if self._all_asked else SILENCE_S)

    @property
    def _all_asked(self) -> bool:
        return len(self._asked) == len(self._items)

    def _acknowledged(self, result: int, now: float) -> None:
        if result == MissionResult.INVALID_SEQUENCE:
            return
        if result == MissionResult.ACCEPTED:
            if self._all_asked:
                self._succeed(None)
        elif result in (MissionResult.DENIED, MissionResult.OPERATION_CANCELLED, MissionResult.ERROR):
            self._ended_by_error = result == MissionResult.ERROR
            self._timer = now + RETRY_S
        else:
            self._fail(VehicleRefused(self._stage, self._reason(result)))

    def _note(self, texts: list[tuple[int, str]]) -> None:
        self._words.update({text: None for severity, text in texts if severity <= WARNING})

    def _reason(self, result: int) -> str:
        return "; ".join([result_name(MissionResult, result), *self._words])
