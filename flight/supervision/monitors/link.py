"""The vehicle is silent."""

from flight.protocol.heartbeat import LOST_AFTER_S, STALE_AFTER_S
from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most


class LinkLost(Monitor):
    """Nothing was heard of the vehicle for a time; any message counts."""

    situation = Situation.LINK_LOST
    unit = "s"
    hold_s = 0.0

    def read(self, look: Look) -> Reading:
        """Return the silence."""
        heard_at = look.vehicle.telemetry.heard_at
        silent_s = look.now - max(look.since, look.since if heard_at is None else heard_at)
        return at_most(silent_s, LOST_AFTER_S, STALE_AFTER_S)

    def text(self, look: Look, reading: Reading) -> str:
        """Name the silence."""
        return f"nothing was heard of the vehicle for {reading.value:.0f} s"
