"""The standard atmosphere (ISO 2533, ICAO Doc 7488): pressure and density over height.

Below 11 km the temperature falls by 6.5 K per kilometre, and the pressure follows from the weight of the air
above. A day that is warmer or colder than standard has the same pressure at a height, and another density.
"""

import numpy as np

from simulator.physics import GRAVITY_M_S2
from simulator.physics.state import Floats

SEA_LEVEL_PA = 101_325.0
SEA_LEVEL_K = 288.15
SEA_LEVEL_DENSITY = 1.225
STANDARD_C = 15.0
LAPSE_K_M = 0.0065
GAS_CONSTANT = 287.05287
"""Of dry air, in J/(kg K)."""

EXPONENT = GRAVITY_M_S2 / (LAPSE_K_M * GAS_CONSTANT)


def temperature_k(altitude_amsl_m: Floats, warmer_k: Floats | float = 0.0) -> Floats:
    """Return the temperature at an altitude on a day that is ``warmer_k`` warmer than standard."""
    return (SEA_LEVEL_K + warmer_k) - LAPSE_K_M * altitude_amsl_m


def pressure_pa(altitude_amsl_m: Floats) -> Floats:
    """Return the pressure at a geopotential altitude below 11 km."""
    share: Floats = np.power(1.0 - (LAPSE_K_M / SEA_LEVEL_K) * altitude_amsl_m, EXPONENT)
    return SEA_LEVEL_PA * share


def density_kg_m3(altitude_amsl_m: Floats, warmer_k: Floats | float = 0.0) -> Floats:
    """Return the density of the air at an altitude, from its pressure and temperature."""
    return pressure_pa(altitude_amsl_m) / (GAS_CONSTANT * temperature_k(altitude_amsl_m, warmer_k))
