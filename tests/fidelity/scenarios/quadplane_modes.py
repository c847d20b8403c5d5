"""Modes of a quadplane on the ground, and a hover."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import QUADPLANE, scenario


@scenario(QUADPLANE)
def qp_modes(probe: Probe) -> None:
    """Modes and arming of a quadplane on the ground, and a hover in QLOITER."""
    probe.phase("modes")
    for name, number in probe.modes.items():
        probe.long(mavlink.MAV_CMD_DO_SET_MODE, 1, number, label=f"DO_SET_MODE {name}")
        probe.link.sleep(2)
        probe.fact(f"mode after {name}", probe.mode)
        probe.arm(f"arm in {name}")
        probe.fact(f"armed in {name}", probe.wait_armed(True, 2.5))
        probe.fact(f"status in {name}", probe.status)
        if probe.armed:
            probe.disarm(f"disarm in {name}", 21196.0)
            probe.link.until(lambda: not probe.armed, 4)
    probe.long(mavlink.MAV_CMD_DO_SET_MODE, 1, 99, label="unknown mode")
    probe.phase("vtol takeoff")
    probe.set_mode("GUIDED", "mode GUIDED for takeoff")
    probe.arm("arm GUIDED")
    probe.wait_armed(True, 4)
    probe.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 25, label="NAV_TAKEOFF")
    probe.timed("climb", lambda: probe.link.until(lambda: probe.altitude_m > 23, 60))
    probe.link.sleep(10)
    for name in ("QLOITER", "QHOVER", "QLAND"):
        probe.set_mode(name, f"mode {name} in air")
        probe.link.sleep(5)
        probe.fact(f"mode in air {name}", probe.mode)
    probe.fact("vtol state", probe.vtol_state)
    probe.ride_home()
