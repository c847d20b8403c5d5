"""What the aircraft does by itself: ground station silent, battery low, fence broken.

Traces ``gcs_failsafe``, ``battery_failsafe``, ``fence_breach``, ``return_path_*`` and
``qp_return_path_gcs_failsafe``.
"""

from abc import ABC, abstractmethod

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.base import Autopilot
from simulator.autopilot.failsafes.battery import PERIOD_S, BatteryWatch
from simulator.autopilot.fence import fence_names
from simulator.physics import STEP_S

_WARNING = mavlink.MAV_SEVERITY_WARNING
_NOTICE = mavlink.MAV_SEVERITY_NOTICE


class Failsafes(ABC):
    """Watches the link, the battery, the estimator and the fence.

    ``station_heard_at`` is when the ground station of ``SYSID_MYGCS`` was last heard.
    """

    ranks: tuple[int, ...]
    """Actions of the battery failsafe, the weightiest first: one is not followed by a lighter one."""

    def __init__(self, autopilot: Autopilot) -> None:
        self.autopilot = autopilot
        self.station_heard_at: float | None = None
        self.battery = BatteryWatch(autopilot.craft)
        self._highest_rank = len(self.ranks)
        self._checked_at = 0.0

    @property
    def charge_state(self) -> int:
        """``MAV_BATTERY_CHARGE_STATE``."""
        return self.battery.charge_state

    def heard_station(self) -> None:
        """Take note of a heartbeat of the ground station."""
        self.station_heard_at = self.autopilot.craft.time

    def battery_changed(self) -> None:
        """Forget that the battery was low."""
        self.autopilot.failsafes.discard("battery")
        self.autopilot.battery_problem = None
        self.battery.reset()
        self._highest_rank = len(self.ranks)

    def step(self) -> None:
        """Check everything once."""
        self._check_link()
        self.check_estimator()
        self._check_fence()
        time = self.autopilot.craft.time
        if time - self._checked_at >= PERIOD_S - STEP_S / 2:
            self._checked_at = time
            self._check_battery()

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
    def check_estimator(self) -> None:
        """Act where the estimator has lost the position."""

    @abstractmethod
    def landing(self) -> bool:
        """Say whether it is landing or has landed: then no fence is switched on by itself."""

    @abstractmethod
    def battery_action(self, action: int) -> None:
        """Act on a low battery."""

    @abstractmethod
    def fence_action(self, action: int, beyond_m: float) -> None:
        """Act on a fence broken by so many metres."""

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
        """Measure, and act on a level once; a disarmed aircraft only refuses to be armed."""
        autopilot, craft = self.autopilot, self.autopilot.craft
        self.battery.look()
        autopilot.battery_problem = self.battery.problem
        threshold = self.battery.fire() if craft.armed else None
        if threshold is None:
            return
        used = f"{craft.battery.volts:.2f}V used {craft.battery.used_mah:.0f} mAh"
        craft.say(f"Battery 1 is {threshold.word} {used}", _WARNING)
        autopilot.failsafes.add("battery")
        action = int(craft.params[threshold.action])
        rank = self.ranks.index(action) if action in self.ranks else len(self.ranks)
        if rank <= self._highest_rank:
            self._highest_rank = rank
            self.battery_action(action)

    def _check_fence(self) -> None:
        autopilot = self.autopilot
        watch, craft = autopilot.fence_watch, autopilot.craft
        before = watch.breaches
        fresh = watch.check(self.landing())
        if craft.armed and fresh:
            if not autopilot.landed:
                craft.say(f"{fence_names(fresh)} breached", _NOTICE)
            self.fence_action(int(craft.params["FENCE_ACTION"]), watch.breach_m)
        elif before and not watch.breaches and not autopilot.landed:
            craft.say("Fence breach cleared", _NOTICE)
