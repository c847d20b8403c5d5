"""Flight on the wing: coordinated turns at a held airspeed, in moving air, above the stall.

Turn rate g·tan(φ) / V; the stall speed grows with the root of the load factor 1 / cos(φ), so that the bank is
held below the one that would stall (Anderson, "Aircraft Performance and Design", chapter 6). What the wing
does not carry below the stall speed, the rotors of a quadplane do (``Q_ASSIST_SPEED``); without them it
sinks.
"""

import numpy as np

from simulator.physics import GRAVITY_M_S2
from simulator.physics.hazards import HazardArrays
from simulator.physics.state import Floats, Flown, State, Velocity

_ROLL_LAG_S = 0.4
_STALL_SINK_M_S = 8.0
_GLIDE_RATIO = 10.0
_GLIDE_MARGIN = 1.2


class Wings:
    """The response of all aircraft on the wing.

    Parameters
    ----------
    stall_m_s
        Stall speed in level flight, shape (n,).
    step_s
        Length of a step.
    """

    def __init__(self, stall_m_s: Floats, step_s: float) -> None:
        self._stall_m_s = stall_m_s
        self._step_s = step_s
        self._roll_share = min(1.0, step_s / _ROLL_LAG_S)

    def fly(self, state: State, wanted: Floats, wind: Velocity, hazards: HazardArrays) -> Flown:
        """Return velocities and attitudes after a step.

        ``wanted`` are the numbers of :func:`simulator.physics.command.wing`, shape (7, n).
        """
        lateral, airspeed, climb, acceleration, bank, lag_s = wanted[:6]
        air_north, air_east = state.v_north - wind[0], state.v_east - wind[1]
        speed = np.hypot(air_north, air_east)
        if hazards.thrust:
            airspeed, climb = self._gliding(airspeed, climb, hazards)
        reach = acceleration * self._step_s
        speed += np.maximum(np.minimum(airspeed - speed, reach), -reach)
        safe = np.maximum(speed, 1.0)
        roll = self._rolled(state, lateral, bank, safe)
        heading = np.arctan2(air_east, air_north)
        heading += GRAVITY_M_S2 * self._step_s * np.tan(roll) / safe
        if hazards.thrust:
            sinking = (speed < self._stall_m_s) & (hazards.lift_share < 1.0)
            climb = np.where(sinking, -_STALL_SINK_M_S, climb)
        share = self._step_s / np.maximum(lag_s, self._step_s)
        v_up = state.v_up + (climb + wind[2] - state.v_up) * share
        v_north = speed * np.cos(heading) + wind[0]
        v_east = speed * np.sin(heading) + wind[1]
        return v_north, v_east, v_up, roll, np.arctan2(v_up, safe), heading

    def _rolled(self, state: State, lateral: Floats, bank: Floats, speed: Floats) -> Floats:
        stalling = np.minimum(1.0, (self._stall_m_s / speed) ** 2)
        limit = np.minimum(bank, np.arccos(stalling))
        wanted = np.arctan(lateral / GRAVITY_M_S2)
        roll = state.roll + (wanted - state.roll) * self._roll_share
        within: Floats = np.maximum(np.minimum(roll, limit), -limit)
        return within

    def _gliding(self, airspeed: Floats, climb: Floats, hazards: HazardArrays) -> tuple[Floats, Floats]:
        """Return what an aircraft without its pusher can do: glide, a fifth above the stall."""
        speed = self._stall_m_s * _GLIDE_MARGIN
        return (
            np.where(hazards.pusher_failed, speed, airspeed),
            np.where(hazards.pusher_failed, -speed / _GLIDE_RATIO, climb),
        )
