"""Applies the table of contingencies to one flight, once for each alert."""

from flight.actions.action import Request
from flight.actions.airborne import Airborne
from flight.actions.catalogue import ACTIONS
from flight.actions.control import Control
from flight.actions.resume import Resume
from flight.actions.strength import WEAKEST_FIRST
from flight.contingencies.policy import Policy
from flight.contingencies.reach import nearest_first
from flight.contingencies.table import GO_ON, HOME, Chain, row_of
from flight.events import AlertRaised
from flight.geodesy import distance_m
from flight.situations import Action, Situation
from flight.supervision.flight import Supervision
from flight.supervision.release import AT_PAD_M

ENERGY = frozenset({Situation.ENERGY_SHORT, Situation.ENERGY_CRITICAL})
"""A held vehicle must come home, whoever holds it: an empty battery asks nobody."""

NO_ANSWER = frozenset({Situation.PLAN_CHANGED, Situation.FORCED_DOWN})
"""What the vehicle does meanwhile is the trouble itself, however strong it looks."""

A_PERSONS = frozenset({Action.HOLD, Action.LAND, Action.TERMINATE})
"""What a person has decided with his eyes open, and no table changes."""

PREFIX = "contingency:"

GONE_FOR_S = 10.0
"""So long other traffic has to be gone: it counts as gone while its position is not heard, too, and a vehicle
that is let go and stopped again every few seconds helps nobody."""


class Contingencies:
    """Answers alerts.

    A contingency never replaces what is as strong as itself, nor a hold or a landing that a person has asked
    for; but for want of energy it ends any hold, a return by a mission that somebody has changed is no
    return, and a landing that a failsafe began is nobody's order. A vehicle in a mode of somebody else's is
    left to him.
    """

    def __init__(self, control: Control, supervision: Supervision, policy: Policy) -> None:
        self._control = control
        self._supervision = supervision
        self._policy = policy
        self._gone_since: float | None = None

    def answer(self, alert: AlertRaised, now: float) -> None:
        """Do what the table says."""
        flight = self._control.flight
        first, *rest = _that_make_sense(self._chain(alert, flight), flight)
        obstacle = self._obstacle(alert, first, flight)
        if obstacle is not None:
            self._ask(alert.situation, (Action.CONTINUE,), f"{alert.text}; {obstacle}", now)
        else:
            self._ask(alert.situation, (first, *rest), alert.text, now)

    def look(self, now: float) -> None:
        """End a hold for other traffic when that has gone by."""
        kind, request = self._control.in_force
        waits = kind is Action.HOLD and request is not None and request.by == _by(Situation.TRAFFIC)
        if not waits or Situation.TRAFFIC in self._supervision.active_alerts:
            self._gone_since = None
            return
        self._gone_since = now if self._gone_since is None else self._gone_since
        if self._control.idle and now - self._gone_since >= GONE_FOR_S:
            reason = "the other aircraft has gone by"
            self._control.ask(Request(Resume(), _by(Situation.TRAFFIC), reason, by_person=False), now)

    def _chain(self, alert: AlertRaised, flight: Airborne) -> Chain:
        chain = row_of(alert.situation, flight.vehicle.vehicle_class).chain(flight.phase)
        kind, _ = self._control.in_force
        if kind is Action.HOLD and alert.situation in ENERGY and chain == GO_ON:
            return HOME
        if self._keeps_off_the_pad(alert.situation, flight):
            chain = tuple(each for each in chain if each is not Action.DIVERT)
        return nearest_first(chain, self._supervision.figures)

    def _keeps_off_the_pad(self, situation: Situation, flight: Airborne) -> bool:
        """Say whether a divert would come down on people: on the pad of the stop, where the receiver is.

        He said no; or the vehicle is only off its height, and he has not said yes, or has his parcel already.
        """
        track, pad_clear = self._supervision.track, self._supervision.pad_clear
        divert = flight.divert_ahead
        if divert is None or distance_m(track.points[divert.land_seq], track.release_point) > AT_PAD_M:
            return False
        awaited = flight.plan.hold_seq is not None and pad_clear is None
        may_be_there = awaited or self._supervision.released
        return pad_clear is False or (situation is Situation.OFF_HEIGHT and may_be_there)

    def _obstacle(self, alert: AlertRaised, action: Action, flight: Airborne) -> str | None:
        """Return why the table's answer is not given, or ``None``."""
        if action is Action.CONTINUE:
            return None
        if alert.situation in self._policy.switched_off:
            return f"the reaction to {alert.situation} is switched off"
        kind, request = self._control.in_force
        is_anothers = not (flight.follows_mission or flight.held or flight.lands_here)
        if is_anothers and alert.situation not in ENERGY:
            return f"the vehicle is in {flight.vehicle.mode_name}: whoever did that flies it"
        ends_hold = kind is Action.HOLD and alert.situation in ENERGY
        if kind in A_PERSONS and _may_be_a_persons(request, alert.situation) and not ends_hold:
            return f"a person has ordered to {kind}"
        weaker = WEAKEST_FIRST.index(action) <= WEAKEST_FIRST.index(kind)
        if ACTIONS[action].is_done(flight) or (weaker and alert.situation not in NO_ANSWER):
            return f"{kind if weaker else action} is being done"
        return None

    def _ask(self, situation: Situation, chain: Chain, reason: str, now: float) -> None:
        first, *rest = (ACTIONS[each] for each in chain)
        self._control.ask(Request(first, _by(situation), reason, by_person=False, otherwise=tuple(rest)), now)


def _may_be_a_persons(request: Request | None, situation: Situation) -> bool:
    """Say whether a person may have ordered what is done; of what we did not order nobody knows."""
    return situation is not Situation.FORCED_DOWN if request is None else request.by_person


def _that_make_sense(chain: Chain, flight: Airborne) -> Chain:
    """Return a chain from its first action on that is not refused as it is asked for."""
    for number, action in enumerate(chain):
        if ACTIONS[action].refusal(flight) is None:
            return chain[number:]
    return GO_ON


def _by(situation: Situation) -> str:
    return f"{PREFIX}{situation}"
