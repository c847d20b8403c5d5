"""A copter against its fence."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.missions import FENCE
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def fence_breach(probe: Probe) -> None:
    """Circle fence: refused targets, breach, RTL; arming outside a polygon."""
    probe.set_param("FENCE_RADIUS", 100)
    probe.set_param("FENCE_ENABLE", 1)
    probe.guided_takeoff(20)
    probe.phase("target outside")
    probe.reposition(probe.home.shifted(300, 0), 20, "reposition outside fence")
    probe.link.sleep(3)
    probe.phase("breach")
    probe.timed("breach", lambda: probe.push(10, 0, 60, lambda: (probe.fence_fact() or [0])[0] == 1))
    probe.fact("fence status at breach", probe.fence_fact())
    probe.fact("RTL after breach", probe.wait_mode("RTL", 5))
    probe.fact_place("breach place", 15)
    probe.fact("status at breach", probe.status)
    probe.set_mode("GUIDED", "mode GUIDED while breached")
    probe.link.sleep(3)
    probe.fact("mode while breached", probe.mode)
    probe.set_mode("RTL", "mode RTL again")
    probe.timed("breach cleared", lambda: probe.link.until(lambda: (probe.fence_fact() or [1])[0] == 0, 60))
    probe.ride_home()
    arm_outside_fence(probe)


def arm_outside_fence(probe: Probe) -> None:
    """Arming while outside an inclusion polygon."""
    probe.phase("arm outside")
    far = missions.polygon(
        mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION, missions.box(probe.home.shifted(500, 0), 100, 100)
    )
    probe.upload(far, FENCE, "polygon elsewhere")
    probe.link.sleep(3)
    probe.fact("fence status outside", probe.fence_fact())
    probe.set_mode("GUIDED", "mode GUIDED outside")
    probe.arm("arm outside fence")
    probe.link.sleep(2)
    probe.fact("armed outside fence", probe.armed)
    probe.fact("armable outside fence", probe.armable)
    probe.link.sleep(5)
