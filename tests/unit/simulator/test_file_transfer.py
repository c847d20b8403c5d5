"""File transfer with a vehicle that has no files."""

import struct

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation

HEADER = struct.Struct("<HBBBBBxI")
ACK, REFUSED = 128, 129
FILE_NOT_FOUND, FAIL = 10, 1


def _ask(station: GroundStation, opcode: int, path: bytes = b"") -> tuple[tuple[int, ...], bytes]:
    """Send one request with sequence number 7 in session 3; return header and data of the reply."""
    request = HEADER.pack(7, 3, opcode, len(path), 0, 0, 0) + path
    payload = list(request.ljust(251, b"\0"))
    answers = station.send(mavlink.MAVLink_file_transfer_protocol_message(0, 1, 1, payload))
    reply = bytes(next(each.payload for each in answers if each.get_type() == "FILE_TRANSFER_PROTOCOL"))
    header = HEADER.unpack_from(reply)
    return header, reply[HEADER.size : HEADER.size + header[3]]


@pytest.mark.parametrize("opcode", [3, 4, 5, 15], ids=["list", "open", "read", "burst"])
def test_whatever_is_asked_for_is_not_there(copter: GroundStation, opcode: int) -> None:
    header, data = _ask(copter, opcode, b"@PARAM/param.pck")

    assert header == (8, 3, REFUSED, 1, opcode, 0, 0)
    assert data == bytes([FILE_NOT_FOUND])


def test_an_unknown_operation_is_refused_as_such(copter: GroundStation) -> None:
    header, data = _ask(copter, 99)

    copter.run(0.5)
    assert header[2] == REFUSED
    assert data == bytes([FAIL])
    assert copter.texts()[-1] == "Unsupported FTP: 99"


@pytest.mark.parametrize("opcode", [0, 1, 2], ids=["nothing", "end a session", "end all sessions"])
def test_there_is_no_session_to_end(copter: GroundStation, opcode: int) -> None:
    header, data = _ask(copter, opcode)

    assert header == (8, 3, ACK, 0, opcode, 0, 0)
    assert data == b""
