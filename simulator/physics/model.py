"""One step of all aircraft: air, motion, ground, energy, and what the sensors make of it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from geofences.projection import LocalProjection
from geofences.wind import WindField
from simulator.airframes import airframe_of
from simulator.hazards import Hazards
from simulator.motion.body import Body
from simulator.physics import GRAVITY_M_S2, STEP_S
from simulator.physics.air_mass import AirMass
from simulator.physics.battery import Packs
from simulator.physics.command import Motion
from simulator.physics.estimate import Estimator
from simulator.physics.ground import Ground
from simulator.physics.hazards import HazardArrays
from simulator.physics.noise import NoiseBank
from simulator.physics.power import PowerModel
from simulator.physics.rotors import Rotors
from simulator.physics.sensors import NORMALS
from simulator.physics.state import Flags, Floats, Flown, State, Velocity
from simulator.physics.surface import FlatGround, Surface
from simulator.physics.wing import Wings
from simulator.values import VehicleConfig

_FALLING_M_S = 30.0
"""Terminal velocity of an aircraft of this size that tumbles."""

_GUST_NORMALS = 3
_CARRYING = {float(Motion.ROTORS), float(Motion.TRANSITION)}


class Flyer(Protocol):
    """The part of an aircraft that the model works with."""

    body: Body
    hazards: Hazards
    payload_kg: float


class FlightModel:
    """The truth about a fleet.

    Parameters
    ----------
    configs
        The aircraft; the order is that of the arrays.
    surface
        What is under them; flat ground where None.
    field, projection
        Wind in space and time in place of the winds of the configurations, and what its metres mean.
    """

    def __init__(
        self,
        configs: Sequence[VehicleConfig],
        surface: Surface | None = None,
        field: WindField | None = None,
        projection: LocalProjection | None = None,
    ) -> None:
        airframes = [airframe_of(config.vehicle_class, config.airframe) for config in configs]
        capacities = [
            config.battery_wh or frame.battery_wh for config, frame in zip(configs, airframes, strict=True)
        ]
        self.state = State.parked(np.radians([config.home.heading_deg for config in configs]))
        airs_c = [config.air_c for config in configs]
        self.packs = Packs(capacities, STEP_S, airs_c, [config.battery_age for config in configs])
        self.estimator = Estimator(len(configs))
        calm = np.zeros(len(configs))
        self.wind: Velocity = calm, calm, calm
        self._hazards = HazardArrays([frame.lift_motors for frame in airframes])
        self.power = PowerModel(airframes, [config.home.altitude_amsl_m for config in configs], airs_c)
        self._empty_kg = np.array([frame.empty_kg for frame in airframes])
        self._rotors = Rotors(self.power.drag_per_m, self.power.thrust_ratio, STEP_S)
        self._wings = Wings(self.power.stall_m_s, STEP_S)
        self._noise = NoiseBank([config.seed for config in configs], _GUST_NORMALS + NORMALS)
        self._air = AirMass(configs, self._hazards, field, projection)
        self._ground = Ground(configs, surface or FlatGround())

    def ground_speed_m_s(self, row: int) -> float:
        """Return the true horizontal speed of one aircraft."""
        return float(np.hypot(self.state.v_north[row], self.state.v_east[row]))

    def is_in_water(self, row: int) -> bool:
        """Say whether an aircraft has come down in the sea."""
        return bool(self._ground.drowned[row])

    def step(self, flyers: Sequence[Flyer], time_s: float) -> None:
        """Move everybody by one step, to ``time_s`` (Unix seconds)."""
        table = np.array([flyer.body.command for flyer in flyers]).T
        mass_kg = self._empty_kg + [flyer.payload_kg for flyer in flyers]
        self._update_hazards(flyers)
        normals = self._noise.draw()
        self.wind = self._air.velocity(self.state, normals[:_GUST_NORMALS], time_s)
        motion = self._able(table[0])
        self._move(motion, table[1:])
        self._draw(motion, mass_kg)
        told = self.estimator.estimate(self.state, normals[_GUST_NORMALS:], self._hazards, self.wind[:2])
        standing = self.state.on_ground.tolist()
        for flyer, row, on_ground in zip(flyers, told.T.tolist(), standing, strict=True):
            flyer.body.observe(*row)
            flyer.body.on_ground = on_ground

    def _update_hazards(self, flyers: Sequence[Flyer]) -> None:
        for row, flyer in enumerate(flyers):
            if flyer.hazards.changed:
                flyer.hazards.changed = False
                self._hazards.update(row, flyer.hazards)
                self.packs.harm(row, flyer.hazards)

    def _able(self, motion: Floats) -> Floats:
        """Return the motions, without the lift of what is wrecked, tumbles or has no power left."""
        helpless = self.state.wrecked | self.packs.empty
        if self._hazards.thrust:
            helpless |= self._hazards.tumbling & (motion != Motion.WING)
        return np.where(helpless, float(Motion.OFF), motion)

    def _move(self, motion: Floats, wanted: Floats) -> None:
        state, kinds = self.state, set(motion.tolist())
        flown: Flown | None = None
        if kinds & _CARRYING:
            carried = (motion == Motion.ROTORS) | (motion == Motion.TRANSITION)
            flown = self._rotors.fly(state, self._unaware(wanted), self.wind, self._hazards, carried)
        if float(Motion.WING) in kinds:
            winging = self._wings.fly(state, wanted, self.wind, self._hazards)
            flown = winging if flown is None else _chosen(motion == Motion.WING, winging, flown)
        if float(Motion.OFF) in kinds:
            falling = self._falling()
            flown = falling if flown is None else _chosen(motion == Motion.OFF, falling, flown)
        if flown is not None:
            self._travel(flown)
        self._ground.hold(state, self._hazards.pad_occupied)
        state.airspeed = np.hypot(state.v_north - self.wind[0], state.v_east - self.wind[1])

    def _unaware(self, wanted: Floats) -> Floats:
        """Return the wanted velocities as they come out of an estimate that drifts."""
        if not self._hazards.gps:
            return wanted
        wanted = wanted.copy()
        wanted[0] += self.estimator.drift_north
        wanted[1] += self.estimator.drift_east
        return wanted

    def _falling(self) -> Flown:
        """Return the motion of what nothing carries: thrown on, falling, braked by the air."""
        state = self.state
        brake = state.v_up * np.abs(state.v_up) / _FALLING_M_S**2
        v_up = state.v_up - GRAVITY_M_S2 * STEP_S * (1.0 + brake)
        v_up[state.on_ground] = 0.0
        return state.v_north, state.v_east, v_up, state.roll, state.pitch, state.yaw

    def _travel(self, flown: Flown) -> None:
        """Move by the mean of the velocities before and after the step; who stands stays where he is."""
        state, half = self.state, STEP_S / 2.0
        standing = state.on_ground & (flown[2] <= 0.0)
        if standing.any():
            for velocity in flown[:3]:
                velocity[standing] = 0.0
        state.north += (state.v_north + flown[0]) * half
        state.east += (state.v_east + flown[1]) * half
        state.up += (state.v_up + flown[2]) * half
        state.v_north, state.v_east, state.v_up, state.roll, state.pitch, state.yaw = flown

    def _draw(self, motion: Floats, mass_kg: Floats) -> None:
        load = np.where(motion == Motion.WING, 1.0 / np.cos(self.state.roll), 1.0)
        self.packs.draw(self.power.watts(motion, self.state, mass_kg, load))


def _chosen(where: Flags, these: Flown, others: Flown) -> Flown:
    first, second, third, fourth, fifth, sixth = (
        np.where(where, one, other) for one, other in zip(these, others, strict=True)
    )
    return first, second, third, fourth, fifth, sixth
