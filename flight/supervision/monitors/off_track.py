"""Beside the line."""

from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most

CLEAR_PART = 0.8


class OffTrack(Monitor):
    """Outside the certified corridor of the legs that may be under way.

    Who lands where it is has left the line behind; that is `Situation.MODE_CHANGED`.
    """

    situation = Situation.OFF_TRACK
    unit = "m"
    hold_s = 3.0

    def read(self, look: Look) -> Reading | None:
        """Return the distance to the line, against half the width of its corridor."""
        if look.aside is None or look.vehicle.lands_here:
            return None
        distance_m, limit_m = look.aside
        return at_most(distance_m, limit_m, CLEAR_PART * limit_m)

    def text(self, look: Look, reading: Reading) -> str:
        """Name the distance."""
        return (
            f"{reading.value:.0f} m from the line to item {look.seq};"
            f" the certified corridor is {reading.limit:.0f} m wide on either side"
        )
