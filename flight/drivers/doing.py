"""What the vehicle of a driver is doing, by its events: which sortie, and what was done with it last."""

from flight.actions.seen import modes_of
from flight.events import ActionTaken, FlightAdopted, FlightEvent, Landed, Launched, SortieEvent
from flight.plan import VehicleClass
from flight.situations import Action
from flight.vehicles.modes import mode_name


class Doing:
    """Remembers the flight under way and the newest action that was seen done with it, by whomever."""

    def __init__(self, vehicle_class: VehicleClass) -> None:
        self.sortie: tuple[str, int] | None = None
        self._taken: ActionTaken | None = None
        self._vehicle_class = vehicle_class

    def note(self, event: FlightEvent) -> None:
        """Take an event."""
        if isinstance(event, Launched | FlightAdopted):
            self.sortie, self._taken = (event.sortie_id, event.attempt), None
        elif isinstance(event, Landed) and self.is_about(event):
            self.sortie = self._taken = None
        elif isinstance(event, ActionTaken) and event.action is not Action.CONTINUE:
            self._taken = event

    def is_about(self, event: SortieEvent) -> bool:
        """Say whether an event is about the flight under way."""
        return self.sortie == (event.sortie_id, event.attempt)

    def already(self, action: Action, mode: str | None) -> ActionTaken | None:
        """Return the event of an action that was done and still lasts, as the flight mode says."""
        taken = self._taken
        modes = {mode_name(self._vehicle_class, each) for each in modes_of(action, self._vehicle_class)}
        return taken if taken is not None and taken.action is action and mode in modes else None
