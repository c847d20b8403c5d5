"""Coming down where it is for want of a position that it has again."""

from flight.geodesy import Point, distance_m
from flight.plan import Delivery
from flight.protocol.names import LandedState
from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most
from flight.supervision.monitors.position import has_position, knows_position
from flight.supervision.release import AT_PAD_M
from flight.supervision.track import Track

KNOWN_S = 2.0
"""So long the position has to be known again: GPS and estimator tell of themselves every 2 s."""

JUST_S = 5.0
"""A loss that is told so shortly before or after the mode is its reason; else somebody lands it."""


class ForcedDown(Monitor):
    """A copter that loses its position lands at once, and goes on landing when it has found it again.

    ArduPilot's failsafe of the estimator ends by itself, the mode that it has set does not
    (``Copter::failsafe_ekf_off_event``, recorded: ``return_path_without_position``). Where the vehicle may
    land anyway nothing is told. A position that is lost and found once more is another alert, and so another
    try. A position that was not told yet, after an adoption or a silence, is no lost one.
    """

    situation = Situation.FORCED_DOWN
    unit = "s"
    hold_s = 0.0

    def __init__(self, track: Track) -> None:
        super().__init__()
        ends = {0, track.landing_seq, *track.divert_landings}
        self._pads = [track.points[each] for each in sorted(ends)]
        if track.plan.delivery is Delivery.LAND:
            self._pads.append(track.release_point)
        self._was_known = False
        self._lost_at: float | None = None
        self._landing_since: float | None = None
        self._is_forced = False

    def read(self, look: Look) -> Reading | None:
        """Return for how long the position has been known while it lands on account of its loss."""
        self._note_position(look)
        self._note_landing(look)
        if self._landing_since is None or not self._is_forced or self._lost_at is None:
            return at_most(0.0, KNOWN_S, 0.0)
        if look.place is None or not knows_position(look):
            return None
        known_s = 0.0 if self._is_at_pad(look.place) else look.now - self._lost_at
        return at_most(known_s, KNOWN_S, 0.0, str(self._lost_at))

    def text(self, look: Look, reading: Reading) -> str:
        """Say how high it is: so much time is left."""
        height_m = look.vehicle.telemetry.altitude_above_home_m
        where = "" if height_m is None else f", {height_m:.0f} m above home"
        return f"it lost its position and lands where it is{where}, though it knows where it is again"

    def _note_position(self, look: Look) -> None:
        self._was_known |= knows_position(look)
        if self._was_known and not has_position(look):
            self._lost_at = look.now

    def _note_landing(self, look: Look) -> None:
        telemetry = look.vehicle.telemetry
        is_down = telemetry.landed_state == LandedState.ON_GROUND
        if not look.vehicle.lands_here or is_down or telemetry.mode in look.expected_modes:
            self._landing_since, self._is_forced = None, False
            return
        if self._landing_since is None:
            self._landing_since = look.now
        is_reason = self._lost_at is not None and abs(self._lost_at - self._landing_since) <= JUST_S
        self._is_forced = self._is_forced or is_reason

    def _is_at_pad(self, place: Point) -> bool:
        return any(distance_m(place, pad) <= AT_PAD_M for pad in self._pads)
