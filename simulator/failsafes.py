"""What the aircraft does by itself: ground station silent, battery low, fence broken.

Traces ``gcs_failsafe``, ``battery_failsafe``, ``fence_breach``, ``return_path_*`` and
``qp_return_path_gcs_failsafe``.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot import Autopilot
from simulator.fence import NAMES
from simulator.physics import STEP_S
from simulator.values import VehicleClass

_WARNING = mavlink.MAV_SEVERITY_WARNING
_NOTICE = mavlink.MAV_SEVERITY_NOTICE
_PERIOD_S = 1.0
"""Fence and battery are checked once a second: at 25 m/s a breach is seen within 25 m."""

_CONTINUE_IN_AUTO = 2
"""``FS_OPTIONS`` of the copter, bit 1: go on in AUTO when the ground station is lost."""

_CONTINUE_LANDING = 8


@dataclass(slots=True)
class _Watch:
    """A battery threshold and whether it has been acted on."""

    volts: str
    mah: str
    action: str
    word: str
    charge_state: int
    low_for_s: float = 0.0
    fired: bool = False


class Failsafes(ABC):
    """Watches the link, the battery and the fence once per step."""

    def __init__(self, autopilot: Autopilot) -> None:
        self.autopilot = autopilot
        self.station_heard_at: float | None = None
        self.charge_state = mavlink.MAV_BATTERY_CHARGE_STATE_OK
        self._checked_at = 0.0
        self._watches = (
            _Watch("BATT_CRT_VOLT", "BATT_CRT_MAH", "BATT_FS_CRT_ACT", "critical", 3),
            _Watch("BATT_LOW_VOLT", "BATT_LOW_MAH", "BATT_FS_LOW_ACT", "low", 2),
        )

    def heard_station(self) -> None:
        """Take note of a heartbeat of the ground station."""
        self.station_heard_at = self.autopilot.craft.time

    def battery_changed(self) -> None:
        """Forget that the battery was low."""
        self.autopilot.failsafes.discard("battery")
        self.charge_state = mavlink.MAV_BATTERY_CHARGE_STATE_OK
        for watch in self._watches:
            watch.fired, watch.low_for_s = False, 0.0

    def step(self) -> None:
        """Check everything once."""
        self._check_link()
        time = self.autopilot.craft.time
        if time - self._checked_at >= _PERIOD_S - STEP_S / 2:
            self._checked_at = time
            self._check_battery()
            self._check_fence()

    @property
    @abstractmethod
    def link_timeout_s(self) -> float | None:
        """How long the ground station may be silent; None when nobody watches."""

    @abstractmethod
    def link_lost(self) -> None:
        """Act on the loss of the ground station."""

    @abstractmethod
    def link_back(self) -> None:
        """Say that the ground station is back."""

    @abstractmethod
    def battery_action(self, action: int) -> None:
        """Act on a low battery."""

    @abstractmethod
    def fence_action(self, action: int) -> None:
        """Act on a broken fence."""

    def _check_link(self) -> None:
        timeout, heard = self.link_timeout_s, self.station_heard_at
        lost = "gcs" in self.autopilot.failsafes
        if heard is None or timeout is None:
            return
        silent = self.autopilot.craft.time - heard > timeout
        if silent and not lost:
            self.autopilot.failsafes.add("gcs")
            self.link_lost()
        elif lost and not silent:
            self.autopilot.failsafes.discard("gcs")
            self.link_back()

    def _check_battery(self) -> None:
        for watch in self._watches:
            if not watch.fired and self._is_low(watch):
                self._battery_is_low(watch)
                return

    def _is_low(self, watch: _Watch) -> bool:
        craft = self.autopilot.craft
        params, battery = craft.params, craft.battery
        below = 0.0 < battery.volts < params[watch.volts]
        watch.low_for_s = watch.low_for_s + _PERIOD_S if below else 0.0
        left_mah = params["BATT_CAPACITY"] - battery.used_mah
        return watch.low_for_s > params["BATT_LOW_TIMER"] or left_mah < params[watch.mah]

    def _battery_is_low(self, watch: _Watch) -> None:
        watch.fired = True
        self.charge_state = watch.charge_state
        craft = self.autopilot.craft
        used = f"{craft.battery.volts:.2f}V used {craft.battery.used_mah:.0f} mAh"
        craft.say(f"Battery 1 is {watch.word} {used}", _WARNING)
        action = int(craft.params[watch.action])
        self.autopilot.failsafes.add("battery")
        if craft.armed and action:
            craft.say("Battery Failsafe", _WARNING)
            self.battery_action(action)

    def _check_fence(self) -> None:
        autopilot = self.autopilot
        before = autopilot.fence_watch.breaches
        fresh = autopilot.fence_watch.check()
        for bit, name in NAMES.items():
            if fresh & bit and autopilot.craft.armed:
                autopilot.craft.say(f"{name} fence breached", _NOTICE)
        if fresh and autopilot.craft.armed and not autopilot.landed:
            self.fence_action(int(autopilot.craft.params["FENCE_ACTION"]))
        if before and not autopilot.fence_watch.breaches:
            autopilot.craft.say("Fence breach cleared", _NOTICE)

    def path_or_home(self) -> None:
        """Follow the return path, or fly straight home where there is none."""
        if not self.autopilot.follow_return_path():
            self.autopilot.return_home()


class CopterFailsafes(Failsafes):
    """ArduCopter's reactions."""

    @property
    def link_timeout_s(self) -> float | None:
        """``FS_GCS_TIMEOUT`` where ``FS_GCS_ENABLE`` is not 0."""
        params = self.autopilot.craft.params
        return params["FS_GCS_TIMEOUT"] if params["FS_GCS_ENABLE"] > 0 else None

    def link_lost(self) -> None:
        """Do what ``FS_GCS_ENABLE`` says, or go on in AUTO (``FS_OPTIONS`` bit 1)."""
        autopilot, params = self.autopilot, self.autopilot.craft.params
        autopilot.craft.say("GCS Failsafe", _WARNING)
        if not autopilot.craft.armed or autopilot.landed:
            return
        options = int(params["FS_OPTIONS"])
        if options & _CONTINUE_IN_AUTO and autopilot.in_auto:
            autopilot.craft.say("GCS Failsafe - Continuing Auto Mode", _WARNING)
        elif options & _CONTINUE_LANDING and autopilot.landed_state() == mavlink.MAV_LANDED_STATE_LANDING:
            autopilot.craft.say("GCS Failsafe - Continuing Landing", _WARNING)
        else:
            self._act(
                {1: "home", 3: "home", 4: "home", 5: "land", 6: "path", 7: "land"},
                int(params["FS_GCS_ENABLE"]),
            )

    def link_back(self) -> None:
        """Say so; the mode stays."""
        self.autopilot.craft.say("GCS Failsafe Cleared", _WARNING)

    def battery_action(self, action: int) -> None:
        """Do what ``BATT_FS_LOW_ACT`` or ``BATT_FS_CRT_ACT`` says."""
        self._act({1: "land", 2: "home", 3: "home", 4: "home", 6: "path", 7: "land"}, action)

    def fence_action(self, action: int) -> None:
        """Do what ``FENCE_ACTION`` says."""
        self._act({1: "home", 2: "land", 3: "home", 4: "brake"}, action)

    def _act(self, table: dict[int, str], action: int) -> None:
        autopilot = self.autopilot
        match table.get(action):
            case "home":
                autopilot.return_home()
            case "path":
                self.path_or_home()
            case "land":
                autopilot.set_mode(mavlink.COPTER_MODE_LAND)
            case "brake":
                autopilot.set_mode(mavlink.COPTER_MODE_BRAKE)


class QuadplaneFailsafes(Failsafes):
    """ArduPlane's reactions."""

    @property
    def link_timeout_s(self) -> float | None:
        """``FS_LONG_TIMEOUT`` where ``FS_GCS_ENABL`` watches the heartbeat."""
        params = self.autopilot.craft.params
        return params["FS_LONG_TIMEOUT"] if params["FS_GCS_ENABL"] > 0 else None

    def link_lost(self) -> None:
        """Fly RTL; in AUTO and GUIDED only if ``FS_LONG_ACTN`` says so (0: go on)."""
        autopilot = self.autopilot
        going_on = autopilot.mode.name in {"AUTO", "GUIDED"} and autopilot.craft.params["FS_LONG_ACTN"] == 0
        acting = autopilot.craft.armed and not autopilot.landed and not going_on
        name = "RTL" if acting else autopilot.mode.name
        autopilot.craft.say(f"GCS Failsafe On: {name}", _WARNING)
        if acting:
            autopilot.return_home()

    def link_back(self) -> None:
        """Say so; the mode stays."""
        self.autopilot.craft.say("GCS Failsafe Off", _WARNING)

    def battery_action(self, action: int) -> None:
        """1: RTL, 2: the landing sequence, 4 and 6: land on rotors here."""
        autopilot = self.autopilot
        match action:
            case 1:
                autopilot.return_home()
            case 2:
                if not autopilot.executive.in_return_path:
                    self.path_or_home()
            case 4 | 6:
                autopilot.set_mode(mavlink.PLANE_MODE_QLAND)

    def fence_action(self, action: int) -> None:
        """1: RTL."""
        if action == 1:
            self.autopilot.return_home()


def failsafes_for(autopilot: Autopilot) -> Failsafes:
    """Return the failsafes of a copter or a quadplane."""
    copter = autopilot.craft.config.vehicle_class is VehicleClass.COPTER
    return CopterFailsafes(autopilot) if copter else QuadplaneFailsafes(autopilot)
