"""The vehicle does not know where it is."""

from flight.protocol.names import GPS_FIX_3D
from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most

LIMIT_S = 3.0
"""A copter's estimator gives up its position some 5 s after the last fix (``EK3_GPS_TIMEOUT``); GPS and
estimator tell of themselves every 2 s."""

UNTOLD_S = 12.0
"""After an adoption the first messages may be this late: nothing said yet is not the same as lost. And so old
may a position be of a vehicle that is heard."""


class PositionLost(Monitor):
    """No satellite position, no absolute position in the estimator, or none that is told."""

    situation = Situation.POSITION_LOST
    unit = "s"

    def __init__(self) -> None:
        super().__init__()
        self._good_at: float | None = None

    def read(self, look: Look) -> Reading:
        """Return for how long the position has been unknown."""
        if knows_position(look):
            self._good_at = look.now
        good_at = look.since + UNTOLD_S if self._good_at is None else self._good_at
        return at_most(max(0.0, look.now - good_at), LIMIT_S, 0.0)

    def text(self, look: Look, reading: Reading) -> str:
        """Name what is lost."""
        telemetry = look.vehicle.telemetry
        lost = [] if telemetry.gps_fix >= GPS_FIX_3D else [f"GPS fix type {telemetry.gps_fix}"]
        lost += [] if telemetry.position_known else ["no absolute position in the estimator"]
        lost += ["no position told"] if _is_untold(look) else []
        return f"{' and '.join(lost)} for {reading.value:.0f} s"


def knows_position(look: Look) -> bool:
    """Say whether the vehicle tells where it is, and both its receiver and its estimator know."""
    return has_position(look) and not _is_untold(look)


def has_position(look: Look) -> bool:
    """Say whether receiver and estimator know where the vehicle is, by their newest words."""
    telemetry = look.vehicle.telemetry
    return telemetry.gps_fix >= GPS_FIX_3D and telemetry.position_known


def _is_untold(look: Look) -> bool:
    """Say whether a vehicle that is heard told no position for long; a silent link is another alert."""
    telemetry = look.vehicle.telemetry
    heard_at = look.since if telemetry.heard_at is None else telemetry.heard_at
    return heard_at - max(look.since, telemetry.position_at) > UNTOLD_S
