"""Contact with what is below: a pad, a field, the sea."""

from collections.abc import Sequence

import numpy as np

from simulator.geodesy import LocalFrame
from simulator.physics.state import Flags, State
from simulator.physics.surface import Surface
from simulator.values import VehicleConfig

HARD_M_S = 3.0
"""What touches the ground faster than this breaks: six times ArduPilot's ``LAND_SPEED``."""

SLIDE_M_S = 8.0
"""Nothing rolls here: an aircraft that lands faster than this, sideways, turns over."""

PAD_M = 5.0
"""Radius of a pad: what stands on it is in the way of who comes down so near to its middle."""

_NEAR_M = 1.0


class Ground:
    """Stops what comes down, and tells how it ended.

    ``drowned`` says what lies in the water.

    Parameters
    ----------
    configs
        The aircraft, for where their pads are.
    surface
        What is below. Land has the height of the aircraft's own pad (terrain is off), water that of mean sea
        level.
    """

    def __init__(self, configs: Sequence[VehicleConfig], surface: Surface) -> None:
        self._surface = surface
        self._frames = [LocalFrame(c.home.latitude_deg, c.home.longitude_deg) for c in configs]
        self._water_up = np.array([-c.home.altitude_amsl_m for c in configs])
        self.drowned: Flags = np.zeros(len(configs), bool)

    def hold(self, state: State, pad_occupied: Flags) -> None:
        """Stop at the surface who has reached it, in place."""
        low = state.up <= _NEAR_M
        if not low.any():
            state.on_ground[:] = False
            return
        rising = state.v_up > 0.0
        for row in np.flatnonzero(low & ~state.on_ground & ~rising).tolist():
            self._touch(row, state, bool(pad_occupied[row]))
        held = state.on_ground & ~rising
        state.on_ground[:] = held
        for moving in (state.v_north, state.v_east, state.v_up, state.roll, state.pitch):
            moving[held] = 0.0

    def _touch(self, row: int, state: State, pad_occupied: bool) -> None:
        """Bring one aircraft to the ground if it has reached it."""
        place = self._frames[row].degrees_from_local(float(state.north[row]), float(state.east[row]))
        wet = bool(self._surface.under(np.array([place[0]]), np.array([place[1]]))[0])
        level = self._water_up[row] if wet else 0.0
        if state.up[row] > level:
            return
        sliding = float(np.hypot(state.v_north[row], state.v_east[row]))
        self.drowned[row] = wet
        blocked = pad_occupied and float(np.hypot(state.north[row], state.east[row])) < PAD_M
        state.wrecked[row] |= wet or blocked or state.v_up[row] < -HARD_M_S or sliding > SLIDE_M_S
        state.up[row] = level
        state.on_ground[row] = True
