"""Changing the mode of a copter, by command and by message."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def set_mode(probe: Probe) -> None:
    """DO_SET_MODE and SET_MODE with good and bad modes."""
    probe.phase("command")
    for name, number in probe.modes.items():
        probe.long(mavlink.MAV_CMD_DO_SET_MODE, 1, number, label=f"DO_SET_MODE {name}")
        probe.link.sleep(2)
        probe.fact(f"mode after {name}", probe.mode)
    for label, p1, p2 in (
        ("unknown mode", 1, 99),
        ("without custom flag", 0, 4),
        ("base mode stabilize", 16, 0),
        ("fraction", 1, 4.6),
    ):
        probe.long(mavlink.MAV_CMD_DO_SET_MODE, p1, p2, label=label)
        probe.link.sleep(2)
        probe.fact(f"mode after {label}", probe.mode)
    probe.int_(mavlink.MAV_CMD_DO_SET_MODE, 1, 5, label="DO_SET_MODE in COMMAND_INT")
    probe.link.sleep(2)
    probe.fact("mode after COMMAND_INT", probe.mode)
    probe.phase("message")
    for label, base, custom in (
        ("GUIDED", 1, 4),
        ("STABILIZE", 1, 0),
        ("unknown", 1, 99),
        ("without custom flag", 0, 4),
    ):
        set_mode_message(probe, label, base, custom)


def set_mode_message(probe: Probe, label: str, base: int, custom: int) -> None:
    """The old SET_MODE message and whatever acknowledges it."""
    probe.link.drain()
    probe.link.send(mavlink.MAVLink_set_mode_message(probe.link.target[0], base, custom))
    ack = probe.link.wait_type("COMMAND_ACK", 2)
    probe.fact(f"SET_MODE {label} ack", [ack.command, ack.result] if ack else None)
    probe.link.sleep(2)
    probe.fact(f"mode after SET_MODE {label}", probe.mode)
