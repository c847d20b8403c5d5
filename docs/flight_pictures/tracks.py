"""A hover in a gust front and a turn in the wind, seen from above."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from docs.flight_pictures.style import BLACK, BLUE, GREEN, RED, axes_of
from simulator.hazards import Hazards
from simulator.motion.body import Body
from simulator.motion.hover import HoverLimits, hold
from simulator.physics import GRAVITY_M_S2, STEP_S
from simulator.physics.command import wing
from simulator.physics.model import FlightModel
from simulator.physics.state import Floats
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.wind import Wind

PAD = HomePoint(32.7, 128.85, 4.0)
HEIGHT_M, AIRSPEED_M_S = 60.0, 25.0


@dataclass
class Pilot:
    """Who flies an aircraft of the model in place of an autopilot."""

    body: Body = field(default_factory=lambda: Body(0.0))
    hazards: Hazards = field(default_factory=Hazards)
    payload_kg: float = 0.0


class Flown:
    """One aircraft in the air, and where it was."""

    def __init__(self, vehicle_class: VehicleClass, wind: Wind, north_m_s: float) -> None:
        self.model = FlightModel([VehicleConfig("A", vehicle_class, PAD, wind=wind, seed=7)])
        self.pilot, self.time_s = Pilot(), 0.0
        self.track: list[tuple[float, float]] = []
        state, body = self.model.state, self.pilot.body
        state.up[:], state.v_north[:], state.on_ground[:] = HEIGHT_M, north_m_s, False
        body.up, body.v_north, body.on_ground = HEIGHT_M, north_m_s, False

    def run(self, seconds: float, before_each: Callable[[], None]) -> None:
        """Let time pass."""
        for _ in range(round(seconds / STEP_S)):
            before_each()
            self.time_s += STEP_S
            self.model.step([self.pilot], self.time_s)
            self.track.append((float(self.model.state.east[0]), float(self.model.state.north[0])))


def draw(figure: Figure) -> None:
    """Draw a hover in a gust front and a turn in the wind, seen from above."""
    hover_axes, turn_axes = axes_of(figure, 2)
    _draw_hover(hover_axes)
    _draw_turn(turn_axes)
    for axes in (hover_axes, turn_axes):
        axes.set(xlabel="m to the east", ylabel="m to the north")
        axes.set_aspect("equal", "datalim")


FRONT_M_S, FRONT_BEGINS_S, FRONT_S = 24.0, 60.0, 10.0


def _draw_hover(axes: Axes) -> None:
    flown = Flown(VehicleClass.COPTER, Wind(6.0, 270.0, gusts=1.0), 0.0)
    limits = HoverLimits(10.0, 2.5, 1.5, 2.5, 2.5)

    def stay() -> None:
        since_s = flown.time_s - FRONT_BEGINS_S
        rising = min(1.0, since_s / 2.0) if 0.0 <= since_s < FRONT_S else 0.0
        flown.pilot.hazards.wind_north_m_s = -FRONT_M_S * rising
        hold(flown.pilot.body, (0.0, 0.0, HEIGHT_M), limits)

    flown.run(FRONT_BEGINS_S + FRONT_S + 30.0, stay)
    track = np.array(flown.track)
    first, last = round(FRONT_BEGINS_S / STEP_S), round((FRONT_BEGINS_S + FRONT_S) / STEP_S)
    before = f"{FRONT_BEGINS_S:g} s before the front"
    axes.plot(*track[:first].T, color=BLUE, linewidth=1.4, label=before, zorder=3)
    axes.plot(*track[first:last].T, color=RED, linewidth=1.4, label=f"{FRONT_S:g} s of it")
    axes.plot(*track[last - 1 :].T, color=GREEN, linewidth=1.4, label="30 s after it")
    axes.set_title(f"copter holds a point; a front of {FRONT_M_S:g} m/s from the north")
    axes.legend(frameon=False, loc="lower left")


BANK_DEG, TURN_WIND, TURN_S, SETTLED_S = 30.0, Wind(8.0, 270.0), 64.0, 10.0


def _draw_turn(axes: Axes) -> None:
    flown = Flown(VehicleClass.QUADPLANE, TURN_WIND, AIRSPEED_M_S)
    bank = float(np.radians(BANK_DEG))
    lateral = GRAVITY_M_S2 * float(np.tan(bank))
    flown.pilot.body.command = wing(lateral, AIRSPEED_M_S, 0.0, 1.5, bank, 1.5)
    flown.run(SETTLED_S, lambda: None)
    heading = float(flown.model.state.yaw[0])
    flown.run(TURN_S - SETTLED_S, lambda: None)
    track = np.array(flown.track)
    closed = track[round(SETTLED_S / STEP_S) - 1] + _turned(heading, lateral / AIRSPEED_M_S)
    axes.plot(*track.T, color=BLUE, linewidth=1.4, label="model")
    axes.plot(*closed.T, ".", color=BLACK, markersize=5, label="closed form, every 2 s")
    axes.set_title(f"quadplane with {BANK_DEG:g}° of bank in {TURN_WIND.speed_m_s:g} m/s from the west")
    axes.legend(frameon=False, loc="lower left")


def _turned(heading: float, rate: float) -> Floats:
    """Return the way of a steady turn in a steady wind, to the east and to the north, every 2 s."""
    seconds = np.arange(0.0, TURN_S - SETTLED_S, 2.0)
    wind_north, wind_east = TURN_WIND.velocity_m_s
    radius_m, angle = AIRSPEED_M_S / rate, heading + rate * seconds
    east_m = wind_east * seconds + radius_m * (np.cos(heading) - np.cos(angle))
    north_m = wind_north * seconds + radius_m * (np.sin(angle) - np.sin(heading))
    return np.column_stack((east_m, north_m))
