"""Fences of every kind, flown against."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import FENCE, Item
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario

ALTITUDE_MAX, CIRCLE, POLYGONS = 1, 2, 4
"""Bits of FENCE_TYPE."""


def fly_into(probe: Probe, north_m_s: float, east_m_s: float) -> None:
    """Push until the fence is broken, record how, and come home."""
    probe.phase("breach")
    seen = probe.push(north_m_s, east_m_s, 60, lambda: (probe.fence_fact() or [0])[0] == 1)
    probe.fact("breach seen", seen)
    came_home(probe)


def came_home(probe: Probe) -> None:
    """Record what a breach does, and land."""
    probe.link.sleep(1)
    probe.fact("fence status", probe.fence_fact())
    probe.fact("mode", probe.mode)
    probe.fact("status", probe.status)
    probe.ride_home()


def fence(probe: Probe, kinds: int, items: list[Item]) -> None:
    """Upload and switch on a fence without avoidance before it."""
    probe.set_param("AVOID_ENABLE", 0)
    probe.set_param("FENCE_TYPE", kinds)
    if items:
        probe.upload(items, FENCE, "fence")
    probe.set_param("FENCE_ENABLE", 1)


@scenario(COPTER)
def fence_altitude(probe: Probe) -> None:
    """The ceiling of the fence: targets above it, and climbing through it."""
    probe.set_param("FENCE_ALT_MAX", 25)
    fence(probe, ALTITUDE_MAX, [])
    probe.guided_takeoff(15)
    probe.phase("target above")
    probe.reposition(probe.home.shifted(20, 0), 60, "reposition above the ceiling")
    probe.link.sleep(3)
    probe.phase("breach")
    message = mavlink.MAVLink_set_position_target_local_ned_message(
        0, *probe.link.target, 1, 0b0000_1101_1100_0111, 0, 0, 0, 0, 0, -2, *[0.0] * 5
    )
    for _ in range(20):
        probe.link.send(message)
        if probe.link.until(lambda: (probe.fence_fact() or [0])[0] == 1, 1.0):
            break
    came_home(probe)


@scenario(COPTER)
def fence_inclusion(probe: Probe) -> None:
    """An inclusion polygon, left."""
    vertex = mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION
    fence(probe, POLYGONS, missions.polygon(vertex, missions.box(probe.home, 80, 80)))
    probe.guided_takeoff(15)
    probe.phase("target outside")
    probe.reposition(probe.home.shifted(200, 0), 15, "reposition outside the polygon")
    probe.link.sleep(3)
    fly_into(probe, 6, 0)


@scenario(COPTER)
def fence_exclusion(probe: Probe) -> None:
    """An exclusion polygon, entered; the action is LAND."""
    vertex = mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_EXCLUSION
    probe.set_param("FENCE_ACTION", 2)
    fence(probe, POLYGONS, missions.polygon(vertex, missions.box(probe.home.shifted(0, 100), 40, 40)))
    probe.guided_takeoff(15)
    probe.phase("target inside")
    probe.reposition(probe.home.shifted(0, 100), 15, "reposition into the polygon")
    probe.link.sleep(3)
    fly_into(probe, 0, 6)


@scenario(COPTER)
def fence_circle_action_report(probe: Probe) -> None:
    """An exclusion circle, entered; the action is only to report."""
    probe.set_param("FENCE_ACTION", 0)
    circle = mavlink.MAV_CMD_NAV_FENCE_CIRCLE_EXCLUSION
    fence(probe, POLYGONS, [missions.circle(circle, probe.home.shifted(80, 0), 30)])
    probe.guided_takeoff(15)
    probe.phase("breach")
    seen = probe.push(6, 0, 40, lambda: (probe.fence_fact() or [0])[0] == 1)
    probe.fact("breach seen", seen)
    probe.fact("fence status", probe.fence_fact())
    probe.link.sleep(3)
    probe.fact("mode", probe.mode)
    probe.phase("switched off")
    probe.long(mavlink.MAV_CMD_DO_FENCE_ENABLE, 0)
    probe.link.sleep(2)
    probe.set_mode("RTL")
    probe.ride_home()


@scenario(COPTER)
def fence_in_mission(probe: Probe) -> None:
    """A mission that leaves the fence: accepted, flown, broken, brought home."""
    probe.set_param("FENCE_RADIUS", 120)
    fence(probe, CIRCLE, [])
    probe.fly_patrol(250)
    probe.phase("breach")
    broken = probe.link.until(lambda: (probe.fence_fact() or [0])[0] == 1, 60)
    probe.fact("breach seen", broken)
    came_home(probe)
