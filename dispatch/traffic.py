"""The air that is taken now: worked out from what is stored and what is heard, and kept nowhere.

A sortie holds air from the order to launch until it has ended. Usually that is the whole of its corridors, so
a hub has one drone in the air at a time. Where the air is shared (``Services.shares_air``), it is:

- Until it has launched, the whole of its corridors: nobody can say when it will start.
- In the air and on its plan, its volumes, counted from its take-off. On its plan is what is heard, is where
  and as high as its volumes say, has not been told to leave it and did not turn back before the delivery.
- In every other case, the whole of its corridors: held, diverted, lost, late or early, turned back, landed
  elsewhere, not heard, or adopted after a restart without its take-off having been seen.

Whoever starts while others fly must take off within `LAUNCH_WINDOW_S`; a launch that takes longer, or whose
air is taken meanwhile, is stopped before it arms.

Not covered, and why sharing is off unless asked for: of two drones that are in the air already, one turns
back early, by an operator's order or the battery failsafe, and comes to the hub together with the other.
Nothing can hold a drone in the air. In the simulator, with the call at the worst moment, they came within
29 m; an operator who calls one back is told.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dispatch import reasons
from dispatch.reservations import LAUNCH_WINDOW_S, Claim, Claims, back_share, in_the_way, whole
from dispatch.services import Services
from dispatch.states import SortieState
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import Sortie, Words
from flight.link_state import LinkState
from geofences.deconflict import least_delay_s
from geofences.values import Position
from geofences.volumes import Volume4D

SEEN_LATE_S = 15.0
"""How long after take-off the report of it may come: the start is confirmed for up to 10 s
(``flight.launching.arming``), over a link that may repeat it."""

_NOT_ORDERED = frozenset({SortieState.PLANNED, SortieState.APPROVED})
_OUTWARD = frozenset({SortieState.LAUNCHED, SortieState.ENROUTE})
_OFF_PLAN = (
    CommandKind.RETURN_HOME,
    CommandKind.HOLD,
    CommandKind.DIVERT,
    CommandKind.LAND_NOW,
    CommandKind.CONFIRM_TERMINATION,
)
_ON_PLAN = _OUTWARD | {SortieState.DELIVERING, SortieState.RETURNING}


def holds_air(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether a sortie that has not ended flies, or may take off at any moment."""
    return sortie.state not in _NOT_ORDERED or uow.outbox.holds(sortie, CommandKind.LAUNCH)


def is_launching(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether the launch is ordered and its take-off has not been reported."""
    return sortie.launched_at is None and holds_air(uow, sortie)


def claims_now(services: Services, uow: UnitOfWork, now: datetime, besides: str = "") -> Claims:
    """Return the air that is held by all sorties, but for one, by sortie."""
    return {
        other.id: claim_of(services, uow, other, now)
        for other in uow.sorties.active()
        if other.id != besides and holds_air(uow, other)
    }


def shares_corridor_with(services: Services, uow: UnitOfWork, sortie: Sortie) -> str | None:
    """Return a sortie that holds air anywhere in the corridors of this one."""
    corridor = services.planner.corridor(uow.sorties.plan(sortie.id))
    others = [other for other in uow.sorties.active() if other.id != sortie.id and holds_air(uow, other)]
    for other in others:
        if corridor.intersects(services.planner.corridor(uow.sorties.plan(other.id))):
            return other.id
    return None


def expected_claims(
    services: Services, uow: UnitOfWork, now: datetime, queue_key: tuple[object, ...]
) -> Claims:
    """Return the air that will be held by those that fly, and by those planned that are served before.

    Those planned or launching are counted from when they are expected to start. Where the air is not shared,
    nothing is expected: who flies next is decided at the order to launch.
    """
    return dict(_expected(services, uow, now, queue_key)) if services.shares_air else {}


def claim_of(services: Services, uow: UnitOfWork, sortie: Sortie, now: datetime) -> Claim:
    """Return the air that a sortie holds whose launch was ordered."""
    if services.shares_air:
        return air_needed(services, uow, sortie, now)
    return whole(sortie.id, services.planner.corridor(uow.sorties.plan(sortie.id)), now)


def air_needed(services: Services, uow: UnitOfWork, sortie: Sortie, now: datetime) -> Claim:
    """Return the air that a sortie needs: its volumes as long as it is known to keep to its plan."""
    plan = uow.sorties.plan(sortie.id)
    took_off = _took_off(uow, sortie)
    if took_off is not None and _follows_its_mission(uow, sortie):
        volumes = services.planner.volumes(plan, took_off, SEEN_LATE_S)
        if _is_inside(services, uow, sortie, volumes):
            return Claim(volumes, back_from=_back_from(services, uow, sortie, took_off, now))
    return whole(sortie.id, services.planner.corridor(plan), now)


def in_the_way_of(
    services: Services, uow: UnitOfWork, sortie: Sortie, now: datetime, window_s: float = LAUNCH_WINDOW_S
) -> Words | None:
    """Return why a sortie may not take off from now until the end of a window: who is in its way."""
    claims = claims_now(services, uow, now, besides=sortie.id)
    if not claims:
        return None
    volumes = services.planner.volumes(uow.sorties.plan(sortie.id), now, window_s)
    first = in_the_way(volumes, claims)
    return None if first is None else _words(first, volumes, claims, now)


def _words(sortie_id: str, newcomer: tuple[Volume4D, ...], claims: Claims, now: datetime) -> Words:
    """Return what a newcomer waits for, in words that do not change while it does."""
    if claims[sortie_id].is_whole:
        return reasons.corridor_reserved(sortie_id)
    delay_s = least_delay_s(newcomer, claims[sortie_id].volumes)
    if delay_s == 0.0:
        return reasons.may_come_back(sortie_id)
    return reasons.air_reserved(sortie_id, now + timedelta(seconds=delay_s))


def _expected(
    services: Services, uow: UnitOfWork, now: datetime, queue_key: tuple[object, ...]
) -> Iterator[tuple[str, Claim]]:
    for sortie in uow.sorties.active():
        if holds_air(uow, sortie) and not is_launching(uow, sortie):
            yield sortie.id, claim_of(services, uow, sortie, now)
        elif is_launching(uow, sortie) or uow.requests.get(sortie.request_id).queue_key < queue_key:
            plan = uow.sorties.plan(sortie.id)
            starts = sortie.arrives_at - timedelta(seconds=plan.way_out.duration_s)
            yield sortie.id, Claim(services.planner.volumes(plan, max(now, starts), LAUNCH_WINDOW_S))


def _took_off(uow: UnitOfWork, sortie: Sortie) -> datetime | None:
    """Return the earliest time at which a sortie took off; None where nobody saw it."""
    if sortie.launched_at is None:
        return None
    for event in uow.journal.of(sortie.id):
        if event.type == "sortie.adopted" and event.at <= sortie.launched_at:
            return None
        if event.type == "sortie.launched":
            seen = event.reason is None
            return sortie.launched_at - timedelta(seconds=SEEN_LATE_S) if seen else None
    return None


def _follows_its_mission(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether, by the record, a sortie flies as planned."""
    turned_back = sortie.state is SortieState.RETURNING and sortie.released_at is None
    told_otherwise = uow.outbox.holds(sortie, *_OFF_PLAN)
    return sortie.state in _ON_PLAN and not turned_back and not told_otherwise


def _is_inside(services: Services, uow: UnitOfWork, sortie: Sortie, volumes: tuple[Volume4D, ...]) -> bool:
    """Say whether the drone is heard, and is in one of the volumes at its time."""
    heard = services.fleet.snapshot(uow.drones.get(sortie.drone_id).address)
    if heard is None or heard.link is not LinkState.FRESH:
        return False
    if heard.latitude_deg is None or heard.longitude_deg is None or heard.altitude_amsl_m is None:
        return False
    position = Position(heard.latitude_deg, heard.longitude_deg)
    at = datetime.fromtimestamp(heard.at, UTC)
    return services.planner.is_inside(volumes, position, heard.altitude_amsl_m, at)


def _back_from(
    services: Services, uow: UnitOfWork, sortie: Sortie, took_off: datetime, now: datetime
) -> datetime | None:
    """Return when a drone that flies out could be home again if it turned round now."""
    if sortie.state not in _OUTWARD:
        return None
    drone_type = services.catalogue[uow.drones.get(sortie.drone_id).type_id]
    return now + back_share(drone_type.cruise_speed_m_s) * (now - took_off)
