"""RTL with rally points."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import RALLY
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def rally_return(probe: Probe) -> None:
    """RTL flies to the nearest rally point; armed there, the vehicle has its home there."""
    home, point = probe.home, mavlink.MAV_CMD_NAV_RALLY_POINT
    probe.phase("upload")
    points = [missions.nav(point, home.shifted(150, 60), 25), missions.nav(point, home.shifted(-150, 0), 40)]
    probe.upload(points, RALLY)
    probe.guided_takeoff(20)
    probe.phase("out")
    spot = home.shifted(150, 0)
    probe.reposition(spot, 20)
    probe.fact("there", probe.link.until(lambda: probe.near(spot), 60))
    probe.phase("RTL to the rally point")
    probe.set_mode("RTL")
    there = home.shifted(150, 60)
    probe.timed("over the rally point", lambda: probe.link.until(lambda: probe.near(there), 90))
    probe.fact_place("over the rally point at")
    probe.ride_home()
    probe.phase("from the rally point")
    probe.set_mode("GUIDED")
    probe.arm("arm at the rally point")
    probe.wait_armed(True, 3)
    probe.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 20, label="takeoff at the rally point")
    probe.link.until(lambda: probe.altitude_m > 19, 40)
    probe.reposition(home.shifted(40, 0), 20, "reposition near home")
    probe.link.sleep(20)
    probe.set_mode("RTL", "mode RTL near home")
    probe.ride_home()
