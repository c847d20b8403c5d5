"""The first minute after power-on: texts, sensors and estimates by time, as recorded.

Sources: ``copter/boot_and_prearm``, ``copter/arm_disarm`` and ``quadplane/qp_auto_delivery``; times are
seconds since boot.
"""

from bisect import bisect_right
from dataclasses import dataclass

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.values import VehicleClass

_INFO = mavlink.MAV_SEVERITY_INFO
_ALERT = mavlink.MAV_SEVERITY_ALERT


@dataclass(frozen=True)
class BootProfile:
    """What happens when.

    Parameters
    ----------
    texts
        Time, severity and words of each STATUSTEXT.
    initialised_at, standby_at
        When the vehicle has a mode, and when its heartbeat says standby.
    gps_at, origin_at, position_at
        First fix; origin of the estimator (home is set); absolute position.
    attitude_at, armable_at
        From when it can be armed in modes that need no position, and in those that do.
    ekf_flags
        ``EKF_STATUS_REPORT`` flags from each time on.
    refusals
        Why arming is refused until each time, for modes without and with position.
    """

    texts: tuple[tuple[float, int, str], ...]
    initialised_at: float
    standby_at: float
    gps_at: float
    origin_at: float
    position_at: float
    attitude_at: float
    armable_at: float
    ekf_flags: tuple[tuple[float, int], ...]
    refusals: tuple[tuple[float, tuple[str, ...], tuple[str, ...]], ...]

    def flags(self, time: float) -> int:
        """Return the estimator's flags at a time."""
        index = bisect_right(self.ekf_flags, (time, 1 << 30)) - 1
        return self.ekf_flags[max(0, index)][1]

    def refusal(self, time: float, needs_position: bool) -> tuple[str, ...]:
        """Return why arming is refused at a time; nothing once it is not."""
        if time >= (self.armable_at if needs_position else self.attitude_at):
            return ()
        row = next(row for row in self.refusals if time < row[0])
        return row[2] if needs_position else row[1]


def _field_elevation(time: float) -> tuple[float, int, str]:
    return time, _INFO, "Field Elevation Set: {elevation:.0f}m"


_COPTER = BootProfile(
    texts=(
        (0.57, _INFO, "Calibrating barometer"),
        (1.9, _INFO, "Barometer 1 calibration complete"),
        (1.9, _INFO, "Barometer 2 calibration complete"),
        (2.4, _INFO, "ArduPilot Ready"),
        (2.4, _INFO, "AHRS: DCM active"),
        (2.7, _INFO, "RC7: SaveWaypoint LOW"),
        (4.4, _INFO, "EKF3 IMU0 initialised"),
        (4.4, _INFO, "EKF3 IMU1 initialised"),
        (4.4, _INFO, "AHRS: EKF3 active"),
        (5.8, _INFO, "EKF3 IMU0 tilt alignment complete"),
        (5.8, _INFO, "EKF3 IMU1 tilt alignment complete"),
        (5.9, _INFO, "EKF3 IMU0 MAG0 initial yaw alignment complete"),
        (5.9, _INFO, "EKF3 IMU1 MAG0 initial yaw alignment complete"),
        (9.8, _INFO, "GPS 1: probing for u-blox at 230400 baud"),
        (9.8, _INFO, "GPS 1: detected u-blox"),
        (20.0, _INFO, "EKF3 IMU0 origin set"),
        _field_elevation(20.0),
        (20.2, _INFO, "EKF3 IMU1 origin set"),
        (41.4, _INFO, "EKF3 IMU0 is using GPS"),
        (41.6, _INFO, "EKF3 IMU1 is using GPS"),
    ),
    initialised_at=0.0,
    standby_at=2.5,
    gps_at=10.0,
    origin_at=20.0,
    position_at=41.5,
    attitude_at=23.6,
    armable_at=41.5,
    ekf_flags=((0.0, 1024), (4.4, 0), (6.0, 167), (41.5, 831)),
    refusals=(
        (
            3.4,
            ("Accels inconsistent", "EKF attitude is bad", "AHRS: not using configured AHRS type"),
            (
                "Need Alt Estimate",
                "Accels inconsistent",
                "EKF attitude is bad",
                "AHRS: not using configured AHRS type",
            ),
        ),
        (
            6.0,
            ("Accels inconsistent", "EKF attitude is bad", "AHRS: waiting for home"),
            ("Need Alt Estimate", "Accels inconsistent", "EKF attitude is bad", "AHRS: waiting for home"),
        ),
        (23.6, ("AHRS: waiting for home",), ("Need Position Estimate", "AHRS: waiting for home")),
        (99.0, (), ("Need Position Estimate",)),
    ),
)

_QUADPLANE = BootProfile(
    texts=(
        (0.55, _INFO, "QuadPlane initialised, Frame: QUAD/X"),
        (0.55, _INFO, "Ground start"),
        (0.55, _ALERT, "Skipping INS calibration"),
        (0.55, _INFO, "Calibrating barometer"),
        (1.75, _INFO, "Barometer 1 calibration complete"),
        (1.75, _INFO, "Barometer 2 calibration complete"),
        (1.75, _INFO, "Airspeed 1 calibration started"),
        (1.75, _INFO, "ArduPilot Ready"),
        (1.75, _INFO, "AHRS: DCM active"),
        (3.5, _INFO, "Airspeed 1 calibrated"),
        (9.1, _INFO, "GPS 1: probing for u-blox at 230400 baud"),
        (9.1, _INFO, "GPS 1: detected u-blox"),
        (10.2, _INFO, "EKF3 IMU0 initialised"),
        (10.2, _INFO, "EKF3 IMU1 initialised"),
        (12.1, _INFO, "EKF3 IMU1 tilt alignment complete"),
        (12.1, _INFO, "EKF3 IMU0 tilt alignment complete"),
        (12.2, _INFO, "EKF3 IMU1 MAG0 initial yaw alignment complete"),
        (12.2, _INFO, "EKF3 IMU0 MAG0 initial yaw alignment complete"),
        (20.3, _INFO, "EKF3 IMU1 origin set"),
        (20.3, _INFO, "EKF3 IMU1 is using GPS"),
        _field_elevation(20.3),
        (20.5, _INFO, "EKF3 IMU0 origin set"),
        (20.5, _INFO, "EKF3 IMU0 is using GPS"),
        (20.5, _INFO, "AHRS: EKF3 active"),
    ),
    initialised_at=2.0,
    standby_at=1.7,
    gps_at=9.2,
    origin_at=20.4,
    position_at=20.6,
    attitude_at=24.8,
    armable_at=24.8,
    ekf_flags=((0.0, 1024), (10.3, 0), (12.2, 167), (20.6, 831)),
    refusals=(
        (
            10.3,
            ("EKF attitude is bad", "AHRS: waiting for home"),
            ("EKF attitude is bad", "AHRS: waiting for home"),
        ),
        (99.0, ("AHRS: not using configured AHRS type",), ("AHRS: not using configured AHRS type",)),
    ),
)

BOOT = {VehicleClass.COPTER: _COPTER, VehicleClass.QUADPLANE: _QUADPLANE}
