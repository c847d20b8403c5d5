"""Log download and the file transfer protocol (https://mavlink.io/en/services/ftp.html)."""

import struct
from typing import NamedTuple

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity.probe import Probe
from tests.fidelity.registry import COPTER, scenario

TERMINATE, RESET, LIST, OPEN, READ, CREATE, REMOVE, CRC = 1, 2, 3, 4, 5, 6, 8, 14
"""Opcodes of requests."""

_HEADER = struct.Struct("<HBBBBBxI")
_PAYLOAD = 251


class Answer(NamedTuple):
    """The reply to a request: opcode (128 is ACK, 129 NAK), session and data."""

    opcode: int
    session: int
    data: bytes


def ask(
    probe: Probe, number: int, opcode: int, data: bytes = b"", session: int = 0, size: int | None = None
) -> Answer | None:
    """Send a request of the file transfer protocol; return the answer."""
    length = len(data) if size is None else size
    body = _HEADER.pack(number, session, opcode, length, 0, 0, 0) + data
    probe.link.drain()
    probe.link.send(
        mavlink.MAVLink_file_transfer_protocol_message(
            0, *probe.link.target, list(body.ljust(_PAYLOAD, b"\0"))
        )
    )
    message = probe.link.wait_type("FILE_TRANSFER_PROTOCOL", 3)
    if message is None:
        return None
    raw = bytes(message.payload)
    _, session, opcode, length, _, _, _ = _HEADER.unpack_from(raw)
    return Answer(opcode, session, raw[_HEADER.size : _HEADER.size + length])


def shown(answer: Answer | None, with_data: bool = False) -> list[object] | None:
    """Return what can be compared of an answer."""
    if answer is None:
        return None
    error = answer.data[0] if answer.opcode == 129 and answer.data else None
    return [answer.opcode, error, answer.data.decode("latin1")] if with_data else [answer.opcode, error]


@scenario(COPTER)
def logs_and_files(probe: Probe) -> None:
    """LOG_REQUEST_LIST and its relatives, and files: list, open, read, refusals."""
    probe.phase("logs")
    probe.link.send(mavlink.MAVLink_log_request_list_message(*probe.link.target, 0, 0xFFFF))
    entry = probe.link.wait_type("LOG_ENTRY", 5)
    probe.fact("LOG_ENTRY comes", entry is not None)
    probe.fact("number of logs", entry.num_logs if entry else None, "info")
    probe.link.send(mavlink.MAVLink_log_request_data_message(*probe.link.target, 999, 0, 90))
    probe.fact("data of log 999", probe.link.wait_type("LOG_DATA", 3) is not None)
    probe.link.send(mavlink.MAVLink_log_request_end_message(*probe.link.target))
    probe.link.sleep(1)
    probe.phase("files")
    probe.fact("reset", shown(ask(probe, 1, RESET)))
    probe.fact("list of nothing", shown(ask(probe, 2, LIST, b"/no/such/folder")))
    probe.fact("list @SYS", shown(ask(probe, 3, LIST, b"@SYS")))
    probe.fact("open a missing file", shown(ask(probe, 4, OPEN, b"no_such_file")))
    probe.fact("read without a session", shown(ask(probe, 5, READ, size=80)))
    opened = ask(probe, 6, OPEN, b"@PARAM/param.pck")
    probe.fact("open parameters", shown(opened))
    if opened is not None:
        data = ask(probe, 7, READ, session=opened.session, size=80)
        probe.fact("read parameters", shown(data))
        probe.fact("magic of the parameters", list(data.data[:2]) if data else None)
        probe.fact("terminate", shown(ask(probe, 8, TERMINATE, session=opened.session)))
    probe.fact("opcode 77", shown(ask(probe, 9, 77)))
    probe.fact("remove a missing file", shown(ask(probe, 10, REMOVE, b"no_such_file")))
    probe.fact("sum of a missing file", shown(ask(probe, 11, CRC, b"no_such_file")))
