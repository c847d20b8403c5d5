"""A copter in the modes of a pilot, with sticks that move."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


def sticks(probe: Probe, throttle_us: int, seconds: int) -> None:
    """Hold the throttle stick for a while, the others in the middle."""
    channels = [1500, 1500, throttle_us, 1500, *[65535] * 14]
    for _ in range(seconds):
        probe.link.send(mavlink.MAVLink_rc_channels_override_message(*probe.link.target, *channels))
        probe.link.sleep(1)


@scenario(COPTER)
def pilot_modes(probe: Probe) -> None:
    """ALT_HOLD, LOITER, POSHOLD and CIRCLE with the throttle stick in the middle, up and down; SMART_RTL."""
    probe.guided_takeoff(25)
    spot = probe.home.shifted(60, 40)
    probe.phase("away")
    probe.reposition(spot, 25)
    probe.link.until(lambda: probe.near(spot), 60)
    probe.link.sleep(3)
    for name in ("ALT_HOLD", "LOITER", "POSHOLD"):
        probe.phase(name)
        sticks(probe, 1500, 1)
        probe.set_mode(name)
        sticks(probe, 1500, 4)
        probe.fact(f"height in {name}", round(probe.altitude_m, 1), "metres", 2)
        sticks(probe, 1800, 4)
        probe.fact(f"climb in {name}", round(probe.field("VFR_HUD", "climb"), 1), "metres", 0.5)
        sticks(probe, 1200, 4)
        probe.fact(f"sinking in {name}", round(probe.field("VFR_HUD", "climb"), 1), "metres", 0.5)
        sticks(probe, 1500, 3)
    probe.phase("CIRCLE")
    probe.set_mode("CIRCLE")
    sticks(probe, 1500, 15)
    probe.fact("mode CIRCLE", probe.mode)
    probe.phase("SMART_RTL")
    probe.set_mode("SMART_RTL")
    sticks(probe, 1500, 4)
    probe.fact("mode SMART_RTL", probe.mode)
    probe.ride_home()
    probe.fact("mode at end", probe.mode)
