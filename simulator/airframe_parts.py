"""What carries an aircraft: its lift rotors and its wing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RotorSet:
    """The lift rotors.

    Parameters
    ----------
    motors
        How many.
    radius_m
        Radius of a propeller.
    induced_factor
        Induced power divided by that of an ideal rotor: 1.15 for the uneven wake (Leishman, "Principles of
        Helicopter Aerodynamics", chapter 2), times 1.22 where one rotor stands in the wake of another (the
        same).
    profile_ratio
        Power to turn the blades through the air in hover, as a share of the ideal induced power. The figure
        of merit is 1 / (induced_factor + profile_ratio).
    efficiency
        Of motors and speed controllers.
    drag_area_m2
        Equivalent flat plate of everything in the wind, when it flies on its rotors.
    thrust_ratio
        Largest thrust of all rotors divided by the weight without payload.
    """

    motors: int
    radius_m: float
    induced_factor: float
    profile_ratio: float
    efficiency: float
    drag_area_m2: float
    thrust_ratio: float


@dataclass(frozen=True)
class Wing:
    """The wing and what pushes it.

    Parameters
    ----------
    area_m2
        Wing area.
    drag_area_m2
        Drag without lift, C_D0 times the area.
    induced_drag
        k in C_D = C_D0 + k C_L²: 1 / (π e aspect ratio).
    lift_limit
        Largest lift coefficient.
    efficiency
        Of pusher propeller, motor and speed controller.
    pusher_w
        Power of the pusher at full throttle, which it has in the transition.
    """

    area_m2: float
    drag_area_m2: float
    induced_drag: float
    lift_limit: float
    efficiency: float
    pusher_w: float
