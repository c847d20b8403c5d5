"""The battery: energy drawn, charge, and a voltage that falls with both."""

import bisect

_CELLS = 3
"""As ArduPilot's SITL pack: 12.6 V (``SIM_BATT_VOLTAGE``), and ``BATT_LOW_VOLT`` is 10.5 V by default."""

_CHARGE = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
_CELL_VOLTS = (3.0, 3.3, 3.5, 3.62, 3.74, 3.86, 4.0, 4.2)
"""Open-circuit voltage of a lithium-polymer cell over its charge (a usual discharge curve, rounded)."""

FULL_VOLTS = _CELLS * _CELL_VOLTS[-1]
NOMINAL_VOLTS = _CELLS * 3.8
_RESISTANCE_OHM = 0.0008


def open_circuit_volts(charge: float) -> float:
    """Return the voltage without load at a charge from 0 to 1, interpolated linearly."""
    charge = min(1.0, max(0.0, charge))
    right = max(1, bisect.bisect_left(_CHARGE, charge))
    left = right - 1
    share = (charge - _CHARGE[left]) / (_CHARGE[right] - _CHARGE[left])
    return _CELLS * (_CELL_VOLTS[left] + share * (_CELL_VOLTS[right] - _CELL_VOLTS[left]))


class Battery:
    """A pack of ``capacity_wh``; ``full_volts`` is what it shows when full (``SIM_BATT_VOLTAGE``)."""

    def __init__(self, capacity_wh: float) -> None:
        self.capacity_wh = capacity_wh
        self.full_volts = FULL_VOLTS
        self.used_wh = 0.0
        self.power_w = 0.0

    def draw(self, power_w: float, duration_s: float) -> None:
        """Take energy out."""
        self.power_w = power_w
        self.used_wh += power_w * duration_s / 3600.0

    @property
    def charge(self) -> float:
        """What is left, from 0 to 1."""
        return max(0.0, 1.0 - self.used_wh / self.capacity_wh)

    @property
    def volts(self) -> float:
        """Voltage under the present load."""
        resting = self.full_volts - FULL_VOLTS + open_circuit_volts(self.charge)
        return max(0.0, resting - _RESISTANCE_OHM * self.power_w / NOMINAL_VOLTS)

    @property
    def amperes(self) -> float:
        """Present current."""
        return self.power_w / NOMINAL_VOLTS

    @property
    def capacity_mah(self) -> int:
        """Capacity as ``BATT_CAPACITY`` counts it."""
        return round(self.capacity_wh / NOMINAL_VOLTS * 1000.0)

    @property
    def used_mah(self) -> float:
        """Charge drawn, as ``BATTERY_STATUS.current_consumed`` counts it."""
        return self.used_wh / NOMINAL_VOLTS * 1000.0

    def swap(self, charge: float) -> None:
        """Put in a pack with a charge from 0 to 1."""
        self.used_wh = self.capacity_wh * (1.0 - charge)
