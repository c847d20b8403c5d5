"""Switching off and on by command."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario

REBOOT = 1


@scenario(COPTER)
def reboot(probe: Probe) -> None:
    """PREFLIGHT_REBOOT_SHUTDOWN: refused when armed; else settings and mission outlive it."""
    probe.phase("before")
    probe.set_param("RTL_ALT", 2222)
    probe.upload(missions.patrol(probe.home))
    probe.set_mode("GUIDED")
    probe.arm()
    probe.wait_armed(True, 3)
    probe.long(mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN, REBOOT, label="reboot while armed")
    probe.disarm()
    probe.wait_armed(False, 3)
    probe.long(mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN, 0, label="reboot with 0")
    probe.phase("reboot")
    probe.long(mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN, REBOOT, label="reboot")
    probe.link.disconnect()
    probe.link.sleep(5)
    probe.link.reconnect()
    probe.last.clear()
    probe.fact("heartbeat again", probe.first_heartbeat() is not None)
    probe.fact("standby again", probe.link.until(lambda: probe.status == mavlink.MAV_STATE_STANDBY, 60))
    probe.request_intervals()
    probe.phase("after")
    probe.timed("located again", lambda: probe.link.until(lambda: probe.located, 120), 15)
    probe.fact("mode", probe.mode)
    probe.fact("armed", probe.armed)
    probe.fact("length of the mission", probe.length())
    probe.link.drain()
    probe.link.send(mavlink.MAVLink_param_request_read_message(*probe.link.target, b"RTL_ALT", -1))
    echo = probe.link.wait_type("PARAM_VALUE", 3, param_id="RTL_ALT")
    probe.fact("RTL_ALT", echo.param_value if echo else None)
