"""What the estimator thinks of itself when the GPS receiver fails.

Times are those of EKF3 (``AP_NavEKF3.h``): without a fix the position is given up after 7 s
(``posRetryTimeNoVel_ms``) and the filter stands still from 15 s on (``tiltDriftTimeMax_ms``), while a
quadplane on the wing gives it up after 10 s (``posRetryTimeUseVel_ms``) and dead reckons with its airspeed. A
position that jumps is taken after 10 s and called a glitch until 20 s. ArduPilot's SITL said and did so after
``SIM_GPS1_ENABLE`` 0 and ``SIM_GPS1_GLTCH_X`` 0.001.
"""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.craft import Craft

POSITION_LOST_S = 7.0
LOST_WITH_AIRSPEED_S = 10.0
STOPPED_S = 15.0
_RESTART_S = 0.3

_JUMP_M = 5.0
_JUMP_NOTICED_S = 1.2
_JUMP_TAKEN_S = 10.0
_DOUBT_S = 20.0

_GOOD = 831
_STANDING = 167
_LOST: int = mavlink.ESTIMATOR_ATTITUDE | mavlink.ESTIMATOR_VELOCITY_VERT | mavlink.ESTIMATOR_POS_VERT_ABS
_DEAD_RECKONING: int = (
    _LOST
    | mavlink.ESTIMATOR_VELOCITY_HORIZ
    | mavlink.ESTIMATOR_POS_HORIZ_REL
    | mavlink.ESTIMATOR_PRED_POS_HORIZ_REL
)
_GLITCHING: int = mavlink.EKF_GPS_GLITCHING
_ON_THE_WING = mavlink.MAV_VTOL_STATE_FW


class Estimator:
    """Follows the receiver and says how good position and velocity are."""

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._silent_s = 0.0
        self._heard_s = math.inf
        self._stopped = False
        self._trusted: tuple[float, float, float] | None = None
        self._jumped_at = -math.inf
        self._was_glitching = False
        self._on_simple = False
        self._before = 0.0

    @property
    def receiver_lost(self) -> bool:
        """Say whether the receiver has no fix."""
        return self._silent_s > 0.0

    @property
    def glitching(self) -> bool:
        """Say whether the receiver's position is not believed."""
        return _JUMP_NOTICED_S < self._craft.time - self._jumped_at <= _DOUBT_S

    @property
    def has_position(self) -> bool:
        """Say whether there is an absolute position."""
        ready = self._craft.time >= self._craft.boot.position_at
        return ready and not self._stopped and not self._is_lost

    def flags(self) -> int:
        """Return the flags of ``EKF_STATUS_REPORT``."""
        craft = self._craft
        flags = craft.boot.flags(craft.time)
        if flags != _GOOD:
            return flags
        if self._stopped:
            return _STANDING
        if self._is_lost:
            standing = mavlink.ESTIMATOR_VELOCITY_HORIZ if craft.body.on_ground else 0
            return _DEAD_RECKONING if self._flies_forward else int(_LOST | standing)
        return flags | (_GLITCHING if self.glitching else 0)

    @property
    def _is_lost(self) -> bool:
        """Say whether the position has been given up; an airspeed sensor in use keeps it for longer."""
        return self._silent_s > (LOST_WITH_AIRSPEED_S if self._flies_forward else POSITION_LOST_S)

    @property
    def _flies_forward(self) -> bool:
        craft = self._craft
        return craft.airframe.wings and not craft.body.on_ground and craft.vtol_state == _ON_THE_WING

    def step(self) -> None:
        """Look at the receiver once."""
        craft = self._craft
        passed = craft.time - self._before
        self._before = craft.time
        if craft.time < craft.boot.position_at:
            return
        if craft.hazards.gps_lost:
            self._silent_s += passed
            self._heard_s = 0.0
        else:
            self._silent_s = 0.0
            self._heard_s += passed
        self._watch_aiding()
        self._watch_attitude()
        self._watch_jump()

    def _watch_aiding(self) -> None:
        if not self._stopped and self._silent_s > STOPPED_S and not self._flies_forward:
            self._stopped = True
            for number in (0, 1):
                self._craft.say(f"EKF3 IMU{number} stopped aiding", mavlink.MAV_SEVERITY_WARNING)
        elif self._stopped and self._heard_s > _RESTART_S:
            self._stopped = False
            for number in (0, 1):
                self._craft.say(f"EKF3 IMU{number} is using GPS")

    def _watch_attitude(self) -> None:
        """On a quadplane's rotors the simpler estimator takes over while there is no position."""
        on_simple = self._craft.airframe.wings and not self.has_position and not self._flies_forward
        if on_simple != self._on_simple:
            self._on_simple = on_simple
            self._craft.say(f"AHRS: {'DCM' if on_simple else 'EKF3'} active")

    def _trust(self, offset: tuple[float, float, float]) -> None:
        """Take the receiver's position for the aircraft's, error and all."""
        if offset != self._trusted:
            self._trusted = offset
            hazards = self._craft.hazards
            hazards.believed_north_m, hazards.believed_east_m, hazards.believed_up_m = offset

    def _watch_jump(self) -> None:
        """Believe a slow drift, as a filter follows it, and a jump only after a while."""
        craft, hazards = self._craft, self._craft.hazards
        offset = (hazards.gps_north_m, hazards.gps_east_m, hazards.gps_up_m)
        doubted_s = craft.time - self._jumped_at
        # A filter that starts has nothing but the receiver to believe.
        if self._trusted is None or math.dist(offset, self._trusted) <= _JUMP_M:
            self._trust(offset)
            if doubted_s < _JUMP_TAKEN_S:
                self._jumped_at = -math.inf
        elif doubted_s > _DOUBT_S:
            self._jumped_at = craft.time
            self._try_other_cores()
        elif doubted_s > _JUMP_TAKEN_S:
            self._trust(offset)
        if self.glitching != self._was_glitching:
            self._was_glitching = self.glitching
            self._tell("GPS Glitch or Compass error" if self.glitching else "Glitch cleared")

    def _try_other_cores(self) -> None:
        """Say that the other core was tried and is no better."""
        for core in (1, 0):
            self._tell(f"EKF3 lane switch {core}")
            self._tell(f"EKF primary changed:{core}", mavlink.MAV_SEVERITY_WARNING)

    def _tell(self, words: str, severity: int = mavlink.MAV_SEVERITY_CRITICAL) -> None:
        """Say what ArduCopter says; ArduPlane keeps silent."""
        if not self._craft.airframe.wings:
            self._craft.say(words, severity)
