"""A plan onto a vehicle: three lists up, read back, compared; what differs once more."""

from collections.abc import Sequence
from typing import Any

from flight.errors import PlanDiffers
from flight.launching.compare import differences, planned_lists
from flight.plan import FlightPlan, MissionItem
from flight.procedure import Procedure, perform
from flight.protocol.clear import ClearList
from flight.protocol.conversation import Conversation
from flight.protocol.download import DownloadList
from flight.protocol.names import UNKNOWN_ID, MissionType
from flight.protocol.operation import Target
from flight.protocol.upload import UploadList
from flight.vehicle import Vehicle


def transfer_plan(plan: FlightPlan, vehicle: Vehicle) -> Procedure[None]:
    """Replace all three lists and read them back; raise PlanDiffers if they are not the plan's.

    A list that differs is sent once more. A checksum of 16 bits lets one in 65,536 damaged frames pass, and
    a damaged item on board or in the read-back is no fault of the vehicle; a vehicle that keeps something
    else differs the second time as well.
    """
    for kind, items in planned_lists(plan).items():
        yield from _replace(vehicle, kind, items)
    for kind, items in planned_lists(plan).items():
        if (yield from _differences(vehicle, kind, items)):
            yield from _replace(vehicle, kind, items)
            yield from _check(vehicle, kind, items)


def read_back(plan: FlightPlan, vehicle: Vehicle) -> Procedure[None]:
    """Read all three lists; raise PlanDiffers if one is not the plan's."""
    for kind, items in planned_lists(plan).items():
        yield from _check(vehicle, kind, items)


def longest_transfer_s(plan: FlightPlan) -> float:
    """Return the longest time of `transfer_plan`: each list twice there and twice back."""
    nobody = Target(0)
    return 2 * sum(
        _replacement(nobody, kind, items).longest_s + DownloadList(nobody, kind).longest_s
        for kind, items in planned_lists(plan).items()
    )


def _replacement(target: Target, kind: MissionType, items: Sequence[MissionItem]) -> Conversation[Any]:
    """Return the upload of a list; an empty one is cleared, so that no old one stays active."""
    return UploadList(target, kind, items) if items else ClearList(target, kind)


def _replace(vehicle: Vehicle, kind: MissionType, items: Sequence[MissionItem]) -> Procedure[None]:
    given_id = yield from perform(_replacement(vehicle.target, kind, items))
    vehicle.uploaded_ids[kind] = given_id or UNKNOWN_ID


def _check(vehicle: Vehicle, kind: MissionType, planned: Sequence[MissionItem]) -> Procedure[None]:
    differing = yield from _differences(vehicle, kind, planned)
    if differing:
        raise PlanDiffers(f"{kind.label} read-back", differing)


def _differences(
    vehicle: Vehicle, kind: MissionType, planned: Sequence[MissionItem]
) -> Procedure[tuple[str, ...]]:
    found = yield from perform(DownloadList(vehicle.target, kind))
    return differences(kind, planned, found)
