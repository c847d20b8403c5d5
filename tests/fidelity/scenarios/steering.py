"""A copter in GUIDED: turning, climbing, velocities, and set-points of every form."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import POSITION_ONLY, VELOCITY_ONLY, Probe
from tests.fidelity.registry import COPTER, scenario

USE_YAW = 0b0000_0100_0000_0000
"""POSITION_TARGET_TYPEMASK_YAW_IGNORE; cleared where a yaw is given."""


def heading_fact(probe: Probe, name: str) -> None:
    """Record the heading, in degrees."""
    heading = probe.whole("GLOBAL_POSITION_INT", "hdg")
    probe.fact(name, None if heading is None else round(heading / 100), "metres", 8)


@scenario(COPTER)
def guided_steering(probe: Probe) -> None:
    """CONDITION_YAW, climbs and descents, velocity and position set-points in several frames."""
    probe.guided_takeoff(20)
    turning(probe)
    climbing(probe)
    setpoints(probe)
    probe.phase("home")
    probe.long(mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH)
    probe.link.sleep(1)
    probe.fact("mode after NAV_RETURN_TO_LAUNCH", probe.mode)
    probe.ride_home()


def turning(probe: Probe) -> None:
    """Turn to a heading and by an angle, either way, too fast, and beyond the circle."""
    probe.phase("turning")
    for label, angle, rate, way, relative in (
        ("to 90", 90, 30, 1, 0),
        ("by 45 to the right", 45, 30, 1, 1),
        ("by 90 to the left", 90, 30, -1, 1),
        ("to 270 at once", 270, 0, 0, 0),
        ("to 450", 450, 30, 1, 0),
        ("by -30", -30, 30, 1, 1),
    ):
        probe.long(mavlink.MAV_CMD_CONDITION_YAW, angle, rate, way, relative, label=f"yaw {label}")
        probe.link.sleep(12)
        heading_fact(probe, f"heading after {label}")


def climbing(probe: Probe) -> None:
    """Climb and descend by position and by velocity."""
    probe.phase("climbing")
    probe.goto(probe.home.shifted(0, 0), 35)
    probe.timed("climbed to 35", lambda: probe.link.until(lambda: probe.altitude_m > 34, 60))
    probe.goto(probe.home.shifted(0, 0), 20)
    probe.timed("descended to 20", lambda: probe.link.until(lambda: probe.altitude_m < 21, 60))
    probe.phase("vertical velocity")
    for _ in range(4):
        velocity(probe, 1, (0, 0, -2))
        probe.link.sleep(1)
    probe.fact("climb", round(probe.field("VFR_HUD", "climb") or 0.0, 1), "metres", 0.6)
    probe.link.sleep(5)
    probe.fact("height", round(probe.altitude_m), "metres", 2)


def velocity(probe: Probe, frame: int, north_east_down: tuple[float, float, float]) -> None:
    """Send a velocity set-point."""
    probe.link.send(
        mavlink.MAVLink_set_position_target_local_ned_message(
            0, *probe.link.target, frame, VELOCITY_ONLY, 0, 0, 0, *north_east_down, *[0.0] * 5
        )
    )


def position(probe: Probe, frame: int, place: tuple[float, float, float], yaw_deg: float | None) -> None:
    """Send a position set-point in metres, with a heading if one is given."""
    mask = POSITION_ONLY if yaw_deg is None else POSITION_ONLY & ~USE_YAW
    yaw = math.radians(yaw_deg or 0.0)
    probe.link.send(
        mavlink.MAVLink_set_position_target_local_ned_message(
            0, *probe.link.target, frame, mask, *place, *[0.0] * 6, yaw, 0
        )
    )


def setpoints(probe: Probe) -> None:
    """Send positions and velocities in the frames of the ground, of the vehicle, and of nobody."""
    probe.phase("set-points")
    frames = mavlink
    for label, frame, place, yaw_deg in (
        ("local", frames.MAV_FRAME_LOCAL_NED, (30, 0, -20), None),
        ("local with a heading", frames.MAV_FRAME_LOCAL_NED, (30, 20, -20), 180),
        ("local offset", frames.MAV_FRAME_LOCAL_OFFSET_NED, (-10, 0, 0), None),
        ("body offset", frames.MAV_FRAME_BODY_OFFSET_NED, (10, 0, 0), None),
        ("unknown frame", 200, (0, 0, -20), None),
    ):
        position(probe, frame, place, yaw_deg)
        probe.link.sleep(15)
        probe.fact_place(f"place after {label}", 4)
        if yaw_deg is not None:
            heading_fact(probe, f"heading after {label}")
    probe.phase("velocities")
    for label, frame in (("local", 1), ("body", frames.MAV_FRAME_BODY_NED), ("offset", 7)):
        for _ in range(4):
            velocity(probe, frame, (3, 0, 0))
            probe.link.sleep(1)
        probe.fact(f"speed by velocity {label}", round(probe.speed_m_s, 1), "metres", 0.6)
        probe.link.sleep(6)
        probe.fact_place(f"place after velocity {label}", 5)
    probe.phase("nothing asked")
    probe.link.send(
        mavlink.MAVLink_set_position_target_local_ned_message(
            0, *probe.link.target, 1, 0b0000_1111_1111_1111, *[0.0] * 11
        )
    )
    probe.link.sleep(3)
    probe.fact("speed", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.fact("mode", probe.mode)
