"""Errors of this package.

::

    FlightError
    ├── LocalFlightError     our misuse: a bad plan, a wrong address, a command that makes no sense now
    │   ├── PlanError            a flight plan that cannot be built or does not fit the vehicle
    │   ├── AddressInUse         two drones with one address
    │   ├── SigningKeyError      a signing key that cannot be used, or its file
    │   ├── UnsendableMessage    a message with values that its fields on the wire cannot hold
    │   └── LaunchCancelled      dispatch took a launch back
    └── RemoteFlightError    the vehicle's misbehaviour or silence; ``stage`` says where it stopped
        ├── VehicleSilent        no answer in the stated time
        ├── VehicleRefused       the vehicle said no; ``reason`` holds its own words
        └── PlanDiffers          what was read back is not what was sent
"""

from collections.abc import Sequence


class FlightError(Exception):
    """Root of all errors of this package."""


class LocalFlightError(FlightError):
    """We asked for something that makes no sense."""


class PlanError(LocalFlightError):
    """A flight plan cannot be built, or does not fit the vehicle it is meant for."""


class AddressInUse(LocalFlightError):
    """Two drones were given one address."""


class SigningKeyError(LocalFlightError):
    """A signing key, or the file that it is in, cannot be used; the text never holds the key."""


class UnsendableMessage(LocalFlightError):
    """A message has values that its fields on the wire cannot hold: a number too large, an array too long."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be sent: {reason}; correct the value that was put into it")


class LaunchCancelled(LocalFlightError):
    """A launch was taken back before the vehicle was armed."""

    stage = "cancelled"
    reason = "the launch was cancelled"


class RemoteFlightError(FlightError):
    """The vehicle misbehaved or is silent.

    Parameters
    ----------
    stage
        The step of the transaction that failed, for example ``"mission upload"``.
    reason
        One sentence for a person, with the vehicle's own words where it gave any.
    """

    def __init__(self, stage: str, reason: str) -> None:
        self.stage = stage
        self.reason = reason
        super().__init__(f"{stage}: {reason}")


class VehicleSilent(RemoteFlightError):
    """The vehicle did not answer in the stated time."""


class VehicleRefused(RemoteFlightError):
    """The vehicle refused."""


SHOWN_DIFFERENCES = 5
"""A wholly different plan differs in hundreds of places; a person needs the first few and the number."""


def summary_of(differences: Sequence[str]) -> str:
    """Return the first differences in one line, and how many more there are."""
    more = len(differences) - SHOWN_DIFFERENCES
    rest = [f"and {more} more"] if more > 0 else []
    return "; ".join([*differences[:SHOWN_DIFFERENCES], *rest])


class PlanDiffers(RemoteFlightError):
    """The plan read back from the vehicle is not the plan that was sent; ``differences`` holds all."""

    def __init__(self, stage: str, differences: Sequence[str]) -> None:
        self.differences = tuple(differences)
        super().__init__(stage, summary_of(self.differences))
