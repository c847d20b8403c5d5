"""Download of a mission, fence or rally list (https://mavlink.io/en/services/mission.html#download_mission)."""

from flight.errors import VehicleRefused, VehicleSilent
from flight.plan import MissionItem
from flight.protocol.items import item_from_wire
from flight.protocol.messages import (
    Message,
    MissionAck,
    MissionCount,
    MissionItemInt,
    MissionRequestInt,
    MissionRequestList,
)
from flight.protocol.names import MissionResult, MissionType, result_name
from flight.protocol.operation import Operation, Target

ANSWER_TIMEOUT_S = 1.0
"""ArduPilot answers within 0.1 s (recorded); the rest is for the link."""

ATTEMPTS = 15
"""For each item: with 20 % loss each way fifteen tries fail with 2e-7."""

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


class DownloadList(Operation[tuple[MissionItem, ...]]):
    """Read one of the vehicle's lists, item by item, in canonical form.

    Raises
    ------
    VehicleSilent
        If the count or an item never came.
    VehicleRefused
        If the vehicle would not give it.
    """

    def __init__(self, target: Target, kind: MissionType) -> None:
        super().__init__()
        self._target = target
        self._kind = kind
        self._stage = f"{kind.label} read-back"
        self._count: int | None = None
        self._items: list[MissionItem] = []
        self._attempt = 0

    def start(self, now: float) -> None:
        """Ask for the count."""
        self._ask(now)

    def receive(self, message: Message, now: float) -> None:
        """Take the count, then each item in its turn."""
        if self.done:
            return
        if isinstance(message, MissionCount) and message.mission_type == self._kind:
            self._counted(message.count, now)
        elif isinstance(message, MissionItemInt) and message.mission_type == self._kind:
            self._item(message, now)
        elif isinstance(message, MissionAck) and message.mission_type == self._kind:
            self._refused(message.type, now)

    def handle_timer(self, now: float) -> None:
        """Ask again, or give up."""
        if self._due(now):
            self._ask(now)

    def _counted(self, count: int, now: float) -> None:
        if self._count is not None:
            return
        if count > LARGEST_COUNT:
            self._fail(VehicleRefused(self._stage, f"the vehicle announces {count} items"))
            return
        self._count = count
        self._advance(now)

    def _item(self, message: MissionItemInt, now: float) -> None:
        if self._count is None or message.seq != len(self._items):
            return
        self._items.append(item_from_wire(message))
        self._advance(now)

    def _advance(self, now: float) -> None:
        self._attempt = 0
        if len(self._items) == self._count:
            system, component = self._target.system_id, self._target.component_id
            self._send(MissionAck(system, component, MissionResult.ACCEPTED, self._kind))
            self._succeed(tuple(self._items))
        else:
            self._ask(now)

    def _ask(self, now: float) -> None:
        if self._attempt >= ATTEMPTS:
            what = "the count" if self._count is None else f"item {len(self._items)} of {self._count}"
            self._fail(VehicleSilent(self._stage, f"no answer to {ATTEMPTS} requests for {what}"))
            return
        self._attempt += 1
        self._timer = now + ANSWER_TIMEOUT_S
        system, component = self._target.system_id, self._target.component_id
        if self._count is None:
            self._send(MissionRequestList(system, component, self._kind))
        else:
            self._send(MissionRequestInt(system, component, len(self._items), self._kind))

    def _refused(self, result: int, now: float) -> None:
        if result == MissionResult.DENIED:
            self._timer = now + DENIED_RETRY_S
        elif result not in LATE_ANSWERS:
            self._fail(VehicleRefused(self._stage, result_name(MissionResult, result)))
