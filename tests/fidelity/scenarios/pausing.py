"""Interrupting and steering a mission of a copter."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def pause_resume(probe: Probe) -> None:
    """Interrupting and steering a mission."""
    probe.fly_patrol()
    probe.phase("mode change")
    probe.link.sleep(8)
    for name in ("BRAKE", "LOITER"):
        leave_and_return(probe, name)
    probe.phase("pause command")
    probe.long(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 0, label="pause")
    probe.link.sleep(8)
    probe.fact("speed paused", round(probe.speed_m_s, 1), "metres", 0.5)
    probe.fact("mode paused", probe.mode)
    probe.fact("MISSION_CURRENT paused", probe.current_fact())
    probe.long(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 1, label="continue")
    probe.long(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 5, label="pause with 5")
    probe.timed("reached 2", lambda: probe.wait_reached(2, 60))
    jump_in_mission(probe)
    probe.phase("loiter without stick")
    probe.link.sleep(4)
    before = probe.altitude_m
    probe.set_mode("LOITER", "mode LOITER with the stick low")
    probe.link.sleep(4)
    probe.fact("sinking with the stick low", round(before - probe.altitude_m, 1), "info")
    probe.phase("finish")
    probe.set_mode("RTL")
    probe.ride_home()


def leave_and_return(probe: Probe, name: str) -> None:
    """Leave AUTO for a mode with the throttle stick centred, wait, and go back."""
    hold = [65535] * 2 + [1500] + [65535] * 15
    probe.link.send(mavlink.MAVLink_rc_channels_override_message(*probe.link.target, *hold))
    probe.link.sleep(0.5)
    probe.set_mode(name, f"mode {name} in flight")
    for _ in range(8):
        probe.link.send(mavlink.MAVLink_rc_channels_override_message(*probe.link.target, *hold))
        probe.link.sleep(1)
    probe.fact(f"speed in {name}", round(probe.speed_m_s, 1), "metres", 0.5)
    probe.fact(f"height in {name}", round(probe.altitude_m, 1), "metres", 1.5)
    probe.set_mode("AUTO", f"mode AUTO after {name}")
    probe.link.sleep(6)
    probe.fact(f"current after {name}", probe.current)
    probe.fact(f"MISSION_CURRENT after {name}", probe.current_fact())


def jump_in_mission(probe: Probe) -> None:
    """Set the current item in flight, with message and command, good and bad."""
    probe.phase("set current message")
    probe.link.drain()
    probe.link.send(mavlink.MAVLink_mission_set_current_message(*probe.link.target, 4))
    msg = probe.link.wait(lambda m: m.get_type() in ("MISSION_CURRENT", "MISSION_ACK"), 3)
    probe.fact("first reply to MISSION_SET_CURRENT", msg.get_type() if msg else None, "info")
    probe.fact("current 4", probe.wait_current(4, 3))
    probe.link.sleep(5)
    probe.link.send(mavlink.MAVLink_mission_set_current_message(*probe.link.target, 77))
    ack = probe.link.wait_type("MISSION_ACK", 3)
    probe.fact("reply to MISSION_SET_CURRENT 77", ack.type if ack else None)
    probe.phase("set current command")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 3, label="current 3")
    probe.fact("current 3", probe.wait_current(3, 3))
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 77, label="current 77")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, -1, 0, label="current -1")
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 0, label="current 0")
    probe.link.sleep(2)
    probe.fact("current after 0", probe.current)
    probe.long(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, 2, 1, label="current 2 with reset")
    probe.link.sleep(4)
    probe.fact("current after reset", probe.current)
    probe.fact("mode after jumps", probe.mode)
