"""What GPS receiver and barometer make of the truth: a slow error and white noise.

The slow error is a Gauss-Markov process, as for GPS in Beard and McLain, "Small Unmanned Aircraft" (2012),
chapter 7: b' = exp(−Δt/τ) b + σ (1 − exp(−2Δt/τ))^½ e, begun at zero, because the vehicle takes its home from
the same receiver. Their sizes are those of a receiver with corrections (SBAS), 0.4 m and 0.6 m, and the time
constant 300 s that of the ionosphere's remainder and of multipath together: a choice between the 1100 s of
the book and the minute of multipath. Speed is measured to 0.05 m/s (u-blox NEO-M8 data sheet). The barometer
drifts with the weather and the temperature of its case.
"""

import numpy as np

from simulator.physics.hazards import HazardArrays
from simulator.physics.state import Floats

GPS_HORIZONTAL_M = 0.4
GPS_VERTICAL_M = 0.6
GPS_TIME_S = 300.0
SPEED_M_S = 0.05
BAROMETER_M = 0.6
BAROMETER_TIME_S = 600.0

_SIZES_M = (GPS_HORIZONTAL_M, GPS_HORIZONTAL_M, GPS_VERTICAL_M, BAROMETER_M)
_TIMES_S = (GPS_TIME_S, GPS_TIME_S, GPS_TIME_S, BAROMETER_TIME_S)

NORMALS = 7
"""How many normal numbers an aircraft needs in a step."""


class Sensors:
    """The errors of a fleet's sensors.

    ``gps_m`` is that of the receiver's position and ``speed_m_s`` that of its velocity, to the north, to the
    east and up, shape (3, n); ``barometer_m`` is that of the height.

    Parameters
    ----------
    count
        Number of aircraft, n.
    step_s
        Length of a step.
    """

    def __init__(self, count: int, step_s: float) -> None:
        decay = np.exp(-step_s / np.array(_TIMES_S))
        self._decay = np.repeat(decay[:, None], count, axis=1)
        self._drive = np.repeat((np.array(_SIZES_M) * np.sqrt(1.0 - decay * decay))[:, None], count, axis=1)
        self._bias = np.zeros((4, count))
        self._speed = np.full((3, count), SPEED_M_S)
        self.gps_m: Floats = np.zeros((3, count))
        self.barometer_m: Floats = np.zeros(count)
        self.speed_m_s: Floats = np.zeros((3, count))

    def errors(self, normals: Floats, hazards: HazardArrays) -> tuple[Floats, Floats, Floats]:
        """Go on by one step, and return the errors of the estimate to the north, to the east and up, m.

        The estimate has its height from the barometer, as ArduPilot's by default (``EK3_SRC1_POSZ`` 1).

        Parameters
        ----------
        normals
            Standard normal numbers, shape (7, n).
        hazards
            What is wrong with the receivers.
        """
        self._bias *= self._decay
        self._bias += self._drive * normals[:4]
        self.gps_m, self.barometer_m = self._bias[:3], self._bias[3]
        if hazards.gps:
            offset = np.array((hazards.gps_north, hazards.gps_east, hazards.gps_up))
            self.gps_m = self.gps_m + offset
        self.speed_m_s = self._speed * normals[4:NORMALS]
        return self.gps_m[0], self.gps_m[1], self.barometer_m
