"""The mission, fence and rally lists of the scripted vehicle, as ArduPilot keeps them (recorded)."""

from dataclasses import dataclass, field

from flight.plan import MissionItem
from flight.protocol.items import item_from_wire, wire_from_item
from flight.protocol.messages import (
    Message,
    MissionAck,
    MissionCount,
    MissionItemInt,
    MissionRequest,
    MissionRequestInt,
    MissionRequestList,
)
from flight.protocol.names import MissionType
from flight.protocol.operation import Target

STATION = Target(255, 190)
ASK_AGAIN_S = 1.0
GIVE_UP_S = 8.0


@dataclass
class Upload:
    """An upload that the vehicle is receiving."""

    kind: int
    count: int
    asked_at: float
    item_at: float
    items: list[MissionItem] = field(default_factory=list)


class FakeLists:
    """Three lists and at most one open upload; ``damage`` changes items as they are stored."""

    def __init__(self) -> None:
        self.stored: dict[int, tuple[MissionItem, ...]] = {0: (), 1: (), 2: ()}
        self.damage: dict[tuple[int, int], MissionItem] = {}
        self.refusal: dict[int, int] = {}
        self.acks_swallowed = 0
        self._upload: Upload | None = None

    def receive(self, message: Message, now: float) -> list[Message]:
        if isinstance(message, MissionCount):
            return self._count(message, now)
        if isinstance(message, MissionItemInt):
            return self._item(message, now)
        if isinstance(message, MissionRequestList):
            if self._upload is not None:
                return [self._ack(14, message.mission_type)]
            return [MissionCount(255, 190, len(self.stored[message.mission_type]), message.mission_type)]
        if isinstance(message, MissionRequestInt):
            return self._requested(message)
        return []

    def tick(self, now: float) -> list[Message]:
        upload = self._upload
        if upload is None:
            return []
        if now - upload.item_at >= GIVE_UP_S:
            self._upload = None
            return [self._ack(15, upload.kind)]
        if now - upload.asked_at >= ASK_AGAIN_S:
            return self._ask(upload, now)
        return []

    def _count(self, message: MissionCount, now: float) -> list[Message]:
        upload = Upload(message.mission_type, message.count, now, now)
        if upload.count == 0:
            self._upload = None
            self.stored[upload.kind] = ()
            return self._end(0, upload.kind)
        self._upload = upload
        return self._ask(upload, now)

    def _ask(self, upload: Upload, now: float) -> list[Message]:
        upload.asked_at = now
        return [MissionRequest(255, 190, len(upload.items), upload.kind)]

    def _item(self, message: MissionItemInt, now: float) -> list[Message]:
        upload = self._upload
        if upload is None or message.mission_type != upload.kind:
            return [self._ack(1, message.mission_type)]
        if message.seq != len(upload.items):
            return [self._ack(13, upload.kind)]
        refusal = self.refusal.get(upload.kind)
        if refusal is not None and message.seq == upload.count - 1:
            self._upload = None
            return [self._ack(refusal, upload.kind)]
        upload.items.append(self.damage.get((upload.kind, message.seq), item_from_wire(message)))
        upload.item_at = now
        if len(upload.items) < upload.count:
            return self._ask(upload, now)
        self.stored[upload.kind] = tuple(upload.items)
        self._upload = None
        return self._end(0, upload.kind)

    def _end(self, result: int, kind: int) -> list[Message]:
        if self.acks_swallowed > 0:
            self.acks_swallowed -= 1
            return []
        return [self._ack(result, kind)]

    def _requested(self, message: MissionRequestInt) -> list[Message]:
        items = self.stored[message.mission_type]
        if message.seq >= len(items):
            return [self._ack(13, message.mission_type)]
        return [wire_from_item(items[message.seq], message.seq, MissionType(message.mission_type), STATION)]

    def _ack(self, result: int, kind: int) -> Message:
        return MissionAck(255, 190, result, kind)
