"""A fleet: vehicles that share one flight model, one clock and one wind."""

from collections.abc import Sequence

from geofences.projection import LocalProjection
from geofences.wind import WindField
from simulator.autopilot.craft import Seat
from simulator.clockwork import Clockwork
from simulator.physics.model import FlightModel
from simulator.physics.surface import Surface
from simulator.values import VehicleConfig
from simulator.vehicle import Vehicle


class Fleet:
    """Vehicles that fly in the same air.

    Parameters
    ----------
    configs
        The vehicles.
    surface
        What is under them: flat ground where None, :class:`simulator.physics.surface.Islands` for a sea.
    field, projection
        Wind in space and time, in place of the winds of the configurations, and what its metres mean.

    Examples
    --------
    >>> from simulator.values import HomePoint, VehicleClass, VehicleConfig
    >>> pad = HomePoint(32.69676, 128.85228, 4.0)
    >>> fleet = Fleet([VehicleConfig("C1", VehicleClass.COPTER, pad)])
    >>> fleet.advance(1_800_000_000.0)
    >>> fleet.advance(1_800_000_060.0)
    >>> fleet.vehicles[0].truth.on_ground
    True
    """

    def __init__(
        self,
        configs: Sequence[VehicleConfig],
        surface: Surface | None = None,
        field: WindField | None = None,
        projection: LocalProjection | None = None,
    ) -> None:
        model = FlightModel(configs, surface, field, projection)
        self.vehicles = tuple(Vehicle(config, Seat(model, row)) for row, config in enumerate(configs))
        self._clockwork = Clockwork(model, self.vehicles)
        for vehicle in self.vehicles:
            vehicle.join(self._clockwork)

    def advance(self, now: float) -> None:
        """Let time pass up to ``now``, in Unix seconds."""
        self._clockwork.advance(now)
        for vehicle in self.vehicles:
            vehicle.speak(now)
