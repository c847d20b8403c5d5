"""What the estimator of each autopilot believes, and how far it drifts without GPS."""

import numpy as np

from simulator.physics import STEP_S
from simulator.physics.hazards import HazardArrays
from simulator.physics.sensors import Sensors
from simulator.physics.state import Flags, Floats, State

DRIFT_SHARE = 0.3
"""Share of the wind that an aircraft takes for standing air when it has only accelerometers and airspeed
left.

Dead reckoning knows no wind that comes up after the fix was lost; ArduPilot's own estimate loses metres to
tens of metres a minute (``EKF`` dead reckoning, ArduPilot documentation, "GPS Glitch").
"""

_SETTLED_M = 0.01
_RECOVERY_S = 10.0
"""A position error that a fix uncovers is taken back in about this time, not at once."""


class Estimator:
    """The estimates of a fleet.

    ``drift_north`` and ``drift_east`` (m/s, shape (n,)) are the speeds that the autopilots do not know of.
    """

    def __init__(self, count: int) -> None:
        self.sensors = Sensors(count, STEP_S)
        self.drift_north, self.drift_east = np.zeros(count), np.zeros(count)
        self._lag_north, self._lag_east = np.zeros(count), np.zeros(count)

    def estimate(
        self, state: State, normals: Floats, hazards: HazardArrays, wind: tuple[Floats, Floats]
    ) -> Floats:
        """Return what all autopilots are told, shape (10, n), in the order of ``Body.observe``."""
        north, east, up = self.sensors.errors(normals, hazards)
        speed = self.sensors.speed_m_s
        if hazards.gps or self._lag_north.any() or self._lag_east.any():
            self._drift(hazards, wind)
            north, east = north + self._lag_north, east + self._lag_east
        return np.array(
            (
                state.north + north,
                state.east + east,
                state.up + up,
                state.v_north - self.drift_north + speed[0],
                state.v_east - self.drift_east + speed[1],
                state.v_up + speed[2],
                state.roll,
                state.pitch,
                state.yaw + hazards.turn,
                state.airspeed,
            )
        )

    def _drift(self, hazards: HazardArrays, wind: tuple[Floats, Floats]) -> None:
        lost = hazards.gps_lost
        self.drift_north = np.where(lost, wind[0] * DRIFT_SHARE, 0.0)
        self.drift_east = np.where(lost, wind[1] * DRIFT_SHARE, 0.0)
        kept = np.where(lost, 1.0, float(np.exp(-STEP_S / _RECOVERY_S)))
        self._lag_north = self._settled(self._lag_north * kept - self.drift_north * STEP_S, lost)
        self._lag_east = self._settled(self._lag_east * kept - self.drift_east * STEP_S, lost)

    @staticmethod
    def _settled(lag: Floats, lost: Flags) -> Floats:
        """Return an error of position, or none where a fix has taken it back to under a centimetre."""
        settled: Floats = np.where((np.abs(lag) < _SETTLED_M) & ~lost, 0.0, lag)
        return settled
