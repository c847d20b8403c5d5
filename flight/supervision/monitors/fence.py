"""Outside the fence."""

from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_least

CLEAR_M = 5.0
"""Inside by as much as a satellite position is wrong."""

OWN_WORD_S = 10.0
"""The vehicle tells of its fence once a second while it is on, and not at all when it is off (recorded)."""


class FenceBreached(Monitor):
    """Outside the polygons of the fence, by the vehicle's own word or by its position.

    On the way to a divert site the fence is off on purpose.
    """

    situation = Situation.FENCE_BREACHED
    unit = "m"

    def read(self, look: Look) -> Reading | None:
        """Return the distance to the fence, negative outside."""
        if look.fence_margin_m is None:
            return None
        margin_m = min(0.0, look.fence_margin_m) if _says_so(look) else look.fence_margin_m
        return at_least(margin_m, 0.0, CLEAR_M)

    def text(self, look: Look, reading: Reading) -> str:
        """Say who says so, and how far."""
        if _says_so(look):
            return f"the vehicle reports a breach of its fence, {-reading.value:.0f} m outside"
        return f"{-reading.value:.0f} m outside the fence; the vehicle reports no breach"


def _says_so(look: Look) -> bool:
    telemetry = look.vehicle.telemetry
    return bool(telemetry.fence_breached) and look.now - telemetry.fence_breached_at <= OWN_WORD_S
