"""The mission, fence and rally lists of the scripted vehicle, as ArduPilot keeps them.

Recorded, or read in ``MissionItemProtocol.cpp`` where the recordings do not tell: each list has an upload of
its own; a mission and a rally list are cut to the announced length and overwritten item by item, so that an
upload which breaks off leaves a mixture; a fence is replaced as a whole after its last item. The height of
a rally point is kept in whole metres.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flight.plan import MissionItem
from flight.protocol.items import item_from_wire, wire_from_item
from flight.protocol.messages import (
    Message,
    MissionAck,
    MissionClearAll,
    MissionCount,
    MissionItemInt,
    MissionRequest,
    MissionRequestInt,
    MissionRequestList,
    StatusText,
)
from flight.protocol.names import MissionType
from flight.protocol.operation import Target

STATION = Target(255, 190)
ASK_AGAIN_S = 1.0
GIVE_UP_S = 8.0
CAPACITY = {0: 650, 1: 70, 2: 46}
LABEL = {0: "Mission", 1: "Fence", 2: "Rally"}
FENCE, RALLY = 1, 2


@dataclass
class Upload:
    """An upload that the vehicle is receiving."""

    kind: int
    count: int
    asked_at: float
    item_at: float
    items: list[MissionItem] = field(default_factory=list)


class FakeLists:
    """Three lists; ``damage`` changes items as they are stored, ``home`` takes the place of item 0."""

    def __init__(self) -> None:
        self.stored: dict[int, tuple[MissionItem, ...]] = {0: (), 1: (), 2: ()}
        self.damage: dict[tuple[int, int], MissionItem] = {}
        self.refusal: dict[int, int] = {}
        self.opaque_ids: dict[int, int] = {}
        self.acks_swallowed = 0
        self.home: MissionItem | None = None
        self._uploads: dict[int, Upload] = {}
        self._verbs: dict[type[Message], Callable[..., list[Message]]] = {
            MissionCount: self._count,
            MissionItemInt: self._item,
            MissionRequestList: self._list,
            MissionRequestInt: self._requested,
            MissionClearAll: self._clear,
        }

    @property
    def is_receiving(self) -> bool:
        return bool(self._uploads)

    def receive(self, message: Message, now: float) -> list[Message]:
        verb = self._verbs.get(type(message))
        return [] if verb is None else verb(message, now)

    def tick(self, now: float) -> list[Message]:
        return [message for upload in list(self._uploads.values()) for message in self._wait(upload, now)]

    def next_timer(self) -> float | None:
        """When `tick` has something to do."""
        times = [
            min(each.item_at + GIVE_UP_S, each.asked_at + ASK_AGAIN_S) for each in self._uploads.values()
        ]
        return min(times, default=None)

    def _wait(self, upload: Upload, now: float) -> list[Message]:
        if now >= upload.item_at + GIVE_UP_S:
            del self._uploads[upload.kind]
            return [StatusText(4, f"{LABEL[upload.kind]} upload timeout"), self._ack(15, upload.kind)]
        return self._ask(upload, now) if now >= upload.asked_at + ASK_AGAIN_S else []

    def _count(self, message: MissionCount, now: float) -> list[Message]:
        kind = message.mission_type
        if kind not in CAPACITY:
            return [self._ack(3, kind)]
        self._uploads.pop(kind, None)
        if message.count > CAPACITY[kind]:
            return [StatusText(4, f"Only {CAPACITY[kind]} items are supported"), self._ack(4, kind)]
        if kind != FENCE:
            self.stored[kind] = self.stored[kind][: message.count]
        upload = Upload(kind, message.count, now, now)
        if upload.count == 0:
            return self._complete(upload)
        self._uploads[kind] = upload
        return self._ask(upload, now)

    def _ask(self, upload: Upload, now: float) -> list[Message]:
        upload.asked_at = now
        return [MissionRequest(255, 190, len(upload.items), upload.kind)]

    def _item(self, message: MissionItemInt, now: float) -> list[Message]:
        kind = message.mission_type
        upload = self._uploads.get(kind)
        if upload is None:
            return [self._ack(1, kind)]
        if message.seq != len(upload.items):
            return [self._ack(13, kind)]
        refusal = self.refusal.get(kind)
        if refusal is not None and message.seq == upload.count - 1:
            del self._uploads[kind]
            return [self._ack(refusal, kind)]
        self._store(upload, message)
        upload.item_at = now
        return self._ask(upload, now) if len(upload.items) < upload.count else self._complete(upload)

    def _store(self, upload: Upload, message: MissionItemInt) -> None:
        kind, seq = upload.kind, message.seq
        item = self.damage.get((kind, seq), item_from_wire(message))
        if kind == 0 and seq == 0 and self.home is not None:
            item = self.home
        if kind == RALLY:
            item = replace(item, z_m=float(int(item.z_m)))
        upload.items.append(item)
        if kind != FENCE:
            self.stored[kind] = (*self.stored[kind][:seq], item, *self.stored[kind][seq + 1 :])

    def _complete(self, upload: Upload) -> list[Message]:
        self._uploads.pop(upload.kind, None)
        self.stored[upload.kind] = tuple(upload.items)
        return self._end(0, upload.kind)

    def _end(self, result: int, kind: int) -> list[Message]:
        if self.acks_swallowed > 0:
            self.acks_swallowed -= 1
            return []
        return [self._ack(result, kind)]

    def _list(self, message: MissionRequestList, now: float) -> list[Message]:
        kind = message.mission_type
        if kind not in CAPACITY:
            return []
        if kind in self._uploads:
            return [self._ack(14, kind)]
        return [MissionCount(255, 190, len(self.stored[kind]), kind)]

    def _requested(self, message: MissionRequestInt, now: float) -> list[Message]:
        kind = message.mission_type
        if kind not in CAPACITY:
            return []
        items = self.stored[kind]
        if message.seq >= len(items):
            count = [MissionCount(255, 190, len(items), kind)] if kind == 0 else []
            return [*count, self._ack(13, kind)]
        return [wire_from_item(items[message.seq], message.seq, MissionType(kind), STATION)]

    def _clear(self, message: MissionClearAll, now: float) -> list[Message]:
        kind = message.mission_type
        if kind not in CAPACITY:
            return [self._ack(3, kind)]
        self._uploads.pop(kind, None)
        self.stored[kind] = ()
        return self._end(0, kind)

    def _ack(self, result: int, kind: int) -> Message:
        return MissionAck(255, 190, result, kind, self.opaque_ids.get(kind, 0))
