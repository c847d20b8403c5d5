"""What the events of a sortie say about its flight now: alerts, orders and what became of them, preflight.

The journal is the one place where this is kept; here it is read from the oldest event to the newest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from dispatch.values import Event, Words

CHECK_PREFIX = "check."
"""Before the name of a preflight check, in the data of its event."""

ACTION_PREFIX = "sortie.action_"
"""Before the outcome of an action, in the type of its event."""


class Outcome(StrEnum):
    """How far an order or an action has come."""

    ORDERED = "ordered"
    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True)
class Alert:
    """Something out of the ordinary that has not passed, with its figures."""

    situation: str
    since: datetime
    value: float
    limit: float
    unit: str
    words: Words


@dataclass(frozen=True)
class LastAction:
    """The newest thing that was done with a flight or asked of it. ``by`` is a person or a contingency."""

    action: str
    outcome: Outcome
    by: str
    at: datetime
    words: Words | None


@dataclass(frozen=True)
class Check:
    """The outcome of one preflight check."""

    name: str
    severity: str
    text: str


@dataclass(frozen=True)
class Preflight:
    """The outcome of all checks before launch, and who let soft failures pass."""

    at: datetime
    checks: tuple[Check, ...]
    overridden_by: str | None
    reason: Words | None


@dataclass(frozen=True)
class PadAnswer:
    """What was said about the pad at the destination."""

    clear: bool
    by: str
    at: datetime


@dataclass(frozen=True)
class TerminationRequest:
    """Somebody has asked to stop the motors; a second word is missing."""

    by: str
    at: datetime
    reason: Words | None


@dataclass(frozen=True)
class FlightRecord:
    """All of it. ``last_taken`` is the newest action that the drone was seen to take."""

    alerts: Mapping[str, Alert] = field(default_factory=dict)
    last_action: LastAction | None = None
    last_taken: LastAction | None = None
    preflight: Preflight | None = None
    pad: PadAnswer | None = None
    termination: TerminationRequest | None = None


def flight_record(events: Iterable[Event]) -> FlightRecord:
    """Return what the events of one sortie, oldest first, say."""
    record = FlightRecord()
    for event in events:
        record = _with(record, event)
    return record


def _with(record: FlightRecord, event: Event) -> FlightRecord:
    match event.type:
        case "sortie.alert_raised":
            alert = _alert(event)
            return replace(record, alerts={**record.alerts, alert.situation: alert})
        case "sortie.alert_cleared":
            return replace(record, alerts=_without(record.alerts, str(event.data["situation"])))
        case "sortie.adopted" | "sortie.landed":
            # Supervision has begun anew, and tells again what is still so; or it has ended.
            return replace(record, alerts={})
        case "sortie.action_ordered" | "sortie.action_taken" | "sortie.action_refused":
            return _with_action(record, _action(event))
        case "sortie.preflight":
            return replace(record, preflight=_preflight(event))
        case "sortie.pad_answered":
            return replace(record, pad=PadAnswer(event.data["clear"] == 1, event.actor, event.at))
        case "sortie.termination_requested":
            return replace(record, termination=TerminationRequest(event.actor, event.at, event.reason))
    return record


def _with_action(record: FlightRecord, action: LastAction) -> FlightRecord:
    """Keep the newest action; a request to stop the motors is answered by any other action."""
    waits = record.termination if action.outcome is Outcome.REFUSED else None
    taken = action if action.outcome is Outcome.TAKEN else record.last_taken
    return replace(record, last_action=action, last_taken=taken, termination=waits)


def _without(alerts: Mapping[str, Alert], situation: str) -> Mapping[str, Alert]:
    return {name: alert for name, alert in alerts.items() if name != situation}


def _alert(event: Event) -> Alert:
    value, limit = (float(event.data[name] or 0.0) for name in ("value", "limit"))
    words = event.reason or Words("", "")
    return Alert(str(event.data["situation"]), event.at, value, limit, str(event.data["unit"]), words)


def _action(event: Event) -> LastAction:
    outcome = Outcome(event.type.removeprefix(ACTION_PREFIX))
    return LastAction(str(event.data["action"]), outcome, str(event.data["by"]), event.at, event.reason)


def _preflight(event: Event) -> Preflight:
    checks = tuple(
        Check(name.removeprefix(CHECK_PREFIX), *str(told).split(": ", 1))
        for name, told in event.data.items()
        if name.startswith(CHECK_PREFIX)
    )
    by = event.data["overridden_by"]
    return Preflight(event.at, checks, None if by is None else str(by), event.reason)
