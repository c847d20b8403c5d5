"""Who gives the go-ahead. A policy is one method; add another by adding a class."""

from dataclasses import dataclass
from typing import Protocol

from dispatch.values import Request, Sortie


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policy does without a person. Whatever it leaves open, an operator decides."""

    approve: bool
    confirm_loaded: bool


class Policy(Protocol):
    """Decides whether a planned sortie may start. ``name`` is the actor in the events."""

    @property
    def name(self) -> str:
        """The actor that the events show."""
        ...

    def decide(self, request: Request, sortie: Sortie) -> Decision:
        """Return what may go ahead without a person."""
        ...


class OperatorApproves:
    """The default: a person approves each sortie and confirms that the goods are on board."""

    name = "policy:operator-approves"

    def decide(self, request: Request, sortie: Sortie) -> Decision:
        """Leave everything to the operator."""
        return Decision(approve=False, confirm_loaded=False)


class DemoPolicy:
    """For simulated fleets only: nobody is there to approve or to load."""

    name = "policy:demo"

    def decide(self, request: Request, sortie: Sortie) -> Decision:
        """Approve, and take the goods for loaded."""
        return Decision(approve=True, confirm_loaded=True)
