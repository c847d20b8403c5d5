"""What an autopilot asks of its airframe for one step: eight numbers, whose meaning depends on the first."""

from enum import IntEnum

Command = tuple[float, float, float, float, float, float, float, float]
"""The motion, and seven numbers that :func:`rotors` and :func:`wing` explain."""


class Motion(IntEnum):
    """What carries the aircraft."""

    OFF = 0
    ROTORS = 1
    TRANSITION = 2
    WING = 3


OFF: Command = (float(Motion.OFF), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""Motors stopped."""


def rotors(
    velocity: tuple[float, float, float],
    acceleration: float,
    acceleration_up: float,
    yaw: float,
    yaw_rate: float,
    pushed: bool = False,
) -> Command:
    """Ask for a velocity on rotors.

    Parameters
    ----------
    velocity
        Wanted velocity over ground to the north, to the east and up, m/s.
    acceleration, acceleration_up
        Limits of its change in the plane and vertically, m/s².
    yaw, yaw_rate
        Wanted heading of the nose, rad, and the limit of its change, rad/s (0 keeps it).
    pushed
        Whether the pusher of a quadplane and its wing take their share: a transition.
    """
    motion = Motion.TRANSITION if pushed else Motion.ROTORS
    return float(motion), *velocity, acceleration, acceleration_up, yaw, yaw_rate


def wing(
    lateral: float, airspeed: float, climb: float, acceleration: float, bank: float, lag_s: float
) -> Command:
    """Ask for flight on the wing.

    Parameters
    ----------
    lateral
        Wanted acceleration to the right, m/s².
    airspeed, climb
        Wanted speed through the air and upwards, m/s.
    acceleration
        Limit of the change of the airspeed, m/s².
    bank
        Limit of the bank angle, rad.
    lag_s
        Time constant with which the climb follows, s.
    """
    return float(Motion.WING), lateral, airspeed, climb, acceleration, bank, lag_s, 0.0
