"""The battery against the energy of the plan."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.sight import Sight, Verdict

RESOLUTION = 0.01
"""``SYS_STATUS`` and ``BATTERY_STATUS`` tell whole per cents of the battery."""


@dataclass(frozen=True)
class BatteryCheck:
    """The battery holds the energy of the flight, and the reserve that no plan uses on top of it."""

    name: str = "battery"
    patience_s: float = 0.0

    def look(self, sight: Sight) -> Verdict:
        """Fail hard without the energy of the flight, and softly where only the reserve is touched."""
        plan, remaining = sight.plan, sight.telemetry.battery_remaining
        if plan.energy_available_wh is None:
            return Verdict(Severity.WARNING, "the plan does not say how much a full battery holds")
        if remaining is None:
            return Verdict(Severity.SOFT_FAILURE, "the vehicle does not tell what is left in its battery")
        held_wh, needed_wh = remaining * plan.energy_available_wh, plan.planned_energy_wh
        usable_wh = (remaining + RESOLUTION) * plan.energy_available_wh * (1.0 - plan.reserve_fraction)
        text = f"the battery holds {held_wh:.0f} Wh and the flight needs {needed_wh:.0f} Wh"
        if held_wh < needed_wh:
            return Verdict(Severity.HARD_FAILURE, text)
        if usable_wh < needed_wh:
            reserve = f"{text}, which touches the reserve of {plan.reserve_fraction:.0%}"
            return Verdict(Severity.SOFT_FAILURE, reserve)
        return Verdict(Severity.PASSED, text)
