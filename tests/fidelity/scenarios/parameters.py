"""Parameters: reading, writing, listing."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, QUADPLANE, scenario
from tests.fidelity.scenarios.parameter_list import is_param_reply, list_params, param_fact


@scenario(COPTER)
def params(probe: Probe) -> None:
    """Parameter reads, writes and the full list."""
    probe.phase("read")
    count = read_params(probe)
    probe.phase("list")
    list_params(probe, count)
    probe.phase("write")
    write_params(probe)


def read_params(probe: Probe) -> int:
    """Reads by name and by index, good and bad."""
    count = 0
    for name, index in (
        ("FENCE_RADIUS", -1),
        ("RTL_ALT", -1),
        ("SYSID_THISMAV", -1),
        ("WPNAV_SPEED", -1),
        ("NO_SUCH_PARAM", -1),
        ("", 0),
        ("", 1),
        ("", 100),
        ("", 32000),
    ):
        probe.link.drain()
        probe.link.send(mavlink.MAVLink_param_request_read_message(*probe.link.target, name.encode(), index))
        msg = probe.link.wait(is_param_reply, 3)
        if msg is not None and msg.get_type() == "PARAM_VALUE":
            count = msg.param_count
        if name:
            probe.fact(f"read {name}", param_fact(msg))
        else:
            probe.fact(f"read index {index}", msg is not None and msg.param_index == index)
            probe.fact(f"value at index {index}", param_fact(msg), "info")
    return count


def write_params(probe: Probe) -> None:
    """PARAM_SET with good, bad and odd values."""
    for label, name, value, kind in (
        ("float", "FENCE_RADIUS", 222.5, 9),
        ("int as float", "RTL_ALT", 2000, 9),
        ("int8", "FENCE_ACTION", 2, 2),
        ("fraction into int", "RTL_ALT", 1234.6, 9),
        ("out of documented range", "RTL_ALT", -500, 9),
        ("int8 overflow", "FENCE_ACTION", 1000, 9),
        ("unknown", "NO_SUCH_PARAM", 1, 9),
        ("nan", "FENCE_RADIUS", float("nan"), 9),
        ("same value", "FENCE_RADIUS", 222.5, 9),
        ("read only", "FENCE_TOTAL", 5, 9),
    ):
        probe.link.drain()
        probe.link.send(mavlink.MAVLink_param_set_message(*probe.link.target, name.encode(), value, kind))
        msg = probe.link.wait(is_param_reply, 3)
        probe.fact(f"set {label}", param_fact(msg))
    probe.link.drain()
    probe.link.send(mavlink.MAVLink_param_request_read_message(*probe.link.target, b"RTL_ALT", -1))
    probe.fact("read back", param_fact(probe.link.wait_type("PARAM_VALUE", 3)))


@scenario(QUADPLANE)
def qp_params(probe: Probe) -> None:
    """The full parameter list of the quadplane."""
    probe.phase("read")
    probe.link.drain()
    probe.link.send(mavlink.MAVLink_param_request_read_message(*probe.link.target, b"Q_ENABLE", -1))
    msg = probe.link.wait(is_param_reply, 3)
    probe.fact("read Q_ENABLE", param_fact(msg))
    probe.phase("list")
    list_params(probe, msg.param_count if msg else 0)
