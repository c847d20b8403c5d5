"""Signed messages (MAVLink 2 message signing, https://mavlink.io/en/guide/message_signing.html)."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.link import Link
from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
SIGNING_EPOCH_S = 1_420_070_400
"""Time stamps of signatures count from 1 January 2015."""

TICKS_PER_S = 100_000
SECOND = 254


def sign(link: Link, key: bytes | None, timestamp: int) -> None:
    """Sign what leaves on a link from now on, or stop signing."""
    signing = link.tx.signing
    signing.secret_key = key
    signing.sign_outgoing = key is not None
    signing.link_id = 1
    signing.timestamp = timestamp


def timestamp_of(probe: Probe) -> int:
    """Return the time of the vehicle as a signature has it."""
    unix_us = probe.field("SYSTEM_TIME", "time_unix_usec") or 0
    return int((unix_us / 1e6 - SIGNING_EPOCH_S) * TICKS_PER_S)


def answered(probe: Probe) -> bool:
    """Say whether a request is answered."""
    command = mavlink.MAV_CMD_REQUEST_MESSAGE
    return probe.long(command, mavlink.MAVLINK_MSG_ID_AUTOPILOT_VERSION, label=None, timeout_s=2) is not None


def signed(probe: Probe) -> bool:
    """Say whether the vehicle signs what it sends."""
    beat = probe.link.wait_type("HEARTBEAT", 3)
    return beat is not None and bool(beat.get_header().incompat_flags & mavlink.MAVLINK_IFLAG_SIGNED)


def set_up(probe: Probe, key: bytes, timestamp: int) -> None:
    """Give the vehicle a key; zeros take it away."""
    probe.link.drain()
    probe.link.send(mavlink.MAVLink_setup_signing_message(*probe.link.target, list(key), timestamp))
    probe.link.sleep(2)


@scenario(COPTER)
def setup_signing(probe: Probe) -> None:
    """Give a key; who is heard then, signed and unsigned, on the first link and on the second."""
    probe.phase("before")
    other = probe.another(SECOND)
    other.first_heartbeat()
    probe.fact("vehicle signs", signed(probe))
    probe.fact("second is answered", answered(other))
    timestamp = timestamp_of(probe)
    sign(other.link, KEY, timestamp)
    probe.fact("signed without need is answered", answered(other))
    probe.phase("key given")
    set_up(probe, KEY, timestamp)
    probe.fact("vehicle signs with a key", signed(probe))
    probe.fact("unsigned on the first link is answered", answered(probe))
    timestamp = timestamp_of(probe)
    for label, key in (("right key", KEY), ("no key", None), ("wrong key", OTHER_KEY)):
        sign(other.link, key, timestamp + 10 * TICKS_PER_S)
        probe.fact(f"second is answered with {label}", answered(other))
    sign(other.link, KEY, timestamp - 600 * TICKS_PER_S)
    probe.fact("second is answered with an old time", answered(other))
    sign(probe.link, KEY, timestamp + 20 * TICKS_PER_S)
    probe.fact("signed on the first link is answered", answered(probe))
    probe.phase("key taken away")
    set_up(probe, bytes(32), 0)
    sign(probe.link, None, 0)
    sign(other.link, None, 0)
    probe.fact("vehicle signs without a key", signed(probe))
    probe.fact("unsigned second is answered again", answered(other))
    probe.phase("armed")
    probe.set_mode("GUIDED")
    probe.arm()
    probe.wait_armed(True, 3)
    set_up(probe, KEY, timestamp_of(probe))
    probe.fact("vehicle signs with a key given while armed", signed(probe))
    probe.disarm()
    probe.wait_armed(False, 3)
    set_up(probe, bytes(32), 0)
