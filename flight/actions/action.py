"""What every action has in common, and how one is carried out."""

from dataclasses import dataclass
from typing import Protocol

from flight.actions.airborne import Airborne
from flight.errors import FlightError, RemoteFlightError
from flight.events import ActionRefused, ActionTaken
from flight.procedure import Procedure
from flight.situations import Action

ATTEMPTS = 2
"""A vehicle that has not done it after two tries, each with all the patience of a command (36 s) and of the
look at its effect (15 s), is not going to, and a person has to know."""

Steps = Procedure[str | None]
"""Yields operations; returns the site of a divert, or ``None``."""


class FlightAction(Protocol):
    """Something that can be done with a vehicle in flight."""

    kind: Action

    def refusal(self, flight: Airborne) -> str | None:
        """Return why this makes no sense now, or ``None``."""

    def is_done(self, flight: Airborne) -> bool:
        """Say whether the vehicle is doing it already."""

    def steps(self, flight: Airborne) -> Steps:
        """Do it, and see it done.

        Raises
        ------
        FlightError
            If the vehicle refuses, is silent, or does something else.
        """


@dataclass(frozen=True)
class Request:
    """A wish for an action: at whose word and why; ``otherwise`` follows if it cannot be done."""

    action: FlightAction
    by: str
    reason: str
    by_person: bool = True
    otherwise: tuple[FlightAction, ...] = ()

    @property
    def kind(self) -> Action:
        """What is asked for."""
        return self.action.kind


def carry_out(request: Request, flight: Airborne) -> Procedure[bool]:
    """Carry out an action, tell how it ended, and say whether the vehicle was seen to do it."""
    refusal = request.action.refusal(flight)
    try:
        if refusal is None:
            site_id = yield from _insist(request.action, flight)
    except FlightError as error:
        refusal = str(error)
    said = {"action": request.kind, "by": request.by}
    if refusal is not None:
        yield flight.order.announce(ActionRefused, **said, reason=refusal)
        return False
    yield flight.order.announce(ActionTaken, **said, reason=request.reason, site_id=site_id)
    return True


def _insist(action: FlightAction, flight: Airborne) -> Steps:
    for _ in range(ATTEMPTS - 1):
        try:
            return (yield from action.steps(flight))
        except RemoteFlightError:
            continue
    return (yield from action.steps(flight))
