"""Failsafes and returns of a quadplane that the mission says nothing about."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import RALLY
from tests.fidelity.probe import Probe
from tests.fidelity.registry import QUADPLANE, scenario
from tests.fidelity.scenarios.quadplane_in_flight import hover


def silence(probe: Probe, on: bool) -> None:
    """Stop the heartbeats of the ground station, or begin them again."""
    probe.link.heartbeats = not on
    probe.link.note("GCS", heartbeats=not on)


@scenario(QUADPLANE)
def qp_silence_in_hover(probe: Probe) -> None:
    """The ground station falls silent while the quadplane hovers in GUIDED beside home."""
    for name, value in (("FS_GCS_ENABL", 1), ("FS_LONG_ACTN", 1), ("Q_RTL_MODE", 1)):
        probe.set_param(name, value)
    hover(probe, 25)
    probe.phase("silence")
    silence(probe, True)
    mode = probe.mode
    probe.timed("another mode", lambda: probe.link.until(lambda: probe.mode != mode, 40), 3)
    probe.link.sleep(4)
    probe.fact("mode in silence", probe.mode)
    probe.fact("status in silence", probe.status)
    silence(probe, False)
    probe.phase("back")
    probe.link.sleep(4)
    probe.fact("mode after return", probe.mode)
    probe.fact("status after return", probe.status)
    probe.ride_home(300)
    probe.fact("mode at end", probe.mode)


@scenario(QUADPLANE)
def qp_silence_in_cruise(probe: Probe) -> None:
    """The ground station falls silent in cruise, and no return path is there: RTL, which becomes QRTL."""
    home = probe.home
    for name, value in (("FS_GCS_ENABL", 1), ("FS_LONG_ACTN", 1), ("Q_RTL_MODE", 1)):
        probe.set_param(name, value)
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(home),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
            missions.waypoint(home.shifted(2500, 0), 80),
            missions.waypoint(home.shifted(300, 0), 80),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, home, 0),
        ]
    )
    probe.start_plane_mission()
    probe.phase("out")
    probe.must(probe.link.until(lambda: probe.vtol_state == 4 and probe.altitude_m > 50, 120), "cruising")
    probe.phase("silence")
    silence(probe, True)
    probe.timed("RTL", lambda: probe.wait_mode("RTL", 40), 3)
    probe.link.sleep(4)
    probe.fact("status in silence", probe.status)
    silence(probe, False)
    probe.phase("back")
    probe.link.sleep(4)
    probe.fact("mode after return", probe.mode)
    probe.set_mode("AUTO", "mode AUTO again")
    probe.link.sleep(5)
    probe.fact("current in AUTO", probe.current_fact())
    probe.phase("RTL")
    probe.set_mode("RTL")
    probe.timed("QRTL", lambda: probe.wait_mode("QRTL", 200))
    probe.ride_home(300)


@scenario(QUADPLANE)
def qp_rally_return(probe: Probe) -> None:
    """RTL with a rally point nearer than home."""
    home = probe.home
    probe.set_param("Q_RTL_MODE", 1)
    spot = home.shifted(900, 300)
    point = missions.nav(mavlink.MAV_CMD_NAV_RALLY_POINT, spot, 60)
    probe.phase("upload")
    probe.upload([point], RALLY, "rally")
    probe.upload(
        [
            missions.home_item(home),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
            missions.waypoint(home.shifted(2500, 0), 80),
            missions.waypoint(home.shifted(300, 0), 80),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, home, 0),
        ]
    )
    probe.start_plane_mission()
    probe.phase("out")
    probe.must(probe.link.until(lambda: home.distance_to(probe.place) > 1800, 150), "far enough")
    probe.phase("RTL")
    probe.set_mode("RTL")
    probe.timed("QRTL", lambda: probe.wait_mode("QRTL", 200), 8)
    probe.ride_home(300)
    probe.fact("mode at end", probe.mode)
