"""Voltage and charge of a quadplane's battery over a delivery: new, cold, and at the end of its life."""

import numpy as np
from matplotlib.figure import Figure

from docs.flight_pictures.style import BLUE, GREEN, GREY, RED, axes_of
from simulator.airframes import QUADPLANE
from simulator.physics import STEP_S
from simulator.physics.battery import Packs
from simulator.physics.command import Motion
from tests.unit.simulator.physics.flying import steady, watts

DELIVERY: tuple[tuple[float, Motion, float, float, float], ...] = (
    (40.0, Motion.ROTORS, 0.0, 2.5, 2.5),
    (1400.0, Motion.WING, 25.0, 0.0, 2.5),
    (67.0, Motion.ROTORS, 0.0, -1.5, 2.5),
    (30.0, Motion.ROTORS, 0.0, 0.0, 2.5),
    (40.0, Motion.ROTORS, 0.0, 2.5, 0.0),
    (1400.0, Motion.WING, 25.0, 0.0, 0.0),
    (67.0, Motion.ROTORS, 0.0, -1.5, 0.0),
)
"""Seconds, what carries the quadplane, airspeed and climb in m/s, parcel in kg: 35 km out and back."""

BATTERIES: tuple[tuple[str, float, float, str], ...] = (
    ("new, 20 °C", 20.0, 0.0, BLUE),
    ("new, −10 °C", -10.0, 0.0, GREEN),
    ("end of its life, 20 °C", 20.0, 1.0, RED),
)


def draw(figure: Figure) -> None:
    """Draw voltage and charge over a delivery."""
    volts_axes, charge_axes = axes_of(figure, 2)
    drawn_w = np.concatenate([np.full(round(leg[0] / STEP_S), _leg_w(leg)) for leg in DELIVERY])
    minutes = np.arange(len(drawn_w)) * STEP_S / 60.0
    for name, ambient_c, age, colour in BATTERIES:
        packs = Packs([QUADPLANE.battery_wh], STEP_S, ambient_c, age)
        shown = np.array([_drawn(packs, power_w) for power_w in drawn_w])
        volts_axes.plot(minutes, shown[:, 0], color=colour, linewidth=1.2, label=name)
        charge_axes.plot(minutes, shown[:, 1], color=colour, linewidth=1.2, label=name)
    volts_axes.set(xlabel="minutes", ylabel="V under load (three cells)")
    charge_axes.set(xlabel="minutes", ylabel="charge left, %", ylim=(0.0, 100.0))
    charge_axes.axhline(30.0, color=GREY, linestyle=":")
    charge_axes.text(0.5, 31.0, "reserve of planning, 30 %", color=GREY)
    volts_axes.legend(frameon=False, loc="lower left")


def _leg_w(leg: tuple[float, Motion, float, float, float]) -> float:
    _, motion, airspeed_m_s, climb_m_s, payload_kg = leg
    return watts(QUADPLANE, motion, steady(airspeed_m_s, climb_m_s), payload_kg)


def _drawn(packs: Packs, power_w: float) -> tuple[float, float]:
    packs.draw(np.array([power_w]))
    return float(packs.volts[0]), 100.0 * float(packs.charge[0])
