"""Flight on rotors: velocity control within limits of acceleration, tilt and thrust, in moving air.

The controller reaches the wanted velocity within the acceleration it is allowed, and trims the drag of the
air with a lag, as the integrator of ArduPilot's velocity controller does (``PSC_VELXY_I``): a steady wind
costs tilt only, a gust moves the aircraft until it is trimmed. All of it has to fit into the largest tilt;
what does not is lost, and the aircraft goes with the wind.
"""

import numpy as np

from simulator.physics import GRAVITY_M_S2
from simulator.physics.hazards import HazardArrays
from simulator.physics.state import Flags, Floats, Flown, State, Velocity

TILT_LIMIT_M_S2 = GRAVITY_M_S2 * float(np.tan(np.radians(35.0)))
"""Horizontal acceleration at the largest tilt, for wind and manoeuvre together (ANGLE_MAX is 30 to 45
degrees)."""

TRIM_LAG_S = 0.7
_TILT_LAG_S = 0.6
_TAU = 2.0 * np.pi


class Rotors:
    """The response of all aircraft on rotors.

    Parameters
    ----------
    drag_per_m
        Drag of each aircraft at 1 m/s divided by its empty mass: ½ ρ C_d A / m, in 1/m, shape (n,).
    thrust_ratio
        Largest thrust divided by the weight, shape (n,).
    step_s
        Length of a step.
    """

    def __init__(self, drag_per_m: Floats, thrust_ratio: Floats, step_s: float) -> None:
        self._drag_per_m = drag_per_m
        self._thrust_ratio = thrust_ratio
        self._step_s = step_s
        self._trim_share = 1.0 - float(np.exp(-step_s / TRIM_LAG_S))
        self._tilt_share = step_s / _TILT_LAG_S
        self.trim_north = np.zeros(len(drag_per_m))
        self.trim_east = np.zeros(len(drag_per_m))

    def fly(
        self, state: State, wanted: Floats, wind: Velocity, hazards: HazardArrays, carried: Flags
    ) -> Flown:
        """Return velocities and attitudes after a step.

        ``wanted`` are the seven numbers of :func:`simulator.physics.command.rotors`, shape (7, n);
        ``carried`` says whom its rotors carry: the trims of the others wait.
        """
        drag_north, drag_east = self._drag(state, wind)
        share = carried * self._trim_share
        self.trim_north -= (drag_north + self.trim_north) * share
        self.trim_east -= (drag_east + self.trim_east) * share
        north, east = self._within_limit(wanted[0] - state.v_north, wanted[1] - state.v_east, wanted[3])
        north += self.trim_north
        east += self.trim_east
        if hazards.compass:
            north, east = hazards.turned(north, east)
        share = TILT_LIMIT_M_S2 / np.maximum(np.hypot(north, east), TILT_LIMIT_M_S2)
        north *= share
        east *= share
        return (
            state.v_north + (north + drag_north) * self._step_s,
            state.v_east + (east + drag_east) * self._step_s,
            state.v_up + self._rise(wanted[2] - state.v_up, wanted[4] * self._step_s, hazards),
            *self._attitude(state, north, east, (wanted[5] - hazards.turn, wanted[6])),
        )

    def _drag(self, state: State, wind: Velocity) -> tuple[Floats, Floats]:
        north, east = wind[0] - state.v_north, wind[1] - state.v_east
        pull = self._drag_per_m * np.hypot(north, east)
        return north * pull, east * pull

    def _within_limit(self, north: Floats, east: Floats, limit: Floats) -> tuple[Floats, Floats]:
        """Return the acceleration that changes the velocity by this much, or by what the limit allows."""
        share = limit / np.maximum(np.hypot(north, east), np.maximum(limit * self._step_s, 1e-9))
        return north * share, east * share

    def _rise(self, wanted: Floats, reach: Floats, hazards: HazardArrays) -> Floats:
        change = np.maximum(np.minimum(wanted, reach), -reach)
        if not hazards.thrust:
            return change
        spare = (self._thrust_ratio * hazards.lift_share - 1.0) * (GRAVITY_M_S2 * self._step_s)
        return np.minimum(change, spare)

    def _attitude(self, state: State, north: Floats, east: Floats, nose: tuple[Floats, Floats]) -> Velocity:
        """Return roll, pitch and yaw: the nose turns to a heading at a rate, the others follow the thrust."""
        error = (nose[0] - state.yaw + np.pi) % _TAU - np.pi
        reach = nose[1] * self._step_s
        yaw = state.yaw + np.maximum(np.minimum(error, reach), -reach)
        cosine, sine = np.cos(yaw), np.sin(yaw)
        forward = (north * cosine + east * sine) / GRAVITY_M_S2
        right = (east * cosine - north * sine) / GRAVITY_M_S2
        return (
            state.roll + (np.arctan(right) - state.roll) * self._tilt_share,
            state.pitch - (np.arctan(forward) + state.pitch) * self._tilt_share,
            yaw,
        )
