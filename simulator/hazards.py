"""What is broken about one aircraft and its surroundings: written by faults and ``SIM_`` parameters."""

from dataclasses import dataclass, fields
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
    pad_occupied
        Whether something stands on the aircraft's pad.
    clock_offset_s
        Error of the time of day on board.
    loss_up, loss_down, duplicate, reorder
        Shares of the datagrams from the ground and from the aircraft that are lost, and of both that come
        twice, or are overtaken.
    delay_s
        What every datagram takes longer.
    believed_north_m, believed_east_m, believed_up_m
        The part of the error of the receiver that the estimator has taken over; the estimator writes it.
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
    pad_occupied: bool = False
    clock_offset_s: float = 0.0
    loss_up: float = 0.0
    loss_down: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    delay_s: float = 0.0
    believed_north_m: float = 0.0
    believed_east_m: float = 0.0
    believed_up_m: float = 0.0
    changed: bool = False

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        if name != "changed":
            object.__setattr__(self, "changed", True)

    @property
    def spoils_link(self) -> bool:
        """Say whether datagrams do not go straight through."""
        return bool(self.loss_up or self.loss_down or self.duplicate or self.reorder or self.delay_s)

    def become(self, other: "Hazards") -> None:
        """Take over what is broken from another one, but for what the estimator writes."""
        for name in _GIVEN:
            value = getattr(other, name)
            if getattr(self, name) != value:
                setattr(self, name, value)


_WRITTEN_BY_ESTIMATOR = frozenset({"believed_north_m", "believed_east_m", "believed_up_m", "changed"})
_GIVEN = tuple(each.name for each in fields(Hazards) if each.name not in _WRITTEN_BY_ESTIMATOR)
