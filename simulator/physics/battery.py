"""The batteries of a fleet: voltage under load, heat, cold and age.

Each pack is shown as ArduPilot's SITL pack is, three cells in series, 12.6 V when full
(``SIM_BATT_VOLTAGE``), whatever is really inside; its capacity in ampere-hours is what makes up its
watt-hours at 3.8 V a cell. A cell is its open-circuit voltage behind a resistance: the current that a power
needs follows from V I = P with V = U − R I, and there is none when the voltage would fall below the cut-off.
"""

from collections.abc import Sequence

import numpy as np

from simulator.hazards import Hazards
from simulator.physics.cell import (
    CUT_OFF_CELL_VOLTS,
    FULL_CELL_VOLTS,
    NOMINAL_CELL_VOLTS,
    REFERENCE_C,
    capacity_share,
    open_volts,
    resistance_ohm_ah,
)
from simulator.physics.state import Flags, Floats

CELLS = 3
FULL_VOLTS = CELLS * FULL_CELL_VOLTS

_HEAT_J_PER_WH_K = 1000.0 / 160.0
"""Heat capacity: 1000 J/(kg K) (Maleki et al., J. Electrochem. Soc. 146, 1999), 160 Wh to the kilogram."""

_COOLING_S = 1200.0
"""Time constant of the cooling of a closed pack in the slipstream; a choice."""

_LOOK_UP_STEPS = 10
"""Steps after which voltage, resistance and heat follow charge and temperature, which change slowly."""

_HOUR_S = 3600.0


class Packs:
    """The batteries; every attribute without other words has the shape (n,).

    ``charge`` is what is left, 0 to 1. ``power_w`` is what was asked for, ``volts`` and ``amperes`` are at
    the terminals. ``used_wh`` is the energy delivered by them, ``heat_wh`` what became heat inside. ``empty``
    says whose battery does not deliver what is asked for. ``full_volts`` is a single number.

    Parameters
    ----------
    capacity_wh
        Energy of each pack when new and warm, full, at a load that empties it in about an hour.
    step_s
        Length of a step.
    ambient_c
        Temperature of the air, and of the packs at the start.
    age
        0 new, 1 at the end of its life: 80 % of the capacity, twice the resistance (the usual definition).
    """

    def __init__(
        self,
        capacity_wh: Sequence[float],
        step_s: float,
        ambient_c: float | Sequence[float] = REFERENCE_C,
        age: float | Sequence[float] = 0.0,
    ) -> None:
        count = len(capacity_wh)
        self.full_volts = FULL_VOLTS
        self.capacity_wh = np.array(capacity_wh, float)
        self.ambient_c, self.age = np.full(count, ambient_c), np.full(count, age)
        self.charge = np.ones(count)
        self.temperature_c = self.ambient_c.copy()
        self.power_w, self.amperes = np.zeros(count), np.zeros(count)
        self.volts = np.full(count, FULL_VOLTS)
        self.used_wh, self.heat_wh = np.zeros(count), np.zeros(count)
        self.empty: Flags = np.zeros(count, bool)
        self._extra_ohm, self._dead_cells = np.zeros(count), np.zeros(count)
        self._capacity_factor = np.ones(count)
        self._step_h = step_s / _HOUR_S
        self._cooling = float(np.exp(-_LOOK_UP_STEPS * step_s / _COOLING_S))
        self._asked = 0
        self._settled_charge, self._settled_wh = np.ones(count), np.zeros(count)
        self._open, self._four_ohm, self._floor = np.zeros(count), np.zeros(count), np.zeros(count)
        self._per_twice_ohm, self._capacity_ah = np.zeros(count), np.zeros(count)
        self._open_squared, self._share_per_ampere = np.zeros(count), np.zeros(count)
        self._look_up(slice(None))

    def draw(self, power_w: Floats) -> None:
        """Take power out for one step."""
        if self._asked == 0:
            self._settle(slice(None))
            self._look_up(slice(None))
        self._asked = (self._asked + 1) % _LOOK_UP_STEPS
        self.power_w = power_w
        room = self._open_squared - self._four_ohm * power_w
        self.empty = room < self._floor
        root = np.sqrt(np.maximum(room, self._floor))
        self.amperes = (self._open - root) * self._per_twice_ohm
        self.volts = (self._open + root) * 0.5
        self.used_wh += self.volts * self.amperes * self._step_h
        self.charge -= self.amperes * self._share_per_ampere

    def harm(self, row: int, hazards: Hazards) -> None:
        """Let one pack have the faults of its aircraft."""
        here = slice(row, row + 1)
        self._settle(here)
        self._extra_ohm[row] = hazards.extra_ohm
        self._dead_cells[row] = hazards.dead_cells
        self._capacity_factor[row] = hazards.capacity_factor
        self._look_up(here)

    def swap(self, row: int, charge: float) -> None:
        """Put in another pack, with a charge from 0 to 1, as warm as the air."""
        self.charge[row] = charge
        self.used_wh[row] = self.capacity_wh[row] * (1.0 - charge)
        self.temperature_c[row] = self.ambient_c[row]
        self._settled_charge[row], self._settled_wh[row] = charge, self.used_wh[row]
        self._look_up(slice(row, row + 1))
        self.volts[row], self.amperes[row], self.empty[row] = self._open[row], 0.0, charge <= 0.0

    def _settle(self, rows: slice) -> None:
        """Turn into heat what the chemistry gave and the terminals did not."""
        spent = (self._settled_charge[rows] - self.charge[rows]) * self._capacity_ah[rows] * self._open[rows]
        heat_wh = spent - (self.used_wh[rows] - self._settled_wh[rows])
        self._settled_charge[rows], self._settled_wh[rows] = self.charge[rows], self.used_wh[rows]
        self.heat_wh[rows] += heat_wh
        warmer = (self.temperature_c[rows] - self.ambient_c[rows]) * self._cooling
        warmer += heat_wh * _HOUR_S / (_HEAT_J_PER_WH_K * self.capacity_wh[rows])
        self.temperature_c[rows] = self.ambient_c[rows] + warmer

    def _look_up(self, rows: slice) -> None:
        """Let voltage, resistance and capacity follow charge, temperature and faults."""
        np.maximum(self.charge[rows], 0.0, out=self.charge[rows])
        temperature_c, age = self.temperature_c[rows], self.age[rows]
        cells = CELLS - self._dead_cells[rows]
        new_ah = self.capacity_wh[rows] / (CELLS * NOMINAL_CELL_VOLTS)
        ohm = CELLS * resistance_ohm_ah(temperature_c, age) / new_ah + self._extra_ohm[rows]
        capacity_ah = new_ah * capacity_share(temperature_c, age) * self._capacity_factor[rows]
        charged = self.charge[rows] > 0.0
        open_circuit = np.where(charged, cells * open_volts(self.charge[rows]), 0.0)
        least = np.minimum(np.maximum(2.0 * CUT_OFF_CELL_VOLTS * cells - open_circuit, 0.0), open_circuit)
        self._open[rows], self._open_squared[rows] = open_circuit, open_circuit * open_circuit
        self._floor[rows] = least * least
        self._four_ohm[rows], self._per_twice_ohm[rows] = 4.0 * ohm, 0.5 / ohm
        self._capacity_ah[rows] = capacity_ah
        self._share_per_ampere[rows] = self._step_h / capacity_ah
