"""Aircraft in a flight model without autopilots: for tests of what the model does with commands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from geofences.projection import LocalProjection
from geofences.wind import WindField
from simulator.hazards import Hazards
from simulator.motion.body import Body
from simulator.physics import STEP_S
from simulator.physics.model import FlightModel
from simulator.physics.surface import Surface
from simulator.values import HomePoint, VehicleClass, VehicleConfig

PAD = HomePoint(32.7, 128.85, 4.0)
COPTER, QUADPLANE = VehicleClass.COPTER, VehicleClass.QUADPLANE


@dataclass
class Pilot:
    """A flyer whose command a test sets."""

    body: Body = field(default_factory=lambda: Body(0.0))
    hazards: Hazards = field(default_factory=Hazards)
    payload_kg: float = 0.0


class Rig:
    """A flight model and one pilot for each aircraft; time begins at 0."""

    def __init__(
        self,
        *kinds: VehicleClass,
        surface: Surface | None = None,
        field: WindField | None = None,
        projection: LocalProjection | None = None,
        **changes: Any,
    ) -> None:
        configs = [
            VehicleConfig(f"{kind}{number}", kind, PAD, **{"seed": number, **changes})
            for number, kind in enumerate(kinds)
        ]
        self.model = FlightModel(configs, surface, field, projection)
        self.state = self.model.state
        self.pilots = [Pilot() for _ in configs]
        self.time_s = 0.0

    @property
    def pilot(self) -> Pilot:
        """The first pilot."""
        return self.pilots[0]

    def lift(self, up_m: float, north_m_s: float = 0.0) -> None:
        """Put every aircraft into the air, flying north; the bodies believe it."""
        self.state.up[:] = up_m
        self.state.v_north[:] = north_m_s
        self.state.on_ground[:] = False
        for pilot in self.pilots:
            pilot.body.up, pilot.body.v_north, pilot.body.on_ground = up_m, north_m_s, False

    def step(self) -> None:
        """Let one step pass."""
        self.time_s += STEP_S
        self.model.step(self.pilots, self.time_s)

    def run(self, duration_s: float, before_each: Callable[[], object] = lambda: None) -> None:
        """Let time pass."""
        for _ in range(round(duration_s / STEP_S)):
            before_each()
            self.step()
