"""The satellites go: what a copter does without a position."""

from collections.abc import Callable

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario
from tests.fidelity.scenarios.return_path import fly_out

SWITCH = "SIM_GPS1_ENABLE"


def lose_satellites(probe: Probe, until: Callable[[], bool], limit_s: float) -> None:
    """Switch the receiver off and record what follows."""
    probe.set_param(SWITCH, 0)
    probe.timed("mode changed", lambda: probe.link.until(until, limit_s), 6)
    probe.fact("mode without satellites", probe.mode)
    probe.fact("status without satellites", probe.status)
    probe.fact("fix without satellites", probe.field("GPS_RAW_INT", "fix_type"))


def has_fix(probe: Probe) -> bool:
    """Say whether the receiver knows where it is."""
    return bool((probe.whole("GPS_RAW_INT", "fix_type") or 0) >= mavlink.GPS_FIX_TYPE_3D_FIX)


@scenario(COPTER)
def gps_loss(probe: Probe) -> None:
    """No satellites in GUIDED: EKF failsafe and landing; none on the ground: no arming in GUIDED."""
    probe.guided_takeoff(20)
    probe.phase("lost in GUIDED")
    guided = probe.mode
    lose_satellites(probe, lambda: probe.mode != guided, 60)
    probe.link.sleep(2)
    probe.set_mode("GUIDED", "mode GUIDED without satellites")
    probe.set_mode("RTL", "mode RTL without satellites")
    probe.set_mode("LOITER", "mode LOITER without satellites")
    probe.fact("mode after the orders", probe.mode)
    probe.phase("landing")
    probe.wait_landed(150)
    probe.phase("on the ground")
    probe.link.sleep(5)
    probe.set_mode("GUIDED", "mode GUIDED on the ground")
    probe.arm("arm GUIDED without satellites")
    probe.fact("armed GUIDED", probe.wait_armed(True, 2.5))
    probe.fact("armable", probe.armable, "info")
    probe.set_mode("STABILIZE", "mode STABILIZE on the ground")
    probe.link.sleep(1)
    probe.phase("found again")
    probe.set_param(SWITCH, 1)
    probe.timed("fix again", lambda: probe.link.until(lambda: has_fix(probe), 60), 10)
    probe.timed("located again", lambda: probe.link.until(lambda: probe.located, 60), 10)


@scenario(COPTER)
def gps_loss_in_mission(probe: Probe) -> None:
    """No satellites on the way out, then again some: the copter lands where it is and stays in LAND."""
    probe.fly_patrol()
    probe.phase("lost in AUTO")
    probe.link.sleep(5)
    auto = probe.mode
    lose_satellites(probe, lambda: probe.mode != auto, 60)
    probe.phase("found again")
    probe.set_param(SWITCH, 1)
    probe.link.sleep(15)
    probe.fact("mode with satellites again", probe.mode)
    probe.fact("status with satellites again", probe.status)
    probe.phase("landing")
    probe.wait_landed(150)


def order_home(probe: Probe, label: str) -> None:
    """Order the return path and tell what comes of it."""
    probe.long(mavlink.MAV_CMD_DO_RETURN_PATH_START, label=label)
    probe.link.sleep(3)
    probe.fact(f"mode after {label}", probe.mode)
    probe.fact(f"current after {label}", probe.current_fact())


@scenario(COPTER)
def return_path_without_position(probe: Probe) -> None:
    """Ordered home while it lands for want of a position: refused, and granted when it has one again."""
    fly_out(probe, 2)
    probe.phase("lost in AUTO")
    auto = probe.mode
    lose_satellites(probe, lambda: probe.mode != auto, 60)
    probe.link.sleep(2)
    probe.phase("ordered without satellites")
    order_home(probe, "first order")
    probe.phase("found again")
    probe.set_param(SWITCH, 1)
    probe.timed("located again", lambda: probe.link.until(lambda: probe.located, 60), 10)
    probe.link.sleep(3)
    probe.fact("mode with satellites again", probe.mode)
    probe.phase("ordered with satellites")
    order_home(probe, "second order")
    probe.phase("landing")
    probe.wait_landed(200)
    probe.fact_place("final")
