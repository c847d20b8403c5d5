"""What is flown: each situation, and each command of an operator, from each phase."""

from collections.abc import Iterator
from dataclasses import dataclass

from flight.commands import (
    ConfirmTermination,
    Divert,
    Hold,
    InFlight,
    LandNow,
    RequestTermination,
    Resume,
    ReturnHome,
)
from flight.events import FlightPhase
from flight.situations import Action, Situation

PHASES = (
    FlightPhase.TAKING_OFF,
    FlightPhase.ENROUTE,
    FlightPhase.DELIVERING,
    FlightPhase.RETURNING,
    FlightPhase.LANDING,
)

HELD_S = 30.0
"""Between a hold and its resume."""

PERSONS = ("operator", "supervisor")
ORDERS: dict[Action, tuple[tuple[float, type[InFlight], str], ...]] = {
    Action.HOLD: ((0.0, Hold, "operator"),),
    Action.RESUME: ((0.0, Hold, "operator"), (HELD_S, Resume, "operator")),
    Action.RETURN: ((0.0, ReturnHome, "operator"),),
    Action.DIVERT: ((0.0, Divert, "operator"),),
    Action.LAND: ((0.0, LandNow, "operator"),),
    Action.TERMINATE: ((0.0, RequestTermination, "operator"), (5.0, ConfirmTermination, "supervisor")),
}
"""Command, when, and by whom."""


@dataclass(frozen=True)
class Case:
    """One flight: what happens to it, and in which phase."""

    what: Situation | Action
    phase: FlightPhase


def cases() -> Iterator[Case]:
    """Yield all of them, situations first."""
    for what in (*Situation, *ORDERS):
        for phase in PHASES:
            yield Case(what, phase)
