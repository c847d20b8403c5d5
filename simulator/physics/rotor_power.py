"""The power of lift rotors, by momentum theory and blade drag.

P = T (κ v + c v_h (1 + 4.65 μ²)) + W V_c at the shafts. κ v is the induced part
(:mod:`simulator.physics.induced`); the second part turns the blades through the air and grows with the square
of the advance ratio μ, airspeed over tip speed (Leishman, "Principles of Helicopter Aerodynamics", chapter
5). Propellers of fixed pitch change their speed with the thrust, so that the tip speed is v_h (2 / C_T)^½.
"""

from collections.abc import Sequence

import numpy as np

from simulator.airframe_parts import RotorSet
from simulator.physics.induced import TINY, wake
from simulator.physics.state import Floats

_THRUST_COEFFICIENT = 0.012
"""T / (ρ A (tip speed)²) in hover: APC 10x5, C_T 0.1 of the UIUC propeller data times 4 / π³."""

_BLADE_DRAG = 4.65 * _THRUST_COEFFICIENT / 2.0
"""Growth of the blades' part over (airspeed / v_h)²."""


class RotorPower:
    """The lift rotors of a fleet; ``per_watt`` is the electrical power for a watt at the shafts."""

    def __init__(self, rotors: Sequence[RotorSet]) -> None:
        self._twice_disc = np.array([2.0 * np.pi * each.radius_m**2 * each.motors for each in rotors])
        self.per_watt: Floats = np.array([1.0 / each.efficiency for each in rotors])
        self._induced: Floats = np.array([each.induced_factor for each in rotors])
        self._none = np.zeros(len(rotors))
        self._blades: Floats = np.array([each.profile_ratio for each in rotors])

    def watts(
        self, lift: Floats, thrust: Floats, speed_squared: Floats, v_up: Floats, density: Floats
    ) -> Floats:
        """Return the shaft power of rotors that give a thrust (N), of which ``lift`` is upwards.

        Parameters
        ----------
        lift, thrust
            Upward part, and the whole, N.
        speed_squared
            Square of the horizontal airspeed, m²/s².
        v_up
            Rate of climb, m/s.
        density
            Of the air, kg/m³.
        """
        hover_squared = thrust / (self._twice_disc * density)
        climb = np.maximum(v_up, self._none)
        velocity, regained = wake(hover_squared, speed_squared, climb)
        blades = (hover_squared + speed_squared * _BLADE_DRAG) / np.sqrt(hover_squared + TINY)
        turning = thrust * (velocity * self._induced + blades * self._blades)
        return turning + lift * (climb + (v_up - climb) * regained)
