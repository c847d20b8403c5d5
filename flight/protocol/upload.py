"""Upload of a mission, fence or rally list.

Source: https://mavlink.io/en/services/mission.html#uploading_mission
"""

from collections.abc import Hashable, Sequence

from flight.errors import FlightError, LocalFlightError, RemoteFlightError, VehicleRefused, VehicleSilent
from flight.plan import MissionItem
from flight.protocol.conversation import Conversation
from flight.protocol.items import LIST_TRANSFER, wire_from_item
from flight.protocol.lookahead import Lookahead
from flight.protocol.messages import (
    Message,
    MissionAck,
    MissionCount,
    MissionRequest,
    MissionRequestInt,
    StatusText,
)
from flight.protocol.names import MissionResult, MissionType
from flight.protocol.operation import Target
from flight.protocol.reasons import mission_reason
from flight.protocol.statustext import TextAssembler

COUNT_TIMEOUT_S = 1.5
"""The first request follows the count within 0.1 s (recorded); the rest is for the link."""

LONGEST_COUNT_TIMEOUT_S = 5.0
"""Every count starts the upload on board over again, so on a slow link the next one waits longer."""

REPEAT_S = 1.0
"""The vehicle asks again once a second (recorded). If its request is lost the item is sent again all the
same: of the two losses that cost a second, one is then harmless."""

SILENCE_S = 9.0
"""ArduPilot gives up 8 s after the last item (recorded): silence beyond that means that this upload is over
on its side, whether it ended well (the last ACK was lost) or not."""

LAST_ACK_TIMEOUT_S = 3.0
"""After the last item there is nothing more to ask for: no ACK in this time and a round trip, and it was
lost."""

RETRY_S = 2.0
"""After an ACK that ends an attempt, but not the upload. Another upload open on the vehicle lasts 8 s at
most."""

SILENT_AFTER_S = 80.0
"""Without any word about this list for so long, the link or the vehicle is not there: sixteen announcements,
of which at 40 % loss and 20 % damage all are in vain by chance with 2e-4."""

LONGEST_S, LONGEST_PER_ITEM_S = 240.0, 12.0
"""The longest time of an upload: a bad link costs several attempts (the last ACK alone is lost in two of
five at 40 % loss), and in each of them a second or more for an item."""

REFUSALS_BELIEVED = 6
"""``MAV_MISSION_ERROR`` is also ArduPilot's answer to a late duplicate after the end (recorded). With 40 %
loss it takes the place of the last ACK in two of five uploads, so six in a row are believed."""

WARNING = 4
"""``MAV_SEVERITY_WARNING``: what a refusal says of itself is at least this severe."""

ENDS_AN_ATTEMPT = (MissionResult.DENIED, MissionResult.OPERATION_CANCELLED, MissionResult.ERROR)


class UploadList(Conversation[int]):
    """Replace one of the vehicle's lists; `flight.protocol.clear.ClearList` is for an empty one.

    The vehicle leads: it asks for each item, by ``MISSION_REQUEST`` or ``MISSION_REQUEST_INT``, as often as
    it likes, and is always answered with ``MISSION_ITEM_INT``. On a link with a long round trip the items
    behind it go along (`Lookahead`). ``MISSION_INVALID_SEQUENCE`` is its answer to a duplicate and not the
    end (recorded). The list counts as uploaded only on ``MISSION_ACK`` 0 of this list after every item was
    sent; if that ACK is lost the upload is done again, which changes nothing on board. What counts as *on
    board* is for the caller to read back: an ACK says nothing of an item damaged on the way past the
    checksum, which one in 65,536 damaged frames passes.

    The outcome is the opaque id that the vehicle gave to the list, 0 from one that gives none (as the
    recorded ArduPilot does not). An equal id in ``MISSION_CURRENT`` later is a hint that nothing was changed;
    it replaces no read-back, as nothing keeps a vehicle from giving an id twice after a restart.

    Raises
    ------
    VehicleRefused
        With the result in words and the vehicle's own texts.
    VehicleSilent
        If the upload never came to an end.
    """

    def __init__(self, target: Target, kind: MissionType, items: Sequence[MissionItem]) -> None:
        super().__init__(target, f"{kind.label} upload")
        if not items:
            raise LocalFlightError(f"{kind.label} upload: an empty list is cleared, not uploaded")
        self._kind = kind
        self._items = tuple(items)
        self._attempt = 0
        self._count_timeout_s = COUNT_TIMEOUT_S
        self._refusals_in_a_row = 0
        self._last_refusal: int | None = None
        self._ended_by_error = False
        self._wanted: int | None = None
        self._heard_at = 0.0
        self._asked_at = 0.0
        self._sent: set[int] = set()
        self._lookahead = Lookahead(len(self._items))
        self._texts = TextAssembler()
        self._words: dict[str, None] = {}

    @property
    def longest_s(self) -> float:
        """See `LONGEST_S`."""
        return LONGEST_S + LONGEST_PER_ITEM_S * len(self._items)

    @property
    def slot(self) -> Hashable:
        """One transfer of lists at a time."""
        return LIST_TRANSFER

    def abandon(self) -> None:
        """Tell the vehicle that no more items come (`MAV_MISSION_OPERATION_CANCELLED`), and end."""
        if self._entered and not self.done:
            self._send(MissionAck(*self._system, MissionResult.OPERATION_CANCELLED, self._kind))
        super().abandon()

    def _begin(self, now: float) -> None:
        self._heard_at = now
        self._announce(now)

    def _take(self, message: Message, now: float) -> None:
        if isinstance(message, StatusText):
            self._note(self._texts.receive(message, now))
        elif isinstance(message, MissionRequest | MissionRequestInt) and message.mission_type == self._kind:
            self._requested(message.seq, now)
        elif isinstance(message, MissionAck) and message.mission_type == self._kind:
            self._heard_at = now
            self._acknowledged(message, now)

    def _act(self, now: float) -> None:
        if self._wanted is None or now >= self._attempt_ends_at:
            self._announce(now)
        else:
            self._answer(self._wanted, now)

    @property
    def _attempt_ends_at(self) -> float:
        """When an attempt is over without a word: after the last item sooner than before."""
        last = self._wanted == len(self._items) - 1
        wait_s = LAST_ACK_TIMEOUT_S + self._lookahead.round_trip_s if last else SILENCE_S
        return self._asked_at + wait_s

    def _announce(self, now: float) -> None:
        failure = self._failure(now)
        if failure is not None:
            self._fail(failure)
            return
        self._attempt += 1
        self._ended_by_error = False
        self._wanted = None
        self._lookahead.begin_attempt()
        self._send(MissionCount(*self._system, len(self._items), self._kind))
        self._timer = now + self._count_timeout_s
        self._count_timeout_s = min(1.5 * self._count_timeout_s, LONGEST_COUNT_TIMEOUT_S)

    def _failure(self, now: float) -> RemoteFlightError | None:
        """Judge the attempt that is over: return the error if there shall be no other."""
        self._refusals_in_a_row = self._refusals_in_a_row + 1 if self._ended_by_error else 0
        if self._refusals_in_a_row >= REFUSALS_BELIEVED:
            return VehicleRefused(self._stage, self._reason(MissionResult.ERROR))
        if now - self._heard_at >= SILENT_AFTER_S:
            text = f"no answer to {self._attempt} announcements in {SILENT_AFTER_S:.0f} s"
            return VehicleSilent(self._stage, text)
        return None

    def _too_late(self) -> FlightError:
        if self._last_refusal is not None and not self._sent:
            return VehicleRefused(self._stage, self._reason(self._last_refusal))
        progress = f"{len(self._sent)} of {len(self._items)} items were asked for"
        text = f"no MISSION_ACK in {self.longest_s:.0f} s and {self._attempt} attempts; {progress}"
        return VehicleSilent(self._stage, text)

    def _requested(self, seq: int, now: float) -> None:
        if seq >= len(self._items):
            return
        self._heard_at = now
        self._asked_at = now
        self._wanted = seq
        self._ended_by_error = False
        self._count_timeout_s = COUNT_TIMEOUT_S + self._lookahead.round_trip_s
        self._answer(seq, now)

    def _answer(self, seq: int, now: float) -> None:
        for each in self._lookahead.to_send(seq, now):
            self._sent.add(each)
            self._send(wire_from_item(self._items[each], each, self._kind, self._target))
        self._timer = min(now + REPEAT_S, self._attempt_ends_at)

    def _acknowledged(self, ack: MissionAck, now: float) -> None:
        result = ack.type
        if result == MissionResult.INVALID_SEQUENCE:
            return
        if result == MissionResult.ACCEPTED:
            if len(self._sent) == len(self._items):
                self._succeed(ack.opaque_id)
        elif result in ENDS_AN_ATTEMPT:
            self._last_refusal = result
            self._ended_by_error = result == MissionResult.ERROR
            self._wanted = None
            self._timer = now + RETRY_S + self._lookahead.round_trip_s
        else:
            self._fail(VehicleRefused(self._stage, self._reason(result)))

    def _note(self, texts: list[tuple[int, str]]) -> None:
        self._words.update({text: None for severity, text in texts if severity <= WARNING})

    def _reason(self, result: int) -> str:
        return "; ".join([mission_reason(result), *self._words])
