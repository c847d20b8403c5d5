"""How fast frames become messages: our decoder beside its peers, on the same stream, one frame a datagram.

The peers get their bytes as if from a socket, but without one, and run in this thread, so that only their own
work counts: pymavlink parses; mavutil parses and keeps the newest of each message; DroneKit does what mavutil
does and hands each message to its listeners, which keep the vehicle's state.
"""

from collections.abc import Callable
from time import process_time
from typing import Any

from dronekit import Vehicle
from dronekit.mavlink import MAVConnection
from pymavlink import mavutil
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.protocol.codec import Decoder
from flight.protocol.signing import Signer, SigningKey, SigningMemory, Verifier

ROUNDS = 2_000
REPEATS = 5
NOWHERE = "udpin:127.0.0.1:0"
"""The peers want a socket; nothing comes over it."""

Decode = Callable[[bytes], object]


def stream() -> list[bytes]:
    """Return what a quadplane in cruise sends to a gateway that asked for its usual messages."""
    sender = mavlink.MAVLink(None, srcSystem=1, srcComponent=1)
    kinds = (
        mavlink.MAVLink_heartbeat_message(1, 3, 217, 10, 4, 3),
        mavlink.MAVLink_global_position_int_message(
            1000, 327000000, 1288000000, 60000, 56000, 2500, 0, 0, 9000
        ),
        mavlink.MAVLink_vfr_hud_message(25.0, 25.0, 90, 40, 60.0, 0.0),
        mavlink.MAVLink_sys_status_message(1, 1, 1, 400, 12600, 4000, 84, 0, 0, 0, 0, 0, 0),
        mavlink.MAVLink_mission_current_message(11),
        mavlink.MAVLink_extended_sys_state_message(4, 2),
    )
    return [kind.pack(sender) for kind in kinds]


def messages_per_cpu_s(decode: Decode, frames: list[bytes]) -> float:
    """Return the best of some repeats."""
    best_s = float("inf")
    for _ in range(REPEATS):
        start_s = process_time()
        for _ in range(ROUNDS):
            for frame in frames:
                decode(frame)
        best_s = min(best_s, process_time() - start_s)
    return ROUNDS * len(frames) / best_s


def measure() -> dict[str, float]:
    """Return messages per second of CPU, for each of the four."""
    frames = stream()
    ours, pymavlink = Decoder(), mavlink.MAVLink(None)
    link, connection = mavutil.mavlink_connection(NOWHERE), MAVConnection(NOWHERE)
    vehicle = Vehicle(connection)
    try:
        return {
            "ours": messages_per_cpu_s(ours.frames, frames),
            "pymavlink": messages_per_cpu_s(pymavlink.parse_buffer, frames),
            "mavutil": messages_per_cpu_s(_fed(link), frames),
            "dronekit": messages_per_cpu_s(_dronekit(connection), frames),
        }
    finally:
        link.close()
        vehicle.close()


def measure_signed() -> float:
    """Return messages per second of CPU, decoded and their signatures verified."""
    key = SigningKey(bytes(32))
    signer, frames = Signer(key, SigningMemory(0.0)), stream()
    signed = [signer.sign(frame, 0, 0.0) for _ in range(ROUNDS) for frame in frames]
    best_s = float("inf")
    for _ in range(REPEATS):
        decoder, verifier = Decoder(), Verifier(key, SigningMemory(0.0))
        start_s = process_time()
        for raw in signed:
            for frame in decoder.frames(raw):
                verifier.verify(frame.raw)
        best_s = min(best_s, process_time() - start_s)
    return len(signed) / best_s


def _fed(link: Any) -> Decode:
    """Return what makes a link of mavutil's receive the given bytes, and the message in them."""
    waiting: list[bytes] = []
    link.recv = lambda _=None: waiting.pop()

    def decode(frame: bytes) -> object:
        waiting.append(frame)
        return link.recv_msg()

    return decode


def _dronekit(connection: MAVConnection) -> Decode:
    """Return what DroneKit's receiving thread does for each message."""
    receive = _fed(connection.master)

    def decode(frame: bytes) -> None:
        message = receive(frame)
        for listener in connection.message_listeners:
            listener(connection, message)

    return decode
