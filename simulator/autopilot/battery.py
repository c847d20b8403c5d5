"""The battery of one aircraft, as its monitor sees it."""

from simulator.physics.battery import Packs

NOMINAL_VOLTS = 11.4
"""Three cells of 3.8 V: what watt-hours are divided by to make the ampere-hours of ``BATT_CAPACITY``."""


class Battery:
    """One row of the packs of a fleet.

    ``shift_volts`` is added to what the monitor shows: ``SIM_BATT_VOLTAGE`` says what a full pack shows.
    """

    def __init__(self, packs: Packs, row: int) -> None:
        self._packs = packs
        self._row = row
        self.shift_volts = 0.0

    @property
    def capacity_wh(self) -> float:
        """Energy of a full pack."""
        return float(self._packs.capacity_wh[self._row])

    @property
    def charge(self) -> float:
        """What is left, from 0 to 1."""
        return float(self._packs.charge[self._row])

    @property
    def used_wh(self) -> float:
        """Energy delivered since the pack was put in."""
        return float(self._packs.used_wh[self._row])

    @property
    def power_w(self) -> float:
        """Present power."""
        return float(self._packs.power_w[self._row])

    @property
    def volts(self) -> float:
        """Voltage under the present load."""
        return max(0.0, float(self._packs.volts[self._row]) + self.shift_volts)

    @property
    def amperes(self) -> float:
        """Present current."""
        return float(self._packs.amperes[self._row])

    @property
    def used_mah(self) -> float:
        """Charge drawn, as ``BATTERY_STATUS.current_consumed`` counts it."""
        return self.used_wh / NOMINAL_VOLTS * 1000.0

    @property
    def capacity_mah(self) -> int:
        """Capacity as ``BATT_CAPACITY`` counts it."""
        return round(self.capacity_wh / NOMINAL_VOLTS * 1000.0)

    def show_full_as(self, full_volts: float) -> None:
        """Let a full pack show a voltage (``SIM_BATT_VOLTAGE``)."""
        self.shift_volts = full_volts - self._packs.full_volts

    def swap(self, charge: float) -> None:
        """Put in a pack with a charge from 0 to 1."""
        self._packs.swap(self._row, charge)
