"""What is broken, for all aircraft at once."""

import math
from collections.abc import Sequence

import numpy as np

from simulator.hazards import Hazards
from simulator.physics.state import Flags, Floats


class HazardArrays:
    """The hazards that the flight model looks at, shape (n,).

    ``compass``, ``thrust`` and ``gps`` say whether any aircraft has a hazard of that kind; the model
    leaves out the work where none has.

    Parameters
    ----------
    lift_motors
        Number of lift motors of each aircraft. One that loses a motor of four cannot be held level any more;
        with six or more it flies on with what is left of the thrust, less what the motor opposite has to give
        up (Mueller and D'Andrea, ICRA 2014, treat the quadrotor; see also ArduPilot's "motor failure" notes).
    """

    def __init__(self, lift_motors: Sequence[int]) -> None:
        count = len(lift_motors)
        self._lift_motors = tuple(lift_motors)
        self.gps_lost: Flags = np.zeros(count, bool)
        self.gps_north, self.gps_east, self.gps_up = np.zeros(count), np.zeros(count), np.zeros(count)
        self.turn: Floats = np.zeros(count)
        self.lift_share: Floats = np.ones(count)
        self.tumbling: Flags = np.zeros(count, bool)
        self.pusher_failed: Flags = np.zeros(count, bool)
        self.pad_occupied: Flags = np.zeros(count, bool)
        self.wind_north, self.wind_east = np.zeros(count), np.zeros(count)
        self.compass = self.thrust = self.gps = False

    def update(self, row: int, hazards: Hazards) -> None:
        """Take over what has changed about one aircraft."""
        motors = self._lift_motors[row]
        self.gps_lost[row] = hazards.gps_lost
        self.gps_north[row], self.gps_east[row] = hazards.believed_north_m, hazards.believed_east_m
        self.gps_up[row] = hazards.believed_up_m
        self.turn[row] = math.radians(hazards.compass_error_deg)
        self.lift_share[row] = max(0.0, 1.0 - 2.0 * hazards.motors_failed / motors)
        self.tumbling[row] = hazards.motors_failed > (0 if motors < 6 else 1)
        self.pusher_failed[row] = hazards.pusher_failed
        self.pad_occupied[row] = hazards.pad_occupied
        self.wind_north[row], self.wind_east[row] = hazards.wind_north_m_s, hazards.wind_east_m_s
        self.gps = bool(
            self.gps_lost.any() or self.gps_north.any() or self.gps_east.any() or self.gps_up.any()
        )
        self.compass = bool(self.turn.any())
        self.thrust = bool(self.pusher_failed.any() or (self.lift_share < 1.0).any())

    def turned(self, north: Floats, east: Floats) -> tuple[Floats, Floats]:
        """Return an acceleration as an aircraft gives it that is wrong about its heading.

        Who believes his nose to point farther clockwise than it does, pushes too far anticlockwise.
        """
        cosine, sine = np.cos(self.turn), np.sin(self.turn)
        return north * cosine + east * sine, east * cosine - north * sine
