"""A pilot's mode without a pilot: the sticks are where nobody holds them."""

from dataclasses import replace

from simulator.autopilot.activities.base import rotor_limits
from simulator.autopilot.craft import Craft
from simulator.autopilot.receiver import THROTTLE
from simulator.motion.hover import drive, vertical_speed

_CEILING, _FLOOR = 1, 8
"""Bits of ``FENCE_TYPE``."""

_AVOID_FENCES = 1
"""Bit of ``AVOID_ENABLE``."""


class Sink:
    """A pilot's mode without a pilot: hold the place, climb and sink with the throttle stick.

    Without a stick input the simulated stick is low, and the aircraft sinks with ``PILOT_SPEED_UP`` (2.5 m/s;
    ``PILOT_SPEED_DN`` 0 means the same speed).
    """

    _STICK_DEAD_ZONE_US = 100
    _SPEED_M_S = 2.5

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._limits = replace(rotor_limits(craft), acceleration_up=2.5)

    def step(self) -> bool:
        """Fly one step; never done."""
        body = self._craft.body
        stick = max(-1.0, min(1.0, (self._craft.stick_us(THROTTLE) - 1500) / 500.0))
        if abs(stick) * 500 < self._STICK_DEAD_ZONE_US:
            stick = 0.0
        if not body.on_ground or stick > 0.0:
            drive(body, 0.0, 0.0, self._within_fence(stick * self._SPEED_M_S), self._limits)
        return False

    def _within_fence(self, speed_m_s: float) -> float:
        """Stop ``FENCE_MARGIN`` inside ceiling and floor of a fence (``AC_Avoid::adjust_velocity_z``)."""
        craft = self._craft
        params = craft.params
        if not params["FENCE_ENABLE"] or not int(params["AVOID_ENABLE"]) & _AVOID_FENCES:
            return speed_m_s
        kinds, margin_m = int(params["FENCE_TYPE"]), params["FENCE_MARGIN"]
        height_m = craft.body.up - craft.home[2]
        if kinds & _CEILING:
            left_m = params["FENCE_ALT_MAX"] - margin_m - height_m
            speed_m_s = min(speed_m_s, max(0.0, vertical_speed(left_m, self._limits)))
        if kinds & _FLOOR:
            left_m = params["FENCE_ALT_MIN"] + margin_m - height_m
            speed_m_s = max(speed_m_s, min(0.0, vertical_speed(left_m, self._limits)))
        return speed_m_s
