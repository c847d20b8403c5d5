"""When the battery is low: ``BATT_LOW_*``, ``BATT_CRT_*`` and ArduPilot's ``AP_BattMonitor.cpp``.

Trace ``copter/battery_failsafe``.
"""

from dataclasses import dataclass

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.craft import Craft

PERIOD_S = 0.2


@dataclass(slots=True)
class Threshold:
    """A level of the battery; ``fired`` says that it has been acted on, ``problem`` what is below it now."""

    volts: str
    mah: str
    action: str
    word: str
    charge_state: int
    low_for_s: float = 0.0
    fired: bool = False
    problem: str | None = None


class BatteryWatch:
    """Looks at the battery every ``PERIOD_S``."""

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._thresholds = (
            Threshold("BATT_CRT_VOLT", "BATT_CRT_MAH", "BATT_FS_CRT_ACT", "critical", 3),
            Threshold("BATT_LOW_VOLT", "BATT_LOW_MAH", "BATT_FS_LOW_ACT", "low", 2),
        )

    def reset(self) -> None:
        """Forget that the battery was low."""
        for threshold in self._thresholds:
            threshold.fired, threshold.low_for_s, threshold.problem = False, 0.0, None

    def look(self) -> None:
        """Measure once."""
        params, battery = self._craft.params, self._craft.battery
        left_mah = params["BATT_CAPACITY"] - battery.used_mah
        for threshold in self._thresholds:
            below = 0.0 < battery.volts < params[threshold.volts]
            threshold.low_for_s = threshold.low_for_s + PERIOD_S if below else 0.0
            threshold.problem = None
            if threshold.low_for_s > params["BATT_LOW_TIMER"]:
                threshold.problem = f"{threshold.word} voltage"
            elif left_mah < params[threshold.mah]:
                threshold.problem = f"{threshold.word} capacity"

    @property
    def problem(self) -> str | None:
        """What is too low now; the upper level is named first (``AP_BattMonitor_Backend::arming_checks``)."""
        return next((each.problem for each in reversed(self._thresholds) if each.problem is not None), None)

    @property
    def charge_state(self) -> int:
        """Return ``MAV_BATTERY_CHARGE_STATE``; a level that has been acted on stays."""
        reached = [each.charge_state for each in self._thresholds if each.problem is not None or each.fired]
        return max(reached, default=mavlink.MAV_BATTERY_CHARGE_STATE_OK)

    def fire(self) -> Threshold | None:
        """Return the worst level that has to be acted on now, once."""
        for threshold in self._thresholds:
            if threshold.problem is not None and not threshold.fired:
                threshold.fired = True
                return threshold
            if threshold.fired:
                break
        return None
