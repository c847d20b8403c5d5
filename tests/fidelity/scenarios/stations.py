"""Two ground stations at once, each on a link of its own."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import missions
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario

SECOND = 254


@scenario(COPTER)
def two_stations(probe: Probe) -> None:
    """Who hears what, who may command, whose silence is a failsafe."""
    probe.set_param("FS_GCS_ENABLE", 1)
    probe.phase("second station")
    other = probe.another(SECOND)
    probe.fact("heartbeat on the second link", other.first_heartbeat() is not None)
    probe.link.sleep(2)
    hearing(probe, other)
    commanding(probe, other)
    uploading(probe, other)
    silences(probe, other)


def hearing(probe: Probe, other: Probe) -> None:
    """Compare which answers go to which link."""
    probe.phase("hearing")
    before = dict(other.link.recorder.counts)
    probe.long(mavlink.MAV_CMD_DO_SET_MODE, 1, 0, label="mode by the first station")
    probe.set_param("RTL_ALT", 2000)
    other.link.drain()
    probe.link.sleep(2)
    other.link.drain()
    for kind in ("COMMAND_ACK", "PARAM_VALUE"):
        heard = other.link.recorder.counts[kind] > before.get(kind, 0)
        probe.fact(f"second station hears {kind} of the first", heard)
    before = dict(probe.link.recorder.counts)
    probe.fact("ack to the second", other.long(mavlink.MAV_CMD_DO_SET_MODE, 1, 4, label=None))
    probe.fact("parameter by the second", other.set_param("RTL_ALT", 1800))
    probe.link.sleep(2)
    for kind in ("COMMAND_ACK", "PARAM_VALUE"):
        heard = probe.link.recorder.counts[kind] > before.get(kind, 0)
        probe.fact(f"first station hears {kind} of the second", heard)
    probe.fact("mode set by the second", probe.mode)


def commanding(probe: Probe, other: Probe) -> None:
    """Arm with one station and disarm with the other."""
    probe.phase("commanding")
    probe.fact("arm by the second", other.arm_quietly())
    probe.fact("armed", probe.wait_armed(True, 3))
    other.link.drain()
    probe.fact("texts on the second link", any("Arming motors" in text for text in other.texts))
    probe.disarm("disarm by the first")
    probe.fact("disarmed", probe.wait_armed(False, 3))


def uploading(probe: Probe, other: Probe) -> None:
    """Let the second station announce an upload in the middle of one of the first."""
    probe.phase("uploading")
    items = missions.patrol(probe.home)
    probe.send_count(len(items))
    probe.fact("first request to the first", probe.next_reply(3))
    other.send_count(len(items))
    probe.fact("answer to the second in between", other.next_reply(2))
    probe.link.sleep(12)
    probe.upload(items, label="upload by the first")
    probe.fact("length for the second", other.length())
    probe.fact("upload by the second", other.upload(items[:4], label=None).ack)
    probe.fact("length for the first", probe.length())


def silences(probe: Probe, other: Probe) -> None:
    """Fly; silence one station after the other."""
    probe.guided_takeoff(15)
    probe.phase("second station silent")
    other.link.heartbeats = False
    probe.link.sleep(10)
    probe.fact("mode while the second is silent", probe.mode)
    other.link.heartbeats = True
    probe.phase("first station silent")
    probe.link.heartbeats = False
    probe.link.note("GCS", heartbeats=False)
    probe.fact("RTL while the first is silent", probe.wait_mode("RTL", 15))
    probe.link.heartbeats = True
    probe.link.note("GCS", heartbeats=True)
    probe.link.sleep(3)
    probe.fact("GUIDED by the second", other.long(mavlink.MAV_CMD_DO_SET_MODE, 1, 4, label=None))
    probe.fact("mode GUIDED", probe.wait_mode("GUIDED", 3))
    probe.set_mode("LAND")
    probe.ride_home()
