"""Missions that change while they are flown, and missions that cannot begin."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def mission_without_takeoff(probe: Probe) -> None:
    """MISSION_START and AUTO on the ground with a mission that has no take-off; the same in the air."""
    home = probe.home
    probe.phase("on the ground")
    probe.long(mavlink.MAV_CMD_MISSION_START, label="start without a mission")
    probe.upload(
        [
            missions.home_item(home),
            missions.waypoint(home.shifted(80, 0), 20),
            missions.waypoint(home.shifted(80, 80), 20),
        ]
    )
    probe.long(mavlink.MAV_CMD_MISSION_START, label="start while disarmed")
    probe.fact("mode while disarmed", probe.mode)
    probe.set_mode("GUIDED")
    probe.arm()
    probe.must(probe.wait_armed(True, 3), "armed")
    probe.long(mavlink.MAV_CMD_MISSION_START, label="start while armed")
    probe.link.sleep(1)
    probe.fact("mode after start", probe.mode)
    probe.set_mode("AUTO", "mode AUTO while armed")
    probe.link.sleep(1)
    probe.fact("mode after AUTO", probe.mode)
    probe.fact("current after AUTO", probe.current_fact())
    probe.disarm()
    probe.link.sleep(2)
    probe.guided_takeoff(20)
    probe.phase("in the air")
    probe.long(mavlink.MAV_CMD_MISSION_START, label="start in the air")
    probe.link.sleep(1)
    probe.fact("mode in the air", probe.mode)
    probe.follow_mission([1, 2])
    probe.link.sleep(5)
    probe.fact("mode after the last item", probe.mode)
    probe.fact("current after the last item", probe.current_fact())
    probe.set_mode("RTL")
    probe.ride_home()


@scenario(COPTER)
def mission_changed_in_flight(probe: Probe) -> None:
    """Upload another mission, clear it, go backwards, all while AUTO flies."""
    home = probe.home
    items = probe.fly_patrol(150, 25)
    probe.follow_mission([2])
    probe.phase("back to item 2")
    probe.link.sleep(3)
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 2, label="current 2")
    probe.link.sleep(2)
    probe.fact("current after going back", probe.current_fact())
    probe.reached.clear()
    probe.timed("reached 2 again", lambda: probe.wait_reached(2, 60))
    probe.phase("another mission")
    probe.link.sleep(3)
    other = [*items[:3], missions.waypoint(home.shifted(0, 150), 25), items[-1]]
    probe.upload(other, label="upload in AUTO")
    probe.link.sleep(2)
    probe.fact("mode after the upload", probe.mode)
    probe.fact("current after the upload", probe.current_fact())
    probe.link.sleep(15)
    probe.fact_place("place after the upload", 10)
    probe.phase("cleared")
    probe.clear()
    probe.link.sleep(8)
    probe.fact("mode after clearing", probe.mode)
    probe.fact("current after clearing", probe.current_fact())
    probe.fact("speed after clearing", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.phase("home")
    probe.set_mode("RTL")
    probe.ride_home()


@scenario(COPTER)
def mission_of_many_kinds(probe: Probe) -> None:
    """Spline, loiter for a time, looking at a place, climbing in a loiter, an unlimited loiter at the end."""
    home = probe.home
    loiter, spline = mavlink.MAV_CMD_NAV_LOITER_TIME, mavlink.MAV_CMD_NAV_SPLINE_WAYPOINT
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(home),
            missions.takeoff(20),
            missions.action(mavlink.MAV_CMD_DO_CHANGE_SPEED, (1, 7, -1, 0)),
            missions.waypoint(home.shifted(120, 0), 20),
            missions.nav(loiter, home.shifted(120, 100), 20, (8, 0, 0, 0)),
            missions.nav(mavlink.MAV_CMD_DO_SET_ROI, home, 0),
            missions.nav(spline, home.shifted(60, 140), 30),
            missions.nav(mavlink.MAV_CMD_NAV_WAYPOINT, home.shifted(0, 100), 20, (4, 0, 0, 0)),
            missions.nav(mavlink.MAV_CMD_NAV_LOITER_UNLIM, home.shifted(0, 40), 20),
            missions.nav(mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH),
        ]
    )
    probe.phase("start")
    probe.start_mission()
    probe.follow_mission([3, 5, 6, 7])
    probe.phase("unlimited")
    probe.wait_current(8, 10)
    probe.link.sleep(25)
    probe.fact_place("place in the unlimited loiter", 4)
    probe.fact("current in the unlimited loiter", probe.current_fact())
    probe.phase("on by command")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 9, label="current 9")
    probe.link.sleep(2)
    probe.fact("mode", probe.mode)
    probe.ride_home()
