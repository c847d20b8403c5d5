"""A quadplane in its pilot's modes, in GUIDED at other heights, on rotors in a mission, and at its fence."""

from functools import partial

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.probe import Probe
from tests.fidelity.registry import QUADPLANE, scenario


def is_past(probe: Probe, seq: int) -> bool:
    """Say whether an item is not the current one."""
    return probe.current != seq


def hover(probe: Probe, height_m: float) -> None:
    """Take off in GUIDED to a hover."""
    probe.phase("takeoff")
    probe.set_mode("GUIDED")
    probe.arm()
    probe.must(probe.wait_armed(True, 4), "armed")
    probe.long(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, height_m)
    probe.timed("climb", lambda: probe.link.until(lambda: probe.altitude_m > height_m - 2, 60))
    probe.link.sleep(5)


def with_throttle(probe: Probe, pulse_us: int, seconds: int) -> None:
    """Hold the throttle stick for a while, the others in the middle."""
    sticks = [1500, 1500, pulse_us, 1500, *[65535] * 14]
    for _ in range(seconds):
        probe.link.send(mavlink.MAVLink_rc_channels_override_message(*probe.link.target, *sticks))
        probe.link.sleep(1)


@scenario(QUADPLANE)
def qp_hover_modes(probe: Probe) -> None:
    """QHOVER and QLOITER with the throttle stick in the middle, up and down; QLAND broken off."""
    hover(probe, 25)
    for name in ("QHOVER", "QLOITER"):
        probe.phase(name)
        with_throttle(probe, 1500, 1)
        probe.set_mode(name)
        with_throttle(probe, 1500, 6)
        probe.fact(f"height in {name}", round(probe.altitude_m, 1), "metres", 2)
        with_throttle(probe, 1800, 5)
        probe.fact(f"climb in {name}", round(probe.field("VFR_HUD", "climb"), 1), "metres", 0.5)
        with_throttle(probe, 1200, 5)
        probe.fact(f"sinking in {name}", round(probe.field("VFR_HUD", "climb"), 1), "metres", 0.5)
        with_throttle(probe, 1500, 4)
    probe.phase("QLAND broken off")
    probe.set_mode("QLAND")
    with_throttle(probe, 1500, 6)
    probe.set_mode("QLOITER", "mode QLOITER in QLAND")
    with_throttle(probe, 1500, 5)
    probe.fact("speed in QLOITER", round(probe.speed_m_s, 1), "metres", 0.6)
    probe.disarm("disarm in the air")
    probe.link.sleep(1)
    probe.fact("armed in the air", probe.armed)
    probe.set_mode("QLAND", "mode QLAND at the end")
    probe.ride_home()


@scenario(QUADPLANE)
def qp_guided_heights(probe: Probe) -> None:
    """GUIDED on the wing: other heights by command and target, another speed, a hover in between."""
    hover(probe, 40)
    spot = probe.home.shifted(600, 0)
    probe.phase("on the wing")
    probe.reposition(spot, 80)
    probe.timed("fixed wing", lambda: probe.link.until(lambda: probe.vtol_state == 4, 60))
    probe.timed("there", lambda: probe.link.until(lambda: probe.near(spot, 150), 120))
    probe.link.sleep(20)
    probe.phase("higher")
    probe.reposition(spot, 120, "reposition higher")
    probe.timed("at 115", lambda: probe.link.until(lambda: probe.altitude_m > 115, 90), 5)
    probe.phase("lower")
    probe.goto(spot, 80)
    probe.timed("at 85", lambda: probe.link.until(lambda: probe.altitude_m < 85, 90), 6)
    probe.phase("speed")
    probe.long(mavlink.MAV_CMD_DO_CHANGE_SPEED, 0, 20, -1, 0, label="speed 20")
    probe.link.sleep(15)
    probe.fact("airspeed", round(probe.field("VFR_HUD", "airspeed"), 1), "metres", 1.5)
    probe.long(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 0, label="pause")
    probe.phase("LOITER")
    probe.set_mode("LOITER")
    probe.link.sleep(10)
    probe.fact("mode LOITER", probe.mode)
    probe.phase("RTL")
    probe.set_param("Q_RTL_MODE", 1)
    probe.set_mode("RTL")
    probe.timed("QRTL", lambda: probe.wait_mode("QRTL", 200))
    probe.ride_home(300)
    probe.fact("mode at end", probe.mode)


@scenario(QUADPLANE)
def qp_transition_mission(probe: Probe) -> None:
    """DO_VTOL_TRANSITION: a leg on rotors between two on the wing, a delay, changes of the current item."""
    home = probe.home
    transition = mavlink.MAV_CMD_DO_VTOL_TRANSITION
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(home),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 40),
            missions.waypoint(home.shifted(1200, 0), 60),
            missions.action(transition, (3, 0, 0, 0)),
            missions.waypoint(home.shifted(1200, 400), 60),
            missions.waypoint(home.shifted(1200, 500), 60),
            missions.action(transition, (4, 0, 0, 0)),
            missions.waypoint(home.shifted(300, 500), 60),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, home, 0),
        ]
    )
    probe.start_plane_mission()
    for seq in (2, 4, 5, 7):
        probe.phase(f"to item {seq}")
        probe.must(probe.wait_current(seq, 200), f"current {seq}")
        probe.link.until(partial(is_past, probe, seq), 200)
        probe.fact(f"vtol state after {seq}", probe.vtol_state, "info")
    probe.ride_home(300)
    probe.fact("mode at end", probe.mode)


@scenario(QUADPLANE)
def qp_mission_changed_in_flight(probe: Probe) -> None:
    """Set the current item back, upload another mission and clear it, all in cruise."""
    home = probe.home
    items = [
        missions.home_item(home),
        missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
        missions.waypoint(home.shifted(1200, 0), 80),
        missions.waypoint(home.shifted(2500, 0), 80),
        missions.waypoint(home.shifted(300, 0), 80),
        missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, home, 0),
    ]
    probe.phase("upload")
    probe.upload(items)
    probe.start_plane_mission()
    probe.phase("out")
    probe.must(probe.wait_current(3, 200), "past item 2")
    probe.link.sleep(5)
    probe.phase("back to item 2")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 2, label="current 2")
    probe.link.sleep(2)
    probe.fact("current after going back", probe.current_fact())
    probe.timed("past item 2 again", lambda: probe.wait_current(3, 120))
    probe.phase("another mission")
    probe.upload([*items[:3], missions.waypoint(home.shifted(1200, 1200), 80), *items[4:]], label="upload")
    probe.link.sleep(5)
    probe.fact("mode after the upload", probe.mode)
    probe.fact("current after the upload", probe.current_fact())
    probe.phase("cleared")
    probe.clear()
    probe.link.sleep(5)
    probe.fact("mode after clearing", probe.mode)
    probe.fact("current after clearing", probe.current_fact())
    probe.phase("home")
    probe.set_mode("QRTL")
    probe.ride_home(400)


@scenario(QUADPLANE)
def qp_fence_breach(probe: Probe) -> None:
    """A circle fence is crossed in cruise: RTL."""
    home = probe.home
    probe.set_param("FENCE_TYPE", 2)
    probe.set_param("FENCE_RADIUS", 800)
    probe.set_param("FENCE_ACTION", 1)
    probe.set_param("Q_RTL_MODE", 1)
    probe.phase("upload")
    probe.upload(
        [
            missions.home_item(home),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, None, 30),
            missions.waypoint(home.shifted(2000, 0), 80),
            missions.waypoint(home.shifted(300, 0), 80),
            missions.nav(mavlink.MAV_CMD_NAV_VTOL_LAND, home, 0),
        ]
    )
    probe.long(mavlink.MAV_CMD_DO_FENCE_ENABLE, 1)
    probe.start_plane_mission()
    probe.phase("breach")
    probe.timed("RTL", lambda: probe.wait_mode("RTL", 120))
    probe.fact_place("breach place", 40)
    probe.link.sleep(1)
    probe.fact("fence status", probe.fence_fact())
    probe.fact("status", probe.status)
    probe.set_mode("AUTO", "mode AUTO while breached")
    probe.link.sleep(2)
    probe.fact("mode while breached", probe.mode)
    probe.phase("return")
    probe.timed("QRTL", lambda: probe.wait_mode("QRTL", 200))
    probe.ride_home(300)
    probe.fact("mode at end", probe.mode)
