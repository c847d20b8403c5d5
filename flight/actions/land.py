"""Land here, whatever is below."""

from flight.actions.action import Steps
from flight.actions.airborne import Airborne
from flight.actions.steps import set_mode
from flight.situations import Action
from flight.vehicles.modes import LANDING


class Land:
    """Goes straight down from where the vehicle can stop."""

    kind = Action.LAND

    def refusal(self, flight: Airborne) -> str | None:
        """Return ``None``: what is below is for the one who asks to know."""
        return None

    def is_done(self, flight: Airborne) -> bool:
        """Say whether it lands where it is."""
        return flight.lands_here

    def steps(self, flight: Airborne) -> Steps:
        """Change the mode."""
        yield from set_mode(flight, LANDING[flight.vehicle.vehicle_class], "land")
        return None
