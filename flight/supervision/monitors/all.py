"""The monitors of one flight."""

from flight.supervision.monitors.base import Monitor
from flight.supervision.monitors.energy import EnergyCritical, EnergyShort
from flight.supervision.monitors.fence import FenceBreached
from flight.supervision.monitors.forced_down import ForcedDown
from flight.supervision.monitors.link import LinkLost
from flight.supervision.monitors.mode import ModeChanged
from flight.supervision.monitors.off_height import OffHeight
from flight.supervision.monitors.off_track import OffTrack
from flight.supervision.monitors.pad import PadNotClear
from flight.supervision.monitors.plan import PlanChanged
from flight.supervision.monitors.position import PositionLost
from flight.supervision.monitors.schedule import BehindSchedule
from flight.supervision.monitors.traffic import Traffic
from flight.supervision.monitors.wind import WindTooStrong
from flight.supervision.track import Track


def monitors_for(track: Track) -> tuple[Monitor, ...]:
    """Return a monitor for each situation; the gravest first, as they are announced in this order."""
    return (
        FenceBreached(),
        PositionLost(),
        ForcedDown(track),
        EnergyCritical(),
        ModeChanged(),
        PlanChanged(),
        Traffic(),
        OffTrack(),
        OffHeight(),
        EnergyShort(),
        WindTooStrong(),
        PadNotClear(track),
        BehindSchedule(),
        LinkLost(),
    )
