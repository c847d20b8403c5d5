"""What others may know of a sortie: the volumes that it will be in from now on."""

from datetime import datetime

from dispatch.errors import Conflict
from dispatch.services import Services
from dispatch.states import ENDED
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.traffic import air_needed
from dispatch.values import Sortie
from geofences.certificate import START_WINDOW_S
from geofences.volumes import Volume4D


def intended_volumes(services: Services, sortie_id: str, now: datetime) -> tuple[Volume4D, ...]:
    """Return the volumes of a sortie that are not over yet.

    Before take-off it may start at any time until its plan is out of date.

    Raises
    ------
    Conflict
        It has ended, or is in the air and not known to keep to its plan.
    """
    with services.store.reading() as uow:
        volumes = _volumes(services, uow, uow.sorties.get(sortie_id), now)
    return tuple(each for each in volumes if each.interval.end > now)


def _volumes(services: Services, uow: UnitOfWork, sortie: Sortie, now: datetime) -> tuple[Volume4D, ...]:
    if sortie.state in ENDED:
        raise Conflict(
            f"sortie {sortie.id} has ended: it needs no air",
            "ask for one that has not",
            f"飛行({sortie.id})は終わっています",
        )
    plan = uow.sorties.plan(sortie.id)
    if sortie.launched_at is None:
        return services.planner.volumes(plan, plan.way_out.departure, START_WINDOW_S)
    claim = air_needed(services, uow, sortie, now)
    if claim.is_whole:
        raise Conflict(
            f"sortie {sortie.id} is not known to keep to its plan: it holds its whole corridor",
            "look at the drone; ask again when it is heard and back on its plan",
            f"飛行({sortie.id})が計画どおりか確認できないため、航路全体を確保しています",
        )
    return claim.volumes
