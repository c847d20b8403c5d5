"""Preflight of one launch: look, wait for what only needs time, report, and maybe wait for a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from flight.errors import FlightError, VehicleRefused
from flight.events import CheckResult, PreflightReported, Severity
from flight.order import Order
from flight.preflight.checks import CHECKS, POSITION_CHECKS
from flight.preflight.facts import Facts
from flight.preflight.gather import gather
from flight.preflight.round import CheckRound
from flight.preflight.settings import FAILURES, PreflightSettings
from flight.preflight.sight import Check
from flight.procedure import Procedure, Step, WaitUntil, perform
from flight.vehicle import Vehicle

STAGE = "preflight"


@dataclass(frozen=True, slots=True)
class Override:
    """A person's word that the launch may go on, and why."""

    by: str
    reason: str


class Preflight:
    """What stands between a verified plan and the arm command.

    The worst outcome decides. With a hard failure nothing is armed. With a soft one a person may let the
    launch go on, for a reason that is recorded; what that person was shown is what the override is good
    for, and no failure that comes later.

    Parameters
    ----------
    order, vehicle
        What is to be launched.
    settings
        How bad each failure is, and how long a person has.
    airspace_version
        The airspace in force, where dispatch told it.
    """

    def __init__(
        self, order: Order, vehicle: Vehicle, settings: PreflightSettings, airspace_version: str | None
    ) -> None:
        self._order = order
        self._vehicle = vehicle
        self._settings = settings
        self._facts = Facts(airspace_version)
        self._shown: frozenset[str] = frozenset()
        self._override: Override | None = None

    def override(self, by: str, reason: str) -> None:
        """Let the soft failures pass that were reported; before that there is nothing to override."""
        if self._shown and self._override is None:
            self._override = Override(by, reason)

    def await_position(self) -> Procedure[None]:
        """Wait until the vehicle knows where it is, and that this is the planned home."""
        results = yield from self._settled(POSITION_CHECKS)
        if self._standing(results):
            yield self._report(results)
            raise self._refusal(results)

    def clear(self) -> Procedure[bool]:
        """Look at everything and report; say whether a person was waited for.

        Raises
        ------
        VehicleRefused
            If the vehicle may not be armed.
        """
        yield from self._gather()
        results = yield from self._settled(CHECKS)
        yield self._report(results)
        standing = self._standing(results)
        if any(each.severity is Severity.HARD_FAILURE for each in standing):
            raise self._refusal(results)
        if standing:
            self._shown = frozenset(each.name for each in standing)
            yield from self._await_decision()
            yield from self._gather()
        return bool(standing)

    def last_look(self) -> Procedure[None]:
        """Look once more, in the mode in which the vehicle is armed, right before the command."""
        results = yield from self._settled(CHECKS)
        if self._standing(results):
            raise self._refusal(results)

    def _gather(self) -> Procedure[None]:
        self._facts = yield from gather(self._order.plan, self._vehicle, self._facts.airspace_version)

    def _await_decision(self) -> Procedure[None]:
        """Wait for a person, or for the failures to end by themselves; report how it was decided."""
        look = self._look(CHECKS)
        wait = WaitUntil(
            lambda now: not self._standing(look.renew(now)),
            self._settings.override_wait_s,
            lambda: self._refusal(look.results),
        )
        try:
            yield from perform(wait)
        except FlightError:
            yield self._report(look.results)
            raise
        yield self._report(look.results)

    def _settled(self, checks: Sequence[Check]) -> Procedure[tuple[CheckResult, ...]]:
        look = self._look(checks)
        yield from perform(WaitUntil(look.is_settled))
        return look.results

    def _look(self, checks: Sequence[Check]) -> CheckRound:
        return CheckRound(self._order.plan, self._vehicle, self._facts, self._settings, checks)

    def _standing(self, results: Sequence[CheckResult]) -> list[CheckResult]:
        """Return the failures that nobody has overridden."""
        overridden = frozenset[str]() if self._override is None else self._shown
        return [
            each
            for each in results
            if each.severity in FAILURES
            and (each.severity is Severity.HARD_FAILURE or each.name not in overridden)
        ]

    def _report(self, results: Sequence[CheckResult]) -> Step:
        used = self._override if any(each.severity is Severity.SOFT_FAILURE for each in results) else None
        return self._order.announce(
            PreflightReported,
            checks=tuple(results),
            overridden_by=None if used is None else used.by,
            override_reason=None if used is None else used.reason,
        )

    def _refusal(self, results: Sequence[CheckResult]) -> VehicleRefused:
        return VehicleRefused(STAGE, "; ".join(each.text for each in self._standing(results)))
