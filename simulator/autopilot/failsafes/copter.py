"""ArduCopter's reactions.

Sources: ArduPilot's ``events.cpp`` and ``fence.cpp``; traces ``gcs_failsafe``, ``battery_failsafe`` and
``fence_breach``.
"""

from enum import IntEnum

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.copter import Copter
from simulator.autopilot.failsafes.base import Failsafes
from simulator.autopilot.failsafes.position import PositionCheck

_WARNING = mavlink.MAV_SEVERITY_WARNING
_GIVE_UP_M = 100.0
"""Further outside a fence than this the copter lands at once."""

_LAND, _RTL, _BRAKE, _SMART_RTL = (
    mavlink.COPTER_MODE_LAND,
    mavlink.COPTER_MODE_RTL,
    mavlink.COPTER_MODE_BRAKE,
    mavlink.COPTER_MODE_SMART_RTL,
)


class Action(IntEnum):
    """What a failsafe does (``FailsafeAction``; ``BATT_FS_LOW_ACT`` is one of these)."""

    NONE = 0
    LAND = 1
    RTL = 2
    SMART_RTL = 3
    SMART_RTL_LAND = 4
    TERMINATE = 5
    AUTO_RTL = 6
    BRAKE_LAND = 7


_LINK_ACTIONS = {
    1: Action.RTL,
    2: Action.RTL,
    3: Action.SMART_RTL,
    4: Action.SMART_RTL_LAND,
    5: Action.LAND,
    6: Action.AUTO_RTL,
    7: Action.BRAKE_LAND,
}
"""``FS_GCS_ENABLE``."""


class Option(IntEnum):
    """Bits of ``FS_OPTIONS``."""

    LINK_CONTINUE_IN_AUTO = 2
    CONTINUE_LANDING = 8
    LINK_CONTINUE_FOR_PILOT = 16


class CopterFailsafes(Failsafes):
    """Watches a copter."""

    ranks = (
        Action.TERMINATE,
        Action.LAND,
        Action.RTL,
        Action.SMART_RTL_LAND,
        Action.SMART_RTL,
        Action.NONE,
    )

    def __init__(self, autopilot: Copter) -> None:
        super().__init__(autopilot)
        self.copter = autopilot
        self._position = PositionCheck(autopilot)

    @property
    def link_timeout_s(self) -> float | None:
        """``FS_GCS_TIMEOUT`` where ``FS_GCS_ENABLE`` is not 0."""
        params = self.copter.craft.params
        return params["FS_GCS_TIMEOUT"] if params["FS_GCS_ENABLE"] > 0 else None

    def link_lost(self) -> None:
        """Do what ``FS_GCS_ENABLE`` and ``FS_OPTIONS`` say."""
        copter = self.copter
        action = _LINK_ACTIONS.get(int(copter.craft.params["FS_GCS_ENABLE"]), Action.RTL)
        if not copter.craft.armed:
            self._announce("GCS")
        elif self._is_parked():
            copter.disarm()
            self._announce("GCS", "Disarming")
        elif self.landing() and self._has(Option.CONTINUE_LANDING):
            self._announce("GCS", "Continuing Landing")
            self._act(Action.LAND)
        elif copter.mode.name == "AUTO" and self._has(Option.LINK_CONTINUE_IN_AUTO):
            self._announce("GCS", "Continuing Auto Mode")
        elif self._has(Option.LINK_CONTINUE_FOR_PILOT) and not copter.mode.flies_itself:
            self._announce("GCS", "Continuing Pilot Control")
        else:
            self._announce("GCS")
            self._act(action)

    def link_back(self) -> None:
        """Say so; the mode stays."""
        self.copter.craft.say("GCS Failsafe Cleared", _WARNING)

    def battery_action(self, action: int) -> None:
        """Do what ``BATT_FS_LOW_ACT`` or ``BATT_FS_CRT_ACT`` says."""
        if self._is_parked():
            self.copter.disarm()
            self._announce("Battery", "Disarming")
        elif action and self.landing() and self._has(Option.CONTINUE_LANDING):
            self._announce("Battery", "Continuing Landing")
            self._act(Action.LAND)
        else:
            self._announce("Battery")
            self._act(action)

    def fence_action(self, action: int, beyond_m: float) -> None:
        """Do what ``FENCE_ACTION`` says; on the ground, disarm."""
        copter = self.copter
        if action == 0:
            return
        if copter.landed:
            copter.disarm()
            return
        wanted = {2: (), 3: (_SMART_RTL, _RTL), 4: (_BRAKE,), 5: (_SMART_RTL,)}.get(action, (_RTL,))
        for number in () if beyond_m > _GIVE_UP_M else wanted:
            if copter.set_mode(number):
                return
        copter.set_mode(_LAND)

    def check_estimator(self) -> None:
        """Land where the position is lost."""
        self._position.step()

    def landing(self) -> bool:
        """Say whether it is landing, or on the ground."""
        return self.copter.landed or self.copter.landed_state() == mavlink.MAV_LANDED_STATE_LANDING

    def _is_parked(self) -> bool:
        """Say whether it stands armed on the ground with nothing begun (``should_disarm_on_failsafe``)."""
        copter = self.copter
        return copter.landed and not (copter.in_auto and copter.executive.running)

    def _has(self, option: Option) -> bool:
        return bool(int(self.copter.craft.params["FS_OPTIONS"]) & option)

    def _announce(self, kind: str, done: str = "") -> None:
        self.copter.craft.say(f"{kind} Failsafe{' - ' if done else ''}{done}", _WARNING)

    def _act(self, action: int) -> None:
        match action:
            case Action.LAND:
                self.copter.land_after_pause()
            case Action.RTL:
                self._home_or_land()
            case Action.SMART_RTL:
                self._try(_SMART_RTL, "SmartRTL Unavailable, Trying RTL Mode") or self._home_or_land()
            case Action.SMART_RTL_LAND:
                self._try(_SMART_RTL, "SmartRTL Unavailable, Using Land Mode") or self._land()
            case Action.TERMINATE:
                self.copter.disarm()
            case Action.AUTO_RTL:
                if not self.copter.fly_back():
                    self.copter.craft.say("Trying RTL Mode", _WARNING)
                    self._home_or_land()
            case Action.BRAKE_LAND:
                self._try(_BRAKE, "Trying Land Mode") or self._land()

    def _try(self, number: int, otherwise: str) -> bool:
        done = self.copter.set_mode(number)
        if not done:
            self.copter.craft.say(otherwise, _WARNING)
        return done

    def _home_or_land(self) -> bool:
        return self.copter.set_mode(_RTL) or self._land()

    def _land(self) -> bool:
        self.copter.land_after_pause()
        return True
