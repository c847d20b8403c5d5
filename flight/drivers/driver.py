"""What a person's script needs to fly one vehicle: blocking, simple, and over in a stated time."""

from collections.abc import Iterator
from types import TracebackType
from typing import Protocol, Self

from flight.events import FlightEvent, VehicleSnapshot
from flight.plan import FlightPlan, VehicleAddress

UPLOAD_S = 300.0
"""Mission, fence, rally and some thirty parameters take ten seconds over a good link, and minutes over a bad
one."""

LAUNCH_S = 600.0
"""An upload, two minutes until a cold GPS receiver knows where it is, and preflight."""

ADOPTION_S = 600.0
"""Three lists are read over a link that may be bad, and a drone behind an island may be out of reach for
minutes before that."""

ACTION_S = 240.0
"""Two tries at a command and at its effect; a quadplane needs half a minute to stop, a copter one to climb
away from a pad."""


class Driver(Protocol):
    """One vehicle.

    Each call returns when the vehicle was seen to do what was asked of it, and raises one of our errors
    otherwise. All times are those of the clock that was handed in, and so of the vehicle where that is
    simulated faster than real time. A driver that is closed lets go of the vehicle, which flies on.

    There is no arming, no start of a mission and no change of mode alone: to arm what was not verified is
    what a verified launch is there to prevent. There is no stop of motors in flight either, as that takes two
    persons and a gateway that knows both.

    Raises
    ------
    VehicleSilent
        If it was not over in time, or nothing is heard of the vehicle any more.
    VehicleRefused
        If the vehicle would not, with its own words.
    PlanError
        If the plan is meant for another vehicle; nothing was sent.
    LocalFlightError
        If the call makes no sense now: nothing is flying, another plan is, or the driver is closed.
    """

    @property
    def address(self) -> VehicleAddress:
        """The vehicle that this driver flies, as its plans name it."""
        ...

    def state(self) -> VehicleSnapshot:
        """Return what is known of the vehicle now."""
        ...

    def upload(self, plan: FlightPlan, timeout_s: float = UPLOAD_S) -> str:
        """Put a plan on board, read it back and compare; return its hash. Nothing is armed."""
        ...

    def launch(
        self, plan: FlightPlan, airspace_version: str | None = None, timeout_s: float = LAUNCH_S
    ) -> None:
        """Carry out a verified launch: upload, read back, compare, preflight, arm, start."""
        ...

    def adopt(self, plan: FlightPlan, timeout_s: float = ADOPTION_S) -> None:
        """Take over a flight under way, of an earlier run of the script, if this plan is the one on board."""
        ...

    def hold(self, timeout_s: float = ACTION_S) -> None:
        """Stop in the air, for a limited time; then the flight returns by itself."""
        ...

    def resume(self, timeout_s: float = ACTION_S) -> None:
        """End a hold; fly on as planned."""
        ...

    def return_home(self, timeout_s: float = ACTION_S) -> None:
        """Fly home by the return path of the plan."""
        ...

    def divert(self, timeout_s: float = ACTION_S) -> str:
        """Fly to the certified divert site of this leg; return its id."""
        ...

    def land(self, timeout_s: float = ACTION_S) -> None:
        """Begin to land here, whatever is below."""
        ...

    def events(self, timeout_s: float) -> Iterator[FlightEvent]:
        """Yield what has happened and what happens, each once, up to and with the landing of a flight.

        Snapshots are not among them: `state` has the newest. Whoever does not ask finds the newest of what
        has happened since.
        """
        ...

    def close(self) -> None:
        """End all threads and let go of the vehicle; a second time does nothing."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
