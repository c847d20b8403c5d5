"""Too high or too low."""

from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most
from geofences.volumes import HALF_BAND_M

CLEAR_PART = 0.5


class OffHeight(Monitor):
    """Outside the heights that the item under way is flown in, by more than the reserved air has to spare.

    Climbs and descents between two items are legal, and so is every height while another mode than one that
    flies the mission is on: that is `Situation.MODE_CHANGED`.
    """

    situation = Situation.OFF_HEIGHT
    unit = "m"
    hold_s = 5.0

    def read(self, look: Look) -> Reading | None:
        """Return how far above or below the vehicle is."""
        if look.height_off_m is None or not look.follows_mission:
            return None
        return at_most(abs(look.height_off_m), HALF_BAND_M, CLEAR_PART * HALF_BAND_M)

    def text(self, look: Look, reading: Reading) -> str:
        """Name the direction."""
        direction = "above" if (look.height_off_m or 0.0) > 0.0 else "below"
        return f"{reading.value:.0f} m {direction} the heights that are planned for item {look.seq}"
