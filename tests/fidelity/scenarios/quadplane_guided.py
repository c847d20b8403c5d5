"""A quadplane in GUIDED, with a landing sequence, and with changes of speed."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import Item
from tests.fidelity.probe import Probe
from tests.fidelity.registry import QUADPLANE, scenario


@scenario(QUADPLANE)
def qp_guided(probe: Probe) -> None:
    """Take off in GUIDED, reposition as an aeroplane, circle there, come home with QRTL."""
    home = probe.home
    probe.phase("takeoff")
    probe.set_mode("GUIDED")
    probe.arm()
    probe.must(probe.wait_armed(True, 4), "armed")
    probe.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 40)
    probe.timed("climb", lambda: probe.link.until(lambda: probe.altitude_m > 38, 60))
    probe.link.sleep(5)
    probe.phase("reposition")
    spot = home.shifted(800, 0)
    probe.reposition(spot, 80)
    probe.timed("fixed wing", lambda: probe.link.until(lambda: probe.vtol_state == 4, 60))
    probe.timed("there", lambda: probe.link.until(lambda: probe.near(spot, 150), 120))
    probe.phase("circling")
    probe.link.sleep(60)
    probe.fact("still near", probe.near(spot, 200))
    probe.fact("height", round(probe.altitude_m), "metres", 6)
    probe.fact("ground speed", round(probe.speed_m_s), "metres", 3)
    probe.phase("refusals")
    probe.int_(mavlink.MAV_CMD_DO_REPOSITION, -1, x=950000000, y=0, z=80, label="reposition lat 95")
    probe.int_(mavlink.MAV_CMD_DO_REPOSITION, -1, x=0, y=0, z=80, label="reposition 0,0")
    probe.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 40, label="takeoff in the air")
    probe.phase("QRTL")
    probe.set_mode("QRTL")
    probe.ride_home(300)
    probe.fact("mode at end", probe.mode)


def route(probe: Probe) -> list[Item]:
    """Return a way out and, from item 4, a landing sequence."""
    home = probe.home
    return [
        missions.home_item(home),
        missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
        missions.waypoint(home.shifted(1000, 0), 80),
        missions.waypoint(home.shifted(3000, 0), 80),
        missions.nav(mavlink.MAV_CMD_DO_LAND_START, home.shifted(1000, 400), 0),
        missions.waypoint(home.shifted(1000, 400), 80),
        missions.waypoint(home.shifted(300, 0), 60),
        missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, home, 0),
    ]


@scenario(QUADPLANE)
def qp_land_start(probe: Probe) -> None:
    """DO_LAND_START as a command in cruise: the landing sequence is flown. RTL_AUTOLAND 0 forbids to arm."""
    probe.phase("upload")
    probe.long(mavlink.MAV_CMD_DO_LAND_START, label="without a mission")
    probe.upload(route(probe))
    probe.set_mode("AUTO", "mode AUTO with RTL_AUTOLAND 0")
    probe.arm("arm with RTL_AUTOLAND 0")
    probe.set_mode("FBWA")
    probe.set_param("RTL_AUTOLAND", 1)
    probe.start_plane_mission()
    probe.phase("out")
    probe.must(probe.wait_reached(2, 150), "reached 2")
    probe.phase("command")
    probe.long(mavlink.MAV_CMD_DO_LAND_START)
    probe.link.sleep(3)
    probe.fact("mode", probe.mode)
    probe.fact("current", probe.current_fact())
    for seq in (5, 6):
        probe.phase(f"to item {seq}")
        probe.fact(f"reached {seq}", probe.wait_reached(seq, 200))
    probe.ride_home(300)
    probe.fact("mode at end", probe.mode)


@scenario(QUADPLANE)
def qp_rtl_autoland(probe: Probe) -> None:
    """RTL in cruise with RTL_AUTOLAND 2: the landing sequence at once."""
    probe.set_param("RTL_AUTOLAND", 2)
    probe.phase("upload")
    probe.upload(route(probe))
    probe.start_plane_mission()
    probe.phase("out")
    probe.must(probe.wait_reached(2, 150), "reached 2")
    probe.link.sleep(10)
    probe.phase("RTL")
    probe.set_mode("RTL")
    probe.link.sleep(3)
    probe.fact("mode", probe.mode)
    probe.fact("current", probe.current_fact())
    probe.ride_home(400)
    probe.fact("mode at end", probe.mode)


@scenario(QUADPLANE)
def qp_speed_in_mission(probe: Probe) -> None:
    """DO_CHANGE_SPEED of airspeed as an item and as a command in AUTO; too slow and too fast."""
    home = probe.home
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(home),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
            missions.waypoint(home.shifted(1500, 0), 80),
            missions.action(mavlink.MAV_CMD_DO_CHANGE_SPEED, (0, 20, -1, 0)),
            missions.waypoint(home.shifted(4000, 0), 80),
            missions.waypoint(home.shifted(300, 0), 80),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, home, 0),
        ]
    )
    probe.start_plane_mission()
    probe.phase("out")
    probe.must(probe.wait_current(4, 200), "past item 2")
    probe.link.sleep(20)
    probe.fact("speed after the item", round(probe.speed_m_s, 1), "metres", 1.5)
    probe.phase("by command")
    for label, kind, speed in (("air 28", 0, 28), ("air 5", 0, 5), ("air 99", 0, 99), ("ground 24", 1, 24)):
        probe.long(mavlink.MAV_CMD_DO_CHANGE_SPEED, kind, speed, -1, 0, label=f"speed {label}")
        probe.link.sleep(12)
        probe.fact(f"speed after {label}", round(probe.speed_m_s, 1), "metres", 1.5)
    probe.phase("home")
    probe.set_mode("QRTL")
    probe.ride_home(400)
