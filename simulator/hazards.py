"""What is broken about one aircraft and its surroundings: written by faults and ``SIM_`` parameters."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Hazards:
    """Everything is well by default; ``changed`` says that the flight model has to look again.

    Parameters
    ----------
    gps_lost
        Whether the receiver has no fix.
    gps_north_m, gps_east_m, gps_up_m
        Error of the position the receiver reports.
    compass_error_deg
        Error of the heading, clockwise.
    motors_failed
        How many of the lift motors have stopped.
    pusher_failed
        Whether the pusher of a quadplane has stopped.
    extra_ohm, dead_cells, capacity_factor
        What is wrong with the battery: more resistance, cells of the shown three without voltage, a share of
        the capacity.
    latch_stuck
        Whether the latch does not open.
    wind_north_m_s, wind_east_m_s
        Air moving beyond the wind of the model: a gust front.
    """

    gps_lost: bool = False
    gps_north_m: float = 0.0
    gps_east_m: float = 0.0
    gps_up_m: float = 0.0
    compass_error_deg: float = 0.0
    motors_failed: int = 0
    pusher_failed: bool = False
    extra_ohm: float = 0.0
    dead_cells: float = 0.0
    capacity_factor: float = 1.0
    latch_stuck: bool = False
    wind_north_m_s: float = 0.0
    wind_east_m_s: float = 0.0
    changed: bool = False

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        if name != "changed":
            object.__setattr__(self, "changed", True)
