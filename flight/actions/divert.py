"""Fly to the certified divert site of this leg."""

from flight.actions.action import Steps
from flight.actions.airborne import Airborne
from flight.actions.steps import (
    climb,
    fly_on,
    follow_mission,
    lost_link_changes_nothing,
    low_battery_changes_nothing,
    make_current,
)
from flight.errors import VehicleRefused
from flight.protocol.names import VtolState
from flight.situations import Action

STAGE = "divert"


class Divert:
    """Makes the first item of the way to the site current: that is all, the way is on board.

    The item is the end of the leg under way, so a vehicle on its leg goes straight on; the item before does
    not matter. A quadplane that hovers is told to fly on its wing: the item that does so is left out. From
    low above the pad of the stop it climbs first, as the mission does; should we be lost meanwhile, the
    mission goes on home.

    The vehicle's own reaction to a low battery would take it to the return path: a copter as long as it is on
    the corridor, a quadplane from anywhere before its landing, across whatever lies between (SITL 4.7). A
    divert is often for want of energy, so this reaction is switched off. The next launch sets it again.
    """

    kind = Action.DIVERT

    def refusal(self, flight: Airborne) -> str | None:
        """Return why not: some items have no site of their own, and home is reached by returning."""
        under_way = flight.divert_under_way
        if under_way is None and flight.divert_ahead is None:
            return f"the plan has no divert site for item {flight.seq}; a return leads home"
        return None

    def is_done(self, flight: Airborne) -> bool:
        """Say whether it flies to a site."""
        return flight.divert_under_way is not None and flight.follows_mission

    def steps(self, flight: Airborne) -> Steps:
        """Change the item, unless the flight is on its way to a site; then it only has to go on."""
        under_way, hovers = flight.divert_under_way, flight.rotors_seq is not None
        divert = under_way or flight.divert_ahead
        if divert is None:
            raise VehicleRefused(STAGE, f"the vehicle has gone on to item {flight.seq}, which has no site")
        lands_here = divert.enter_seq == divert.land_seq
        if flight.climb_seq is not None and not lands_here:
            yield from climb(flight, flight.climb_seq, STAGE)
        if under_way is None:
            yield from make_current(flight, divert.enter_seq, divert.land_seq, STAGE)
        yield from follow_mission(flight, STAGE)
        if hovers and not lands_here:
            yield from fly_on(flight, VtolState.FIXED_WING, STAGE)
        yield from lost_link_changes_nothing(flight, STAGE)
        yield from low_battery_changes_nothing(flight, STAGE)
        return divert.site_id
