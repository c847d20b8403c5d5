"""Free ports for the demonstration, near the usual ones where those are taken."""

import socket
from collections.abc import Sequence
from contextlib import ExitStack

HOST = "127.0.0.1"


def free_tcp_port(wanted: int) -> int:
    """Return the wanted TCP port where it is free, else any free one."""
    return wanted if _are_free(socket.SOCK_STREAM, [wanted]) else _any_port(socket.SOCK_STREAM)


def free_udp_port(wanted: int) -> int:
    """Return the wanted UDP port where it is free, else any free one."""
    return wanted if _are_free(socket.SOCK_DGRAM, [wanted]) else _any_port(socket.SOCK_DGRAM)


def free_udp_base(wanted: int, offsets: Sequence[int]) -> int:
    """Return a base such that base + offset is a free UDP port for every offset."""
    base = wanted
    while not _are_free(socket.SOCK_DGRAM, [base + offset for offset in offsets]):
        base = _any_port(socket.SOCK_DGRAM)
    return base


def _are_free(kind: socket.SocketKind, ports: Sequence[int]) -> bool:
    with ExitStack() as stack:
        try:
            for port in ports:
                probe = stack.enter_context(socket.socket(socket.AF_INET, kind))
                if kind is socket.SOCK_STREAM:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def _any_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
