"""Fly on as planned: nothing is asked of the vehicle."""

from flight.actions.action import Steps
from flight.actions.airborne import Airborne
from flight.situations import Action


class Proceed:
    """Lets the flight go on, which is an answer to a situation as any other and told as such."""

    kind = Action.CONTINUE

    def refusal(self, flight: Airborne) -> str | None:
        """Return ``None``: nothing is in the way of doing nothing."""
        return None

    def is_done(self, flight: Airborne) -> bool:
        """Say no: it is told each time."""
        return False

    def steps(self, flight: Airborne) -> Steps:
        """Ask nothing of the vehicle."""
        yield from ()
        return None
