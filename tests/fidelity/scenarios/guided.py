"""A copter in GUIDED."""

from dataclasses import replace

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def guided_flight(probe: Probe) -> None:
    """GUIDED: take off, reposition, position targets, speed, velocity, land."""
    home = probe.home
    probe.guided_takeoff(30)
    probe.fact("mode at altitude", probe.mode)
    probe.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 40, label="takeoff in air")
    probe.link.sleep(3)
    probe.phase("reposition")
    one = home.shifted(150, 0)
    probe.reposition(one, 30, "DO_REPOSITION int")
    probe.timed("at reposition", lambda: probe.link.until(lambda: probe.near(one), 60))
    probe.phase("position target")
    two = home.shifted(150, 150)
    probe.goto(two, 40)
    probe.timed(
        "at target", lambda: probe.link.until(lambda: probe.near(two) and abs(probe.altitude_m - 40) < 1, 60)
    )
    probe.fact_place("at target place", 4)
    probe.phase("speed")
    probe.long(mavlink.MAV_CMD_DO_CHANGE_SPEED, 1, 4, -1, 0)
    probe.goto(home.shifted(150, 0), 40)
    probe.link.sleep(15)
    probe.fact("speed after change", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.long(mavlink.MAV_CMD_DO_CHANGE_SPEED, 1, -5, -1, 0, label="negative speed")
    probe.long(mavlink.MAV_CMD_CONDITION_YAW, 90, 30, 1, 0)
    probe.timed("back", lambda: probe.link.until(lambda: probe.near(one), 60))
    guided_refusals(probe)
    probe.phase("velocity")
    probe.push(5, 0, 8)
    probe.fact("speed under velocity", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.link.sleep(6)
    probe.fact("speed after velocity timeout", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.phase("land")
    probe.long(mavlink.MAV_CMD_NAV_LAND)
    probe.link.sleep(1)
    probe.fact("mode after NAV_LAND", probe.mode)
    probe.ride_home(150)


def guided_refusals(probe: Probe) -> None:
    """Requests in the wrong mode or with bad values."""
    probe.phase("refusals")
    bad = replace(missions.waypoint(probe.home, 30), x=950000000)
    probe.int_(mavlink.MAV_CMD_DO_REPOSITION, -1, 0, 0, 0, x=bad.x, y=bad.y, z=30, label="reposition lat 95")
    probe.int_(mavlink.MAV_CMD_DO_REPOSITION, -1, 0, 0, 0, x=0, y=0, z=30, label="reposition 0,0")
    probe.int_(
        mavlink.MAV_CMD_DO_REPOSITION,
        -1,
        0,
        0,
        0,
        x=1,
        y=1,
        z=30,
        frame=200,
        label="reposition frame 200",
    )
    probe.long(
        mavlink.MAV_CMD_DO_REPOSITION,
        -1,
        0,
        0,
        0,
        probe.home.latitude_deg,
        probe.home.longitude_deg,
        30,
        label="reposition long",
    )
    probe.link.sleep(2)
    probe.set_mode("LOITER")
    probe.link.sleep(1)
    probe.reposition(probe.home.shifted(150, 0), 40, "reposition in LOITER")
    probe.link.sleep(1)
    probe.fact("mode after reposition in LOITER", probe.mode)
    probe.int_(
        mavlink.MAV_CMD_DO_REPOSITION,
        -1,
        1,
        0,
        0,
        x=round(probe.home.shifted(150, 0).latitude_deg * 1e7),
        y=round(probe.home.longitude_deg * 1e7),
        z=40,
        label="reposition with change-mode flag",
    )
    probe.link.sleep(1)
    probe.fact("mode after change-mode flag", probe.mode)
    probe.set_mode("GUIDED")
    probe.link.sleep(10)
