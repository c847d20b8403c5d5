"""Who commands: a gateway commands a vehicle only as long as it was granted."""

from math import inf

from flight.commands import Adopt, CancelLaunch, FlightCommand, Launch, OverridePreflight, Upload
from flight.events import ActionRefused, AdoptionFailed, FlightEvent, LaunchFailed, UploadFailed
from flight.plan import VehicleAddress


class Lease:
    """The right to command one vehicle, until a time.

    Several gateways may hear one vehicle. One of them commands it; the others listen, and send nothing but
    heartbeats. What is under way when the right ends stays silent for good, also if the right comes back: in
    between another gateway may have commanded the vehicle, and a repeated old command would undo that.
    ``timer`` is when the right ends.
    """

    def __init__(self, *, needed: bool) -> None:
        self.timer = inf
        self._until = -inf if needed else inf
        self._is_muted = False

    def grant(self, until: float) -> None:
        """Take the right up to a time (Unix seconds); renewing it in time leaves no gap."""
        self._until = self.timer = until

    def holds(self, now: float) -> bool:
        """Say whether the vehicle may be commanded."""
        return now < self._until and not self._is_muted

    def is_muted(self, now: float) -> bool:
        """Say whether there is the right, and only what was begun under an earlier one is in the way."""
        return now < self._until and self._is_muted

    def update(self, now: float, *, is_working: bool) -> None:
        """Act on the time; ``is_working`` says that a procedure is under way."""
        is_over = now >= self._until
        self._is_muted = is_working and (is_over or self._is_muted)
        self.timer = inf if is_over else self._until


def refusal(command: FlightCommand, vehicle: VehicleAddress, now: float) -> FlightEvent | None:
    """Return the event that refuses a command for want of the right, if it is one that is answered."""
    reason = f"this gateway has no lease of {vehicle}; give the command to the one that holds it"
    order = (now, vehicle, command.sortie_id, command.attempt)
    if isinstance(command, Launch | Upload | Adopt):
        return refused(command, reason, now)
    if isinstance(command, CancelLaunch | OverridePreflight):
        return None
    return ActionRefused(*order, action=command.action, by=command.by, reason=reason)


def refused(command: Launch | Upload | Adopt, reason: str, now: float) -> FlightEvent:
    """Return the event that refuses a command with a plan."""
    order = (now, command.plan.vehicle, command.sortie_id, command.attempt)
    if isinstance(command, Adopt):
        return AdoptionFailed(*order, reason=reason)
    failed = LaunchFailed if isinstance(command, Launch) else UploadFailed
    return failed(*order, stage="refused", reason=reason)
