"""Looking at the checks again and again, until nothing more will come of waiting."""

from collections.abc import Sequence

from flight.events import CheckResult
from flight.plan import FlightPlan
from flight.preflight.facts import Facts
from flight.preflight.settings import FAILURES, PreflightSettings
from flight.preflight.sight import Check, Sight
from flight.vehicle import Vehicle


class CheckRound:
    """One look at some checks, which begins when it is first called; ``results`` are the newest outcomes."""

    def __init__(
        self,
        plan: FlightPlan,
        vehicle: Vehicle,
        facts: Facts,
        settings: PreflightSettings,
        checks: Sequence[Check],
    ) -> None:
        self.results: tuple[CheckResult, ...] = ()
        self._plan = plan
        self._vehicle = vehicle
        self._facts = facts
        self._settings = settings
        self._checks = checks
        self._since: float | None = None

    def renew(self, now: float) -> tuple[CheckResult, ...]:
        """Judge everything as it is now."""
        self._since = now if self._since is None else self._since
        sight = Sight(self._plan, self._vehicle, self._facts, self._since, now)
        self.results = tuple(self._settings.judge(check, sight) for check in self._checks)
        return self.results

    def is_settled(self, now: float) -> bool:
        """Judge everything; say whether no failure is left that time may still cure."""
        looked_s = 0.0 if self._since is None else now - self._since
        pairs = zip(self._checks, self.renew(now), strict=True)
        return not any(result.severity in FAILURES and looked_s < check.patience_s for check, result in pairs)
