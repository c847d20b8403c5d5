"""The parameter table: names, defaults and types as ArduPilot reports them (``simulator/params``)."""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.values import VehicleClass

_DIRECTORY = Path(__file__).parent.parent / "params"

_INTEGER_RANGES = {
    mavlink.MAV_PARAM_TYPE_INT8: (-128, 127),
    mavlink.MAV_PARAM_TYPE_INT16: (-32768, 32767),
    mavlink.MAV_PARAM_TYPE_INT32: (-(2**31), 2**31 - 1),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the table; ``kind`` is a ``MAV_PARAM_TYPE``."""

    name: str
    default: float
    kind: int


@cache
def shipped_parameters(vehicle_class: VehicleClass) -> tuple[Parameter, ...]:
    """Return the parameters of a class in the order of their indices."""
    text = (_DIRECTORY / f"{vehicle_class}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(Parameter(name, float(value), int(kind)) for name, value, kind in rows)


@cache
def _indices(vehicle_class: VehicleClass) -> dict[str, int]:
    """Return name → index.

    It is shared by all vehicles of a class: a fleet is large, and changes few parameters.
    """
    return {row.name: index for index, row in enumerate(shipped_parameters(vehicle_class))}


class ParameterTable:
    """Values of one vehicle; an unknown name is a KeyError.

    ``simulates`` says whether a ``SIM_`` parameter was ever written: the simulated world then looks at them.
    """

    def __init__(self, vehicle_class: VehicleClass) -> None:
        self.rows = shipped_parameters(vehicle_class)
        self._index = _indices(vehicle_class)
        self._changed: dict[str, float] = {}
        self.simulates = False

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, name: object) -> bool:
        return name in self._index

    def __getitem__(self, name: str) -> float:
        value = self._changed.get(name)
        return self.rows[self._index[name]].default if value is None else value

    def row(self, name: str) -> Parameter:
        """Return type and default of a parameter."""
        return self.rows[self._index[name]]

    def store(self, name: str, value: float) -> None:
        """Store a value as ArduPilot does: cut off and clamped to the integer type (trace ``params``)."""
        limits = _INTEGER_RANGES.get(self.row(name).kind)
        if limits is not None:
            value = float(min(limits[1], max(limits[0], math.trunc(value))))
        self._changed[name] = value
        self.simulates |= name.startswith("SIM_")
