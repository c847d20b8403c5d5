"""End a hold; fly on as planned."""

from flight.actions.action import Steps
from flight.actions.airborne import Airborne
from flight.actions.steps import lost_link_changes_nothing, make_current, set_mode
from flight.situations import Action
from flight.vehicles.modes import AUTO

STAGE = "resume"


class Resume:
    """Goes back to AUTO, which goes on with the same item (recorded).

    Entering AUTO puts a quadplane on its wing (``ModeAuto::_enter``), and there it takes the items of the
    stop, release and all, one after the other without waiting (``Plane::verify_nav_wp``). One that was held
    at the stop begins it anew, with the item that puts it on its rotors.
    """

    kind = Action.RESUME

    def refusal(self, flight: Airborne) -> str | None:
        """Return why not: a flight that is not held has nothing to resume."""
        if flight.held:
            return None
        return f"the flight is not held: it is in {flight.vehicle.mode_name}"

    def is_done(self, flight: Airborne) -> bool:
        """Say whether the flight goes on."""
        return not flight.held

    def steps(self, flight: Airborne) -> Steps:
        """Enter AUTO."""
        stop_seq = flight.rotors_seq
        if stop_seq is not None:
            yield from make_current(flight, stop_seq, flight.plan.return_seq, STAGE)
        yield from set_mode(flight, AUTO[flight.vehicle.vehicle_class], STAGE)
        yield from lost_link_changes_nothing(flight, STAGE)
        return None
