"""Arming and disarming a copter on the ground."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER, prepare=False)
def arm_disarm(probe: Probe) -> None:
    """Arming before and after ready, in several modes, and automatic disarm."""
    probe.first_heartbeat()
    probe.link.until(lambda: probe.status == 3, 30)
    probe.phase("before ready")
    probe.set_mode("STABILIZE")
    probe.arm("arm STABILIZE before ready")
    probe.link.sleep(1)
    probe.set_mode("GUIDED", "mode GUIDED before ready")
    probe.arm("arm GUIDED before ready")
    probe.link.sleep(1)
    probe.phase("setup")
    probe.prepare()
    arm_in_auto(probe)
    arm_in_modes(probe)
    arm_twice_and_disarm(probe)
    auto_disarm(probe)


def arm_in_auto(probe: Probe) -> None:
    """AUTO with and without a mission."""
    probe.phase("auto without mission")
    probe.set_mode("AUTO", "mode AUTO without mission")
    probe.link.sleep(2)
    probe.fact("mode after AUTO without mission", probe.mode)
    probe.arm("arm after AUTO without mission")
    probe.link.sleep(2)
    probe.fact("armed after AUTO without mission", probe.armed)
    probe.disarm("disarm again")
    probe.link.until(lambda: not probe.armed, 3)
    probe.phase("auto with mission")
    probe.upload(missions.patrol(probe.home))
    probe.set_mode("AUTO", "mode AUTO with mission")
    probe.link.sleep(2)
    probe.fact("mode after AUTO with mission", probe.mode)
    probe.arm("arm in AUTO")
    probe.link.sleep(2)
    probe.fact("armed in AUTO", probe.armed)
    probe.long(mavlink.MAV_CMD_MISSION_START, label="MISSION_START disarmed")
    probe.link.sleep(1)


def arm_in_modes(probe: Probe) -> None:
    """Which modes can be armed in."""
    probe.phase("modes")
    for name in ("RTL", "LAND", "BRAKE", "LOITER", "ALT_HOLD", "STABILIZE", "GUIDED"):
        probe.set_mode(name, f"mode {name} on ground")
        probe.link.sleep(1)
        probe.arm(f"arm in {name}")
        probe.fact(f"armed in {name}", probe.wait_armed(True, 2.5))
        if probe.armed:
            probe.disarm(f"disarm in {name}")
            probe.link.until(lambda: not probe.armed, 3)


def arm_twice_and_disarm(probe: Probe) -> None:
    """Repeated and odd requests."""
    probe.phase("odd requests")
    probe.set_mode("GUIDED")
    probe.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 20, label="takeoff while disarmed")
    probe.disarm("disarm while disarmed")
    probe.arm("arm")
    probe.link.until(lambda: probe.armed, 3)
    probe.fact("status armed", probe.status)
    probe.arm("arm while armed")
    probe.long(mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 2, label="arm param1=2")
    probe.disarm()
    probe.link.until(lambda: not probe.armed, 3)
    probe.arm("force arm", 2989.0)
    probe.link.until(lambda: probe.armed, 3)
    probe.fact("armed by force", probe.armed)
    probe.disarm("force disarm", 21196.0)
    probe.link.until(lambda: not probe.armed, 3)


def auto_disarm(probe: Probe) -> None:
    """Armed on the ground and left alone."""
    for name in ("GUIDED", "STABILIZE"):
        probe.phase(f"auto disarm {name}")
        probe.set_mode(name, f"mode {name} for auto disarm")
        probe.arm(f"arm {name} for auto disarm")
        probe.link.until(lambda: probe.armed, 3)
        probe.timed(f"auto disarm {name}", lambda: probe.wait_armed(False, 40), 2.5)
