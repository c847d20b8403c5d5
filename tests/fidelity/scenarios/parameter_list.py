"""The whole list of parameters."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.link import Message
from tests.fidelity.probe import Probe


def is_param_reply(msg: Message) -> bool:
    """A parameter answer, not one of the values the vehicle sends now and then by itself."""
    if msg.get_type() == "PARAM_VALUE":
        return not str(msg.param_id).startswith(("STAT_", "BARO"))
    return bool(msg.get_type() == "PARAM_ERROR")


def param_fact(msg: Message | None) -> list[object] | None:
    """Comparable content of a PARAM_VALUE (index and count may differ between builds)."""
    if msg is None:
        return None
    if msg.get_type() != "PARAM_VALUE":
        return [msg.get_type(), getattr(msg, "error", None)]
    return [msg.param_id, round(msg.param_value, 4), msg.param_type]


def list_params(probe: Probe, count: int) -> None:
    """PARAM_REQUEST_LIST; only the ends go into the trace."""
    recorder = probe.link.recorder
    recorder.muted.add("PARAM_VALUE")
    probe.link.drain()
    start = probe.link.now
    probe.link.send(mavlink.MAVLink_param_request_list_message(*probe.link.target))
    got: dict[str, tuple[float, int, int]] = {}
    order: list[str] = []
    while (msg := probe.link.wait_type("PARAM_VALUE", 5)) is not None:
        if msg.param_index == 65535:
            continue
        if msg.param_id not in got:
            order.append(msg.param_id)
        got[msg.param_id] = (msg.param_value, msg.param_type, msg.param_index)
        if len(got) >= msg.param_count:
            break
    probe.fact("list seconds", round(probe.link.now - start, 1), "info")
    probe.fact("list complete", len(got) == count)
    probe.fact("list count", [count, len(got)], "info")
    for name in order[:5] + order[-5:]:
        probe.fact("list item", [name, *got[name]], "info")
    recorder.params = {name: got[name][:2] for name in sorted(got)}
    recorder.muted.discard("PARAM_VALUE")
