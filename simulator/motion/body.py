"""The motion of one aircraft as its autopilot estimates it, in metres and radians around its home pad."""

import math
from dataclasses import dataclass

from simulator.physics.command import OFF, Command, rotors

_STANDING_M_S2 = 2.5
"""Limit of the acceleration of an aircraft that nobody tells where to fly."""


@dataclass(slots=True)
class Body:
    """Position (north, east, up from the pad), velocity over ground, attitude, airspeed.

    All of it is what GPS, barometer and compass make of the truth. ``command`` is what the autopilot asks for
    in the step to come; ``nose`` is the wanted yaw and the limit of its rate.
    """

    yaw: float
    north: float = 0.0
    east: float = 0.0
    up: float = 0.0
    v_north: float = 0.0
    v_east: float = 0.0
    v_up: float = 0.0
    roll: float = 0.0
    pitch: float = 0.0
    airspeed: float = 0.0
    on_ground: bool = True
    command: Command = OFF
    nose: tuple[float, float] = (0.0, 0.0)

    def observe(
        self,
        north: float,
        east: float,
        up: float,
        v_north: float,
        v_east: float,
        v_up: float,
        roll: float,
        pitch: float,
        yaw: float,
        airspeed: float,
    ) -> None:
        """Take in the estimate after a step."""
        self.north, self.east, self.up = north, east, up
        self.v_north, self.v_east, self.v_up = v_north, v_east, v_up
        self.roll, self.pitch, self.yaw = roll, pitch, yaw
        self.airspeed = airspeed

    @property
    def ground_speed(self) -> float:
        """Speed over ground, horizontally."""
        return math.hypot(self.v_north, self.v_east)

    @property
    def position(self) -> tuple[float, float]:
        """North and east."""
        return self.north, self.east

    def stand(self, armed: bool) -> None:
        """Ask for nothing but, when armed, no motion: what a step begins with."""
        self.command = OFF
        self.nose = (self.yaw, 0.0)
        if armed:
            self.command = rotors((0.0, 0.0, 0.0), _STANDING_M_S2, _STANDING_M_S2, *self.nose)

    def turn_nose(self, yaw: float, rate: float) -> None:
        """Ask to yaw towards a heading, at most ``rate`` (rad/s)."""
        self.nose = (yaw, rate)
