"""The wings of a fleet: what they carry, and their drag by the polar C_D = C_D0 + k C_L².

An aircraft without a wing is one whose wing has no area (Anderson, "Aircraft Performance and Design",
chapters 2 and 5).
"""

from collections.abc import Sequence

import numpy as np

from simulator.airframe_parts import Wing
from simulator.physics import GRAVITY_M_S2
from simulator.physics.induced import TINY
from simulator.physics.state import Floats

_NO_WING = Wing(area_m2=0.0, drag_area_m2=0.0, induced_drag=0.0, lift_limit=0.0, efficiency=1.0, pusher_w=0.0)


def turn_radius_m(speed_m_s: Floats, bank: Floats) -> Floats:
    """Return the radius of a level turn, V² / (g tan φ)."""
    radius: Floats = speed_m_s**2 / (GRAVITY_M_S2 * np.tan(bank))
    return radius


class WingPower:
    """The wings and pushers of a fleet; ``pressure`` is ρ V², twice the dynamic pressure."""

    def __init__(self, wings: Sequence[Wing | None]) -> None:
        shapes = [wing or _NO_WING for wing in wings]
        self._none, self._whole = np.zeros(len(wings)), np.ones(len(wings))
        self.present = np.array([wing is not None for wing in wings])
        self.half_drag_area: Floats = np.array([0.5 * each.drag_area_m2 for each in shapes])
        self.per_watt: Floats = np.array([1.0 / each.efficiency for each in shapes])
        self.pusher_w = np.array([each.pusher_w for each in shapes])
        self._half_lift_area = np.array([0.5 * each.area_m2 * each.lift_limit for each in shapes])
        self._induced: Floats = np.array(
            [2.0 * each.induced_drag / each.area_m2 if each.area_m2 else 0.0 for each in shapes]
        )

    def rotor_share(self, lift: Floats, pressure: Floats) -> Floats:
        """Return the share of the lift that the wing cannot give: 0 above the stall speed."""
        share: Floats = np.maximum(self._whole - pressure * self._half_lift_area / (lift + TINY), self._none)
        return share

    def induced_drag(self, lift: Floats, pressure: Floats) -> Floats:
        """Return the drag that comes with the lift of the wing, N."""
        return lift * lift * self._induced / (pressure + TINY)

    def stall_speed_m_s(self, mass_kg: Floats, density: Floats, load: Floats) -> Floats:
        """Return the airspeed below which the wing carries less than the load; 0 without a wing."""
        full = np.where(self.present, density * self._half_lift_area, np.inf)
        speed: Floats = np.sqrt(mass_kg * load * GRAVITY_M_S2 / full)
        return speed
