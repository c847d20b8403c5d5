"""Missions that repeat themselves, change speed, turn and wait."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import Item
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


def jumping(probe: Probe, repeat: int) -> list[Item]:
    """Return a mission that flies between two waypoints again and again."""
    home = probe.home
    return [
        missions.home_item(home),
        missions.takeoff(20),
        missions.waypoint(home.shifted(40, 0), 20),
        missions.waypoint(home.shifted(40, 40), 20),
        missions.action(mavlink.MAV_CMD_DO_JUMP, (2, repeat, 0, 0)),
        missions.waypoint(home.shifted(0, 40), 20),
        missions.nav(mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH),
    ]


@scenario(COPTER)
def do_jump(probe: Probe) -> None:
    """DO_JUMP twice, then on; a mission with a jump beyond its end; a jump to an item by command."""
    probe.phase("upload")
    probe.upload(jumping(probe, 2))
    probe.download()
    probe.phase("start")
    probe.start_mission()
    probe.phase("round and round")
    probe.fact("reached 5", probe.wait_reached(5, 200))
    probe.fact("items reached", list(probe.reached))
    probe.fact("current", probe.current_fact())
    probe.phase("set current with reset of the jumps")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 3, 1, label="current 3 with reset")
    before = len(probe.reached)
    probe.fact("jumps again", probe.link.until(lambda: probe.reached[before:].count(2) > 0, 60))
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 6, label="current 6")
    probe.fact("mode of an item RTL", probe.mode)
    probe.ride_home()
    probe.phase("odd jumps")
    for label, target in (("beyond the end", 77), ("to itself", 4), ("to home", 0), ("negative", -1)):
        items = jumping(probe, 1)
        items[4] = missions.action(mavlink.MAV_CMD_DO_JUMP, (target, 1, 0, 0))
        probe.upload(items, label=f"jump {label}")
        probe.set_mode("GUIDED", f"mode GUIDED with a jump {label}")
        probe.arm(f"arm with a jump {label}")
        probe.fact(f"armed with a jump {label}", probe.wait_armed(True, 2.5))
        probe.disarm(f"disarm with a jump {label}")
        probe.link.until(lambda: not probe.armed, 3)


@scenario(COPTER)
def speed_in_mission(probe: Probe) -> None:
    """DO_CHANGE_SPEED as an item and as a command in AUTO.

    A waypoint is announced as reached with the number of the DO_ item after it: watch the current item.
    """
    home = probe.home
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(home),
            missions.takeoff(25),
            missions.speed(4),
            missions.waypoint(home.shifted(100, 0), 25),
            missions.speed(8),
            missions.waypoint(home.shifted(400, 0), 25),
            missions.waypoint(home.shifted(0, 100), 25),
            missions.nav(mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH),
        ]
    )
    probe.phase("start")
    probe.start_mission()
    probe.timed("takeoff reached", lambda: probe.wait_current(3, 60))
    probe.phase("slow leg")
    probe.link.sleep(12)
    probe.fact("speed on the slow leg", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.timed("next leg", lambda: probe.wait_current(5, 90))
    probe.phase("fast leg")
    probe.link.sleep(10)
    probe.fact("speed on the fast leg", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.phase("by command")
    for label, kind, speed in (("ground", 1, 5), ("air", 0, 6), ("climb", 2, 2), ("descent", 3, 2)):
        probe.long(mavlink.MAV_CMD_DO_CHANGE_SPEED, kind, speed, -1, 0, label=f"{label} speed {speed}")
        probe.link.sleep(6)
        probe.fact(f"speed after {label} speed", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.long(mavlink.MAV_CMD_DO_CHANGE_SPEED, 7, 5, -1, 0, label="speed of kind 7")
    probe.long(mavlink.MAV_CMD_DO_CHANGE_SPEED, 1, 0, -1, 0, label="speed 0")
    probe.timed("reached 5", lambda: probe.wait_reached(5, 90))
    probe.phase("to item 6")
    probe.timed("reached 6", lambda: probe.wait_reached(6, 120))
    probe.ride_home()


@scenario(COPTER)
def mission_conditions(probe: Probe) -> None:
    """Items that wait, turn and circle: delay, yaw, loiter time and turns, region of interest, hold.

    The end of the turns of item 5 is announced with the number of the item after it.
    """
    home = probe.home
    spot = home.shifted(60, 0)
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(home),
            missions.takeoff(20),
            missions.nav(mavlink.MAV_CMD_NAV_WAYPOINT, spot, 20, (5, 0, 0, 0)),
            missions.action(mavlink.MAV_CMD_CONDITION_YAW, (90, 30, 1, 0)),
            missions.nav(mavlink.MAV_CMD_NAV_LOITER_TIME, spot, 20, (8, 0, 0, 0)),
            missions.nav(mavlink.MAV_CMD_NAV_LOITER_TURNS, spot, 20, (1, 0, 15, 0)),
            missions.nav(mavlink.MAV_CMD_DO_SET_ROI, home, 0),
            missions.action(mavlink.MAV_CMD_CONDITION_DELAY, (3, 0, 0, 0)),
            missions.servo(9, 1700),
            missions.nav(mavlink.MAV_CMD_NAV_SPLINE_WAYPOINT, home.shifted(60, 60), 20),
            missions.nav(mavlink.MAV_CMD_NAV_LOITER_UNLIM, home.shifted(0, 60), 20),
            missions.land(home),
        ]
    )
    probe.download()
    probe.phase("start")
    probe.start_mission()
    for seq, limit_s in ((1, 60), (2, 60), (4, 60), (6, 90), (9, 60)):
        probe.phase(f"to item {seq}")
        probe.fact(f"reached {seq}", probe.wait_reached(seq, limit_s))
        if seq == 4:
            heading = probe.field("GLOBAL_POSITION_INT", "hdg")
            probe.fact("heading after CONDITION_YAW", heading / 100 if heading else heading, "metres", 8)
    probe.phase("loiter without end")
    probe.link.until(lambda: probe.current == 10 and probe.near(home.shifted(0, 60), 2), 60)
    probe.link.sleep(10)
    probe.fact("reached 10", 10 in probe.reached)
    probe.fact("current", probe.current_fact())
    probe.fact_place("loiter place")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 11, label="current 11")
    probe.ride_home()
