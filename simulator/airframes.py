"""The two airframes: mass, limits and power by flight phase.

The figures are those of the drone types Tsubaki plans with (CONTRACT, "Airframe figures"), kept here a second
time on purpose: the simulator judges the planner and does not share its code. Hover power grows with the 3/2
power of the mass (momentum theory: P ∝ T^(3/2)), cruise power linearly (drag at constant lift-to-drag ratio:
P ∝ W·V).
"""

from dataclasses import dataclass
from enum import StrEnum

from simulator.values import VehicleClass


class Phase(StrEnum):
    """The parts of a flight that differ in power."""

    IDLE = "idle"
    GROUND = "ground"
    HOVER = "hover"
    CLIMB = "climb"
    DESCENT = "descent"
    CRUISE = "cruise"
    TRANSITION = "transition"


CLIMB_M_S = 2.5
"""Rate of vertical climb on rotors (``WPNAV_SPEED_UP``, ``Q_WP_SPEED_UP``)."""

CLIMB_EFFICIENCY = 0.5
"""Share of the extra power of a climb that lifts the mass; the rest is lost in motors and wake."""

DESCENT_FACTOR = 0.95
"""A vertical descent of 1.5 m/s saves little, as the rotors work in their own wake."""


@dataclass(frozen=True)
class Airframe:
    """One kind of aircraft.

    Parameters
    ----------
    empty_kg, payload_limit_kg
        Mass with battery but without parcel, and the largest parcel.
    battery_wh
        Capacity of the battery.
    hover_w, cruise_w
        Power without parcel, hovering and in cruise.
    idle_w, ground_w
        Power disarmed, and armed on the ground with motors turning slowly.
    wings
        Whether cruise is on the wing. A copter cruises on its rotors.
    """

    vehicle_class: VehicleClass
    empty_kg: float
    payload_limit_kg: float
    battery_wh: float
    hover_w: float
    cruise_w: float
    idle_w: float
    ground_w: float
    wings: bool

    def power_w(self, phase: Phase, payload_kg: float) -> float:
        """Return the electrical power drawn from the battery, in watts."""
        share = (self.empty_kg + payload_kg) / self.empty_kg
        hover_w = self.hover_w * share**1.5
        powers: dict[Phase, float] = {
            Phase.IDLE: self.idle_w,
            Phase.GROUND: self.ground_w,
            Phase.HOVER: hover_w,
            Phase.CLIMB: hover_w + (self.empty_kg + payload_kg) * 9.80665 * CLIMB_M_S / CLIMB_EFFICIENCY,
            Phase.DESCENT: hover_w * DESCENT_FACTOR,
            Phase.CRUISE: self.cruise_w * share if self.wings else self.cruise_w * share**1.5,
            Phase.TRANSITION: hover_w + self.cruise_w * share,
        }
        return powers[phase]


COPTER = Airframe(
    vehicle_class=VehicleClass.COPTER,
    empty_kg=9.0,
    payload_limit_kg=3.0,
    battery_wh=1000.0,
    hover_w=1100.0,
    cruise_w=1100.0,
    idle_w=8.0,
    ground_w=60.0,
    wings=False,
)

QUADPLANE = Airframe(
    vehicle_class=VehicleClass.QUADPLANE,
    empty_kg=13.0,
    payload_limit_kg=2.5,
    battery_wh=900.0,
    hover_w=1900.0,
    cruise_w=430.0,
    idle_w=10.0,
    ground_w=80.0,
    wings=True,
)

AIRFRAMES = {airframe.vehicle_class: airframe for airframe in (COPTER, QUADPLANE)}
