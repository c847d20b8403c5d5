"""The shape of a MAVLink frame: lengths, flags, checksum.

Source: https://mavlink.io/en/guide/serialization.html
"""

from fastcrc.crc16 import mcrf4xx
from pymavlink.dialects.v20 import ardupilotmega as dialect

START_V1 = 0xFE
START_V2 = 0xFD
HEADER_LENGTH_V1 = 6
HEADER_LENGTH = 10
CHECKSUM_LENGTH = 2
SIGNATURE_LENGTH = 13
SIGNED_FLAG = 0x01
"""The only incompatibility flag there is; a frame with any other must be dropped unread."""

LONGEST_FRAME = HEADER_LENGTH + 255 + CHECKSUM_LENGTH + SIGNATURE_LENGTH

SEEDS: dict[int, bytes] = {number: bytes([kind.crc_extra]) for number, kind in dialect.mavlink_map.items()}
"""By message id: the byte (``CRC_EXTRA``) that enters the checksum behind the payload, and that tells a
message from one of the same id and other fields."""


def checksum(stretch: bytes, seed: bytes) -> int:
    """Return the checksum (CRC-16/MCRF4XX) of a frame's bytes from the length byte to the payload's end."""
    return mcrf4xx(seed, mcrf4xx(stretch))


def sealed(frame: bytes, seed: bytes) -> bytes:
    """Return a frame, whole but for its checksum, with the checksum behind it."""
    return frame + checksum(frame[1:], seed).to_bytes(CHECKSUM_LENGTH, "little")


def message_id(frame: bytes) -> int:
    """Return the message id of a MAVLink 2 frame."""
    return int.from_bytes(frame[7:10], "little")


def is_signed(frame: bytes) -> bool:
    """Say whether a frame carries a signature, right or wrong; MAVLink 1 has none."""
    return frame[0] == START_V2 and bool(frame[2] & SIGNED_FLAG)
