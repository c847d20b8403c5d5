"""Turbulence with the Dryden spectrum, as MIL-F-8785C (section 3.7) has it for low altitudes, up to 1000 ft.

With h in feet and W₂₀ the mean wind at 20 ft: L_w = h, L_u = L_v = h / (0.177 + 0.000823 h)^1.2, σ_w = 0.1
W₂₀, σ_u = σ_v = σ_w / (0.177 + 0.000823 h)^0.4. The air is a frozen pattern through which the aircraft flies,
so that the time scales are L / V. Over the distance r the autocorrelation along the wind is exp(−r / L), and
across it and upwards exp(−r / L) (1 − r / 2L).

Sampled, the second is that of an autoregressive process of order 2 with a moving average of order 1; its
numbers follow from equating the covariances (Box and Jenkins, "Time Series Analysis", chapter 3), so that the
series is exact at any step length, not only for short ones. The first is the special case of order 1.
"""

from collections.abc import Sequence

import numpy as np

from simulator.physics.state import Floats
from simulator.physics.wind import REFERENCE_M
from simulator.wind import Wind

FOOT_M = 0.3048
_INTENSITY_HEIGHT_M = 20.0 * FOOT_M
_LOWEST_FT, _HIGHEST_FT = 10.0, 1000.0
_SLOWEST_M_S = 1.0
"""The pattern is not quite frozen: it passes also who drifts with it."""

_REFRESH_STEPS = 10
"""Steps after which the numbers of the filter follow height and airspeed."""


def scale_lengths_m(height_m: Floats) -> tuple[Floats, Floats]:
    """Return the scale lengths of the horizontal and of the vertical gusts."""
    height_ft = np.minimum(np.maximum(height_m / FOOT_M, _LOWEST_FT), _HIGHEST_FT)
    horizontal: Floats = height_ft / np.power(0.177 + 0.000823 * height_ft, 1.2)
    return horizontal * FOOT_M, height_ft * FOOT_M


def intensity_ratio(height_m: Floats) -> Floats:
    """Return how much stronger the horizontal gusts are than the vertical ones."""
    height_ft = np.minimum(np.maximum(height_m / FOOT_M, _LOWEST_FT), _HIGHEST_FT)
    ratio: Floats = np.power(0.177 + 0.000823 * height_ft, -0.4)
    return ratio


class Dryden:
    """The gusts around a fleet.

    Parameters
    ----------
    winds
        The mean wind of each aircraft; its ``gusts`` scales the intensities.
    step_s
        Length of a step.
    """

    def __init__(self, winds: Sequence[Wind], step_s: float) -> None:
        count = len(winds)
        self.blowing = any(wind.gusts > 0.0 and wind.speed_m_s > 0.0 for wind in winds)
        low = [(_INTENSITY_HEIGHT_M / REFERENCE_M) ** wind.shear for wind in winds]
        self._vertical = np.array(
            [0.1 * wind.speed_m_s * share * wind.gusts for wind, share in zip(winds, low, strict=True)]
        )
        angle = np.radians([wind.from_deg for wind in winds])
        self._cosine, self._sine = -np.cos(angle), -np.sin(angle)
        self._step_s = step_s
        self._age = 0
        self._state: tuple[Floats, Floats] = (np.zeros((3, count)), np.zeros((3, count)))
        self._feedback = np.zeros((2, 3, count))
        self._input = np.zeros((2, 3, count))
        self._along_north = self._along_east = self._across_north = self._across_east = np.zeros(count)
        self._calm = (np.zeros(count), np.zeros(count), np.zeros(count))

    def velocity(
        self, normals: Floats, height_m: Floats, airspeed_m_s: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Return the gusts of the next step to the north, to the east and upwards, m/s.

        Parameters
        ----------
        normals
            Independent standard normal numbers, shape (3, n).
        height_m
            Height above the ground.
        airspeed_m_s
            Speed through the mean air.
        """
        if not self.blowing:
            return self._calm
        if self._age == 0:
            self._refresh(height_m, airspeed_m_s)
        self._age = (self._age + 1) % _REFRESH_STEPS
        along, across, upwards = self._filtered(normals)
        return (
            along * self._along_north + across * self._across_north,
            along * self._along_east + across * self._across_east,
            upwards * self._vertical,
        )

    def _filtered(self, normals: Floats) -> Floats:
        """Return series of variance 1, shape (3, n): along the wind, across it to the right, upwards."""
        held, kept = self._state
        series: Floats = self._feedback[0] * held + self._input[0] * normals + kept
        self._state = series, self._feedback[1] * held + self._input[1] * normals
        return series

    def _refresh(self, height_m: Floats, airspeed_m_s: Floats) -> None:
        """Set the filter y' = a y + z + g e, z' = b y + h e for the height and the airspeed."""
        horizontal_m, vertical_m = scale_lengths_m(height_m)
        travel_m = np.maximum(airspeed_m_s, _SLOWEST_M_S) * self._step_s
        self._set_along(travel_m / horizontal_m)
        self._set_across(np.stack((travel_m / horizontal_m, travel_m / vertical_m)))
        strength = self._vertical * intensity_ratio(height_m)
        self._along_north, self._along_east = strength * self._cosine, strength * self._sine
        self._across_north, self._across_east = -self._along_east, self._along_north

    def _set_along(self, pace: Floats) -> None:
        decay = np.exp(-pace)
        self._feedback[0, 0] = decay
        self._input[0, 0] = np.sqrt(1.0 - decay * decay)

    def _set_across(self, pace: Floats) -> None:
        """Set the filters across and upwards; ``pace`` is the travel of a step over the scale length."""
        decay = np.exp(-pace)
        square = decay * decay
        covariance_0 = 1.0 - square * square + 2.0 * pace * square
        covariance_1 = decay * (square - 1.0 - 0.5 * pace * (1.0 + square))
        root = np.sqrt(covariance_0 * covariance_0 - 4.0 * covariance_1 * covariance_1)
        gain = np.sqrt(0.5 * (covariance_0 + root))
        self._feedback[0, 1:] = 2.0 * decay
        self._feedback[1, 1:] = -square
        self._input[0, 1:] = gain
        self._input[1, 1:] = covariance_1 / gain
