"""Mission, fence and rally as they stand in a recording, uploaded or read back."""

from dataclasses import dataclass, field

from flight.plan import MissionItem
from flight.protocol.items import item_from_wire
from flight.protocol.messages import Message, MissionCount, MissionItemInt
from flight.protocol.names import MissionType


@dataclass
class _Transfer:
    count: int
    items: dict[int, MissionItem] = field(default_factory=dict)


class RecordedLists:
    """Puts lists together from the frames of their transfers, in whichever direction they went.

    ``complete`` has the newest whole list of each kind.
    """

    def __init__(self) -> None:
        self.complete: dict[int, tuple[MissionItem, ...]] = {}
        self._transfers: dict[int, _Transfer] = {}

    def receive(self, message: Message) -> None:
        """Take a message of the vehicle or to it."""
        if isinstance(message, MissionCount):
            self._announced(message)
        elif isinstance(message, MissionItemInt):
            self._item(message)

    def _announced(self, message: MissionCount) -> None:
        self._transfers[message.mission_type] = _Transfer(message.count)
        if message.count == 0:
            self.complete[message.mission_type] = ()

    def _item(self, message: MissionItemInt) -> None:
        transfer = self._transfers.get(message.mission_type)
        if transfer is None or message.seq >= transfer.count:
            return
        transfer.items[message.seq] = item_from_wire(message)
        if len(transfer.items) == transfer.count:
            whole = tuple(transfer.items[number] for number in range(transfer.count))
            self.complete[message.mission_type] = whole

    @property
    def mission(self) -> tuple[MissionItem, ...]:
        """The newest mission; empty while none is known."""
        return self.complete.get(MissionType.MISSION, ())
