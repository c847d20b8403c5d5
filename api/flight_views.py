"""What the record of a flight says, as answers of the API."""

from datetime import datetime, timedelta

from api.flight_schemas import (
    AlertOut,
    CheckOut,
    ControlOut,
    FlightOut,
    LastActionOut,
    PadOut,
    PreflightOut,
    TerminationOut,
)
from api.schema_base import Words
from dispatch.flight_record import Alert, FlightRecord, LastAction, PadAnswer, Preflight, TerminationRequest
from dispatch.receiver import waits_for_receiver
from dispatch.store.leases import Lease
from dispatch.store.records import ProvedPlan
from dispatch.values import Sortie
from dispatch.values import Words as DispatchWords
from flight.actions.two_steps import CONFIRM_WITHIN_S
from flight.events import Severity
from flight.situations import Action, Situation

WORST_FIRST = tuple(reversed(Severity))


def words_out(words: DispatchWords | None) -> Words | None:
    """Return a sentence in two languages."""
    return None if words is None else Words(en=words.en, ja=words.ja)


def flight_out(
    sortie: Sortie,
    plan: ProvedPlan,
    record: FlightRecord,
    control: Lease | None,
    now: datetime,
    *,
    two_persons: bool,
) -> FlightOut:
    """Return what there is to know about a flight."""
    return FlightOut(
        alerts=[_alert_out(alert) for alert in record.alerts.values()],
        last_action=_action_out(record.last_action),
        control=None if control is None else ControlOut(holder=control.holder, until=control.until),
        preflight=_preflight_out(record.preflight),
        pad=_pad_out(sortie, plan, record.pad),
        termination=_termination_out(record.termination, now, two_persons=two_persons),
    )


def _alert_out(alert: Alert) -> AlertOut:
    return AlertOut(
        situation=Situation(alert.situation),
        since=alert.since,
        value=alert.value,
        limit=alert.limit,
        unit=alert.unit,
        words=Words(en=alert.words.en, ja=alert.words.ja),
    )


def _action_out(action: LastAction | None) -> LastActionOut | None:
    if action is None:
        return None
    return LastActionOut(
        action=Action(action.action),
        outcome=action.outcome,
        by=action.by,
        at=action.at,
        words=words_out(action.words),
    )


def _preflight_out(preflight: Preflight | None) -> PreflightOut | None:
    if preflight is None:
        return None
    checks = [
        CheckOut(name=each.name, severity=Severity(each.severity), text=each.text)
        for each in preflight.checks
    ]
    checks.sort(key=lambda check: WORST_FIRST.index(check.severity))
    return PreflightOut(
        at=preflight.at,
        worst=checks[0].severity if checks else Severity.PASSED,
        checks=checks,
        overridden_by=preflight.overridden_by,
        override_reason=words_out(preflight.reason),
    )


def _pad_out(sortie: Sortie, plan: ProvedPlan, answer: PadAnswer | None) -> PadOut | None:
    if plan.flight_plan.hold_seq is None:
        return None
    asked = waits_for_receiver(sortie, plan.flight_plan)
    if answer is None:
        return PadOut(asked=asked, clear=None, by=None, at=None)
    return PadOut(asked=asked, clear=answer.clear, by=answer.by, at=answer.at)


def _termination_out(
    requested: TerminationRequest | None, now: datetime, *, two_persons: bool
) -> TerminationOut | None:
    if requested is None or now >= (until := requested.at + timedelta(seconds=CONFIRM_WITHIN_S)):
        return None
    return TerminationOut(
        by=requested.by,
        at=requested.at,
        until=until,
        reason=words_out(requested.reason),
        by_another=two_persons,
    )
