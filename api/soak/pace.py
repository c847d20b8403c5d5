"""How finely time passes: fine while drone and gateway talk to one another, coarse while they only listen."""

from collections.abc import Iterable

from flight.commands import Adopt, FlightCommand, Launch
from flight.events import AdoptionFailed, FlightAdopted, FlightEvent, Launched, LaunchFailed, SortieEvent

FINE_TICK_S = 0.25
"""Shorter than any timer of the protocols; the time that a datagram needs over a good link."""

COARSE_TICK_S = 1.0
"""The gateway tells telemetry once a second, and nothing waits for an answer."""

FINE_AFTER_S = 20.0
"""After a command or a report, in case more is said."""

_ANSWERS = (Launched, LaunchFailed, FlightAdopted, AdoptionFailed)


class Pace:
    """Chooses the length of the next tick."""

    def __init__(self) -> None:
        self._unanswered: set[tuple[str, int]] = set()
        self._fine_until = 0.0

    def note_commands(self, commands: Iterable[FlightCommand], now: float) -> None:
        """Note what was handed to the gateway."""
        for command in commands:
            self._fine_until = now + FINE_AFTER_S
            if isinstance(command, Launch | Adopt):
                self._unanswered.add((command.sortie_id, command.attempt))

    def note_event(self, event: FlightEvent, now: float) -> None:
        """Note what the gateway told."""
        if isinstance(event, SortieEvent):
            self._fine_until = now + FINE_AFTER_S
        if isinstance(event, _ANSWERS):
            self._unanswered.discard((event.sortie_id, event.attempt))

    def note_restart(self) -> None:
        """Forget what a gateway that is gone had to answer."""
        self._unanswered.clear()

    def tick_s(self, now: float) -> float:
        """Return how much time passes next."""
        return FINE_TICK_S if self._unanswered or now < self._fine_until else COARSE_TICK_S
