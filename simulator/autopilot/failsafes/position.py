"""ArduCopter's EKF failsafe (``ekf_check.cpp``; parameters ``FS_EKF_ACTION``, ``FS_EKF_THRESH``).

The check fails once the position is lost for a second; a copter in a mode that needs one lands.
"""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.copter import Copter
from simulator.physics import STEP_S

_FAILS_AFTER_S = 1.0
_WARN_EVERY_S = 30.0
_REPORT_ONLY, _ALT_HOLD, _LAND_ALWAYS = 0, 2, 3
"""``FS_EKF_ACTION``; 1 lands in the modes that need a position."""

_CRITICAL = mavlink.MAV_SEVERITY_CRITICAL


class PositionCheck:
    """Counts how long the position has been lost."""

    def __init__(self, copter: Copter) -> None:
        self._copter = copter
        self._failing_s = 0.0
        self._ever_passed = False
        self._acted = False
        self._warned_at = -_WARN_EVERY_S

    def step(self) -> None:
        """Look once."""
        copter = self._copter
        passed = copter.estimator.has_position or copter.craft.params["FS_EKF_THRESH"] <= 0.0
        self._ever_passed = self._ever_passed or passed
        if not self._ever_passed:
            return
        change = -STEP_S if passed else STEP_S
        self._failing_s = min(_FAILS_AFTER_S, max(0.0, self._failing_s + change))
        failed = "ekf" in copter.failsafes
        if not failed and self._failing_s >= _FAILS_AFTER_S - STEP_S / 2:
            self._fail()
        elif failed and self._failing_s <= STEP_S / 2:
            copter.failsafes.discard("ekf")
            if self._acted:
                self._acted = False
                copter.craft.say("EKF Failsafe Cleared", _CRITICAL)

    def _fail(self) -> None:
        copter = self._copter
        craft = copter.craft
        copter.failsafes.add("ekf")
        if craft.time - self._warned_at > _WARN_EVERY_S:
            self._warned_at = craft.time
            craft.say("EKF variance", _CRITICAL)
        if craft.armed:
            self._acted = True
            self._act(int(craft.params["FS_EKF_ACTION"]))

    def _act(self, action: int) -> None:
        copter = self._copter
        unmoved = not copter.mode.needs_position and action != _LAND_ALWAYS
        if action == _REPORT_ONLY or unmoved:
            copter.craft.say("EKF Failsafe", _CRITICAL)
            return
        if action != _ALT_HOLD or not copter.set_mode(mavlink.COPTER_MODE_ALT_HOLD):
            copter.land_after_pause()
        copter.craft.say(f"EKF Failsafe: changed to {copter.mode.title} Mode", _CRITICAL)
