"""Message intervals, single messages and data streams."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.link import Message
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario


@scenario(COPTER)
def message_intervals(probe: Probe) -> None:
    """SET_MESSAGE_INTERVAL, REQUEST_MESSAGE and REQUEST_DATA_STREAM."""
    interval_requests(probe)
    single_requests(probe)
    stream_requests(probe)


def interval_requests(probe: Probe) -> None:
    """Rates that follow from message intervals."""
    probe.phase("intervals")
    cases = (
        ("ATTITUDE 10 Hz", 30, 100_000),
        ("ATTITUDE 50 Hz", 30, 20_000),
        ("ATTITUDE 1000 Hz", 30, 1_000),
        ("ATTITUDE off", 30, -1),
        ("ATTITUDE default", 30, 0),
        ("ATTITUDE 0.2 Hz", 30, 5_000_000),
        ("ATTITUDE bad interval", 30, -2),
    )
    for label, msg_id, interval in cases:
        probe.long(mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, msg_id, interval, label=label)
        probe.link.sleep(0.5)
        window = 3 if 0 < interval < 10_000 else 10
        probe.fact(f"rate {label}", probe.watch_rate("ATTITUDE", window), "rate")
        probe.long(mavlink.MAV_CMD_GET_MESSAGE_INTERVAL, 30, label=f"get {label}")
        msg = probe.last.pop("MESSAGE_INTERVAL", None)
        probe.fact(f"interval {label}", msg.interval_us if msg else None)
    for label, msg_id in (
        ("unknown id", 9999),
        ("known but never sent", 12918),
        ("HEARTBEAT", 0),
        ("HOME_POSITION", 242),
    ):
        probe.long(mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, msg_id, 500_000, label=f"interval {label}")
        probe.long(mavlink.MAV_CMD_GET_MESSAGE_INTERVAL, msg_id, label=f"get interval {label}")
    probe.fact("rate HEARTBEAT", probe.watch_rate("HEARTBEAT", 10), "rate")
    probe.long(mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, 0, 1_000_000, label="HEARTBEAT 1 Hz")


def single_requests(probe: Probe) -> None:
    """REQUEST_MESSAGE and its older relatives."""
    probe.phase("requests")
    for name in (
        "AUTOPILOT_VERSION",
        "HOME_POSITION",
        "GLOBAL_POSITION_INT",
        "ATTITUDE",
        "EXTENDED_SYS_STATE",
        "FENCE_STATUS",
        "PARAM_VALUE",
        "GPS_GLOBAL_ORIGIN",
        "MISSION_CURRENT",
        "SYS_STATUS",
        "BANNER",
        "FLIGHT_INFORMATION",
        "STORAGE_INFORMATION",
        "BATTERY_STATUS",
        "WIND",
        "UTM_GLOBAL_POSITION",
        "CAMERA_INFORMATION",
        "GIMBAL_MANAGER_INFORMATION",
    ):
        msg_id = getattr(mavlink, f"MAVLINK_MSG_ID_{name}", None)
        if msg_id is not None:
            request_one(probe, name, msg_id)
    for name, msg_id in (
        ("PROTOCOL_VERSION", 300),
        ("COMPONENT_INFORMATION", 395),
        ("COMPONENT_METADATA", 397),
        ("AVAILABLE_MODES", 435),
        ("CURRENT_MODE", 436),
        ("unknown", 9999),
    ):
        request_one(probe, name, msg_id)
    for command in (
        mavlink.MAV_CMD_REQUEST_AUTOPILOT_CAPABILITIES,
        mavlink.MAV_CMD_REQUEST_PROTOCOL_VERSION,
    ):
        probe.long(command, 1)
    probe.long(31999, label="user command 31999")
    probe.long(65000, label="unknown command 65000")
    probe.long(mavlink.MAV_CMD_REQUEST_MESSAGE, 148, label="other component", target=(1, 99), timeout_s=3)
    probe.long(mavlink.MAV_CMD_REQUEST_MESSAGE, 148, label="component 0", target=(1, 0))
    probe.long(mavlink.MAV_CMD_REQUEST_MESSAGE, 148, label="broadcast", target=(0, 0))
    probe.long(mavlink.MAV_CMD_REQUEST_MESSAGE, 148, label="other system", target=(7, 1), timeout_s=3)


def request_one(probe: Probe, name: str, msg_id: int) -> None:
    """REQUEST_MESSAGE; whether the message comes and whether before its ack."""
    probe.link.drain()
    probe.link.send(probe.long_message(mavlink.MAV_CMD_REQUEST_MESSAGE, (msg_id,)))
    seen: list[str] = []
    ack: list[int] = []

    def done(msg: Message) -> bool:
        if msg.get_type() == "COMMAND_ACK" and msg.command == mavlink.MAV_CMD_REQUEST_MESSAGE:
            ack.append(msg.result)
        elif msg.get_msgId() == msg_id:
            seen.append("before" if not ack else "after")
        return bool(ack) and (bool(seen) or ack[0] != 0)

    probe.link.wait(done, 3)
    probe.fact(f"request {name}", [ack[0] if ack else None, bool(seen)])
    probe.fact(f"request {name} order", seen[:1], "info")


def stream_requests(probe: Probe) -> None:
    """REQUEST_DATA_STREAM: which types each stream carries."""
    probe.phase("streams")
    set_stream(probe, 0, 0, 0)
    rates = all_rates(probe, 5)
    probe.fact("types after all streams stopped", sorted(k for k, r in rates.items() if r > 0.5), "set")
    for stream in range(13):
        set_stream(probe, stream, 4, 1)
        rates = all_rates(probe, 5)
        probe.fact(f"stream {stream} types", sorted(k for k, r in rates.items() if r > 2.5), "set")
        probe.fact(
            f"stream {stream} rates",
            {k: round(r, 1) for k, r in sorted(rates.items()) if r > 0.3},
            "info",
        )
        set_stream(probe, stream, 0, 0)


def set_stream(probe: Probe, stream: int, rate: int, start: int) -> None:
    """REQUEST_DATA_STREAM; SYSTEM_TIME is asked for again, the probe's clock needs it."""
    probe.link.drain()
    probe.link.send(mavlink.MAVLink_request_data_stream_message(*probe.link.target, stream, rate, start))
    probe.link.sleep(0.5)
    probe.long(
        mavlink.MAV_CMD_SET_MESSAGE_INTERVAL,
        mavlink.MAVLINK_MSG_ID_SYSTEM_TIME,
        100_000,
        label=None,
        timeout_s=1.0,
    )


def all_rates(probe: Probe, seconds: float) -> dict[str, float]:
    """Rates of everything received over a window but the probe's own clock source."""
    counts = probe.link.recorder.counts
    probe.link.drain()
    before, start = dict(counts), probe.link.now
    probe.link.sleep(seconds)
    span = probe.link.now - start
    return {k: (n - before.get(k, 0)) / span for k, n in counts.items() if k != "SYSTEM_TIME"}
