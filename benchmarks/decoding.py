"""How fast frames become messages: our decoder beside pymavlink's own parser, on the same stream."""

from collections.abc import Callable
from time import process_time

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.protocol.codec import Decoder

ROUNDS = 400
REPEATS = 5


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


def messages_per_cpu_s(decode: Callable[[bytes], object], frames: list[bytes]) -> float:
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
    """Return messages per second of CPU for both, and ours as a multiple of the peer's."""
    frames = stream()
    decoder, peer = Decoder(), mavlink.MAVLink(None)
    ours = messages_per_cpu_s(lambda frame: list(decoder.frames(frame)), frames)
    theirs = messages_per_cpu_s(peer.parse_buffer, frames)
    return {"ours": ours, "pymavlink": theirs, "ratio": ours / theirs}
