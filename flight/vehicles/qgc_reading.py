"""Reading QGroundControl's ``.plan`` files: what a ground station would put on board.

Sources: https://docs.qgroundcontrol.com/master/en/qgc-dev-guide/file_formats/plan.html and the ``.plan``
files that come with ArduPilot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flight.geodesy import e7_from_degrees
from flight.plan import MissionItem
from flight.protocol.items import ALTITUDE_DECIMALS, PARAMETER_DECIMALS
from flight.protocol.names import Command, Frame
from flight.vehicles.json_place import NEWER, JsonPlace

FRAMES = {
    0: Frame.GLOBAL,
    2: Frame.GLOBAL,
    3: Frame.GLOBAL_RELATIVE_ALT,
    5: Frame.GLOBAL,
    6: Frame.GLOBAL_RELATIVE_ALT,
}
"""Frames of an item, and in which ArduPilot gives it back (recorded); 2 is that of items without a place."""

LEAST_CORNERS = 3
_LARGEST_DEG = (90.0, 180.0)


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
    plan = JsonPlace("$", document)
    plan.member("fileType").expect("Plan", "save the plan in QGroundControl as .plan")
    mission, fence, rally = (plan.member(name) for name in ("mission", "geoFence", "rallyPoints"))
    for part in (mission, fence, rally):
        part.member("version").expect(2, NEWER)
    return PlanLists(
        tuple(_mission(mission)),
        tuple(_fence(fence)),
        tuple(_rally_point(point) for point in rally.member("points").elements()),
    )


def _mission(part: JsonPlace) -> Iterator[MissionItem]:
    home = part.member("plannedHomePosition")
    x_e7, y_e7, z_m = _point(home)
    yield MissionItem(int(Command.NAV_WAYPOINT), int(Frame.GLOBAL), x_e7=x_e7, y_e7=y_e7, z_m=z_m)
    for item in part.member("items").elements():
        yield _item(item)


def _item(item: JsonPlace) -> MissionItem:
    item.member("type").expect(
        "SimpleItem", "replace the complex item (survey, scan, landing pattern) by simple ones"
    )
    frame = item.member("frame")
    if frame.whole() not in FRAMES:
        raise frame.error(f"is {frame.value}", "give altitudes above home (3) or above the sea (0)")
    params = item.member("params").elements(7, 7)
    one, two, three, four = (_param(each) for each in params[:4])
    x_e7, y_e7 = (_degrees_e7(each, limit) for each, limit in zip(params[4:6], _LARGEST_DEG, strict=True))
    return MissionItem(
        item.member("command").whole(),
        int(FRAMES[frame.whole()]),
        *(one, two, three, four),
        x_e7=x_e7,
        y_e7=y_e7,
        z_m=_altitude_m(params[6]),
    )


def _fence(part: JsonPlace) -> Iterator[MissionItem]:
    for circle in part.member("circles").elements():
        raise circle.error("is a circle", "draw it as a polygon")
    if part.has("breachReturn"):
        raise part.member("breachReturn").error(
            "is a point to return to", "remove it: the way home is the return path of the mission"
        )
    for polygon in part.member("polygons").elements():
        yield from _polygon(polygon)


def _polygon(polygon: JsonPlace) -> Iterator[MissionItem]:
    inclusion = polygon.member("inclusion")
    if not isinstance(inclusion.value, bool):
        raise inclusion.error("is not true or false", "say whether to stay in the polygon or out of it")
    inside, outside = Command.FENCE_POLYGON_VERTEX_INCLUSION, Command.FENCE_POLYGON_VERTEX_EXCLUSION
    command = inside if inclusion.value else outside
    corners = polygon.member("polygon").elements(LEAST_CORNERS)
    for corner in corners:
        x_e7, y_e7 = _place(corner)
        yield MissionItem(int(command), int(Frame.GLOBAL), param1=float(len(corners)), x_e7=x_e7, y_e7=y_e7)


def _rally_point(point: JsonPlace) -> MissionItem:
    """Return a rally point; its height is above home, and ArduPilot keeps whole metres of it (recorded)."""
    x_e7, y_e7, z_m = _point(point)
    frame = Frame.GLOBAL_RELATIVE_ALT
    return MissionItem(int(Command.RALLY_POINT), int(frame), x_e7=x_e7, y_e7=y_e7, z_m=float(round(z_m)))


def _point(point: JsonPlace) -> tuple[int, int, float]:
    latitude, longitude, altitude = point.elements(3, 3)
    x_e7, y_e7 = (
        _degrees_e7(each, limit) for each, limit in zip((latitude, longitude), _LARGEST_DEG, strict=True)
    )
    return x_e7, y_e7, _altitude_m(altitude)


def _place(point: JsonPlace) -> tuple[int, int]:
    latitude, longitude = point.elements(2, 2)
    return _degrees_e7(latitude, _LARGEST_DEG[0]), _degrees_e7(longitude, _LARGEST_DEG[1])


def _degrees_e7(place: JsonPlace, limit_deg: float) -> int:
    degrees = 0.0 if place.value is None else place.number()
    if abs(degrees) > limit_deg:
        raise place.error(f"is {degrees:g}", f"give degrees within ±{limit_deg:g}")
    return e7_from_degrees(degrees)


def _altitude_m(place: JsonPlace) -> float:
    return 0.0 if place.value is None else round(place.number(), ALTITUDE_DECIMALS)


def _param(place: JsonPlace) -> float:
    """Return a parameter; null is one that is left to ArduPilot, which stores a zero (recorded)."""
    return 0.0 if place.value is None else round(place.number(), PARAMETER_DECIMALS)
