"""The shape of an activity."""

from typing import Protocol

from simulator.autopilot.craft import Craft
from simulator.motion.hover import HoverLimits

SPOOL_UP_S = 3.2
"""A copter's rotors take so long to lift it after the order (trace ``auto_delivery``)."""


ROTOR_SETTINGS = ("WPNAV_", "Q_WP_")
"""How the names of the parameters begin that :func:`rotor_limits` reads."""


class Activity(Protocol):
    """Something that is flown step by step until it is done."""

    def step(self) -> bool:
        """Fly one step; say whether it is done."""
        ...


def rotor_limits(craft: Craft) -> HoverLimits:
    """Return the limits of flight on rotors from ``WPNAV_`` (copter) or ``Q_WP_`` (quadplane) parameters.

    One that is not positive counts as its default, as in ``AC_WPNav::wp_and_spline_init``.
    """
    prefix = "Q_WP_" if craft.airframe.wings else "WPNAV_"
    names = ("SPEED", "SPEED_UP", "SPEED_DN", "ACCEL", "ACCEL_Z", "RADIUS")
    return HoverLimits(*(_positive(craft, prefix + name) / 100.0 for name in names))


def _positive(craft: Craft, name: str) -> float:
    value = craft.params[name]
    return value if value > 0.0 else craft.params.row(name).default
