"""Missions with a landing sequence: DO_LAND_START."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import Item
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


def with_landing_sequence(probe: Probe) -> list[Item]:
    """Return a way out and, from item 4, a landing sequence."""
    home = probe.home
    return [
        missions.home_item(home),
        missions.takeoff(30),
        missions.waypoint(home.shifted(150, 0), 30),
        missions.waypoint(home.shifted(300, 0), 30),
        missions.nav(mavlink.MAV_CMD_DO_LAND_START, home.shifted(150, 100), 0),
        missions.waypoint(home.shifted(150, 100), 30),
        missions.waypoint(home.shifted(0, 100), 30),
        missions.land(home.shifted(0, 50)),
    ]


@scenario(COPTER)
def land_start(probe: Probe) -> None:
    """DO_LAND_START as a command and AUTO_RTL as a mode, on the ground and in flight."""
    probe.phase("ground")
    probe.long(mavlink.MAV_CMD_DO_LAND_START, label="without a mission")
    probe.upload(with_landing_sequence(probe))
    probe.long(mavlink.MAV_CMD_DO_LAND_START, label="on the ground")
    probe.link.sleep(2)
    probe.fact("mode after the command on the ground", probe.mode)
    probe.set_mode("GUIDED")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 1, label="current 1")
    probe.phase("start")
    probe.start_mission()
    probe.must(probe.wait_reached(2, 120), "reached 2")
    probe.phase("command")
    probe.long(mavlink.MAV_CMD_DO_LAND_START)
    probe.link.sleep(3)
    probe.fact("mode after the command", probe.mode)
    probe.fact("current after the command", probe.current_fact())
    probe.phase("back to AUTO")
    probe.set_mode("GUIDED", "mode GUIDED in between")
    probe.link.sleep(2)
    probe.set_mode("AUTO_RTL", "mode AUTO_RTL")
    probe.link.sleep(3)
    probe.fact("mode AUTO_RTL", probe.mode)
    probe.fact("current in AUTO_RTL", probe.current_fact())
    probe.ride_home()
    probe.fact("mode at end", probe.mode)
