"""An operation over a plain socket: whom it hears, and how it ends where nobody answers."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import sleep

import pytest

from flight.drivers.inquiry import HEARTBEAT_S, inquire
from flight.drivers.wire import SOURCE
from flight.errors import LocalFlightError, VehicleSilent
from flight.plan import VehicleAddress
from flight.protocol.codec import Encoder, StreamDecoder
from flight.protocol.heartbeat import OWN_HEARTBEAT
from flight.protocol.messages import Heartbeat, Message, ParamRequestList, ParamValue
from flight.protocol.operation import Target
from flight.protocol.parameter_list import FetchParameters, Parameter

HEARTBEAT = Heartbeat(2, 3, 81, 0, 3)
PIECE_BYTES = 7
PAUSE_S = 0.05
"""Long enough that two pieces of a frame are two reads; read at once they are as good."""
LIMIT_S = 10.0


class Clock:
    """Goes on by a step with each look at it, or stands still, and waits for data a moment on the wall."""

    def __init__(self, step_s: float = 0.0) -> None:
        self.at = 0.0
        self._step_s = step_s

    def now(self) -> float:
        self.at += self._step_s
        return self.at

    def wall_s(self, duration_s: float) -> float:
        return 0.02


def spoken(*said: tuple[int, int, Message]) -> bytes:
    """Return what systems and their components say one after the other."""
    return b"".join(Encoder(system, component).encode(message) for system, component, message in said)


@contextmanager
def stream(greeting: bytes, answer: bytes, hangs_up: bool = False) -> Iterator[tuple[str, list[Message]]]:
    """Serve one TCP connection: greet, answer the question for all parameters, and keep what was heard."""
    heard: list[Message] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(LIMIT_S)

    def serve() -> None:
        connection, _ = server.accept()
        decoder = StreamDecoder()
        with connection, suppress(ConnectionError):  # who has all that it asked for closes at once
            connection.sendall(greeting)
            while (data := connection.recv(4096)) and not hangs_up:
                for frame in decoder.frames(data):
                    assert (frame.system_id, frame.component_id) == SOURCE
                    if frame.message is not None:
                        heard.append(frame.message)
                    if isinstance(frame.message, ParamRequestList):
                        connection.sendall(answer[:-PIECE_BYTES])
                        sleep(PAUSE_S)
                        connection.sendall(answer[-PIECE_BYTES:])

    thread = Thread(target=serve, name="vehicle")
    thread.start()
    try:
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}", heard
    finally:
        thread.join()
        server.close()


def test_a_vehicle_is_asked_over_tcp_in_pieces_and_other_systems_are_not_listened_to() -> None:
    mine, other = ParamValue("MINE", 1.5, 9, 1, 0), ParamValue("OTHER", 2.0, 9, 1, 0)
    greeting = spoken((4, 1, HEARTBEAT), (3, 1, HEARTBEAT))
    answer = spoken((4, 1, other), (3, 154, other), (3, 1, mine))

    with stream(greeting, answer) as (link, heard):
        found = inquire(VehicleAddress(link, 3), FetchParameters(Target(3)), Clock())

    assert found == {"MINE": Parameter(1.5, 9)}
    assert heard == [OWN_HEARTBEAT, ParamRequestList(3, 1)]


def test_nothing_is_asked_before_the_heartbeat_of_the_right_system() -> None:
    clock = Clock(0.5)

    with (
        stream(spoken((4, 1, HEARTBEAT), (3, 154, HEARTBEAT)), b"") as (link, heard),
        pytest.raises(VehicleSilent, match=r"no heartbeat of .*#3 in 10 s"),
    ):
        inquire(VehicleAddress(link, 3), FetchParameters(Target(3)), clock)

    assert HEARTBEAT_S <= clock.at < HEARTBEAT_S + 3.0
    assert {type(message) for message in heard} == {Heartbeat}


def test_a_vehicle_that_hangs_up_is_told_as_such() -> None:
    with (
        stream(b"", b"", hangs_up=True) as (link, _),
        pytest.raises(VehicleSilent, match=r"connection: tcp:.* was closed by the vehicle"),
    ):
        inquire(VehicleAddress(link, 1), FetchParameters(Target(1)), Clock())


def test_a_udp_port_where_nobody_listens_is_silent_and_no_failure_of_ours() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    with pytest.raises(VehicleSilent, match=f"no heartbeat of udp:127.0.0.1:{port}#1"):
        inquire(VehicleAddress(f"udp:127.0.0.1:{port}", 1), FetchParameters(Target(1)), Clock(0.5))


@pytest.mark.parametrize("link", ["here", "udp:127.0.0.1", "tcp:1", "udp:127.0.0.1:70000"])
def test_a_link_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(LocalFlightError, match="write"):
        inquire(VehicleAddress(link, 1), FetchParameters(Target(1)), Clock(0.5))
