"""The wake of a lifting rotor: the induced velocity that momentum theory gives.

Glauert's equation for a rotor in a stream of speed V across its disc that climbs with V_c is v (V² + (V_c +
v)²)^½ = v_h², with v_h² = T / (2 ρ A) of the hover (Leishman, "Principles of Helicopter Aerodynamics",
chapter 2). Level flight has the closed form v₀² = (V⁴/4 + v_h⁴)^½ − V²/2, hovering climb v = (v_h² +
V_c²/4)^½ − V_c/2. Between the two we take v = (v₀² + q²)^½ − q with q = V_c v₀² / (V² + 2 v₀²): exact in both
limits, and with the right slope over V_c everywhere (tested against the quartic: to 1 % of the flow for V_c
up to half of v_h).

In a slow vertical descent momentum theory fails: the rotor works in its own wake. Measured power there
(Leishman, chapter 2) falls by a fifth of the work that the fall sets free; the faster the aircraft flies, the
cleaner the air, and the more of that work it gets back.
"""

import numpy as np

from simulator.physics.state import Floats

TINY = 1e-9
"""Keeps divisions of aircraft that stand still with stopped rotors finite."""

_LOST_IN_WAKE = 0.8


def wake(hover_squared: Floats, speed_squared: Floats, climb: Floats) -> tuple[Floats, Floats]:
    """Return the induced velocity, and the share of the work of a descent that the rotors get back.

    The share is 0.2 in hover and nears 1 in fast flight.

    Parameters
    ----------
    hover_squared
        T / (2 ρ A), m²/s².
    speed_squared
        Square of the airspeed across the disc, m²/s².
    climb
        Rate of climb, m/s, not negative.
    """
    half = speed_squared * 0.5
    root = np.hypot(half, hover_squared)
    level = root - half
    stillness = level / (root + TINY)
    shift = stillness * climb * 0.5
    velocity: Floats = np.sqrt(level + shift * shift) - shift
    return velocity, 1.0 - stillness * _LOST_IN_WAKE
