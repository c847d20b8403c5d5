"""Our own MAVLink address."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Station:
    """The ground station that the gateway is; 190 is ``MAV_COMP_ID_MISSIONPLANNER``."""

    system_id: int = 255
    component_id: int = 190
