"""Mission items between our plan and the wire, in ArduPilot's canonical form.

A 32-bit float keeps 56.3 as 56.2999992; ArduPilot stores altitudes in centimetres. So what comes back is
rounded here to what the vehicle can keep, and a plan that was compiled in the same form is equal to it.
"""

from flight.plan import MissionItem
from flight.protocol.messages import MissionItemInt
from flight.protocol.names import MissionType
from flight.protocol.operation import Target

LIST_TRANSFER = "transfer of lists"
"""The slot of uploads, downloads and clearings: ArduPilot denies a download during an upload (recorded)."""

ALTITUDE_DECIMALS = 2
"""ArduPilot stores altitudes in whole centimetres (``Location.alt``)."""

PARAMETER_DECIMALS = 3
"""Our parameters are counts, seconds and microseconds: three decimals are far inside a 32-bit float."""


def item_from_wire(message: MissionItemInt) -> MissionItem:
    """Return the item in canonical form."""
    return MissionItem(
        command=message.command,
        frame=message.frame,
        param1=round(message.param1, PARAMETER_DECIMALS),
        param2=round(message.param2, PARAMETER_DECIMALS),
        param3=round(message.param3, PARAMETER_DECIMALS),
        param4=round(message.param4, PARAMETER_DECIMALS),
        x_e7=message.x,
        y_e7=message.y,
        z_m=round(message.z, ALTITUDE_DECIMALS),
    )


def wire_from_item(item: MissionItem, seq: int, kind: MissionType, target: Target) -> MissionItemInt:
    """Return the message that carries an item."""
    return MissionItemInt(
        target.system_id,
        target.component_id,
        seq=seq,
        frame=item.frame,
        command=item.command,
        current=0,
        autocontinue=1,
        param1=item.param1,
        param2=item.param2,
        param3=item.param3,
        param4=item.param4,
        x=item.x_e7,
        y=item.y_e7,
        z=item.z_m,
        mission_type=kind,
    )
