"""Stop the motors in flight."""

from flight.actions.action import Steps
from flight.actions.airborne import Airborne
from flight.actions.steps import command, see
from flight.protocol.names import Command
from flight.situations import Action

STAGE = "terminate"

FORCE = 21196.0
"""The value of ``COMPONENT_ARM_DISARM`` that disarms in the air (recorded: accepted)."""


class Terminate:
    """Disarms by force: the vehicle falls. Its two steps and two persons are `flight.actions.two_steps`'s."""

    kind = Action.TERMINATE

    def refusal(self, flight: Airborne) -> str | None:
        """Return why not: a vehicle whose motors stand still has nothing to terminate."""
        return None if flight.vehicle.telemetry.armed else "the motors are not running"

    def is_done(self, flight: Airborne) -> bool:
        """Say no: it is done or not, and not under way."""
        return False

    def steps(self, flight: Airborne) -> Steps:
        """Disarm."""
        yield from command(flight, STAGE, Command.COMPONENT_ARM_DISARM, 0.0, FORCE)
        yield from see(flight, lambda: not flight.vehicle.telemetry.armed, STAGE)
        return None
