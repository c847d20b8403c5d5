"""Where all aircraft of a fleet are and how they move."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

Velocity = tuple[Floats, Floats, Floats]
"""Three numbers of each aircraft: to the north, to the east and up, or roll, pitch and yaw."""

Flown = tuple[Floats, Floats, Floats, Floats, Floats, Floats]
"""Velocity and attitude after a step."""


@dataclass(slots=True)
class State:
    """The truth; each array has the shape (n,).

    ``north``, ``east`` and ``up`` are metres from the pad where each aircraft was switched on; velocities are
    over ground in m/s, attitudes in radians. ``airspeed`` is horizontal. ``wrecked`` aircraft never move
    again.
    """

    north: Floats
    east: Floats
    up: Floats
    v_north: Floats
    v_east: Floats
    v_up: Floats
    roll: Floats
    pitch: Floats
    yaw: Floats
    airspeed: Floats
    on_ground: Flags
    wrecked: Flags

    @classmethod
    def parked(cls, yaw: Floats) -> Self:
        """Return the state of aircraft that stand on their pads with these headings, in radians."""
        north, east, up, v_north, v_east, v_up, roll, pitch, airspeed = np.zeros((9, len(yaw)))
        standing, whole = np.ones(len(yaw), bool), np.zeros(len(yaw), bool)
        return cls(north, east, up, v_north, v_east, v_up, roll, pitch, yaw.copy(), airspeed, standing, whole)
