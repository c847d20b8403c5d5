"""A lithium-polymer cell: voltage over charge, resistance and capacity over temperature and age."""

import numpy as np

from simulator.physics.state import Floats

_CHARGES = np.linspace(0.0, 1.0, 21)
_VOLTS = np.array(
    (
        *(3.27, 3.61, 3.69, 3.71, 3.73, 3.75, 3.77, 3.79, 3.80, 3.82, 3.84),
        *(3.85, 3.87, 3.91, 3.95, 3.98, 4.02, 4.08, 4.11, 4.15, 4.20),
    )
)
"""Resting voltage in steps of 5 % (Ampow, "LiPo voltage chart"). Its mean, 3.86 V, less what the resistance
takes at a load that empties the pack in an hour, is the nominal 3.8 V."""

FULL_CELL_VOLTS = float(_VOLTS[-1])
NOMINAL_CELL_VOLTS = 3.8
CUT_OFF_CELL_VOLTS = 2.8
"""Speed controllers stop the motors here, to save the cells."""

_RESISTANCE_OHM_AH = 0.040
"""Resistance times capacity of a new, warm cell: between power cells (5 Ah with 3 mΩ) and energy cells
(5 Ah with 20 mΩ); the larger a cell, the smaller its resistance."""

REFERENCE_C = 20.0
_DOUBLING_K = 25.0
"""The resistance doubles with this much cold: an activation energy of 20 kJ/mol around 10 °C."""

_TEMPERATURES_C = np.array([-20.0, -10.0, 0.0, 10.0, 20.0])
_CAPACITIES = np.array([0.60, 0.75, 0.87, 0.95, 1.0])
"""What a cold cell delivers at a moderate load (rounded from data sheets of 18650 cells)."""

_LIFE_LOSS = 0.2


def open_volts(charge: Floats) -> Floats:
    """Return the voltage of a cell without load at a charge from 0 to 1."""
    volts: Floats = np.interp(charge, _CHARGES, _VOLTS)
    return volts


def resistance_ohm_ah(temperature_c: Floats, age: Floats) -> Floats:
    """Return resistance times capacity; ``age`` is 0 for new, 1 for the end of life."""
    colder: Floats = np.exp2((REFERENCE_C - temperature_c) / _DOUBLING_K)
    return _RESISTANCE_OHM_AH * colder * (1.0 + age)


def capacity_share(temperature_c: Floats, age: Floats) -> Floats:
    """Return what of the capacity is there; ``age`` is 0 for new, 1 for the end of life."""
    warm: Floats = np.interp(temperature_c, _TEMPERATURES_C, _CAPACITIES)
    return warm * (1.0 - _LIFE_LOSS * age)
