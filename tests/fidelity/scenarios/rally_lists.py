"""The rally list."""

from dataclasses import replace

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import RALLY
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def rally_upload(probe: Probe) -> None:
    """Rally point lists."""
    home = probe.home
    point = mavlink.MAV_CMD_NAV_RALLY_POINT
    points = [
        missions.nav(point, home.shifted(100, 50), 20),
        missions.nav(point, home.shifted(-100, 0), 25),
        missions.nav(point, home.shifted(0, 150), 30),
    ]
    probe.phase("upload")
    probe.fact("count when empty", probe.length(RALLY))
    up = probe.upload(points, RALLY, "three points")
    probe.fact("request order", [s for _, s in up.requested])
    probe.download(RALLY, "three points back")
    probe.phase("faults")
    for label, items in (
        ("waypoint in rally", [missions.waypoint(home, 10)]),
        ("latitude 95", [replace(points[0], x=950000000)]),
        ("zero position", [missions.nav(point, None, 20)]),
        ("global frame", [replace(points[0], frame=0, z=40)]),
        ("terrain frame", [replace(points[0], frame=10)]),
        ("far away", [missions.nav(point, home.shifted(20000, 0), 20)]),
    ):
        probe.upload(items, RALLY, label, timeout_s=12)
        probe.fact(f"{label} count", probe.length(RALLY))
        if probe.count(RALLY) is not None:
            probe.download(RALLY, f"{label} back")
    probe.upload(points, RALLY, "missing point", withhold=(1,), timeout_s=20)
    probe.fact("missing point count", probe.length(RALLY))
    probe.upload(points, RALLY, "count 1000", count=1000, timeout_s=3, withhold=range(1000))
    probe.link.sleep(10)
    probe.phase("count 0")
    probe.upload([], RALLY, "count 0", timeout_s=5)
    probe.phase("clear")
    probe.upload(points, RALLY, "again")
    probe.clear(RALLY)
    probe.fact("count after clear", probe.length(RALLY))
