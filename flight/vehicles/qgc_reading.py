"""Reading QGroundControl's ``.plan`` files: what a ground station would put on board.

Sources: https://docs.qgroundcontrol.com/master/en/qgc-dev-guide/file_formats/plan.html and the ``.plan`` files
of ArduPilot's own tests. Every error names the place in the document and what to do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flight.errors import PlanError
from flight.geodesy import e7_from_degrees
from flight.plan import MissionItem
from flight.protocol.items import ALTITUDE_DECIMALS, PARAMETER_DECIMALS
from flight.protocol.names import Command, Frame

PARAMETERS = 7
LEAST_CORNERS = 3

_VERSIONS = {"mission": 2, "geoFence": 2, "rallyPoints": 2}
_LIMITS_DEG = (90.0, 180.0)


@dataclass(frozen=True)
class PlanLists:
    """The three lists of a document; ``mission[0]`` is the planned home."""

    mission: tuple[MissionItem, ...]
    fence: tuple[MissionItem, ...]
    rally: tuple[MissionItem, ...]


def plan_from_document(document: Any) -> PlanLists:
    """Return mission, fence and rally points of a ``.plan`` document.

    Raises
    ------
    PlanError
        If it is no such document, or holds something that is not one item for each thing to do: surveys,
        circles of a fence, a breach return. The text begins with the place in the document.
    """
    plan = _Node("$", document)
    if plan.member("fileType").value != "Plan":
        raise plan.member("fileType").error('is not "Plan"', "save the plan in QGroundControl as .plan")
    parts = {name: _versioned(plan.member(name), version) for name, version in _VERSIONS.items()}
    return PlanLists(
        tuple(_mission(parts["mission"])),
        tuple(_fence(parts["geoFence"])),
        tuple(_rally(point) for point in parts["rallyPoints"].member("points").elements()),
    )


@dataclass(frozen=True)
class _Node:
    """A value of the document, and where it stands."""

    path: str
    value: Any

    def member(self, name: str) -> "_Node":
        if not isinstance(self.value, Mapping):
            raise self.error("is not an object", "restore it as QGroundControl writes it")
        if name not in self.value:
            raise self.error(f'has no "{name}"', "save the plan again with QGroundControl 4 or newer")
        return _Node(f"{self.path}.{name}", self.value[name])

    def elements(self) -> Iterator["_Node"]:
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            raise self.error("is not a list", "restore it as QGroundControl writes it")
        return (_Node(f"{self.path}[{number}]", each) for number, each in enumerate(self.value))

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.error("is not a number", "give a number")
        if not abs(self.value) < float("inf"):
            raise self.error("is not finite", "give a finite number")
        return float(self.value)

    def whole(self) -> int:
        number = self.number()
        if number != int(number):
            raise self.error("is not a whole number", "give a whole number")
        return int(number)

    def error(self, what: str, remedy: str) -> PlanError:
        return PlanError(f"{self.path} {what}: {remedy}")


def _versioned(part: _Node, version: int) -> _Node:
    if part.member("version").whole() != version:
        raise part.member("version").error(
            f"is not {version}", "save the plan again with QGroundControl 4 or newer"
        )
    return part


def _mission(part: _Node) -> Iterator[MissionItem]:
    home = part.member("plannedHomePosition")
    x_e7, y_e7, amsl_m = _place(home), *_altitude(home)
    yield MissionItem(int(Command.NAV_WAYPOINT), int(Frame.GLOBAL), x_e7=x_e7[0], y_e7=x_e7[1], z_m=amsl_m)
