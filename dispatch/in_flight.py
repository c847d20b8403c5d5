"""Orders of operators to a flight under way.

An order is written down with who gave it and why, and goes out after the commit. What the drone makes of it
comes as events: the state changes when the drone is seen to obey, not when somebody has said so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dispatch import reasons
from dispatch.control import renew_control, seize_control
from dispatch.errors import Conflict, IllegalTransition
from dispatch.flight_words import ACTIONS
from dispatch.intake import MAX_REASON_LENGTH, checked_text
from dispatch.services import Services
from dispatch.states import SortieState
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.traffic import shares_corridor_with
from dispatch.values import EventData, Sortie, Words
from flight.situations import Action

_S = SortieState
_OUTWARD = frozenset({_S.LAUNCHED, _S.ENROUTE, _S.DELIVERING})
_MOVING = _OUTWARD | {_S.RETURNING, _S.DIVERTED}
IN_AIR = _MOVING | {_S.HELD, _S.LOST}
"""Where a drone may be in the air: also one that is not heard may hear."""


@dataclass(frozen=True)
class Order:
    """One kind of order. ``from_states`` says when it makes sense.

    Nobody is kept from an order that is an ``emergency``: it takes control from whoever has it.
    """

    kind: CommandKind
    from_states: frozenset[SortieState]
    emergency: bool = False


ORDERS: Mapping[Action, Order] = {
    Action.HOLD: Order(CommandKind.HOLD, _MOVING),
    # Also from the states of motion: after a restart nobody knows that a drone which holds was told to.
    Action.RESUME: Order(CommandKind.RESUME, _MOVING | {_S.HELD}),
    Action.RETURN: Order(CommandKind.RETURN_HOME, _OUTWARD | {_S.HELD, _S.DIVERTED, _S.LOST}, emergency=True),
    Action.DIVERT: Order(CommandKind.DIVERT, _OUTWARD | {_S.RETURNING, _S.HELD}),
    Action.LAND: Order(CommandKind.LAND_NOW, IN_AIR, emergency=True),
}
"""The orders that one person gives in one step (for the other see `dispatch.termination`)."""


def order(
    services: Services, sortie_id: str, action: Action, actor: str, now: datetime, reason: str | None = None
) -> Sortie:
    """Have a flight do something.

    Raises
    ------
    Conflict
        It makes no sense in the sortie's state, or another operator controls the drone.
    """
    what = ORDERS[action]
    words = optional_words(reason)
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        check_in_air(sortie, action, what.from_states)
        (seize_control if what.emergency else renew_control)(uow, sortie, actor, now)
        uow.outbox.put(sortie, what.kind, now, actor)
        record_order(uow, sortie, action, actor, now, words)
        return _warned(services, uow, sortie) if action is Action.RETURN else sortie


def check_in_air(sortie: Sortie, action: Action, states: frozenset[SortieState]) -> None:
    """Raise `Conflict` unless a sortie has launched and is in one of some states."""
    if sortie.launched_at is not None and sortie.state in states:
        return
    if action is Action.RETURN:
        raise IllegalTransition("sortie", sortie.state, SortieState.RETURNING)
    in_words = ACTIONS[action]
    raise Conflict(
        f"sortie {sortie.id} is {sortie.state}: it cannot be told to {in_words.en}",
        f"possible while it is {', '.join(sorted(states))}",
        f"いまの状態({sortie.state})では「{in_words.ja}」の指示はできません",
    )


def record_order(
    uow: UnitOfWork, sortie: Sortie, action: Action, actor: str, now: datetime, words: Words | None
) -> None:
    """Write down that somebody gave an order."""
    data: EventData = {"request_id": sortie.request_id, "action": str(action), "by": actor}
    uow.journal.record("sortie.action_ordered", sortie.id, now, actor, words, data)


def optional_words(reason: str | None) -> Words | None:
    """Return a reason that need not be given."""
    return None if reason is None else reasons.in_words_of(checked_text("reason", reason, MAX_REASON_LENGTH))


def _warned(services: Services, uow: UnitOfWork, sortie: Sortie) -> Sortie:
    """Tell of another drone in the air that one which turns round could meet."""
    other = shares_corridor_with(services, uow, sortie)
    warned = replace(sortie, reason=None if other is None else reasons.watch_both(other))
    uow.sorties.save(warned)
    return warned
