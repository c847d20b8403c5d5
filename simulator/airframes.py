"""The aircraft that can be flown, with the figures of their lift, drag and power.

``hover_w`` and ``cruise_w`` are what planning counts with (the reference drone types of Tsubaki), written
down a second time on purpose: the simulator judges the planner and does not share its code. The rotors and
the wing are sized so that the flight model comes out at these figures (within 5 %, which tests hold), and are
of the kind that published aircraft have:

- ``copter``: DJI Matrice 600 Pro (specifications of the maker: 9.5 kg with six TB47S batteries of 99.9 Wh,
  hovers 32 min; 15.5 kg, 16 min; six propellers of 21 inch). Ours has the same propulsion with propellers of
  20 inch.
- ``quadplane``: DeltaQuad Pro (vehicle specifications in the operations manual: wing area 0.9 m², span 2.35
  m, 5 kg, 2 h at 18 m/s with 23 Ah) and the larger aircraft of that layout, as Swoop Aero's and Wingcopter's,
  for mass and speed.
- ``heavy-copter``: DJI FlyCart 30 (specifications of the maker: 65 kg with two batteries of 1984.4 Wh, 30 kg
  of payload, hovers 29 min empty and 18 min loaded, flies 28 km and 16 km at 15 m/s; four coaxial pairs of
  propellers of 54 inch).
"""

from dataclasses import dataclass

from simulator.airframe_parts import RotorSet, Wing
from simulator.errors import ConfigurationError
from simulator.values import VehicleClass

INCH_M = 0.0254


@dataclass(frozen=True)
class Airframe:
    """One kind of aircraft.

    Parameters
    ----------
    name
        What the command line and fleet files call it.
    vehicle_class
        What its autopilot is.
    empty_kg, payload_limit_kg
        Mass with battery but without parcel, and the largest parcel.
    battery_wh
        Capacity of the battery.
    hover_w, cruise_w
        Power without parcel in hover and in cruise that planning counts with.
    idle_w, ground_w
        Power disarmed, and armed on the ground with motors turning slowly.
    rotors, wing
        What carries it; a copter has no wing and cruises on its rotors.
    """

    name: str
    vehicle_class: VehicleClass
    empty_kg: float
    payload_limit_kg: float
    battery_wh: float
    hover_w: float
    cruise_w: float
    idle_w: float
    ground_w: float
    rotors: RotorSet
    wing: Wing | None = None

    @property
    def wings(self) -> bool:
        """Say whether cruise is on the wing."""
        return self.wing is not None

    @property
    def lift_motors(self) -> int:
        """How many motors lift it."""
        return self.rotors.motors


COPTER = Airframe(
    name="copter",
    vehicle_class=VehicleClass.COPTER,
    empty_kg=9.0,
    payload_limit_kg=3.0,
    battery_wh=1000.0,
    hover_w=1100.0,
    cruise_w=1100.0,
    idle_w=8.0,
    ground_w=60.0,
    rotors=RotorSet(
        motors=6,
        radius_m=10.0 * INCH_M,
        induced_factor=1.15,
        profile_ratio=0.70,
        efficiency=0.82,
        drag_area_m2=0.23,
        thrust_ratio=2.2,
    ),
)

QUADPLANE = Airframe(
    name="quadplane",
    vehicle_class=VehicleClass.QUADPLANE,
    empty_kg=13.0,
    payload_limit_kg=2.5,
    battery_wh=900.0,
    hover_w=1900.0,
    cruise_w=430.0,
    idle_w=10.0,
    ground_w=80.0,
    rotors=RotorSet(
        motors=4,
        radius_m=11.0 * INCH_M,
        induced_factor=1.15,
        profile_ratio=0.53,
        efficiency=0.82,
        drag_area_m2=0.20,
        thrust_ratio=1.8,
    ),
    # Span 3.2 m, so an aspect ratio of 10.2; e = 0.8.
    wing=Wing(
        area_m2=1.0,
        drag_area_m2=0.0263,
        induced_drag=0.039,
        lift_limit=1.5,
        efficiency=0.70,
        pusher_w=900.0,
    ),
)

HEAVY_COPTER = Airframe(
    name="heavy-copter",
    vehicle_class=VehicleClass.COPTER,
    empty_kg=65.0,
    payload_limit_kg=30.0,
    battery_wh=2 * 1984.4,
    hover_w=2 * 1984.4 * 60.0 / 29.0,
    cruise_w=2 * 1984.4 * 15.0 * 3.6 / 28.0,
    idle_w=40.0,
    ground_w=400.0,
    rotors=RotorSet(
        motors=8,
        radius_m=27.0 * INCH_M,
        induced_factor=1.15 * 1.22,
        profile_ratio=0.74,
        efficiency=0.82,
        drag_area_m2=1.0,
        thrust_ratio=2.2,
    ),
)

AIRFRAMES: dict[str, Airframe] = {each.name: each for each in (COPTER, QUADPLANE, HEAVY_COPTER)}
"""By name; the name of the default airframe of a class is that of the class."""


def airframe_of(vehicle_class: VehicleClass, name: str | None) -> Airframe:
    """Return the airframe of this name, or the usual one of a class.

    Raises
    ------
    ConfigurationError
        Where no airframe of the class has this name.
    """
    airframe = AIRFRAMES.get(name or vehicle_class)
    if airframe is None or airframe.vehicle_class is not vehicle_class:
        fitting = ", ".join(each.name for each in AIRFRAMES.values() if each.vehicle_class is vehicle_class)
        raise ConfigurationError("airframe", f"{name!r} is no {vehicle_class}", f"choose {fitting}")
    return airframe
