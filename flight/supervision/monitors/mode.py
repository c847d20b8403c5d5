"""In a flight mode that nobody here asked for."""

from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most
from flight.supervision.reasons import reasons_of

LIMIT_S = 2.0
"""A quadplane's failsafe passes through RTL for an instant on its way to the return path (recorded), and an
action's own mode may be seen before its acknowledgement."""


class ModeChanged(Monitor):
    """Another ground station, a pilot or a failsafe took the vehicle over; its texts say which."""

    situation = Situation.MODE_CHANGED
    unit = "s"
    hold_s = 0.0

    def __init__(self) -> None:
        super().__init__()
        self._mode: int | None = None
        self._since = 0.0

    def read(self, look: Look) -> Reading | None:
        """Return for how long the vehicle has been in a mode that is not expected."""
        mode = look.vehicle.telemetry.mode
        if mode is None:
            return None
        is_expected = mode in look.expected_modes
        if is_expected or mode != self._mode:
            self._mode, self._since = mode, look.now
        if is_expected:
            return Reading(0.0, LIMIT_S, beyond=False, within=True)
        return at_most(look.now - self._since, LIMIT_S, -1.0, str(mode))

    def text(self, look: Look, reading: Reading) -> str:
        """Name the mode, and quote the vehicle."""
        words = reasons_of(look.vehicle, look.now)
        quoted = f": {'; '.join(words)}" if words else ""
        return f"the vehicle is in mode {look.vehicle.mode_name}, which nobody here asked for{quoted}"
