"""Upload, download and clearing of a list under any interleaving of messages, losses and timers."""

from typing import Any

from flight.plan import MissionItem
from flight.protocol.clear import ClearList
from flight.protocol.conversation import Conversation
from flight.protocol.download import DownloadList
from flight.protocol.messages import MissionAck
from flight.protocol.names import MissionType
from flight.protocol.operation import Target
from flight.protocol.upload import UploadList
from tests.unit.flight.fake_lists import FakeLists
from tests.unit.flight.plans import small_plan
from tests.unit.flight.scripted.machine import LIST_STRAYS, ConversationMachine, case_of

OLD = small_plan().mission
NEW = tuple(MissionItem(16, 3, x_e7=seq, y_e7=-seq, z_m=float(seq)) for seq in range(1, 6))
FENCE = small_plan().fence


class _ListMachine(ConversationMachine):
    vehicle: FakeLists
    strays = LIST_STRAYS

    def make_vehicle(self) -> FakeLists:
        lists = FakeLists()
        lists.stored = {0: OLD, 1: FENCE, 2: OLD[:2]}
        return lists


class MissionUploadMachine(_ListMachine):
    """ArduPilot overwrites a mission item by item; the ACK of an upload before comes late."""

    def __init__(self) -> None:
        super().__init__()
        self._hear(MissionAck(255, 190, 0, 0))

    def make_operation(self) -> Conversation[Any]:
        return UploadList(Target(1), MissionType.MISSION, NEW)

    def check_success(self, value: object) -> None:
        assert self.vehicle.stored == {0: NEW, 1: FENCE, 2: OLD[:2]}


class FenceUploadMachine(_ListMachine):
    """ArduPilot replaces a fence as a whole."""

    def make_operation(self) -> Conversation[Any]:
        return UploadList(Target(1), MissionType.FENCE, NEW)

    def check_success(self, value: object) -> None:
        assert self.vehicle.stored == {0: OLD, 1: NEW, 2: OLD[:2]}

    def check_error(self, error: Exception) -> None:
        assert self.vehicle.stored[1] in (FENCE, NEW)


class DownloadMachine(_ListMachine):
    """Reading changes nothing."""

    def make_operation(self) -> Conversation[Any]:
        return DownloadList(Target(1), MissionType.MISSION)

    def check_success(self, value: object) -> None:
        assert value == OLD
        assert self.vehicle.stored == {0: OLD, 1: FENCE, 2: OLD[:2]}


class ClearMachine(_ListMachine):
    """Only the one list becomes empty."""

    def make_operation(self) -> Conversation[Any]:
        return ClearList(Target(1), MissionType.FENCE)

    def check_success(self, value: object) -> None:
        assert self.vehicle.stored == {0: OLD, 1: (), 2: OLD[:2]}


TestMissionUpload = case_of(MissionUploadMachine)
TestFenceUpload = case_of(FenceUploadMachine)
TestDownload = case_of(DownloadMachine)
TestClearing = case_of(ClearMachine)
