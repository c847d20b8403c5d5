"""The ways home of a quadplane."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.probe import Probe
from tests.fidelity.registry import QUADPLANE, scenario
from tests.fidelity.scenarios.quadplane_delivery import vtol_route


@scenario(QUADPLANE)
def qp_rtl(probe: Probe) -> None:
    """RTL from cruise with Q_RTL_MODE 1, and QRTL from cruise."""
    probe.set_param("Q_RTL_MODE", 1)
    probe.phase("upload")
    probe.upload(vtol_route(probe))
    probe.start_plane_mission()
    probe.timed("fixed wing", lambda: probe.link.until(lambda: probe.vtol_state == 4, 90))
    probe.phase("cruise")
    probe.link.sleep(45)
    probe.phase("RTL")
    probe.set_mode("RTL")
    probe.link.sleep(10)
    probe.fact("mode after RTL", probe.mode)
    probe.timed("QRTL", lambda: probe.wait_mode("QRTL", 250), 20)
    probe.fact_place("switch to QRTL", 60)
    probe.timed("multicopter", lambda: probe.link.until(lambda: probe.vtol_state == 3, 60))
    probe.phase("landing")
    probe.wait_landed(250)
    probe.fact_place("final", 6)
    probe.fact("mode at end", probe.mode)
    probe.link.sleep(5)


@scenario(QUADPLANE)
def qp_return_path_gcs_failsafe(probe: Probe) -> None:
    """The ground station falls silent in cruise: RTL that joins the return path of the mission."""
    for name, value in (("RTL_AUTOLAND", 4), ("FS_GCS_ENABL", 1), ("FS_LONG_ACTN", 1)):
        probe.set_param(name, value)
    home, alt = probe.home, 80.0
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(home),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
            missions.waypoint(home.shifted(1500, 0), alt),
            missions.waypoint(home.shifted(1500, 1500), alt),
            missions.waypoint(home.shifted(1500, 3000), alt),
            missions.action(mavlink.MAV_CMD_DO_RETURN_PATH_START, (0, 0, 0, 0)),
            missions.waypoint(home.shifted(1000, 3000), alt),
            missions.waypoint(home.shifted(1000, 1500), alt),
            missions.waypoint(home.shifted(0, 1500), alt),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, home, 0),
        ]
    )
    probe.start_plane_mission()
    probe.phase("to item 3")
    probe.must(probe.wait_reached(3, 250), "reached 3")
    probe.phase("silence")
    probe.link.heartbeats = False
    probe.link.note("GCS", heartbeats=False)
    start, before = probe.link.now, probe.mode
    probe.fact("mode changed", probe.link.until(lambda: probe.mode != before, 30))
    probe.fact("changed after", round(probe.link.now - start, 1), "seconds", 2)
    probe.link.sleep(3)
    probe.fact("mode in silence", probe.mode)
    probe.fact("status in silence", probe.status)
    probe.fact("current in silence", probe.current)
    probe.phase("ground station back")
    probe.link.heartbeats = True
    probe.link.note("GCS", heartbeats=True)
    probe.link.sleep(5)
    probe.fact("mode after return", probe.mode)
    for seq in (7, 8):
        probe.phase(f"back by item {seq}")
        probe.fact(f"reached {seq}", probe.wait_reached(seq, 200))
    probe.ride_home(300)
    probe.fact("mode at end", probe.mode)
