"""One command to a gateway in another thread, and the event that answers it."""

from flight.commands import CancelLaunch, FlightCommand, InFlight
from flight.drivers.engine import Engine
from flight.drivers.mailbox import Mailbox
from flight.errors import FlightError, LocalFlightError, VehicleRefused, VehicleSilent
from flight.events import ActionRefused, ActionTaken, SortieEvent
from flight.link_state import LinkState
from flight.transports.clock import Clock

REFUSED_HERE = ("refused", "cancelled")
"""The stages of a failure that never reached the vehicle."""

UNHEARD = (LinkState.UNKNOWN, LinkState.LOST)


class Asking:
    """Gives commands, waits for their answers, and makes errors of failures."""

    def __init__(self, engine: Engine, mailbox: Mailbox, clock: Clock) -> None:
        self._engine = engine
        self._mailbox = mailbox
        self._clock = clock

    def ask(
        self, command: FlightCommand, kinds: tuple[type[SortieEvent], ...], stage: str, timeout_s: float
    ) -> SortieEvent:
        """Give a command and return the event of one of these kinds that answers it.

        What writes a plan is taken back where no answer comes in time, which works up to the arm command.
        """
        self._mailbox.check()
        until = self._clock.now() + timeout_s
        with self._mailbox.reader(lambda event: isinstance(event, kinds)) as queue:
            self._engine.command(command)
            while (event := self._mailbox.take(queue, until)) is not None:
                if isinstance(event, SortieEvent) and _answers(event, command):
                    return event
        self._engine.command(CancelLaunch(command.sortie_id, command.attempt))
        raise self.late(stage, timeout_s)

    def late(self, stage: str, timeout_s: float) -> VehicleSilent:
        """Return the error for what was not over in time, with what the vehicle last said."""
        snapshot = self._engine.snapshot()
        seen = f"link {snapshot.link}, {'armed' if snapshot.armed else 'disarmed'} in {snapshot.mode}"
        return VehicleSilent(stage, f"not over in {timeout_s:.0f} s; the vehicle when last heard: {seen}")

    def error_of(self, stage: str, reason: str) -> FlightError:
        """Return the error for a failure; while nothing is heard of the vehicle, it is its silence."""
        if stage in REFUSED_HERE:
            return LocalFlightError(reason)
        silent = self._engine.snapshot().link in UNHEARD
        return VehicleSilent(stage, reason) if silent else VehicleRefused(stage, reason)


def _answers(event: SortieEvent, command: FlightCommand) -> bool:
    """Say whether an event is about the order of a command, and about the action that it asks for."""
    if (event.sortie_id, event.attempt) != (command.sortie_id, command.attempt):
        return False
    if isinstance(event, ActionTaken | ActionRefused):
        return isinstance(command, InFlight) and command.action is event.action
    return True
