"""The receiver's pad is clear: come down to the stop."""

from flight.actions.action import Steps
from flight.actions.airborne import Airborne
from flight.actions.steps import make_current
from flight.situations import Action


class Descend:
    """Ends the wait above the pad, which the mission would end by flying home with the parcel."""

    kind = Action.RESUME

    def refusal(self, flight: Airborne) -> str | None:
        """Return why not: the mission waits at one item only."""
        if flight.plan.hold_seq is None:
            return "this plan does not wait for the receiver"
        if flight.seq != flight.plan.hold_seq or not flight.follows_mission:
            return f"the vehicle does not wait above the pad: it is at item {flight.seq}"
        return None

    def is_done(self, flight: Airborne) -> bool:
        """Say whether it has left its wait downwards."""
        first = flight.plan.descend_seq
        return first is not None and first <= flight.seq <= flight.plan.return_seq

    def steps(self, flight: Airborne) -> Steps:
        """Make the descent current."""
        first = flight.plan.descend_seq
        if first is not None:
            yield from make_current(flight, first, flight.plan.return_seq, "descend")
        return None
