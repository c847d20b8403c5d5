"""The life cycles of a request and of a sortie: one table each, and nothing else decides.

The main line of each table is what happens when all goes well. The side states say why it did not.
"""

from collections import deque
from collections.abc import Mapping
from enum import StrEnum

from dispatch.errors import IllegalTransition


class RequestState(StrEnum):
    """Where a request stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    PLANNED = "planned"
    LOADED = "loaded"
    IN_FLIGHT = "in_flight"
    DELIVERED = "delivered"
    RECEIVED = "received"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    FAILED = "failed"
    HANDED_OVER = "handed_over"


class SortieState(StrEnum):
    """Where a sortie stands."""

    PLANNED = "planned"
    APPROVED = "approved"
    UPLOADING = "uploading"
    VERIFIED = "verified"
    LAUNCHED = "launched"
    ENROUTE = "enroute"
    DELIVERING = "delivering"
    RETURNING = "returning"
    LANDED = "landed"
    CLOSED = "closed"
    HELD = "held"
    DIVERTED = "diverted"
    ABORTED = "aborted"
    LOST = "lost"


_R = RequestState
REQUEST_TRANSITIONS: Mapping[RequestState, frozenset[RequestState]] = {
    _R.SUBMITTED: frozenset({_R.ACCEPTED, _R.REJECTED, _R.CANCELLED}),
    _R.ACCEPTED: frozenset({_R.PLANNED, _R.REJECTED, _R.CANCELLED, _R.FAILED}),
    _R.PLANNED: frozenset({_R.LOADED, _R.CANCELLED, _R.FAILED}),
    _R.LOADED: frozenset({_R.IN_FLIGHT, _R.CANCELLED, _R.FAILED}),
    _R.IN_FLIGHT: frozenset({_R.DELIVERED, _R.RETURNED, _R.FAILED}),
    _R.DELIVERED: frozenset({_R.RECEIVED}),
    _R.RECEIVED: frozenset(),
    # What did not work out may be planned again, or goes by ferry.
    _R.RETURNED: frozenset({_R.ACCEPTED, _R.CANCELLED, _R.HANDED_OVER}),
    _R.FAILED: frozenset({_R.ACCEPTED, _R.CANCELLED, _R.HANDED_OVER}),
    _R.REJECTED: frozenset(),
    _R.CANCELLED: frozenset(),
    _R.HANDED_OVER: frozenset(),
}

_S = SortieState
_OFF_PLAN = frozenset({_S.HELD, _S.DIVERTED, _S.LOST})
SORTIE_TRANSITIONS: Mapping[SortieState, frozenset[SortieState]] = {
    _S.PLANNED: frozenset({_S.APPROVED, _S.ABORTED}),
    _S.APPROVED: frozenset({_S.UPLOADING, _S.HELD, _S.ABORTED}),
    # Back to approved: a launch that the restart of a gateway cut short is tried again (next attempt).
    _S.UPLOADING: frozenset({_S.VERIFIED, _S.APPROVED, _S.HELD, _S.ABORTED}),
    _S.VERIFIED: frozenset({_S.LAUNCHED, _S.APPROVED, _S.HELD, _S.ABORTED}),
    _S.LAUNCHED: frozenset({_S.ENROUTE}) | _OFF_PLAN,
    # To returning: the drone turned round before the delivery.
    _S.ENROUTE: frozenset({_S.DELIVERING, _S.RETURNING}) | _OFF_PLAN,
    _S.DELIVERING: frozenset({_S.RETURNING}) | _OFF_PLAN,
    _S.RETURNING: frozenset({_S.LANDED}) | _OFF_PLAN,
    _S.LANDED: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset(),
    # A held sortie goes on where the aircraft is found to be, or an operator ends it.
    _S.HELD: frozenset(
        {
            _S.UPLOADING,
            _S.LAUNCHED,
            _S.ENROUTE,
            _S.DELIVERING,
            _S.RETURNING,
            _S.DIVERTED,
            _S.LANDED,
            _S.ABORTED,
        }
        | {_S.LOST}
    ),
    # To returning: an operator calls it home all the same.
    _S.DIVERTED: frozenset({_S.LANDED, _S.HELD, _S.RETURNING, _S.LOST}),
    _S.LOST: frozenset({_S.LANDED, _S.HELD, _S.CLOSED}),
    _S.ABORTED: frozenset(),
}

MAIN_LINE = (
    _S.PLANNED,
    _S.APPROVED,
    _S.UPLOADING,
    _S.VERIFIED,
    _S.LAUNCHED,
    _S.ENROUTE,
    _S.DELIVERING,
    _S.RETURNING,
    _S.LANDED,
    _S.CLOSED,
)
"""The sortie's way when all goes well, in order."""

ENDED = frozenset({_S.CLOSED, _S.ABORTED})
"""States of a sortie that ask nothing more of its drone."""


def check_request_step(current: RequestState, wanted: RequestState) -> None:
    """Raise `IllegalTransition` unless a request may go from ``current`` to ``wanted``."""
    if wanted not in REQUEST_TRANSITIONS[current]:
        raise IllegalTransition("request", current, wanted)


def check_sortie_step(current: SortieState, wanted: SortieState) -> None:
    """Raise `IllegalTransition` unless a sortie may go from ``current`` to ``wanted``."""
    if wanted not in SORTIE_TRANSITIONS[current]:
        raise IllegalTransition("sortie", current, wanted)


def is_behind(current: SortieState, wanted: SortieState) -> bool:
    """Say whether ``wanted`` lies behind ``current``, or is ``current``: news of it is old."""
    if current in ENDED or current == wanted:
        return True
    if current not in MAIN_LINE or wanted not in MAIN_LINE:
        return False
    return MAIN_LINE.index(wanted) <= MAIN_LINE.index(current)


def sortie_way(current: SortieState, wanted: SortieState) -> tuple[SortieState, ...]:
    """Return the shortest legal way, without ``current``, along the main line.

    News may skip states (a service that was down while the drone flew on), the record may not.

    Raises
    ------
    IllegalTransition
        No way leads there.
    """
    queue: deque[tuple[SortieState, ...]] = deque([(current,)])
    seen = {current}
    while queue:
        way = queue.popleft()
        if way[-1] == wanted:
            return way[1:]
        for state in MAIN_LINE:
            if state in SORTIE_TRANSITIONS[way[-1]] and state not in seen:
                seen.add(state)
                queue.append((*way, state))
    raise IllegalTransition("sortie", current, wanted)
