"""The fence of a plan and its fence items, in the form in which ArduPilot gives them back (frame 0)."""

from collections.abc import Iterator, Sequence

from flight.geodesy import e7_from_degrees
from flight.plan import MissionItem
from flight.protocol.names import Command, Frame
from geofences.onboard import Fence
from geofences.values import Position

FENCE_CORNERS = 60
"""Of all polygons together; ArduPilot keeps 70 corners (recorded)."""


def fence_items(fence: Fence) -> tuple[MissionItem, ...]:
    """Return the corners of the polygon to stay in and of those to stay out of."""
    inside, outside = Command.FENCE_POLYGON_VERTEX_INCLUSION, Command.FENCE_POLYGON_VERTEX_EXCLUSION
    polygons = [(inside, fence.inclusion), *((outside, corners) for corners in fence.exclusions)]
    return tuple(_corner(command, len(corners), each) for command, corners in polygons for each in corners)


def polygons_of(fence: Sequence[MissionItem]) -> Iterator[Sequence[MissionItem]]:
    """Yield the corners of each polygon; every corner says how many there are (``param1``)."""
    at = 0
    while at < len(fence):
        count = max(1, int(fence[at].param1))
        yield fence[at : at + count]
        at += count


def _corner(command: Command, count: int, corner: Position) -> MissionItem:
    """Return a corner of a polygon; each one says how many there are (``param1``)."""
    x_e7, y_e7 = e7_from_degrees(corner.latitude_deg), e7_from_degrees(corner.longitude_deg)
    return MissionItem(int(command), int(Frame.GLOBAL), param1=float(count), x_e7=x_e7, y_e7=y_e7)
