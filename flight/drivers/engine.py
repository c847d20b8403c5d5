"""What runs a gateway in a thread of its own, over whatever connection."""

from typing import Protocol

from flight.commands import FlightCommand
from flight.events import VehicleSnapshot


class Engine(Protocol):
    """A gateway of one vehicle, used from other threads than its own.

    It passes each event to whom it was given at its start, and says there, too, when it stopped by itself.
    """

    def command(self, command: FlightCommand) -> None:
        """Hand a command to the gateway."""

    def snapshot(self) -> VehicleSnapshot:
        """Return the newest state of the vehicle."""

    def stop(self) -> None:
        """End the thread; a second time does nothing."""
