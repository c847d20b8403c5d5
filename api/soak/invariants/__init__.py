"""The rules that hold in every world: one class a file, each with a bug of its kind planted in the tests."""

from api.soak.invariants.airspace import InsideCertifiedAirspace
from api.soak.invariants.base import Invariant, Violation
from api.soak.invariants.drones import AccountedFor
from api.soak.invariants.ending import Ends
from api.soak.invariants.energy import LandsWithReserve
from api.soak.invariants.launches import LaunchedOnce
from api.soak.invariants.requests import DeliveredOnce
from api.soak.invariants.restart import RestartKeepsState
from api.soak.invariants.separation import Separated
from api.soak.invariants.transitions import LegalSteps
from api.soak.invariants.verified import LaunchedVerified
from api.soak.invariants.whole import ComesDownWhole

__all__ = ["Invariant", "Violation", "all_invariants"]


def all_invariants(seed: int) -> list[Invariant]:
    """Return all invariants, for the world of one seed."""
    return [
        InsideCertifiedAirspace(),
        Separated(),
        LaunchedVerified(),
        LaunchedOnce(),
        DeliveredOnce(),
        LandsWithReserve(),
        AccountedFor(),
        ComesDownWhole(),
        LegalSteps(seed),
        RestartKeepsState(),
        Ends(),
    ]
