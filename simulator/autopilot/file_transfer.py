"""File transfer (https://mavlink.io/en/services/ftp.html) with a vehicle that has no files.

ArduPilot announces the service in its capabilities, so ground stations ask. They get ArduPilot's refusals
(``GCS_FTP.cpp``) at once and go on without: parameters then come one by one.
"""

import struct
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.comms.radio import Sender

_HEADER = struct.Struct("<HBBBBBxI")
"""Sequence number, session, opcode, size, opcode asked for, burst complete, padding, offset."""
_PAYLOAD_BYTES = 251

_ACK, _REFUSED = 128, 129
_ENDS_A_SESSION = frozenset({0, 1, 2})
"""None, TerminateSession, ResetSessions: nothing to do, so done."""
_NAMES_A_FILE = frozenset({3, 4, 5, 7, 8, 10, 11, 12, 13, 14, 15})
"""Operations on a path or on an open file; there is neither."""
_FILE_NOT_FOUND, _FAIL = 10, 1


def answer(message: Any, sender: Sender) -> mavlink.MAVLink_file_transfer_protocol_message:
    """Return the reply to a ``FILE_TRANSFER_PROTOCOL`` request."""
    sequence, session, opcode, _, _, _, offset = _HEADER.unpack_from(bytes(message.payload))
    error = b""
    if opcode not in _ENDS_A_SESSION:
        error = bytes([_FILE_NOT_FOUND if opcode in _NAMES_A_FILE else _FAIL])
    header = _HEADER.pack(
        (sequence + 1) % 65536, session, _REFUSED if error else _ACK, len(error), opcode, 0, offset
    )
    payload = list((header + error).ljust(_PAYLOAD_BYTES, b"\0"))
    return mavlink.MAVLink_file_transfer_protocol_message(0, sender.system, sender.component, payload)


def unknown_opcode(message: Any) -> int | None:
    """Return the opcode of a request if it is none, else None."""
    opcode = int(_HEADER.unpack_from(bytes(message.payload))[2])
    return None if opcode in _ENDS_A_SESSION | _NAMES_A_FILE else opcode
