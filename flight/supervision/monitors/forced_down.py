"""Coming down where it is for want of a position that it has again."""

from flight.geodesy import distance_m
from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most
from flight.supervision.monitors.position import knows_position
from flight.supervision.release import AT_PAD_M
from flight.supervision.track import Track
from flight.vehicles.modes import LANDING

KNOWN_S = 2.0
"""So long the position has to be known again: GPS and estimator tell of themselves every 2 s."""

JUST_S = 5.0
"""A position that was lost so shortly before the landing began was its reason."""


class ForcedDown(Monitor):
    """A copter that loses its position lands at once, and goes on landing when it has found it again.

    ArduPilot's failsafe of the estimator ends by itself, the mode that it has set does not
    (``Copter::failsafe_ekf_off_event``). Where the vehicle may land anyway nothing is told. A position
    that is lost and found once more is another alert, and so another try.
    """

    situation = Situation.FORCED_DOWN
    unit = "s"
    hold_s = 0.0

    def __init__(self, track: Track) -> None:
        super().__init__()
        ends = {track.landing_seq, *track.divert_landings}
        self._pads = [track.points[each] for each in sorted(ends)]
        self._landing_since: float | None = None
        self._lost_at: float | None = None

    def read(self, look: Look) -> Reading:
        """Return for how long the position has been known while it lands on account of its loss."""
        if not knows_position(look):
            self._lost_at = look.now
        mode = look.vehicle.telemetry.mode
        lands = mode == LANDING[look.vehicle.vehicle_class] and mode not in look.expected_modes
        if not lands:
            self._landing_since = None
            return at_most(0.0, KNOWN_S, 0.0)
        if self._landing_since is None:
            self._landing_since = look.now
        lost_at = self._lost_at
        if lost_at is None or lost_at < self._landing_since - JUST_S or self._is_at_pad(look):
            return at_most(0.0, KNOWN_S, 0.0)
        return at_most(look.now - lost_at, KNOWN_S, -1.0, str(lost_at))

    def text(self, look: Look, reading: Reading) -> str:
        """Say how high it is: so much time is left."""
        height_m = look.vehicle.telemetry.altitude_above_home_m
        where = "" if height_m is None else f", {height_m:.0f} m above home"
        return f"it lost its position and lands where it is{where}, though it knows where it is again"

    def _is_at_pad(self, look: Look) -> bool:
        place = look.place
        return place is not None and any(distance_m(place, pad) <= AT_PAD_M for pad in self._pads)
