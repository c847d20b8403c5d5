"""The three lists of a vehicle, and how each takes an upload.

Recorded in ``copter/mission_upload_errors``, ``fence_upload`` and ``rally_upload``: a mission and a rally
list are cut to the announced length at once and overwritten item by item, so an upload that breaks off leaves
a mixture; a fence is replaced only after its last item, and only if it is valid.
"""

from dataclasses import dataclass, replace
from typing import Protocol, Self

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.lists.items import (
    LATITUDE_LIMIT_E7,
    LONGITUDE_LIMIT_E7,
    Item,
    RefusedItemError,
    check_position,
    mission_item,
    place_frame,
    single,
)
from simulator.values import VehicleClass

Text = tuple[int, str]
"""Severity and words of a STATUSTEXT."""

_WARNING = mavlink.MAV_SEVERITY_WARNING


class ItemList(Protocol):
    """What the mission protocol needs of a list."""

    mission_type: int
    capacity: int
    label: str
    autocontinue: int
    tells_its_length: bool

    def items(self) -> tuple[Item, ...]:
        """Return the stored items."""
        ...

    def begin(self, count: int) -> None:
        """Take note of an upload of ``count`` items."""
        ...

    def take(self, seq: int, item: Item) -> None:
        """Take one item of an upload, or raise RefusedItemError."""
        ...

    def finish(self) -> tuple[int, tuple[Text, ...]]:
        """End an upload; return the result and the texts that follow the acknowledgement."""
        ...

    def readable(self, seq: int) -> Item | None:
        """Return the item that is sent back for a number, None where there is none."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...


class MissionStore:
    """The mission; item 0 is home, and is there once home or another item is."""

    mission_type = mavlink.MAV_MISSION_TYPE_MISSION
    capacity = 650
    label = "Mission"
    autocontinue = 1
    tells_its_length = True
    """A request beyond the end gets the count before the refusal (``mission_upload_errors``)."""

    def __init__(self, vehicle_class: VehicleClass) -> None:
        self._class = vehicle_class
        self._stored: list[Item] = []
        self._home: Item | None = None
        self._coming = 0
        self.version = 0

    def items(self) -> tuple[Item, ...]:
        """Return the stored items, home included."""
        return tuple(self._stored)

    def __len__(self) -> int:
        return len(self._stored)

    def __getitem__(self, seq: int) -> Item:
        return self._stored[seq]

    def set_home(self, latitude_e7: int, longitude_e7: int, altitude_amsl_m: float) -> None:
        """Put home into item 0."""
        place = mavlink.MAV_CMD_NAV_WAYPOINT
        self._home = Item(place, 0, x_e7=latitude_e7, y_e7=longitude_e7, z_m=single(altitude_amsl_m))
        self._stored[:1] = [self._home]

    def begin(self, count: int) -> None:
        """Cut the list to the announced length."""
        del self._stored[count:]
        self._coming = count
        self.version += 1

    def take(self, seq: int, item: Item) -> None:
        """Store an item at once; what is sent as item 0 is dropped for home.

        A jump has to lead to an item that is there or announced (``MissionItemProtocol_Waypoints``).
        """
        stored = mission_item(item, self._class)
        there = max(self._coming, len(self._stored))
        if item.command == mavlink.MAV_CMD_DO_JUMP and not 0 < int(stored.params[0]) < there:
            raise RefusedItemError(mavlink.MAV_MISSION_ERROR)
        if seq == 0 and self._home is not None:
            stored = self._home
        self._stored[seq : seq + 1] = [stored]
        self.version += 1

    def finish(self) -> tuple[int, tuple[Text, ...]]:
        """Announce the new plan."""
        return mavlink.MAV_MISSION_ACCEPTED, ((mavlink.MAV_SEVERITY_INFO, "Flight plan received"),)

    def readable(self, seq: int) -> Item | None:
        """Return an item; home can always be read (ArduPilot ``MissionItemProtocol_Waypoints``)."""
        if seq == 0:
            return self._home or Item(mavlink.MAV_CMD_NAV_WAYPOINT)
        return self._stored[seq] if seq < len(self._stored) else None

    def clear(self) -> None:
        """Forget everything, item 0 too."""
        self._stored.clear()
        self.version += 1


class RallyStore:
    """Rally points."""

    mission_type = mavlink.MAV_MISSION_TYPE_RALLY
    capacity = 46
    label = "Rally"
    autocontinue = 0
    tells_its_length = False

    def __init__(self) -> None:
        self._stored: list[Item] = []

    def items(self) -> tuple[Item, ...]:
        """Return the stored points."""
        return tuple(self._stored)

    def begin(self, count: int) -> None:
        """Cut the list to the announced length."""
        del self._stored[count:]

    def take(self, seq: int, item: Item) -> None:
        """Store a point at once."""
        if item.command != mavlink.MAV_CMD_NAV_RALLY_POINT:
            raise RefusedItemError(mavlink.MAV_MISSION_UNSUPPORTED)
        check_position(item.x_e7, item.y_e7, item.z_m)
        # Whole metres, as RallyLocation keeps them.
        point = replace(
            item, frame=place_frame(item.frame), params=(0.0, 0.0, 0.0, 0.0), z_m=float(int(item.z_m))
        )
        self._stored[seq : seq + 1] = [point]

    def finish(self) -> tuple[int, tuple[Text, ...]]:
        """Say nothing: ArduPilot has no text for it."""
        return mavlink.MAV_MISSION_ACCEPTED, ()

    def readable(self, seq: int) -> Item | None:
        """Return a point; one at 0, 0 counts as empty."""
        point = self._stored[seq] if seq < len(self._stored) else None
        return None if point is None or (point.x_e7 == 0 and point.y_e7 == 0) else point

    def clear(self) -> None:
        """Forget everything."""
        self._stored.clear()


_POLYGONS = frozenset(
    {mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION, mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_EXCLUSION}
)
_CIRCLES = frozenset({mavlink.MAV_CMD_NAV_FENCE_CIRCLE_INCLUSION, mavlink.MAV_CMD_NAV_FENCE_CIRCLE_EXCLUSION})
_RETURN_POINT = mavlink.MAV_CMD_NAV_FENCE_RETURN_POINT
_LETTERS = {5001: 98, 5002: 97, 5003: 92, 5004: 93, 5000: 95}
"""How ArduPilot's texts name the kinds (``AC_PolyFenceType``): 98 and 97 polygons, 92 and 93 circles."""


class FenceStore:
    """The fence: polygons and circles to stay in or out of."""

    mission_type = mavlink.MAV_MISSION_TYPE_FENCE
    capacity = 70
    label = "Fence"
    autocontinue = 0
    tells_its_length = False

    def __init__(self) -> None:
        self._stored: tuple[Item, ...] = ()
        self._coming: list[Item] = []
        self.version = 0

    def items(self) -> tuple[Item, ...]:
        """Return the stored items."""
        return self._stored

    def begin(self, count: int) -> None:
        """Start a new fence beside the old one."""
        self._coming = []

    def take(self, seq: int, item: Item) -> None:
        """Keep an item until the end of the upload."""
        if item.command not in _POLYGONS | _CIRCLES | {_RETURN_POINT}:
            raise RefusedItemError(mavlink.MAV_MISSION_UNSUPPORTED)
        place_frame(item.frame)
        kept = (float(item.params[0]), 0.0, 0.0, 0.0)
        self._coming.append(replace(item, frame=0, params=kept, z_m=0.0))

    def finish(self) -> tuple[int, tuple[Text, ...]]:
        """Put the new fence in force if it is valid."""
        problems = fence_problems(self._coming)
        if problems is not None:
            texts = (*problems, (_WARNING, "Fence validation failed"))
            return mavlink.MAV_MISSION_ERROR, texts
        self._stored = tuple(self._coming)
        self.version += 1
        return mavlink.MAV_MISSION_ACCEPTED, ((mavlink.MAV_SEVERITY_DEBUG, "Fence Indexed OK"),)

    def readable(self, seq: int) -> Item | None:
        """Return an item."""
        return self._stored[seq] if seq < len(self._stored) else None

    def clear(self) -> None:
        """Forget everything."""
        self._stored = ()
        self.version += 1


def fence_problems(items: list[Item]) -> tuple[Text, ...] | None:
    """Return why a fence is refused (perhaps without words), or None for a good one."""
    expected, kind = 0, 0
    for item in items:
        if abs(item.x_e7) > LATITUDE_LIMIT_E7 or abs(item.y_e7) > LONGITUDE_LIMIT_E7:
            return ((_WARNING, "Bad lat or lon"),)
        if expected and item.command not in _POLYGONS:
            return (
                (_WARNING, f"Received incorrect type (want={_LETTERS[kind]} got={_LETTERS[item.command]})"),
            )
        if item.command in _CIRCLES and not item.params[0] > 0:
            return ((_WARNING, "Non-positive circle radius"),)
        if item.command not in _POLYGONS:
            continue
        if expected and item.command != kind:
            got = _LETTERS[item.command]
            return ((_WARNING, f"Received incorrect vertex type (want={_LETTERS[kind]} got={got})"),)
        count = int(item.params[0])
        if count < 3:
            return ((_WARNING, f"Invalid vertex count ({count})"),)
        expected = (expected or count) - 1
        kind = item.command
    return ((mavlink.MAV_SEVERITY_INFO, "Incorrect item count"),) if expected else None


@dataclass(frozen=True)
class Memory:
    """The lists of a vehicle, which outlive a reboot."""

    mission: MissionStore
    fence: FenceStore
    rally: RallyStore

    @classmethod
    def blank(cls, vehicle_class: VehicleClass) -> Self:
        """Return the memory of a new vehicle."""
        return cls(MissionStore(vehicle_class), FenceStore(), RallyStore())
