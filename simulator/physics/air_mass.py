"""The moving air around each aircraft: mean wind, gusts, and gust fronts."""

from collections.abc import Sequence

import numpy as np

from geofences.projection import LocalProjection
from geofences.wind import WindField
from simulator.physics import STEP_S
from simulator.physics.gusts import Dryden
from simulator.physics.hazards import HazardArrays
from simulator.physics.state import Floats, State, Velocity
from simulator.physics.wind import WindModel
from simulator.values import VehicleConfig


class AirMass:
    """The air of a fleet.

    Parameters
    ----------
    configs
        The aircraft, with their winds and pads.
    hazards
        Gust fronts on top of the wind.
    field
        Wind in space and time in place of the winds of the configurations.
    projection
        What the metres of the field mean; wanted only with a field.
    """

    def __init__(
        self,
        configs: Sequence[VehicleConfig],
        hazards: HazardArrays,
        field: WindField | None,
        projection: LocalProjection | None,
    ) -> None:
        winds = [config.wind for config in configs]
        self._mean = WindModel(winds, field)
        self._mean.front_north_m_s, self._mean.front_east_m_s = hazards.wind_north, hazards.wind_east
        self._gusts = Dryden(winds, STEP_S)
        self._pad_x, self._pad_y = np.zeros(len(configs)), np.zeros(len(configs))
        if projection is not None:
            longitudes = [config.home.longitude_deg for config in configs]
            latitudes = [config.home.latitude_deg for config in configs]
            self._pad_x, self._pad_y = map(np.asarray, projection.to_local(longitudes, latitudes))

    def velocity(self, state: State, normals: Floats, time_s: float) -> Velocity:
        """Return the movement of the air to the north, to the east and up, m/s, at ``time_s`` (Unix)."""
        north, east = self._mean.velocity(
            self._pad_y + state.north, self._pad_x + state.east, state.up, time_s
        )
        gust_north, gust_east, gust_up = self._gusts.velocity(normals, state.up, state.airspeed)
        return north + gust_north, east + gust_east, gust_up
