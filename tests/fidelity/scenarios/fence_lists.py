"""The fence list."""

from dataclasses import replace

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import FENCE, Item
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def fence_upload(probe: Probe) -> None:
    """Fence lists: polygons, circles, faults, download, clear."""
    home = probe.home
    inside = missions.polygon(
        mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION, missions.box(home, 500, 500)
    )
    hole = missions.polygon(
        mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_EXCLUSION, missions.box(home.shifted(250, 0), 40, 40)
    )
    rings = [
        missions.circle(mavlink.MAV_CMD_NAV_FENCE_CIRCLE_INCLUSION, home, 800),
        missions.circle(mavlink.MAV_CMD_NAV_FENCE_CIRCLE_EXCLUSION, home.shifted(0, 250), 50),
    ]
    probe.phase("upload")
    probe.fact("count when empty", probe.length(FENCE))
    up = probe.upload(inside + hole + rings, FENCE, "whole fence")
    probe.fact("request order", [s for _, s in up.requested])
    probe.download(FENCE, "whole fence back")
    probe.link.sleep(2)
    probe.fact("fence status after upload", probe.fence_fact())
    probe.phase("faults")
    fence_faults(probe, inside, hole, rings)
    probe.phase("return point")
    probe.upload(
        [Item(mavlink.MAV_CMD_NAV_FENCE_RETURN_POINT, frame=missions.GLOBAL).at(home), *inside],
        FENCE,
        "with return point",
    )
    probe.phase("count 0")
    probe.upload([], FENCE, "count 0", timeout_s=5)
    probe.phase("clear")
    probe.upload(inside, FENCE, "inclusion only")
    probe.clear(FENCE)
    probe.fact("count after clear", probe.length(FENCE))
    fence_enable_commands(probe)


def fence_faults(probe: Probe, inside: list[Item], hole: list[Item], rings: list[Item]) -> None:
    """Fences that must be refused (or are not)."""
    home = probe.home
    inclusion = mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION
    for label, items in (
        ("two vertices", missions.polygon(inclusion, missions.box(home, 500, 500)[:2])),
        ("count says 5", missions.polygon(inclusion, missions.box(home, 500, 500), 5)),
        ("count says 3", missions.polygon(inclusion, missions.box(home, 500, 500), 3)),
        ("cut by circle", inside[:2] + rings[:1] + inside[2:]),
        ("types mixed", inside[:2] + hole[2:]),
        ("radius 0", [missions.circle(mavlink.MAV_CMD_NAV_FENCE_CIRCLE_INCLUSION, home, 0)]),
        ("radius -5", [missions.circle(mavlink.MAV_CMD_NAV_FENCE_CIRCLE_INCLUSION, home, -5)]),
        ("waypoint in fence", [missions.waypoint(home, 10)]),
        ("latitude 95", [replace(rings[0], x=950000000)]),
        ("relative frame", [replace(rings[0], frame=3)]),
        (
            "self crossing",
            missions.polygon(inclusion, [missions.box(home, 500, 500)[i] for i in (0, 2, 1, 3)]),
        ),
        ("vehicle outside", missions.polygon(inclusion, missions.box(home.shifted(3000, 0), 100, 100))),
    ):
        probe.upload(items, FENCE, label, timeout_s=12)
        probe.fact(f"{label} count", probe.length(FENCE))
    probe.upload(inside, FENCE, "missing vertex", withhold=(2,), timeout_s=20)
    probe.fact("missing vertex count", probe.length(FENCE))
    probe.upload(inside, FENCE, "count 500", count=500, timeout_s=3, withhold=range(500))
    probe.link.sleep(10)


def fence_enable_commands(probe: Probe) -> None:
    """DO_FENCE_ENABLE with its values and the SYS_STATUS bit that follows."""
    probe.phase("enable")
    bit = mavlink.MAV_SYS_STATUS_GEOFENCE
    for value in (1, 0, 2, 5):
        probe.long(mavlink.MAV_CMD_DO_FENCE_ENABLE, value, label=f"DO_FENCE_ENABLE {value}")
        probe.link.sleep(2)
        sys = probe.last.get("SYS_STATUS")
        probe.fact(
            f"geofence bits after {value}",
            [
                bool(getattr(sys, f"onboard_control_sensors_{k}") & bit)
                for k in ("present", "enabled", "health")
            ]
            if sys
            else None,
        )
