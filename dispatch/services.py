"""What every part of the dispatcher works with, handed in once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dispatch.catalogue import Catalogue
from dispatch.fleet_view import FleetView
from dispatch.intake import Sites
from dispatch.planner import Planner
from dispatch.policy import Policy
from dispatch.store.store import Store
from dispatch.store.unit_of_work import UnitOfWork

IdSource = Callable[[UnitOfWork, str], str]
"""Makes an identifier from a prefix, ``R`` for requests and ``S`` for sorties."""

ACTOR = "dispatch"
"""The actor of what the dispatcher does by itself."""

FLIGHT = "flight"
"""The actor of what the gateway reports."""


def numbered_id(uow: UnitOfWork, prefix: str) -> str:
    """Return a short readable identifier: R-0001, then R-0002."""
    return f"{prefix}-{uow.settings.next_number(prefix):04d}"


@dataclass(frozen=True)
class Services:
    """The collaborators of the dispatcher.

    ``shares_air`` is told in `dispatch.traffic`, ``two_person_termination`` in `dispatch.termination`.
    """

    store: Store
    sites: Sites
    planner: Planner
    policy: Policy
    catalogue: Catalogue
    new_id: IdSource = numbered_id
    fleet: FleetView = field(default_factory=FleetView)
    shares_air: bool = False
    two_person_termination: bool = True
