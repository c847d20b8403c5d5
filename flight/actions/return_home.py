"""Fly the proved return path now."""

from flight.actions.action import Steps
from flight.actions.airborne import Airborne
from flight.actions.steps import climb, command, fly_on, lost_link_changes_nothing, make_current, see
from flight.protocol.names import Command, VtolState
from flight.situations import Action

STAGE = "return"


class ReturnHome:
    """Sends ``DO_RETURN_PATH_START`` and believes it when the vehicle is seen on its return path.

    ArduPilot joins the nearest leg behind the marker (recorded), from any mode. A quadplane that hovers at
    the stop has to be told to fly as an aeroplane again: the item that would do so is left out by the jump.

    Low above the pad of the stop a straight line to the way home would lead through the approach sector
    below the certified heights: there the climb of the mission itself is made current, and the mission goes
    on to its return path. A held vehicle climbs first (`flight.actions.steps.climb`).
    """

    kind = Action.RETURN

    def refusal(self, flight: Airborne) -> str | None:
        """Return why not: the join is certified from the planned way only, not from the way to a site."""
        divert = flight.divert_under_way
        if divert is not None:
            return f"the flight is on its way to {divert.site_id}; no way home from there is certified"
        return None

    def is_done(self, flight: Airborne) -> bool:
        """Say whether it flies its way home."""
        return flight.homeward and flight.follows_mission

    def steps(self, flight: Airborne) -> Steps:
        """Turn back."""
        climb_seq, hovers = flight.climb_seq, flight.rotors_seq is not None
        if climb_seq is not None and flight.follows_mission:
            yield from make_current(flight, climb_seq, flight.plan.landing_seq, STAGE)
            return None
        if climb_seq is not None:
            yield from climb(flight, climb_seq, STAGE)
        yield from command(flight, STAGE, Command.DO_RETURN_PATH_START)
        yield from see(flight, lambda: flight.follows_mission and flight.homeward, STAGE)
        if hovers:
            yield from fly_on(flight, VtolState.FIXED_WING, STAGE)
        yield from lost_link_changes_nothing(flight, STAGE)
        return None
