"""Another aircraft of ours is near."""

from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading

HORIZONTAL_M = 150.0
CLEAR_HORIZONTAL_M = 200.0
"""Two that meet at 25 m/s each are 3 s apart."""

VERTICAL_M = 15.0
CLEAR_VERTICAL_M = 20.0
"""The two directions of a corridor are 25 m apart in height; a height is wrong by 5 m (barometer)."""


class Traffic(Monitor):
    """Nearer than the limit in both directions; told at once, as every second counts."""

    situation = Situation.TRAFFIC
    unit = "m"
    hold_s = 0.0

    def read(self, look: Look) -> Reading:
        """Return the horizontal distance; none in sight counts as far away."""
        other = look.neighbour
        if other is None:
            return Reading(CLEAR_HORIZONTAL_M, HORIZONTAL_M, beyond=False, within=True)
        across_m, up_m = other.horizontal_m, other.vertical_m
        beyond = across_m <= HORIZONTAL_M and up_m <= VERTICAL_M
        within = across_m >= CLEAR_HORIZONTAL_M or up_m >= CLEAR_VERTICAL_M
        return Reading(across_m, HORIZONTAL_M, beyond, within, str(other.address))

    def text(self, look: Look, reading: Reading) -> str:
        """Name the other one."""
        up_m = 0.0 if look.neighbour is None else look.neighbour.vertical_m
        return f"{reading.subject} is {reading.value:.0f} m away, {up_m:.0f} m higher or lower"
