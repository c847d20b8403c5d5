"""Too late."""

from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most

CLEAR_PART = 0.8


class BehindSchedule(Monitor):
    """Later than the reserved air allows for (`geofences.volumes`): others may be planned into it.

    Who does not fly the mission, but is held or lands, has left the schedule on purpose; and in the landing
    of the plan the air that is held is that above the pad.
    """

    situation = Situation.BEHIND_SCHEDULE
    unit = "s"
    hold_s = 60.0
    """A transition against the wind costs twenty seconds, which the cruise wins back."""

    def read(self, look: Look) -> Reading | None:
        """Return the lateness against what is allowed at this place."""
        if look.delay_s is None or look.planned is None or look.lands or not look.follows_mission:
            return None
        limit_s = look.planned.late_limit_s
        return at_most(look.delay_s, limit_s, CLEAR_PART * limit_s)

    def text(self, look: Look, reading: Reading) -> str:
        """Name the lateness, and when the flight will end."""
        eta_s = look.eta_s or 0.0
        return f"{reading.value:.0f} s behind the plan; the landing is {eta_s:.0f} s of flight ahead"
