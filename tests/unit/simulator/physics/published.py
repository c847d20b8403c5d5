"""Published figures of real aircraft, and what the flight model says of the same aircraft."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from simulator.airframe_parts import Wing
from simulator.airframes import COPTER, HEAVY_COPTER, INCH_M, QUADPLANE, Airframe
from simulator.physics.battery import Packs
from simulator.physics.command import Motion
from simulator.physics.power import PowerModel
from tests.unit.simulator.physics.flying import steady, watts

MATRICE_600_PRO = replace(
    COPTER, empty_kg=9.5, idle_w=20.0, rotors=replace(COPTER.rotors, radius_m=10.5 * INCH_M)
)
"""DJI's specifications: propellers of 21 inch; an autopilot with three receivers draws more than ours."""

DELTAQUAD_PRO = replace(
    QUADPLANE,
    empty_kg=5.0,
    idle_w=8.0,
    wing=Wing(
        area_m2=0.9,
        drag_area_m2=0.9 * 0.0187,
        induced_drag=1.0 / (np.pi * 0.6 * 2.35**2 / 0.9),
        lift_limit=0.63,
        efficiency=0.55,
        pusher_w=400.0,
    ),
)
"""Area, span, mass from its operations manual; e is 0.6 for a flying wing with booms, the efficiency 0.55
for a small pusher. Its drag without lift is fitted: one number for both published flights."""

TB47S_WH, TB48S_WH = 6 * 99.9, 6 * 129.96
"""The two sets of batteries of the Matrice; the larger one weighs half a kilogram more."""

CRUISE_WH = 0.9 * 23.0 * 14.8 - 15.0
"""Nine tenths of 23 Ah at 14.8 V, less a minute of hover for take-off and landing at some 900 W."""


@dataclass(frozen=True)
class Flight:
    """A steady flight of an aircraft with a full battery."""

    airframe: Airframe
    payload_kg: float
    motion: Motion = Motion.ROTORS
    speed_m_s: float = 0.0
    energy_wh: float = 0.0

    def minutes(self) -> float:
        """Return how long the battery lasts, with all that the battery model takes from it."""
        power_w = np.array([watts(self.airframe, self.motion, steady(self.speed_m_s), self.payload_kg)])
        step_s, seconds = 1.0, 0.0
        packs = Packs([self.energy_wh], step_s)
        while not packs.empty[0]:
            packs.draw(power_w)
            seconds += step_s
        return seconds / 60.0

    def kilometres(self) -> float:
        """Return how far the battery reaches."""
        return self.minutes() * 60.0 * self.speed_m_s / 1000.0

    def stall_m_s(self) -> float:
        """Return the stall speed."""
        model = PowerModel([self.airframe], [0.0])
        mass_kg = np.array([self.airframe.empty_kg + self.payload_kg])
        return float(model.wings.stall_speed_m_s(mass_kg, model.density, np.ones(1))[0])


@dataclass(frozen=True)
class Published:
    """A figure of a maker, and how near the model has to come to it."""

    aircraft: str
    what: str
    flight: Flight
    measure: Callable[[Flight], float]
    figure: float
    unit: str
    within: float

    def __str__(self) -> str:
        return f"{self.aircraft} {self.what} {self.flight.payload_kg:g} kg"


def _hover(aircraft: str, flight: Flight, figure_min: float, within: float) -> Published:
    return Published(aircraft, "hovers", flight, Flight.minutes, figure_min, "min", within)


def _matrice(payload_kg: float, energy_wh: float, figure_min: float, within: float) -> Published:
    flight = Flight(MATRICE_600_PRO, payload_kg, energy_wh=energy_wh)
    what = f"hovers with {energy_wh:.0f} Wh"
    return Published("Matrice 600 Pro", what, flight, Flight.minutes, figure_min, "min", within)


def _flycart(payload_kg: float, speed_m_s: float = 0.0) -> Flight:
    return Flight(HEAVY_COPTER, payload_kg, speed_m_s=speed_m_s, energy_wh=HEAVY_COPTER.battery_wh)


def _range(payload_kg: float, figure_km: float, within: float) -> Published:
    flight = _flycart(payload_kg, 15.0)
    return Published("FlyCart 30", "flies at 15 m/s", flight, Flight.kilometres, figure_km, "km", within)


def _stall(payload_kg: float, figure_m_s: float) -> Published:
    flight = Flight(DELTAQUAD_PRO, payload_kg)
    return Published("DeltaQuad Pro", "stalls at", flight, Flight.stall_m_s, figure_m_s, "m/s", 0.03)


def _endurance(payload_kg: float, speed_m_s: float, figure_min: float) -> Published:
    flight = Flight(DELTAQUAD_PRO, payload_kg, Motion.WING, speed_m_s, CRUISE_WH)
    what = f"flies at {speed_m_s:g} m/s"
    return Published("DeltaQuad Pro", what, flight, Flight.minutes, figure_min, "min", 0.10)


PUBLISHED = (
    _matrice(0.0, TB47S_WH, 32.0, 0.04),
    _matrice(6.0, TB47S_WH, 16.0, 0.06),
    _matrice(0.5, TB48S_WH, 38.0, 0.04),
    _matrice(6.0, TB48S_WH, 18.0, 0.11),
    _hover("FlyCart 30", _flycart(0.0), 29.0, 0.06),
    _hover("FlyCart 30", _flycart(30.0), 18.0, 0.06),
    _range(0.0, 28.0, 0.05),
    _range(30.0, 16.0, 0.14),  # ours has no drag of the parcel
    _stall(0.0, 12.0),
    _stall(1.2, 13.0),
    _endurance(0.0, 18.0, 120.0),
    _endurance(1.2, 16.0, 110.0),
)
